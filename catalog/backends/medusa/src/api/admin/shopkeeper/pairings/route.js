// Staff approve a speaker for a customer.
const { staff } = require("../../../../lib/web/handle.js")
const { approve } = require("../../../../lib/people/pairing.js")
const { customer } = require("../../../../lib/people/customer.js")
const { notFound } = require("../../../../lib/web/refusal.js")
const check = require("../../../../lib/web/check.js")

exports.POST = staff(async ({ pg, query, body, req }) => {
  const id = check.id(body.customer, "customer")
  if (!(await customer(query, id))) throw notFound("there is no such customer")
  return approve(pg, body.code, id, req.auth_context?.actor_id ?? "staff")
})
