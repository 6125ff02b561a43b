// From a cart to an order that is paid as agreed: the payment session, Medusa's completion, and what it means when that says no.
const { MedusaError } = require("@medusajs/framework/utils")
const { completeCartWorkflow, createPaymentCollectionForCartWorkflow, createPaymentSessionsWorkflow } = require("@medusajs/medusa/core-flows")
const { Refusal, conflict } = require("../web/refusal.js")
const { problem } = require("./wish.js")

const TYPES = MedusaError.Types
const WHY = { [TYPES.PAYMENT_AUTHORIZATION_ERROR]: "declined", [TYPES.PAYMENT_REQUIRES_MORE_ERROR]: "more" }
const WORDS = { declined: "the payment was declined", more: "the payment asks for something that the customer must do on the web", failed: "the payment could not be made", expired: "what was to be paid with has expired" }

const refused = (payment, reason) => new Refusal(402, "payment_refused", WORDS[reason], { payment: payment?.nickname ?? "", reason })

async function complete(scope, cart) {
  const { result, errors } = await completeCartWorkflow(scope).run({ input: { id: cart }, throwOnError: false })
  if (!errors?.length) return result.id
  const error = errors[0].error ?? errors[0]
  error.step = errors[0].action
  throw error
}

// Medusa tells "more is needed" and "not allowed" by the same error; the session keeps which it was.
async function wantsMore(pg, collection) {
  const { rows } = await pg.raw("select 1 from payment_session where payment_collection_id = ? and status = 'requires_more'", [collection])
  return rows.length > 0
}

// payment: of wish.look(), or null. Gives the order's id.
exports.pay = async ({ pg, scope }, shop, cart, customer, payment) => {
  if (payment?.state === "expired") throw refused(payment, "expired")
  const { result: collection } = await createPaymentCollectionForCartWorkflow(scope).run({ input: { cart_id: cart } })
  try {
    await createPaymentSessionsWorkflow(scope).run({ input: { payment_collection_id: collection.id, customer_id: customer,
      provider_id: payment?.provider ?? shop.defaultProvider, data: payment?.data ?? {} } })
  } catch (error) {
    throw refused(payment, WHY[error.type] ?? "failed")
  }
  try {
    return await complete(scope, cart)
  } catch (error) {
    if (await wantsMore(pg, collection.id)) throw refused(payment, "more")
    if (WHY[error.type]) throw refused(payment, WHY[error.type])
    if (error.step === "authorize-payment-session-step") throw refused(payment, "failed")
    if (error.code === MedusaError.Codes.INSUFFICIENT_INVENTORY)
      throw conflict("unavailable", "something was sold out in this moment", { problems: [problem("sold_out", "something was sold out in this moment")] })
    throw error
  }
}
exports.refused = refused
