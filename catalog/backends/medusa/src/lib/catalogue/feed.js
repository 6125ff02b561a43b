// GET /catalogue: a page of what has changed.
const check = require("../web/check.js")
const { changes } = require("./changes.js")
const { products } = require("./products.js")

exports.feed = async ({ pg, query, req, shop }) => {
  const limit = check.whole(req.query.limit, "limit", { min: 1, max: 500, fallback: 200 })
  const where = await shop()
  const page = await changes(pg, where, req.query.cursor, limit)
  const found = await products(query, where, page.rows.filter((r) => !r.gone).map((r) => r.id))
  return { items: page.rows.map((r) => found.get(r.id) ?? { id: r.id, gone: true }), cursor: page.cursor, more: page.more, currency: where.currency.toUpperCase() }
}
