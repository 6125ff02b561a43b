// A shopper is handed over to a person.
const { device } = require("../../../../../lib/web/handle.js")
const { open } = require("../../../../../lib/tickets/tickets.js")

exports.PUT = device(open, { limit: 256 * 1024 })
