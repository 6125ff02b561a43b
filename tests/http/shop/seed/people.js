// Customers with their addresses, what they can pay with, and a login: NAME@example.com, "only for tests".
const { Modules } = require("@medusajs/framework/utils")
const cf = require("@medusajs/medusa/core-flows")
const { COUNTRY } = require("./shop.js")

const address = (text, name, more) => {
  const parts = text.split(",").map((s) => s.trim())
  const city = parts.length > 1 ? parts.pop() : ""
  return { first_name: name.split(" ")[0], last_name: name.split(" ").slice(1).join(" "), address_1: parts.shift(), address_2: parts.join(", "), city,
    postal_code: "00000", country_code: COUNTRY, ...more }
}

const CARDS = { "": "ok", ok: "ok", declined: "declined", expired: "ok" }
const payment = (row) => ({
  nickname: row.nickname,
  provider: row.nickname.includes("card") ? "pp_card_test" : "pp_system_default",
  data: { card: CARDS[row.state] },
  ...(row.state === "expired" ? { expires: "2020-01" } : {}),
})

exports.people = async ({ container, run }, customers, addresses, payments) => {
  const out = {}
  for (const c of customers) {
    const email = `${c.id}@example.com`
    const { authIdentity } = await container.resolve(Modules.AUTH).register("emailpass", { body: { email, password: "only for tests" } })
    const customer = await run(cf.createCustomerAccountWorkflow, { authIdentityId: authIdentity.id, customerData: {
      email, first_name: c.name.split(" ")[0], last_name: c.name.split(" ").slice(1).join(" "),
      metadata: { shopkeeper_payments: payments.filter((p) => p.customer === c.id).map(payment) } } })
    const rows = [address(c.address, c.name, { is_default_shipping: true, is_default_billing: true }),
      ...addresses.filter((a) => a.customer === c.id).map((a) => address(a.address, c.name, { address_name: a.nickname }))]
    await run(cf.createCustomerAddressesWorkflow, { addresses: rows.map((a) => ({ ...a, customer_id: customer.id })) })
    out[c.id] = customer.id
  }
  return out
}
