// POST /quote, and the quote inside a refused order.
const wish = require("./wish.js")
const carts = require("./cart.js")
const { sums, lineSums, NONE } = require("./sums.js")
const { showAddress } = require("../people/customer.js")
const { cut } = require("../web/check.js")

const base = (shop, looked) => ({
  currency: shop.currency.toUpperCase(), lines: [], ...NONE, coupons: [], deliveries: [],
  address: looked.address ? showAddress(looked.address) : null, payment: looked.payment ? { nickname: looked.payment.nickname, state: looked.payment.state } : null,
})

// made: of carts.make().
function show(shop, looked, made) {
  if (made.problems.length) return { ...base(shop, looked), problems: made.problems }
  const items = new Map(made.cart.items.map((i) => [i.metadata?.shopkeeper_position, i]))
  return {
    ...base(shop, looked),
    lines: looked.lines.map((l, i) => ({ variant: l.variant, product: l.product.id, title: cut(l.product.title, 199),
      options: l.options, ...lineSums(items.get(i + 1), shop.currency) })),
    ...sums(made.cart, shop.currency), coupons: made.coupons, deliveries: made.deliveries, problems: [],
  }
}

exports.show = show
exports.quote = async (ctx) => {
  const asked = wish.parse(ctx.body), shop = await ctx.shop()
  const looked = await wish.look(ctx, shop, asked)
  if (looked.payment?.state === "expired") looked.problems.push(wish.problem("payment", `${looked.payment.nickname} has expired`))
  if (looked.problems.length) return { ...base(shop, looked), problems: looked.problems }
  const made = await carts.make(ctx, shop, looked)
  try {
    return show(shop, looked, made)
  } finally {
    await carts.discard(ctx.scope, made.id)
  }
}
