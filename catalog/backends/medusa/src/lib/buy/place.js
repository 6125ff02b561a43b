// PUT /orders/:key: one order, whatever happens. Everything is done under the locks of the key and of the customer; what was begun is
// written down before Medusa is asked to complete it, so that the next try finds what became of it.
const check = require("../web/check.js")
const { conflict, invalid } = require("../web/refusal.js")
const { customerLock, locked, orderLock } = require("../lock.js")
const { digest } = require("../web/secrets.js")
const wishes = require("./wish.js")
const carts = require("./cart.js")
const half = require("./half.js")
const { pay } = require("./pay.js")
const quotes = require("./quote.js")
const { same } = require("../web/money.js")
const { showOrder } = require("../orders/show.js")

const AMOUNT = /^\d{1,12}(\.\d{1,4})?$/

function parse(body) {
  const wish = wishes.parse(body)
  if (typeof body.agreed !== "string" || !AMOUNT.test(body.agreed)) throw invalid('agreed is the total as text, such as "13.33"')
  if (body.currency !== undefined && !/^[A-Z]{3}$/.test(body.currency)) throw invalid("currency is a code of three capitals")
  if (body.number !== undefined && !/^\d{0,15}$/.test(body.number)) throw invalid("number is at most 15 digits")
  check.time(body.placed_at, "placed_at", null)
  return { ...wish, agreed: body.agreed, currency: body.currency, number: body.number ?? "", placedAt: body.placed_at ?? null, digest: digest(wish.lines) }
}

const rowOf = async (pg, customer, key) => (await pg.raw("select * from shopkeeper_order where customer_id = ? and key = ?", [customer, key])).rows[0]

// Written before anything is made of it. `usage` stays that of the first try, so that what half an order has used is known.
async function begin(ctx, key, wish, payment) {
  const usage = JSON.stringify(await half.usage(ctx.pg, ctx.customer))
  const { rows: [row] } = await ctx.pg.raw(`insert into shopkeeper_order (customer_id, key, device_id, digest, number, payment, usage) values (?, ?, ?, ?, ?, ?, ?)
    on conflict (customer_id, key) do update set device_id = excluded.device_id, digest = excluded.digest, number = excluded.number, payment = excluded.payment,
      usage = excluded.usage, refused = false, tried_at = now() returning *`, [ctx.customer, key, ctx.device.id, wish.digest, wish.number, payment?.nickname ?? "", usage])
  return row
}

async function make(ctx, key, wish) {
  const shop = await ctx.shop()
  if (wish.currency && wish.currency.toLowerCase() !== shop.currency) throw invalid(`currency is ${shop.currency.toUpperCase()} here`)
  const looked = await wishes.look(ctx, shop, wish)
  const unavailable = (problems) => conflict("unavailable", problems[0].message, { problems })
  if (looked.problems.length) throw unavailable(looked.problems)
  const row = await begin(ctx, key, wish, looked.payment)
  const cart = await carts.make(ctx, shop, looked, { shopkeeper_key: key, shopkeeper_number: wish.number, shopkeeper_device: ctx.device.name })
  let order
  try {
    if (cart.problems.length) throw unavailable(cart.problems)
    const quote = quotes.show(shop, looked, cart)
    if (!same(quote.total, wish.agreed)) throw conflict("changed", `it costs ${quote.total} now, not ${wish.agreed}`, { quote })
    await ctx.pg.raw("update shopkeeper_order set cart_id = ?, tried_at = now() where customer_id = ? and key = ?", [cart.id, ctx.customer, key])
    order = await pay(ctx, shop, cart.id, ctx.customer, looked.payment)
  } catch (error) {
    if (error.code === "payment_refused") await ctx.pg.raw("update shopkeeper_order set refused = true where customer_id = ? and key = ?", [ctx.customer, key])
    await half.undo(ctx.scope, ctx.pg, row).catch(() => {}) // else the next try does it
    await carts.discard(ctx.scope, cart.id)
    throw error
  }
  await ctx.pg.raw("update shopkeeper_order set order_id = ? where customer_id = ? and key = ?", [order, ctx.customer, key])
  return order
}

async function under(ctx, key, wish) {
  const row = await rowOf(ctx.pg, ctx.customer, key)
  const there = row && (await half.adopt(ctx.pg, row))
  if (there) {
    const order = await showOrder(ctx, there)
    if (row.digest !== wish.digest) throw conflict("differs", "there is an order of this key with other lines", { order })
    return [200, { order, repeated: true }]
  }
  if (row?.cancelled) throw conflict("cancelled", "this order was cancelled before it came here")
  if (row) await half.undo(ctx.scope, ctx.pg, row)
  return [201, { order: await showOrder(ctx, await make(ctx, key, wish)), repeated: false }]
}

exports.place = async (ctx) => {
  const key = check.key(ctx.params.order, "the key of the order"), wish = parse(ctx.body)
  return locked(ctx.pg, [customerLock(ctx.customer), orderLock(ctx.customer, key)], () => under(ctx, key, wish))
}
exports.rowOf = rowOf
