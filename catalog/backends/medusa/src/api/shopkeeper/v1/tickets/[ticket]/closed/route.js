// The shopper is done with the person.
const { device } = require("../../../../../../lib/web/handle.js")
const { close } = require("../../../../../../lib/tickets/tickets.js")

exports.PUT = device(close)
