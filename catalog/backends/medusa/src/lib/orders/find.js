// The customer's orders: one by the device's key or the shop's id, or the newest.
const check = require("../web/check.js")
const { notFound } = require("../web/refusal.js")
const { locked, orderLock } = require("../lock.js")
const { adopt } = require("../buy/half.js")
const { rowOf } = require("../buy/place.js")
const { showOrder, showOrders } = require("./show.js")

const none = () => notFound("there is no such order of this customer")
const isKey = (text) => check.KEY.test(text) && !text.startsWith("order_")

// {id, row}: id null if there is a row but no order of it. Under the lock of the key if there is one, as long as `work` lasts.
async function found(ctx, name, work, wait_ms) {
  if (isKey(name)) {
    return locked(ctx.pg, [orderLock(ctx.customer, name)], async () => {
      const row = await rowOf(ctx.pg, ctx.customer, name)
      return work({ id: row ? await adopt(ctx.pg, row) : null, row, key: name })
    }, wait_ms)
  }
  const { rows } = await ctx.pg.raw(`select o.id, s.key from "order" o left join shopkeeper_order s on s.order_id = o.id
    where o.id = ? and o.customer_id = ? and o.deleted_at is null and (o.metadata->>'shopkeeper_key' is null or s.key is not null)`, [check.id(name, "the order"), ctx.customer])
  if (!rows.length) throw none()
  return rows[0].key ? locked(ctx.pg, [orderLock(ctx.customer, rows[0].key)], () => work({ id: rows[0].id, key: null }), wait_ms) : work({ id: rows[0].id, key: null })
}

async function one(ctx) {
  const id = await found(ctx, ctx.params.order, async (o) => o.id, 0)
  if (!id) throw none()
  return { order: await showOrder(ctx, id) }
}

const ENDED = ["delivered", "cancelled", "returned", "refunded"]
const isOpen = (o) => !ENDED.includes(o.state) || o.returns.some((r) => r.state === "registered" || r.state === "returned")

async function list(ctx) {
  const limit = check.whole(ctx.req.query.limit, "limit", { min: 1, max: 50, fallback: 20 }), open = ctx.req.query.open === "1"
  const { rows } = await ctx.pg.raw(`select o.id from "order" o left join shopkeeper_order s on s.order_id = o.id
    where o.customer_id = ? and o.deleted_at is null and not o.is_draft_order and (o.metadata->>'shopkeeper_key' is null or s.order_id is not null)
      and (not ? or o.status <> 'canceled') order by o.created_at desc, o.id desc limit ?`, [ctx.customer, open, open ? 100 : limit])
  const orders = await showOrders(ctx, rows.map((r) => r.id))
  return { orders: open ? orders.filter(isOpen).slice(0, limit) : orders }
}

module.exports = { found, one, list, none }
