// A customer who is logged in unpairs a speaker of theirs.
const { loggedIn } = require("../../../../../lib/web/handle.js")
const { revoke } = require("../../../../../lib/people/devices.js")
const check = require("../../../../../lib/web/check.js")

exports.DELETE = loggedIn(({ pg, params, customer }) => revoke(pg, check.id(params.id, "the device"), customer))
