// The customer whom a device buys for: name, addresses, and what they can pay with.
const check = require("../web/check.js")

const ADDRESSES_MAX = 20, PAYMENTS_MAX = 6

async function customer(query, id) {
  const { data: [c] } = await query.graph({ entity: "customer", fields: ["id", "email", "first_name", "last_name", "company_name", "metadata", "addresses.*"], filters: { id } })
  return c
}

const name = (c) => check.cut([c?.first_name, c?.last_name].filter(Boolean).join(" ") || c?.company_name || "", 63)
const addressText = (a) => check.cut([a?.address_1, a?.address_2, a?.city].filter(Boolean).join(", "), 159)
const showAddress = (a) => ({ id: a.id, nickname: check.cut(a.address_name, 31), text: addressText(a) })

function addresses(c) {
  return (c?.addresses ?? [])
    .sort((a, b) => b.is_default_shipping - a.is_default_shipping || (a.id < b.id ? -1 : 1))
    .slice(0, ADDRESSES_MAX)
}

// By id, nickname or its text; "" the usual one. Undefined if there is none.
function findAddress(c, wanted) {
  const all = addresses(c), low = wanted.toLowerCase()
  if (!wanted) return all.find((a) => a.is_default_shipping) ?? (all.length === 1 ? all[0] : undefined)
  return all.find((a) => a.id === wanted) ?? all.find((a) => check.cut(a.address_name, 31).toLowerCase() === low) ?? all.find((a) => addressText(a).toLowerCase() === low)
}

// "2027-03": until the end of that month.
function expired(month) {
  const m = /^(\d{4})-(\d\d)$/.exec(month ?? "")
  return m !== null && Date.now() >= Date.UTC(Number(m[1]), Number(m[2]), 1)
}

// [{nickname, provider, data, state}], what the shop's staff have put into the customer's metadata.
async function payments(pg, c) {
  const all = Array.isArray(c?.metadata?.shopkeeper_payments) ? c.metadata.shopkeeper_payments : []
  const good = all.filter((p) => p && typeof p.nickname === "string" && p.nickname && typeof p.provider === "string").slice(0, PAYMENTS_MAX)
  if (!good.length) return []
  const { rows } = await pg.raw(`select distinct on (payment) payment, refused from shopkeeper_order where customer_id = ? and payment <> ''
    order by payment, tried_at desc`, [c.id])
  const refused = new Set(rows.filter((r) => r.refused).map((r) => r.payment))
  return good.map((p) => {
    const nickname = check.cut(p.nickname, 39)
    return { nickname, provider: p.provider, data: typeof p.data === "object" && p.data ? p.data : {},
      state: expired(p.expires) ? "expired" : refused.has(nickname) ? "declined" : "ok" }
  })
}

module.exports = { customer, name, addresses, addressText, showAddress, findAddress, payments, customerName: async (query, id) => name(await customer(query, id)) }
