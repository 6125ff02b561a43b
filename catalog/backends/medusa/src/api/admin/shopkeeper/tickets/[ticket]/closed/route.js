// A person of the shop is done with a ticket.
const { staff } = require("../../../../../../lib/web/handle.js")
const { finish } = require("../../../../../../lib/tickets/messages.js")

exports.PUT = staff(finish)
