// Products as a device knows them: what can be bought of each, at which price, and how much there is.
const { QueryContext, getVariantAvailability } = require("@medusajs/framework/utils")
const { money, moneyOrNull, number, same } = require("../web/money.js")
const { time } = require("../web/time.js")
const { cut } = require("../web/check.js")

const VARIANTS_MAX = 100
const STOCK_MAX = 1000000000

const FIELDS = ["id", "title", "description", "created_at", "metadata", "categories.name", "categories.rank", "variants.id", "variants.title", "variants.sku",
  "variants.variant_rank", "variants.created_at", "variants.manage_inventory", "variants.allow_backorder", "variants.metadata", "variants.options.value",
  "variants.options.option.title", "variants.calculated_price.*"]

const pricing = (shop) => ({ variants: { calculated_price: QueryContext({ region_id: shop.region, currency_code: shop.currency }) } })

// "size: one litre; colour: blue", lower case, in the order of the names.
function optionText(variant) {
  const parts = (variant.options ?? []).map((o) => [o.option?.title ?? "", o.value ?? ""]).filter(([n, v]) => n && v).sort(([a], [b]) => (a < b ? -1 : 1))
  return cut(parts.map(([n, v]) => `${n}: ${v}`).join("; ").toLowerCase(), 159)
}

// Whole pieces as text; null is unlimited.
async function stockOf(query, shop, variants) {
  const counted = variants.filter((v) => v.manage_inventory && !v.allow_backorder)
  const there = counted.length ? await getVariantAvailability(query, { variant_ids: counted.map((v) => v.id), sales_channel_id: shop.channel }) : {}
  return new Map(variants.map((v) => [v.id, counted.includes(v) ? String(Math.min(STOCK_MAX, Math.max(0, Math.floor(there[v.id]?.availability ?? 0)))) : null]))
}

// The price of now, and the one that it stands in for if it is a lower one.
function priceOf(variant, currency) {
  const p = variant.calculated_price
  if (!p || p.calculated_amount === null || p.calculated_amount === undefined) return { price: null, was: null }
  const now = number(p.raw_calculated_amount ?? p.calculated_amount), before = number(p.raw_original_amount ?? p.original_amount ?? now)
  return { price: money(now, currency), was: before.gt(now) && !same(before, now) ? moneyOrNull(before, currency) : null }
}

function pieces(variant) {
  const n = Number(variant.metadata?.pieces)
  return Number.isInteger(n) && n >= 2 && n <= 1000 ? n : null
}

function rating(product) {
  const n = Number(product.metadata?.rating ?? NaN)
  return n >= 0 && n <= 5 ? n.toFixed(1) : null
}

function show(product, stock, currency) {
  const variants = (product.variants ?? []).sort((a, b) => (a.variant_rank ?? 0) - (b.variant_rank ?? 0) || (a.id < b.id ? -1 : 1)).slice(0, VARIANTS_MAX)
  if (!variants.length) return { id: product.id, gone: true }
  const meta = (name, max) => cut(typeof product.metadata?.[name] === "string" ? product.metadata[name] : "", max)
  const category = (product.categories ?? []).sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))[0]
  return {
    id: product.id, gone: false, title: cut(product.title, 199), spoken: meta("spoken", 199), brand: meta("brand", 63), category: cut(category?.name, 63),
    description: cut(product.description, 1023), unit: meta("unit", 15), rating: rating(product), added_at: time(product.created_at),
    variants: variants.map((v) => ({ id: v.id, sku: cut(v.sku, 63), options: variants.length > 1 ? optionText(v) : "", ...priceOf(v, currency),
      stock: stock.get(v.id), pieces: pieces(v) })),
  }
}

// The products of these ids, by id; those that are not there are left out.
async function products(query, shop, ids) {
  if (!ids.length) return new Map()
  const { data } = await query.graph({ entity: "product", fields: FIELDS, filters: { id: ids }, context: pricing(shop) })
  const stock = await stockOf(query, shop, data.flatMap((p) => p.variants ?? []))
  return new Map(data.map((p) => [p.id, show(p, stock, shop.currency)]))
}

module.exports = { products, optionText, priceOf, stockOf }
