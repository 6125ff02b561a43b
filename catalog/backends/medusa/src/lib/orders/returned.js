// What of an order was sent back, or is about to be, and the contract's RETURN.
const { money, number, quantity } = require("../web/money.js")
const { time } = require("../web/time.js")

const live = (order) => (order.returns ?? []).filter((r) => r && r.status !== "canceled" && !r.canceled_at)

exports.returnedOf = (order, item) =>
  live(order).flatMap((r) => r.items ?? []).filter((i) => i?.item_id === item).reduce((sum, i) => sum.plus(number(i.raw_quantity ?? i.quantity)), number(0))

// What was paid for so much of it.
function amountOf(order, lines) {
  return lines.reduce((sum, [item, n]) => {
    const of = (order.items ?? []).find((i) => i.id === item), all = of ? number(of.raw_quantity ?? of.quantity) : number(0)
    return all.gt(0) ? sum.plus(number(of.raw_total ?? of.total).times(n).div(all)) : sum
  }, number(0))
}

function stateOf(order, r, amount) {
  const refunds = (order.payment_collections ?? []).flatMap((c) => c?.payments ?? []).flatMap((p) => p?.refunds ?? [])
  const refunded = refunds.reduce((sum, x) => sum.plus(number(x.raw_amount ?? x.amount)), number(0))
  if (r.status === "canceled" || r.canceled_at) return "cancelled"
  if (r.status !== "received") return "registered"
  return refunded.gte(amount) && refunded.gt(0) ? "refunded" : "returned"
}

// The device's key is kept with each item that it sends back: Medusa keeps nothing else of who has asked for a return.
const keyOf = (r) => {
  const key = (r.items ?? []).map((i) => i?.metadata?.shopkeeper_key).find((k) => typeof k === "string")
  return key ?? ""
}

// positions: of the items in the order.
exports.showReturn = (order, r, positions) => {
  const lines = (r.items ?? []).filter(Boolean).map((i) => [i.item_id, number(i.raw_quantity ?? i.quantity)])
  const amount = amountOf(order, lines)
  return {
    id: r.id, key: keyOf(r), number: String(r.display_id), state: stateOf(order, r, amount),
    lines: lines.map(([item, n]) => ({ position: positions.get(item) ?? 0, quantity: quantity(n) })), amount: money(amount, order.currency_code),
    made_at: time(r.created_at), updated_at: time(r.updated_at),
  }
}
