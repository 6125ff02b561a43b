// Unpairs a speaker.
const { staff } = require("../../../../../lib/web/handle.js")
const { revoke } = require("../../../../../lib/people/devices.js")
const check = require("../../../../../lib/web/check.js")

exports.DELETE = staff(({ pg, params }) => revoke(pg, check.id(params.id, "the device"), null))
