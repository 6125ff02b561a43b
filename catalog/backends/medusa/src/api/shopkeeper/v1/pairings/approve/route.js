// A customer who is logged in says yes to the speaker with this code.
const { loggedIn } = require("../../../../../lib/web/handle.js")
const { approve } = require("../../../../../lib/people/pairing.js")

exports.POST = loggedIn(({ pg, body, customer }) => approve(pg, body.code, customer, customer))
