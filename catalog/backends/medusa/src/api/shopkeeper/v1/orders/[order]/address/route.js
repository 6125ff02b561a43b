// Sending an order elsewhere that is not packed.
const { device } = require("../../../../../../lib/web/handle.js")
const { readdress } = require("../../../../../../lib/orders/change.js")

exports.POST = device(readdress)
