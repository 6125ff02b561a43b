// The tickets of all speakers.
const { staff } = require("../../../../lib/web/handle.js")
const { list } = require("../../../../lib/tickets/tickets.js")

exports.GET = staff(list)
