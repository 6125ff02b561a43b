// A speaker asks to be paired.
const { anybody } = require("../../../../lib/web/handle.js")
const { begin } = require("../../../../lib/people/pairing.js")

exports.POST = anybody(begin)
