// The region and the sales channel that the options name, and how the shop is called. Looked up at most once a minute.
const { ContainerRegistrationKeys: K, Modules } = require("@medusajs/framework/utils")

const KEPT_MS = 60000
let kept = null, keptUntil = 0

const one = (found, wanted, what) => {
  const of = wanted ? found.filter((x) => x.id === wanted || x.name === wanted) : found
  if (of.length !== 1) throw new Error(`shopkeeper-medusa: the option ${what} names ${of.length} of them${wanted ? ` ("${wanted}")` : "; it has to be given"}`)
  return of[0]
}

async function look(scope) {
  const { options } = scope.resolve("shopkeeper"), query = scope.resolve(K.QUERY)
  const { data: regions } = await query.graph({ entity: "region", fields: ["id", "name", "currency_code", "countries.iso_2"] })
  const { data: channels } = await query.graph({ entity: "sales_channel", fields: ["id", "name"] })
  const [store] = await scope.resolve(Modules.STORE).listStores({}, { take: 1 })
  const region = one(regions, options.region, "region")
  const channel = one(channels, options.salesChannel ?? store?.default_sales_channel_id, "salesChannel")
  return { region: region.id, currency: region.currency_code, countries: (region.countries ?? []).map((c) => c.iso_2), channel: channel.id,
    name: options.shopName ?? store?.name ?? "", defaultProvider: options.paymentProvider ?? "pp_system_default" }
}

exports.shopOf = async (scope) => {
  if (Date.now() >= keptUntil) {
    kept = await look(scope)
    keptUntil = Date.now() + KEPT_MS
  }
  return kept
}
