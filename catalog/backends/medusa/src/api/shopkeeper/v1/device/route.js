// A speaker gives its token back.
const { device } = require("../../../../lib/web/handle.js")
const { revoke } = require("../../../../lib/people/devices.js")

exports.DELETE = device(async (ctx) => {
  await revoke(ctx.pg, ctx.device.id, ctx.customer)
  return { state: "revoked" }
})
