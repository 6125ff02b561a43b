// One order: made once by the device's key, and what has become of it.
const { device } = require("../../../../../lib/web/handle.js")
const { place } = require("../../../../../lib/buy/place.js")
const { one } = require("../../../../../lib/orders/find.js")

exports.PUT = device(place)
exports.GET = device(one)
