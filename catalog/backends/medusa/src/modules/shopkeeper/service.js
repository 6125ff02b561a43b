// The options of the plug-in, checked once when the shop starts.
const KNOWN = ["region", "salesChannel", "paymentProvider", "shopName"]

class ShopkeeperService {
  constructor(_container, options = {}) {
    for (const [name, value] of Object.entries(options)) {
      if (!KNOWN.includes(name)) continue // Medusa adds some of its own
      if (typeof value !== "string" || !value) throw new Error(`shopkeeper-medusa: the option ${name} is a text that is not empty`)
    }
    this.options = Object.fromEntries(KNOWN.map((name) => [name, options[name] ?? null]))
  }
}

module.exports = ShopkeeperService
