// Sending something back.
const { device } = require("../../../../../../../lib/web/handle.js")
const { sendBack } = require("../../../../../../../lib/orders/returns.js")

exports.PUT = device(sendBack)
