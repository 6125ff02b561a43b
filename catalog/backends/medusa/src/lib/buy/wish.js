// What a shopper wants to buy, as a request says it, and what stands against it.
const check = require("../web/check.js")
const { number, quantity } = require("../web/money.js")
const { QueryContext } = require("@medusajs/framework/utils")
const { optionText, priceOf, stockOf } = require("../catalogue/products.js")
const { customer, findAddress, payments } = require("../people/customer.js")

const LINES_MAX = 32, COUPONS_MAX = 4

function line(value, i) {
  const name = `line ${i + 1}`
  check.object(value, name)
  return { variant: check.id(value.variant, `variant of ${name}`), quantity: check.quantity(value.quantity, `quantity of ${name}`),
    options: check.text(value.options, `options of ${name}`, { min: 0, max: 159, fallback: "" }) }
}

// The fields that a quote and an order share.
exports.parse = (body) => ({
  lines: check.list(body.lines, "lines", { min: 1, max: LINES_MAX }).map(line),
  coupons: [...new Set(check.list(body.coupons, "coupons", { max: COUPONS_MAX, fallback: [] }).map((c, i) => check.text(c, `coupon ${i + 1}`, { max: 63 })))],
  address: check.text(body.address, "address", { min: 0, max: 159, fallback: "" }),
  delivery: body.delivery === undefined || body.delivery === "" ? "" : check.id(body.delivery, "delivery"),
  payment: check.text(body.payment, "payment", { min: 0, max: 63, fallback: "" }),
})

const problem = (code, message, variant = null, stock = null) => ({ code, variant, stock, message })

async function variants(query, shop, ids) {
  const { data } = await query.graph({ entity: "product_variant", filters: { id: ids },
    fields: ["id", "title", "sku", "manage_inventory", "allow_backorder", "options.value", "options.option.title", "calculated_price.*",
      "product.id", "product.title", "product.status", "product.sales_channels.id"],
    context: { calculated_price: QueryContext({ region_id: shop.region, currency_code: shop.currency }) } })
  return new Map(data.map((v) => [v.id, v]))
}

// Products that are sold in one variant only: that one needs no name.
async function single(pg, known) {
  const ids = [...new Set([...known.values()].map((v) => v.product?.id).filter(Boolean))]
  const { rows } = await pg.raw("select product_id from product_variant where product_id = any(?) and deleted_at is null group by product_id having count(*) = 1", [ids])
  return new Set(rows.map((r) => r.product_id))
}

const isSold = (v, shop) => v?.product?.status === "published" && (v.product.sales_channels ?? []).some((c) => c?.id === shop.channel)

async function goodsProblems(query, shop, lines, known) {
  const wanted = new Map()
  for (const l of lines) wanted.set(l.variant, number(wanted.get(l.variant) ?? 0).plus(l.quantity))
  const stock = await stockOf(query, shop, [...known.values()])
  const out = []
  for (const [id, n] of wanted) {
    const v = known.get(id), left = stock.get(id)
    if (!isSold(v, shop)) out.push(problem("gone", `${id} is no longer sold`, id))
    else if (priceOf(v, shop.currency).price === null) out.push(problem("no_price", `${v.product.title} has no price`, id))
    else if (left !== null && n.gt(left)) out.push(problem("sold_out", `only ${left} of ${v.product.title} are there, and ${quantity(n)} were asked for`, id, left))
  }
  return out
}

// The wish with all that is known about it: {lines, coupons, delivery, who, address, payment, problems}.
exports.look = async ({ pg, query, customer: id }, shop, wish) => {
  const who = await customer(query, id)
  const known = await variants(query, shop, wish.lines.map((l) => l.variant))
  const problems = await goodsProblems(query, shop, wish.lines, known)
  const address = findAddress(who, wish.address)
  if (!address) problems.push(problem("no_address", wish.address ? `the customer has no address "${wish.address}"` : "the customer has no usual address"))
  else if (!shop.countries.includes(String(address.country_code).toLowerCase())) problems.push(problem("not_there", "nothing is delivered to that country"))
  const all = await payments(pg, who)
  const payment = wish.payment ? all.find((p) => p.nickname.toLowerCase() === wish.payment.toLowerCase()) : all[0]
  if (wish.payment && !payment) problems.push(problem("payment", `the customer has nothing called "${wish.payment}" to pay with`))
  const alone = await single(pg, known)
  const lines = wish.lines.map((l) => {
    const v = known.get(l.variant)
    return { ...l, product: v?.product, options: v ? check.cut([alone.has(v.product?.id) ? "" : optionText(v), l.options].filter(Boolean).join("; "), 159) : l.options }
  })
  return { ...wish, lines, who, address, payment: payment ?? null, problems }
}
exports.problem = problem
