// A card that says yes, no, or "not without you": what `card` in the payment's data is.
const { AbstractPaymentProvider, MedusaError, ModuleProvider, Modules } = require("@medusajs/framework/utils")
const crypto = require("crypto")

class TestCard extends AbstractPaymentProvider {
  static identifier = "card"

  async initiatePayment(input) { return { id: crypto.randomUUID(), data: { card: input.data?.card ?? "ok" } } }
  async authorizePayment(input) {
    const card = input.data?.card
    if (card === "broken") throw new MedusaError(MedusaError.Types.UNEXPECTED_STATE, "the card terminal does not answer")
    if (card === "declined") throw new MedusaError(MedusaError.Types.PAYMENT_AUTHORIZATION_ERROR, "the card was declined")
    return { data: input.data ?? {}, status: card === "more" ? "requires_more" : "authorized" }
  }
  async getPaymentStatus(input) { return { data: input.data, status: "authorized" } }
  async capturePayment(input) { return { data: input.data ?? {} } }
  async refundPayment(input) { return { data: input.data ?? {} } }
  async cancelPayment(input) { return { data: input.data ?? {} } }
  async deletePayment(input) { return { data: input.data ?? {} } }
  async retrievePayment(input) { return input.data ?? {} }
  async updatePayment(input) { return { data: input.data ?? {} } }
  async getWebhookActionAndData() { return { action: "not_supported" } }
}

exports.default = ModuleProvider(Modules.PAYMENT, { services: [TestCard] })
