// What a server that was killed left of an order. Medusa makes the order first and authorises its payment last, so an order without a
// payment is half made: it never counts, and is cancelled with its reservations before the next try.
const { Modules } = require("@medusajs/framework/utils")
const { cancelOrderWorkflow } = require("@medusajs/medusa/core-flows")

const OF_KEY = `
select o.id, o.status, exists (select 1 from order_payment_collection c join payment p on p.payment_collection_id = c.payment_collection_id
    where c.order_id = o.id and c.deleted_at is null and p.deleted_at is null) as paid,
  exists (select 1 from order_cart c where c.order_id = o.id and c.deleted_at is null) as linked
from "order" o where o.customer_id = ? and o.created_at >= ?::timestamptz - interval '1 hour' and o.metadata->>'shopkeeper_key' = ? and o.deleted_at is null
order by o.created_at`

const ofKey = async (pg, row) => (await pg.raw(OF_KEY, [row.customer_id, row.made_at, row.key])).rows

// The id of the order of this row if it is whole, kept in the row from then on. The caller has the lock of the key.
async function adopt(pg, row) {
  if (row.order_id) return row.order_id
  const whole = (await ofKey(pg, row)).find((o) => o.paid && o.linked && o.status !== "canceled")
  if (!whole) return null
  await pg.raw("update shopkeeper_order set order_id = ? where customer_id = ? and key = ?", [whole.id, row.customer_id, row.key])
  return whole.id
}

async function cancel(scope, id) {
  try {
    await cancelOrderWorkflow(scope).run({ input: { order_id: id } })
  } catch { // too little of it is there for Medusa's own way
    const order = scope.resolve(Modules.ORDER)
    const { items } = await order.retrieveOrder(id, { relations: ["items"] })
    await scope.resolve(Modules.INVENTORY).deleteReservationItemsByLineItem((items ?? []).map((i) => i.id))
    await order.cancel(id)
  }
}

// How often the customer has used each coupon that is limited by customer.
const USAGE = "select id, used from promotion_campaign_budget_usage where attribute_value = ? and deleted_at is null"
exports.usage = async (pg, customer) => Object.fromEntries((await pg.raw(USAGE, [customer])).rows.map((r) => [r.id, String(r.used)]))

async function giveBackUsage(pg, row) {
  const now = await exports.usage(pg, row.customer_id)
  for (const [id, used] of Object.entries(now)) {
    const before = row.usage?.[id] ?? "0"
    if (Number(used) > Number(before)) await pg.raw(`update promotion_campaign_budget_usage set used = ?::numeric, raw_used = jsonb_build_object('value', ?::text, 'precision', 20) where id = ?`, [before, before, id])
  }
}

// Cancels what there is of an order that is not whole. The caller has the locks of key and customer.
async function undo(scope, pg, row) {
  const half = (await ofKey(pg, row)).filter((o) => o.status !== "canceled")
  for (const o of half) await cancel(scope, o.id)
  if (half.length) await giveBackUsage(pg, row)
}

module.exports = Object.assign(exports, { adopt, undo })
