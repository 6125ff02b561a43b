// An order as the contract's ORDER.
const { addressText } = require("../people/customer.js")
const { money, number, quantity } = require("../web/money.js")
const { time } = require("../web/time.js")
const { cut } = require("../web/check.js")
const { lineSums, sums, title } = require("../buy/sums.js")
const { inParcels, paymentState, shipments, state } = require("./state.js")
const { returnedOf, showReturn } = require("./returned.js")

const LINES_MAX = 64, RETURNS_MAX = 32

const FIELDS = ["id", "display_id", "status", "metadata", "created_at", "updated_at", "currency_code", "customer_id", "total", "item_total", "item_subtotal", "original_item_total",
  "discount_total", "discount_subtotal", "shipping_total", "shipping_subtotal", "original_shipping_total", "tax_total", "items.*", "items.detail.*", "items.adjustments.*",
  "items.tax_lines.*", "shipping_methods.*", "shipping_methods.adjustments.*", "shipping_methods.tax_lines.*", "shipping_address.*", "fulfillments.*", "fulfillments.items.*",
  "fulfillments.labels.*", "payment_collections.*", "payment_collections.payments.*", "payment_collections.payments.captures.*", "payment_collections.payments.refunds.*",
  "returns.*", "returns.items.*"]

const byPosition = (a, b) => (a.metadata?.shopkeeper_position ?? 1000) - (b.metadata?.shopkeeper_position ?? 1000) || (a.id < b.id ? -1 : 1)

// As the device was told them; of an order of the web what Medusa calls the variant, if it is no name for want of one.
function options(item) {
  if (typeof item.metadata?.shopkeeper_options === "string") return cut(item.metadata.shopkeeper_options, 159)
  const kind = item.variant_title ?? ""
  return kind === item.product_title || /^default/i.test(kind) ? "" : cut(kind.toLowerCase(), 159)
}

function line(item, position, parcels, order) {
  const { discount, ...what } = lineSums(item, order.currency_code)
  return { position, variant: item.variant_id ?? "", product: item.product_id ?? "", title: title(item),
    options: options(item), ...what,
    shipped: quantity(inParcels(parcels, position, (s) => s.shipped_at || s.delivered_at)), delivered: quantity(inParcels(parcels, position, (s) => s.delivered_at)),
    returned: quantity(returnedOf(order, item.id)) }
}

const latest = (times) => time(times.filter(Boolean).map((t) => new Date(t).getTime()).reduce((a, b) => Math.max(a, b), 0) || null)

function show(order, row) {
  const currency = order.currency_code
  const items = (order.items ?? []).sort(byPosition).slice(0, LINES_MAX), positions = new Map(items.map((i, n) => [i.id, n + 1]))
  const parcels = shipments(order, positions)
  const lines = items.map((i, n) => line(i, n + 1, parcels, order))
  const refunds = (order.payment_collections ?? []).flatMap((c) => c?.payments ?? []).flatMap((p) => p?.refunds ?? [])
  const refunded = refunds.reduce((sum, r) => sum.plus(number(r.raw_amount ?? r.amount)), number(0)), total = number(order.raw_total ?? order.total)
  const counted = lines.map((l) => ({ quantity: number(l.quantity), shipped: number(l.shipped), delivered: number(l.delivered), returned: number(l.returned) }))
  const is = state(order, counted, parcels, refunded, total), delivered = parcels.map((s) => s.delivered_at)
  return {
    id: order.id, key: row?.key ?? "", number: String(order.display_id), state: is, placed_at: time(order.created_at),
    updated_at: latest([order.updated_at, ...(order.fulfillments ?? []).map((f) => f?.updated_at), ...(order.returns ?? []).map((r) => r?.updated_at), ...refunds.map((r) => r.created_at)]),
    currency: currency.toUpperCase(), ...sums(order, currency), refunded: money(refunded, currency),
    payment: { nickname: row?.payment ?? "", state: paymentState(order, refunded, total) },
    coupons: [...new Set(items.flatMap((i) => i.adjustments ?? []).map((a) => a.code).filter(Boolean))].slice(0, 8),
    way: cut(order.shipping_methods?.[0]?.name, 47), address: addressText(order.shipping_address),
    expected_at: latest(parcels.filter((s) => !s.delivered_at).map((s) => s.expected_at)), delivered_at: is === "delivered" ? latest(delivered) : null,
    lines,
    shipments: parcels.map(({ delayed, ...s }) => ({ ...s, lines: s.lines.map((l) => ({ position: l.position, quantity: quantity(l.quantity) })) })),
    returns: (order.returns ?? []).filter(Boolean).slice(0, RETURNS_MAX).map((r) => showReturn(order, r, positions)),
  }
}

const read = async (query, ids) => (await query.graph({ entity: "order", fields: FIELDS, filters: { id: ids } })).data

async function rows(pg, ids) {
  const { rows: found } = await pg.raw("select order_id, key, payment from shopkeeper_order where order_id = any(?)", [ids])
  return new Map(found.map((r) => [r.order_id, r]))
}

// In the order of the ids.
async function showOrders({ pg, query }, ids) {
  if (!ids.length) return []
  const [orders, known] = [await read(query, ids), await rows(pg, ids)]
  const shown = new Map(orders.map((o) => [o.id, show(o, known.get(o.id))]))
  return ids.map((id) => shown.get(id)).filter(Boolean)
}

module.exports = { showOrders, showOrder: async (ctx, id) => (await showOrders(ctx, [id]))[0], read, byPosition }
