// Why a coupon does not count. Medusa leaves an expired one out without a word, so the promotion is looked at here.
const { Modules } = require("@medusajs/framework/utils")
const { money, number } = require("../web/money.js")
const { time } = require("../web/time.js")

const MINIMUM = /(^|\.)(item_total|item_subtotal|subtotal|total|original_item_total)$/

async function promotions(scope, codes) {
  if (!codes.length) return new Map()
  const found = await scope.resolve(Modules.PROMOTION).listPromotions({ code: codes }, { relations: ["campaign", "campaign.budget", "campaign.budget.usages", "rules", "rules.values"] })
  return new Map(found.map((p) => [p.code, p]))
}

// Upper-case, as codes are written, or as it was typed if there is one of just that.
async function resolve(scope, typed) {
  const found = await promotions(scope, [...new Set(typed.flatMap((c) => [c, c.toUpperCase()]))])
  return typed.map((code) => ({ code, promotion: found.get(code) ?? found.get(code.toUpperCase()) ?? null }))
}

function minimumOf(promotion) {
  const rule = (promotion.rules ?? []).find((r) => MINIMUM.test(r.attribute) && (r.operator === "gte" || r.operator === "gt"))
  const value = rule?.values?.[0]?.value
  return value === undefined ? null : number(value)
}

function used(promotion, customer) {
  const over = (used, limit) => limit !== null && limit !== undefined && number(used).gte(limit)
  const budget = promotion.campaign?.budget
  if (over(promotion.used, promotion.limit)) return true
  if (!budget) return false
  if (!/by_attribute$/.test(budget.type)) return over(budget.used, budget.limit)
  return over((budget.usages ?? []).find((u) => u.attribute_value === customer)?.used ?? 0, budget.limit)
}

function state(promotion, customer, subtotal, discount) {
  const now = Date.now(), campaign = promotion?.campaign, minimum = promotion ? minimumOf(promotion) : null
  if (!promotion || promotion.status !== "active" || promotion.is_automatic) return "unknown"
  if (campaign?.ends_at && new Date(campaign.ends_at) <= now) return "expired"
  if (campaign?.starts_at && new Date(campaign.starts_at) > now) return "early"
  if (discount.gt(0)) return "counts"
  if (used(promotion, customer)) return "used"
  return minimum && minimum.gt(subtotal) ? "below" : "not_these"
}

// cart: with the adjustments of its items and shipping methods.
function show(resolved, cart, customer, currency) {
  const adjustments = [...(cart.items ?? []), ...(cart.shipping_methods ?? [])].flatMap((x) => x.adjustments ?? [])
  return resolved.map(({ code, promotion }) => {
    const off = adjustments.filter((a) => promotion && a.code === promotion.code).reduce((sum, a) => sum.plus(number(a.raw_amount ?? a.amount)), number(0))
    const minimum = promotion ? minimumOf(promotion) : null
    return { code, state: state(promotion, customer, number(cart.raw_original_item_total ?? cart.original_item_total), off), discount: money(off, currency),
      from: time(promotion?.campaign?.starts_at), until: time(promotion?.campaign?.ends_at), minimum: minimum ? money(minimum, currency) : null }
  })
}

module.exports = { resolve, show }
