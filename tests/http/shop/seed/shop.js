// Region, channel, stock location, ways of delivery and the keys of a shop.
const { Modules } = require("@medusajs/framework/utils")
const cf = require("@medusajs/medusa/core-flows")

const COUNTRY = "us", CURRENCY = "usd"

async function base({ container, run, link }) {
  const [channel] = await run(cf.createSalesChannelsWorkflow, { salesChannelsData: [{ name: "Speaker" }] })
  const [store] = await container.resolve(Modules.STORE).listStores()
  await run(cf.updateStoresWorkflow, { selector: { id: store.id }, update: {
    name: "Corner Grocer", supported_currencies: [{ currency_code: CURRENCY, is_default: true, is_tax_inclusive: true }], default_sales_channel_id: channel.id } })
  const [region] = await run(cf.createRegionsWorkflow, { regions: [{ name: "United States", currency_code: CURRENCY, countries: [COUNTRY],
    payment_providers: ["pp_system_default", "pp_card_test"], is_tax_inclusive: true }] })
  await run(cf.createTaxRegionsWorkflow, [{ country_code: COUNTRY, provider_id: "tp_system", default_tax_rate: { name: "Sales tax", rate: 7, code: "sales" } }])
  const [location] = await run(cf.createStockLocationsWorkflow, { locations: [{ name: "Fairview", address: { city: "Fairview", country_code: "US", address_1: "1 Market Square" } }] })
  await link.create({ [Modules.STOCK_LOCATION]: { stock_location_id: location.id }, [Modules.FULFILLMENT]: { fulfillment_provider_id: "manual_manual" } })
  await run(cf.linkSalesChannelsToStockLocationWorkflow, { id: location.id, add: [channel.id] })
  const [key] = await run(cf.createApiKeysWorkflow, { api_keys: [{ title: "Web shop", type: "publishable", created_by: "" }] })
  await run(cf.linkSalesChannelsToApiKeyWorkflow, { id: key.id, add: [channel.id] })
  const [secret] = await run(cf.createApiKeysWorkflow, { api_keys: [{ title: "Staff", type: "secret", created_by: "" }] })
  return { channel: channel.id, region: region.id, location: location.id, publishable: key.token, secret: secret.token }
}

async function deliveries({ container, run, link }, shop, rows) {
  const fulfillment = container.resolve(Modules.FULFILLMENT)
  let [profile] = await fulfillment.listShippingProfiles({ type: "default" })
  if (!profile) [profile] = await run(cf.createShippingProfilesWorkflow, { data: [{ name: "Default", type: "default" }] })
  const set = await fulfillment.createFulfillmentSets({ name: "Fairview delivery", type: "shipping",
    service_zones: [{ name: "United States", geo_zones: [{ country_code: COUNTRY, type: "country" }] }] })
  await link.create({ [Modules.STOCK_LOCATION]: { stock_location_id: shop.location }, [Modules.FULFILLMENT]: { fulfillment_set_id: set.id } })
  const option = (row, isReturn) => {
    const price = Number(row.price || 0)
    const prices = [{ currency_code: CURRENCY, amount: price }]
    if (row.free_from) prices.push({ currency_code: CURRENCY, amount: 0, rules: [{ attribute: "item_total", operator: "gte", value: Number(row.free_from) }] })
    return { name: row.name, price_type: "flat", provider_id: "manual_manual", service_zone_id: set.service_zones[0].id, shipping_profile_id: profile.id,
      type: { label: row.name, description: row.name, code: row.id }, prices,
      metadata: { also: row.also || "", days: row.days ? Number(row.days) : null, pickup: row.pickup === "yes" },
      rules: [{ attribute: "enabled_in_store", value: "true", operator: "eq" }, { attribute: "is_return", value: String(isReturn), operator: "eq" }] }
  }
  for (const row of rows) await run(cf.createShippingOptionsWorkflow, [option(row, false)]) // one by one: the first is the usual one
  await run(cf.createShippingOptionsWorkflow, [option({ id: "return", name: "Return" }, true)])
  return profile.id
}

exports.CURRENCY = CURRENCY
exports.COUNTRY = COUNTRY
exports.base = base
exports.deliveries = deliveries
