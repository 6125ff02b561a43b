// What a basket would cost now.
const { device } = require("../../../../lib/web/handle.js")
const { quote } = require("../../../../lib/buy/quote.js")

exports.POST = device(quote)
