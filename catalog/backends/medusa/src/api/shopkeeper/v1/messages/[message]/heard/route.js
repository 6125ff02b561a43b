// A message was read out.
const { device } = require("../../../../../../lib/web/handle.js")
const { heard } = require("../../../../../../lib/tickets/messages.js")

exports.PUT = device(heard)
