// The customer's orders.
const { device } = require("../../../../lib/web/handle.js")
const { list } = require("../../../../lib/orders/find.js")

exports.GET = device(list)
