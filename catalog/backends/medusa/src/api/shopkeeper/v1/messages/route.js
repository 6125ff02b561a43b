// What people of the shop have written.
const { device } = require("../../../../lib/web/handle.js")
const { news } = require("../../../../lib/tickets/messages.js")

exports.GET = device(news)
