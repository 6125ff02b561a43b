// From a request to an answer: the body is read within its limit, whoever asks is known, refusals become their answers, and
// what went wrong here is logged without a word of the request.
const { createHash } = require("crypto")
const { ContainerRegistrationKeys: K } = require("@medusajs/framework/utils")
const { Refusal, invalid } = require("./refusal.js")
const { deviceOf } = require("../people/devices.js")
const { shopOf } = require("../shop.js")

const BODY_MAX = 64 * 1024
const BODY_TIME_MS = 20000

function readBytes(req, limit) {
  return new Promise((resolve, reject) => {
    const parts = []
    let bytes = 0
    const late = setTimeout(() => stop(new Refusal(400, "invalid", "the request took too long to arrive")), BODY_TIME_MS)
    function stop(error) {
      clearTimeout(late)
      req.removeAllListeners("data")
      req.resume()
      error ? reject(error) : resolve(Buffer.concat(parts))
    }
    req.on("data", (part) => {
      bytes += part.length
      if (bytes > limit) stop(new Refusal(413, "too_large", `a request has at most ${limit} bytes here`))
      else parts.push(part)
    })
    req.on("end", () => stop())
    req.on("error", () => stop(invalid("the request broke off")))
    req.on("aborted", () => stop(invalid("the request broke off")))
  })
}

async function readJson(req, limit) {
  if (req.method === "GET" || req.method === "DELETE") return {}
  if (req.headers["content-encoding"] && req.headers["content-encoding"] !== "identity") throw invalid("a request is not encoded")
  const bytes = await readBytes(req, limit)
  let value
  try {
    value = bytes.length ? JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) : {}
  } catch {
    throw invalid("the request is not JSON in UTF-8")
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid("the request is a JSON object")
  return value
}

function send(req, res, status, body) {
  const text = JSON.stringify(body)
  res.setHeader("Cache-Control", "no-store")
  if (req.method === "GET" && status === 200) {
    const tag = `W/"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`
    res.setHeader("ETag", tag)
    if (String(req.headers["if-none-match"] ?? "").split(/\s*,\s*/).includes(tag)) return res.status(304).end()
  }
  res.status(status).type("application/json").send(Buffer.from(text))
}

function fail(req, res, error) {
  if (res.headersSent) return res.destroy()
  if (error instanceof Refusal) {
    const { retry_after: retry, ...more } = error.more
    if (retry) res.setHeader("Retry-After", String(retry))
    return send(req, res, error.status, { code: error.code, message: error.message, ...more })
  }
  req.scope.resolve(K.LOGGER).error(`shopkeeper: ${req.method} ${req.route?.path ?? ""}: ${error?.stack ?? error?.message ?? error}`)
  send(req, res, 500, { code: "fault", message: "the shop failed while it did this; it may be asked again" })
}

// What every handler gets: the way to the shop's modules, to its database and to the plug-in's options.
async function context(req, limit) {
  return {
    req, scope: req.scope, query: req.scope.resolve(K.QUERY), pg: req.scope.resolve(K.PG_CONNECTION),
    options: req.scope.resolve("shopkeeper").options, params: req.params, body: await readJson(req, limit), shop: () => shopOf(req.scope),
  }
}

// handler(context) gives [status, body], or the body of a 200.
const route = (before, handler, { limit = BODY_MAX } = {}) => async (req, res) => {
  try {
    const known = await before(req)
    const out = await handler({ ...(await context(req, limit)), ...known })
    Array.isArray(out) ? send(req, res, out[0], out[1]) : send(req, res, 200, out)
  } catch (error) {
    fail(req, res, error)
  }
}

exports.anybody = (handler, options) => route(() => ({}), handler, options)
exports.device = (handler, options) => route(async (req) => {
  const device = await deviceOf(req.scope.resolve(K.PG_CONNECTION), req.headers.authorization)
  return { device, customer: device.customer_id }
}, handler, options)
// The login is checked by Medusa before (api/middlewares.js).
exports.loggedIn = (handler, options) => route((req) => ({ customer: req.auth_context.actor_id }), handler, options)
exports.staff = (handler, options) => route(() => ({}), handler, options)
