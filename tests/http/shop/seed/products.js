// Products with their variants, prices and stock, from products.csv and variants.csv.
const { ContainerRegistrationKeys, ProductStatus } = require("@medusajs/framework/utils")
const cf = require("@medusajs/medusa/core-flows")
const { CURRENCY } = require("./shop.js")

const BATCH = 100

const pair = (text) => text.split(";").map((o) => o.split(":").map((s) => s.trim()))

function variant(row, product, options) {
  const price = row.price || product.price, stock = row.stock || product.stock
  return { title: row.options || product.title, sku: row.id, options, manage_inventory: stock !== "",
    metadata: row.pieces ? { pieces: Number(row.pieces) } : {}, prices: price ? [{ currency_code: CURRENCY, amount: Number(price) }] : [] }
}

function product(row, variants, categories, shop, profile) {
  const own = variants.filter((v) => v.product === row.id)
  const names = own.length ? [...new Set(own.flatMap((v) => pair(v.options).map(([n]) => n)))] : ["Kind"]
  const options = (v) => Object.fromEntries(pair(v.options))
  return {
    title: row.title, handle: row.id, description: row.description, status: ProductStatus.PUBLISHED, category_ids: [categories[row.category]],
    shipping_profile_id: profile, sales_channels: [{ id: shop.channel }],
    metadata: { brand: row.brand, ...(row.rating ? { rating: row.rating } : {}) },
    options: names.map((n) => ({ title: n, values: own.length ? [...new Set(own.map((v) => options(v)[n]))] : ["only"] })),
    variants: own.length ? own.map((v) => variant(v, row, options(v))) : [variant({ id: row.id }, row, { Kind: "only" })],
  }
}

async function stock({ container, run }, shop, rows) {
  const wanted = new Map()
  for (const r of rows) wanted.set(r.id, r.stock)
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data: items } = await query.graph({ entity: "inventory_item", fields: ["id", "sku"] })
  await run(cf.createInventoryLevelsWorkflow, { inventory_levels: items.map((i) =>
    ({ location_id: shop.location, inventory_item_id: i.id, stocked_quantity: Number(wanted.get(i.sku) || 0) })) })
}

exports.products = async (tools, shop, profile, products, variants) => {
  const titles = [...new Set(products.map((p) => p.category))]
  const made = await tools.run(cf.createProductCategoriesWorkflow, { product_categories: titles.map((name) => ({ name, is_active: true })) })
  const categories = Object.fromEntries(made.map((c) => [c.name, c.id]))
  const all = products.map((p) => product(p, variants, categories, shop, profile))
  for (let i = 0; i < all.length; i += BATCH) await tools.run(cf.createProductsWorkflow, { products: all.slice(i, i + BATCH) })
  const byId = Object.fromEntries(products.map((p) => [p.id, p]))
  await stock(tools, shop, [...products, ...variants.map((v) => ({ id: v.id, stock: v.stock || byId[v.product]?.stock }))])
  return all.length
}
