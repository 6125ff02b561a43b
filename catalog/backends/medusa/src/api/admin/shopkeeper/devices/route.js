// All paired speakers.
const { staff } = require("../../../../lib/web/handle.js")
const { list } = require("../../../../lib/people/devices.js")

exports.GET = staff(({ pg }) => list(pg, null))
