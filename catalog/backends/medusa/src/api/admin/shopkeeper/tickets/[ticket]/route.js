// One ticket, with its packet and what was said.
const { staff } = require("../../../../../lib/web/handle.js")
const { read } = require("../../../../../lib/tickets/tickets.js")

exports.GET = staff(read)
