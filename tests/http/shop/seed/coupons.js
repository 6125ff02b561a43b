// Coupons from coupons.csv, as promotions with a campaign each.
const cf = require("@medusajs/medusa/core-flows")
const { time } = require("../src/csv.js")
const { CURRENCY } = require("./shop.js")

// The minimum is one of the goods before discounts: by "item_total" a fixed discount would take the basket below its own minimum, and
// Medusa takes it out again when it looks at the cart the next time.
function promotion(row) {
  const value = Number(row.percent || row.amount)
  return {
    code: row.code, type: "standard", status: "active", is_automatic: false, is_tax_inclusive: true,
    rules: row.minimum ? [{ attribute: "original_item_total", operator: "gte", values: [String(Number(row.minimum))] }] : [],
    application_method: row.percent
      ? { type: "percentage", target_type: "items", allocation: "across", value, currency_code: CURRENCY }
      : { type: "fixed", target_type: "order", value, currency_code: CURRENCY },
    campaign: { name: row.code, campaign_identifier: row.code, starts_at: time(row.from), ends_at: time(row.until),
      ...(row.once === "yes" ? { budget: { type: "use_by_attribute", attribute: "customer_id", limit: 1 } } : {}) },
  }
}

exports.coupons = async ({ run }, rows) => {
  const soon = { code: "SOON", percent: "10", from: "+10d", until: "+20d" }
  const whole = [...rows.filter((r) => !r.category), soon] // a coupon of a category would need its id in a rule
  for (const row of whole) await run(cf.createPromotionsWorkflow, { promotionsData: [promotion(row)] })
}
