// A person of the shop says something to the shopper.
const { staff } = require("../../../../../../../lib/web/handle.js")
const { answer } = require("../../../../../../../lib/tickets/messages.js")

exports.PUT = staff(answer)
