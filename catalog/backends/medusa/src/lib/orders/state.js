// What Medusa knows of an order, in the words of a speaker.
const { number } = require("../web/money.js")
const { time } = require("../web/time.js")
const { cut } = require("../web/check.js")

const SHIPMENTS_MAX = 32, TRACKING_MAX = 8

function shipment(f, positions) {
  const meta = (name, max) => cut(typeof f.metadata?.[name] === "string" ? f.metadata[name] : "", max)
  const lines = (f.items ?? []).map((i) => ({ position: positions.get(i.line_item_id), quantity: number(i.raw_quantity ?? i.quantity) })).filter((l) => l.position)
  return {
    id: f.id, lines, carrier: meta("carrier", 31),
    tracking: (f.labels ?? []).slice(0, TRACKING_MAX).map((l) => ({ number: cut(l.tracking_number, 63), url: /^https?:\/\//.test(l.tracking_url ?? "") ? cut(l.tracking_url, 255) : "" })),
    packed_at: time(f.packed_at ?? f.created_at), shipped_at: time(f.shipped_at), expected_at: time(f.metadata?.expected_at),
    out_for_delivery_at: time(f.metadata?.out_for_delivery_at), delivered_at: time(f.delivered_at), place: meta("place", 63), delayed: f.metadata?.delayed === true,
  }
}

exports.shipments = (order, positions) =>
  (order.fulfillments ?? []).filter((f) => f && !f.canceled_at).sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, SHIPMENTS_MAX).map((f) => shipment(f, positions))

// How much of a line is in parcels of which this is true.
exports.inParcels = (shipments, position, is) =>
  shipments.filter(is).flatMap((s) => s.lines).filter((l) => l.position === position).reduce((sum, l) => sum.plus(l.quantity), number(0))

// lines: [{quantity, shipped, delivered, returned}] as numbers.
exports.state = (order, lines, shipments, refunded, total) => {
  const open = lines.filter((l) => l.quantity.gt(0)), all = (name) => open.length > 0 && open.every((l) => l[name].gte(l.quantity)), some = (name) => open.some((l) => l[name].gt(0))
  if (order.status === "canceled") return "cancelled"
  if (refunded.gt(0) && refunded.gte(total)) return "refunded"
  if (all("returned")) return "returned"
  if (all("delivered")) return "delivered"
  if (shipments.some((s) => s.delayed && !s.delivered_at)) return "delayed"
  if (shipments.some((s) => s.out_for_delivery_at && !s.delivered_at)) return "out_for_delivery"
  if (all("shipped")) return "shipped"
  if (some("shipped")) return "part_shipped"
  return shipments.length ? "packed" : "placed"
}

exports.paymentState = (order, refunded, total) => {
  const payments = (order.payment_collections ?? []).flatMap((c) => c?.payments ?? []).filter(Boolean)
  const captured = payments.flatMap((p) => p.captures ?? []).reduce((sum, c) => sum.plus(number(c.raw_amount ?? c.amount)), number(0))
  if (refunded.gt(0) && refunded.gte(captured)) return "refunded"
  if (captured.gt(0) && captured.gte(total)) return "paid"
  if (order.status === "canceled") return "cancelled"
  return payments.some((p) => !p.canceled_at) ? "authorized" : "open"
}
