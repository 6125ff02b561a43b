// Cancelling an order that is not packed.
const { device } = require("../../../../../../lib/web/handle.js")
const { cancel } = require("../../../../../../lib/orders/change.js")

exports.POST = device(cancel)
