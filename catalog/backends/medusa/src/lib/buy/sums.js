// The sums of a cart or an order, as a shopper would see them on a bill.
const { money, number, quantity } = require("../web/money.js")
const { cut } = require("../web/check.js")

const exact = (x, name) => number(x[`raw_${name}`] ?? x[name])

function sums(x, currency) {
  const inclusive = Boolean((x.items ?? [])[0]?.is_tax_inclusive)
  const goods = (x.items ?? []).reduce((sum, i) => sum.plus(exact(i, "unit_price").times(number(i.raw_quantity ?? i.quantity))), number(0))
  const off = exact(x, inclusive ? "discount_total" : "discount_subtotal")
  const way = exact(x, inclusive ? "original_shipping_total" : "shipping_subtotal")
  return { subtotal: money(goods, currency), discount: money(off, currency), delivery: money(way, currency), tax: money(exact(x, "tax_total"), currency),
    tax_included: inclusive, total: money(exact(x, "total"), currency) }
}

// What a line costs before discounts, and what is taken off it.
function lineSums(item, currency) {
  const n = number(item.raw_quantity ?? item.quantity), price = exact(item, "unit_price")
  const off = (item.adjustments ?? []).reduce((sum, a) => sum.plus(exact(a, "amount")), number(0))
  return { quantity: quantity(n), price: money(price, currency), total: money(price.times(n), currency), discount: money(off, currency) }
}

const NONE = { subtotal: null, discount: null, delivery: null, tax: null, tax_included: false, total: null }
module.exports = { sums, lineSums, exact, NONE, title: (item) => cut(item.product_title ?? item.title, 199) }
