// medusa exec: fills an empty shop from a shop folder (GROCER) and writes what a test has to know into SEED_OUT.
const { ContainerRegistrationKeys } = require("@medusajs/framework/utils")
const fs = require("fs")
const { read } = require("../src/csv.js")
const { base, deliveries } = require("./shop.js")
const { products } = require("./products.js")
const { people } = require("./people.js")
const { coupons } = require("./coupons.js")

// Bulk products for the measurements of large shops: as many as BULK says.
const bulk = (n) => Array.from({ length: n }, (_, i) => ({ id: `bulk-${i}`, title: `Bulk Product ${i}`, brand: `Brand ${i % 97}`,
  category: `Aisle ${i % 40}`, price: ((i % 900) / 10 + 1).toFixed(2), stock: String(i % 50), description: `Number ${i} of many`, rating: "4.0" }))

exports.default = async function seed({ container }) {
  const file = (name) => read(`${process.env.GROCER}/${name}.csv`)
  const tools = { container, link: container.resolve(ContainerRegistrationKeys.LINK),
    run: async (workflow, input) => (await workflow(container).run({ input })).result }
  const shop = await base(tools)
  const profile = await deliveries(tools, shop, file("deliveries"))
  const n = await products(tools, shop, profile, [...file("products"), ...bulk(Number(process.env.BULK || 0))], file("variants"))
  const customers = await people(tools, file("customers"), file("addresses"), file("payments"))
  await coupons(tools, file("coupons"))
  fs.writeFileSync(process.env.SEED_OUT, JSON.stringify({ ...shop, customers, products: n }, null, 1))
}
