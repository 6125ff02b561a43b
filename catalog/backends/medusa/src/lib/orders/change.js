// After an order was placed: cancelling it, sending it elsewhere. Both only until it is packed.
const { cancelOrderWorkflow, updateOrderWorkflow } = require("@medusajs/medusa/core-flows")
const check = require("../web/check.js")
const { conflict } = require("../web/refusal.js")
const { problem } = require("../buy/wish.js")
const { place } = require("../buy/cart.js")
const { undo } = require("../buy/half.js")
const { addressText, customer, findAddress } = require("../people/customer.js")
const { found, none } = require("./find.js")
const { showOrder } = require("./show.js")

const tooLate = (order) => conflict("too_late", `order ${order.number} is ${order.state} already`, { order })

// A key that is not known here is closed: a PUT of it that comes late makes nothing.
async function close(ctx, key, row) {
  if (row) await undo(ctx.scope, ctx.pg, row)
  await ctx.pg.raw(`insert into shopkeeper_order (customer_id, key, device_id, cancelled) values (?, ?, ?, true)
    on conflict (customer_id, key) do update set cancelled = true`, [ctx.customer, key, ctx.device.id])
  return { state: "cancelled", order: null }
}

exports.cancel = (ctx) => found(ctx, ctx.params.order, async ({ id, row, key }) => {
  if (!id) return close(ctx, key, row)
  const order = await showOrder(ctx, id)
  if (order.state === "cancelled") return { state: "cancelled", order }
  if (order.state !== "placed") throw tooLate(order)
  await cancelOrderWorkflow(ctx.scope).run({ input: { order_id: id, canceled_by: ctx.customer } })
  return { state: "cancelled", order: await showOrder(ctx, id) }
})

exports.readdress = (ctx) => {
  const wanted = check.text(ctx.body.address, "address", { max: 159 })
  return found(ctx, ctx.params.order, async ({ id }) => {
    if (!id) throw none()
    const address = findAddress(await customer(ctx.query, ctx.customer), wanted)
    if (!address) {
      const message = `the customer has no address "${wanted}"`
      throw conflict("unavailable", message, { problems: [problem("no_address", message)] })
    }
    const order = await showOrder(ctx, id)
    if (order.address === addressText(address)) return { order }
    if (order.state !== "placed") throw tooLate(order)
    await updateOrderWorkflow(ctx.scope).run({ input: { id, user_id: ctx.customer, shipping_address: place(address) } })
    return { order: await showOrder(ctx, id) }
  })
}
