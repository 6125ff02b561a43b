// A customer who is logged in sees their speakers.
const { loggedIn } = require("../../../../lib/web/handle.js")
const { list } = require("../../../../lib/people/devices.js")

exports.GET = loggedIn(({ pg, customer }) => list(pg, customer))
