// A speaker that waits asks for its token.
const { anybody } = require("../../../../../../lib/web/handle.js")
const { token } = require("../../../../../../lib/people/pairing.js")

exports.POST = anybody(token)
