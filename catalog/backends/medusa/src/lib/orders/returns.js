// PUT /orders/:order/returns/:key: sending something back, once for each key.
const { createAndCompleteReturnOrderWorkflow } = require("@medusajs/medusa/core-flows")
const check = require("../web/check.js")
const { conflict, invalid } = require("../web/refusal.js")
const { digest } = require("../web/secrets.js")
const { number, quantity } = require("../web/money.js")
const { found, none } = require("./find.js")
const { byPosition, read, showOrder } = require("./show.js")
const { returnedOf } = require("./returned.js")

const REASONS = ["broken", "wrong", "unlike", "unwanted", "late", "other"]

function parse(body) {
  const lines = check.list(body.lines, "lines", { min: 1, max: 64 }).map((l, i) => {
    check.object(l, `line ${i + 1}`)
    if (!Number.isInteger(l.position) || l.position < 1 || l.position > 64) throw invalid(`position of line ${i + 1} is a whole number from 1`)
    return { position: l.position, quantity: check.quantity(l.quantity, `quantity of line ${i + 1}`) }
  })
  if (new Set(lines.map((l) => l.position)).size !== lines.length) throw invalid("a position is there twice")
  return { lines, reason: check.oneOf(body.reason, "reason", REASONS), note: check.text(body.note, "note", { min: 0, max: 239, fallback: "" }), digest: digest(lines) }
}

// The shop's shipping option for returns, and the stock location that they go to.
const WAY = `select o.id, lf.stock_location_id from shipping_option o join service_zone z on z.id = o.service_zone_id
  join location_fulfillment_set lf on lf.fulfillment_set_id = z.fulfillment_set_id and lf.deleted_at is null
  join sales_channel_stock_location sl on sl.stock_location_id = lf.stock_location_id and sl.deleted_at is null and sl.sales_channel_id = ?
  where o.deleted_at is null and exists (select 1 from shipping_option_rule r where r.shipping_option_id = o.id and r.deleted_at is null and r.attribute = 'is_return' and r.value #>> '{}' = 'true')
  order by o.created_at limit 1`

function checkLeft(order, shown, items, lines) {
  for (const l of lines) {
    const line = shown.lines[l.position - 1]
    if (!line) throw invalid(`order ${shown.number} has no line ${l.position}`)
    if (number(line.delivered).lte(0)) throw conflict("not_delivered", `line ${l.position} of order ${shown.number} was not delivered yet`)
    const left = number(line.delivered).minus(returnedOf(order, items[l.position - 1].id))
    if (left.lt(l.quantity)) throw conflict("unavailable", `only ${quantity(left)} of line ${l.position} are left to be sent back`)
  }
}

async function make(ctx, id, key, wish) {
  const [order] = await read(ctx.query, [id]), items = (order.items ?? []).sort(byPosition)
  checkLeft(order, await showOrder(ctx, id), items, wish.lines)
  const { rows: [way] } = await ctx.pg.raw(WAY, [(await ctx.shop()).channel])
  if (!way) throw new Error("the shop has no shipping option for returns")
  await createAndCompleteReturnOrderWorkflow(ctx.scope).run({ input: {
    order_id: id, note: [wish.reason, wish.note].filter(Boolean).join(": "), location_id: way.stock_location_id,
    return_shipping: { option_id: way.id, price: 0 },
    items: wish.lines.map((l) => ({ id: items[l.position - 1].id, quantity: number(l.quantity).toNumber(), note: wish.reason, metadata: { shopkeeper_key: key } })) } })
}

async function under(ctx, id, key, wish) {
  const there = async () => (await showOrder(ctx, id)).returns.find((r) => r.key === key)
  const { rows: [row] } = await ctx.pg.raw("select digest from shopkeeper_return where order_id = ? and key = ?", [id, key])
  const before = await there()
  if (before) {
    if (row && row.digest !== wish.digest) throw conflict("differs", "this key was used for other lines", { return: before })
    return [200, { return: before, repeated: true }]
  }
  await ctx.pg.raw("insert into shopkeeper_return (order_id, key, digest) values (?, ?, ?) on conflict (order_id, key) do update set digest = excluded.digest", [id, key, wish.digest])
  await make(ctx, id, key, wish)
  return [201, { return: await there(), repeated: false }]
}

exports.sendBack = (ctx) => {
  const key = check.key(ctx.params.key, "the key of the return"), wish = parse(ctx.body)
  return found(ctx, ctx.params.order, ({ id }) => {
    if (!id) throw none()
    return under(ctx, id, key, wish)
  })
}
