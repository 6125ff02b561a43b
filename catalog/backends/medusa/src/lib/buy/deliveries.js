// Ways of delivery: those of the shop, and those for a basket with their prices. The first is the usual one.
const { listShippingOptionsForCartWorkflow } = require("@medusajs/medusa/core-flows")
const check = require("../web/check.js")
const { money, number } = require("../web/money.js")

const WAYS_MAX = 8

// All that the channel's stock locations offer in the region's currency, in the order in which the shop has made them.
const OFFERED = `
select o.id, o.name, o.metadata, o.price_type, fs.type as set_type,
  (select p.raw_amount->>'value' from shipping_option_price_set ops join price p on p.price_set_id = ops.price_set_id
    where ops.shipping_option_id = o.id and ops.deleted_at is null and p.deleted_at is null and p.currency_code = :currency and p.rules_count = 0 limit 1) as price,
  (select r.value from shipping_option_price_set ops join price p on p.price_set_id = ops.price_set_id join price_rule r on r.price_id = p.id
    where ops.shipping_option_id = o.id and ops.deleted_at is null and p.deleted_at is null and r.deleted_at is null and p.currency_code = :currency
      and p.amount = 0 and r.attribute = 'item_total' and r.operator = 'gte' limit 1) as free_from
from shipping_option o join service_zone z on z.id = o.service_zone_id join fulfillment_set fs on fs.id = z.fulfillment_set_id
join location_fulfillment_set lf on lf.fulfillment_set_id = fs.id and lf.deleted_at is null
join sales_channel_stock_location sl on sl.stock_location_id = lf.stock_location_id and sl.deleted_at is null and sl.sales_channel_id = :channel
where o.deleted_at is null and z.deleted_at is null and fs.deleted_at is null
  and not exists (select 1 from shipping_option_rule r where r.shipping_option_id = o.id and r.deleted_at is null
    and ((r.attribute = 'is_return' and r.value #>> '{}' = 'true') or (r.attribute = 'enabled_in_store' and r.value #>> '{}' = 'false')))
order by o.created_at, o.id`

async function offered(pg, shop) {
  const { rows } = await pg.raw(OFFERED, { currency: shop.currency, channel: shop.channel })
  return rows
}

function common(o) {
  const days = Number(o.metadata?.days)
  return { id: o.id, name: check.cut(o.name, 47), also: check.cut(typeof o.metadata?.also === "string" ? o.metadata.also : "", 159),
    days: o.metadata?.days !== null && Number.isInteger(days) && days > 0 ? days : null, pickup: o.set_type === "pickup" || o.metadata?.pickup === true }
}

exports.forShop = async (pg, shop) => (await offered(pg, shop)).slice(0, WAYS_MAX).map((o) => {
  const { days, pickup, ...name } = common(o)
  return { ...name, price: o.price_type === "flat" && o.price !== null ? money(o.price, shop.currency) : null,
    free_from: o.free_from !== null ? money(o.free_from, shop.currency) : null, days, pickup }
})

// Those of a cart, with what each costs for it.
exports.forCart = async (pg, scope, shop, cart) => {
  const { result } = await listShippingOptionsForCartWorkflow(scope).run({ input: { cart_id: cart, is_return: false } })
  const open = new Map(result.filter((o) => !o.insufficient_inventory && o.amount !== null && o.amount !== undefined).map((o) => [o.id, o]))
  return (await offered(pg, shop)).filter((o) => open.has(o.id)).slice(0, WAYS_MAX).map((o) => {
    const { days, pickup, ...name } = common(o)
    return { ...name, price: money(number(open.get(o.id).amount), shop.currency), days, pickup }
  })
}
