// GET /account: who buys, where it goes, what it is paid with and how it is delivered.
const { addresses, customer, name, payments, showAddress } = require("./customer.js")
const { forShop } = require("../buy/deliveries.js")
const { cut } = require("../web/check.js")

exports.account = async ({ pg, query, shop, device, customer: id }) => {
  const where = await shop(), who = await customer(query, id)
  return {
    shop: { name: cut(where.name, 63) }, device: { id: device.id, name: device.name }, currency: where.currency.toUpperCase(), customer: { id, name: name(who) },
    addresses: addresses(who).map((a) => ({ ...showAddress(a), usual: a.is_default_shipping })),
    payments: (await payments(pg, who)).map(({ nickname, state }) => ({ nickname, state })),
    deliveries: await forShop(pg, where),
  }
}
