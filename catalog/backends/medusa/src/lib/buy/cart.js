// A cart of Medusa's for one wish. It lives as long as the question: what is not made an order is deleted again.
const { Modules } = require("@medusajs/framework/utils")
const { addShippingMethodToCartWorkflow, createCartWorkflow } = require("@medusajs/medusa/core-flows")
const deliveries = require("./deliveries.js")
const coupons = require("./coupons.js")
const { number } = require("../web/money.js")
const { problem } = require("./wish.js")

const FIELDS = ["id", "currency_code", "total", "subtotal", "item_total", "item_subtotal", "original_item_total", "original_item_subtotal", "discount_total", "discount_subtotal", "shipping_total",
  "shipping_subtotal", "original_shipping_total", "tax_total", "items.*", "items.adjustments.*", "items.tax_lines.*", "shipping_methods.*", "shipping_methods.adjustments.*", "shipping_methods.tax_lines.*"]

const PLACE = ["first_name", "last_name", "company", "address_1", "address_2", "city", "province", "postal_code", "country_code", "phone"]
const place = (a) => Object.fromEntries(PLACE.filter((k) => a[k]).map((k) => [k, k === "country_code" ? a[k].toLowerCase() : a[k]]))

async function discard(scope, id) {
  if (id) await scope.resolve(Modules.CART).softDeleteCarts([id]).catch(() => {})
}

const read = async (query, id) => (await query.graph({ entity: "cart", fields: FIELDS, filters: { id } })).data[0]

// wish: of wish.look(), without problems. {id, cart, deliveries, delivery, coupons, problems}: the caller discards it.
async function make({ pg, query, scope, customer }, shop, wish, metadata = {}) {
  const resolved = await coupons.resolve(scope, wish.coupons)
  const { result } = await createCartWorkflow(scope).run({ input: {
    region_id: shop.region, sales_channel_id: shop.channel, currency_code: shop.currency, customer_id: customer, email: wish.who.email,
    items: wish.lines.map((l, i) => ({ variant_id: l.variant, quantity: number(l.quantity).toNumber(), metadata: { shopkeeper_position: i + 1, shopkeeper_options: l.options } })),
    shipping_address: place(wish.address), billing_address: place(wish.address),
    promo_codes: resolved.filter((r) => r.promotion).map((r) => r.promotion.code), metadata,
  } })
  try {
    const ways = await deliveries.forCart(pg, scope, shop, result.id)
    const way = wish.delivery ? ways.find((w) => w.id === wish.delivery) : ways[0]
    if (!way) {
      const missing = ways.length ? problem("no_delivery", "this way of delivery is not offered for the basket") : problem("not_there", "nothing is delivered to that address")
      return { id: result.id, problems: [missing] }
    }
    await addShippingMethodToCartWorkflow(scope).run({ input: { cart_id: result.id, options: [{ id: way.id }] } })
    const cart = await read(query, result.id)
    return { id: result.id, cart, deliveries: ways.map((w) => ({ ...w, chosen: w.id === way.id })), way, problems: [],
      coupons: coupons.show(resolved, cart, customer, shop.currency) }
  } catch (error) {
    await discard(scope, result.id)
    throw error
  }
}

module.exports = { make, discard, place }
