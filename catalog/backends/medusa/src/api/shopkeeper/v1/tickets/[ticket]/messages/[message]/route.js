// What the shopper says to the person.
const { device } = require("../../../../../../../lib/web/handle.js")
const { say } = require("../../../../../../../lib/tickets/messages.js")

exports.PUT = device(say)
