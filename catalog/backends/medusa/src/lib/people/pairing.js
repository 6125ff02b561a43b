// A speaker says a code of six digits, its owner approves it where they are logged in, and the speaker is given a token.
const { Refusal, notFound } = require("../web/refusal.js")
const { hash, matches, newCode, newId, newSecret } = require("../web/secrets.js")
const check = require("../web/check.js")
const { customerName } = require("./customer.js")

const MINUTES = 10
const PER_ADDRESS = 10 // pairings begun from one address in that time
const WAITING_MAX = 1000
const GUESSES = 10 // wrong codes of one customer in that time

const late = () => new Refusal(410, "expired", "this pairing has run out; begin another")

async function begin({ pg, req, body }) {
  const name = check.text(body.name, "name", { max: 63 })
  const address = String(req.ip ?? "").slice(0, 63)
  await pg.raw("delete from shopkeeper_pairing where expires_at < now() - interval '1 day'")
  const { rows: [n] } = await pg.raw(`select count(*) filter (where expires_at > now()) as waiting,
    count(*) filter (where address = ? and made_at > now() - make_interval(mins => ?)) as mine from shopkeeper_pairing`, [address, MINUTES])
  if (Number(n.mine) >= PER_ADDRESS) throw new Refusal(429, "too_many", "too many pairings were begun from this address", { retry_after: 60 * MINUTES })
  if (Number(n.waiting) >= WAITING_MAX) throw new Refusal(503, "busy", "too many pairings wait", { retry_after: 60 * MINUTES })
  const id = newId("pair"), secret = newSecret()
  for (;;) {
    const code = newCode()
    await pg.raw("delete from shopkeeper_pairing where code = ? and expires_at < now()", [code])
    const { rows: [row] } = await pg.raw(`insert into shopkeeper_pairing (id, secret_hash, code, name, address, expires_at)
      values (?, ?, ?, ?, ?, now() + make_interval(mins => ?)) on conflict (code) do nothing returning expires_at`, [id, hash(secret), code, name, address, MINUTES])
    if (row) return [201, { pairing: id, secret, code, page: `${origin(req)}/shopkeeper/pair`, expires_at: new Date(row.expires_at).toISOString(), poll_s: 5 }]
  }
}

// How the speaker has reached the shop; the header is only shown back to who has sent it.
const origin = (req) => `${req.protocol}://${check.cut(req.get("host"), 120).replace(/[^A-Za-z0-9.:[\]-]/g, "")}`

async function token({ pg, query, params, body }) {
  const secret = check.text(body.secret, "secret", { max: 63 })
  const found = (await pg.raw("select * from shopkeeper_pairing where id = ?", [check.id(params.pairing, "the pairing")])).rows[0]
  if (!found || !matches(secret, found.secret_hash)) throw notFound("there is no such pairing, or the secret is another one")
  return pg.transaction(async (trx) => { // two polls at once must not make two devices
    const { rows: [p] } = await trx.raw("select *, expires_at < now() as late from shopkeeper_pairing where id = ? for update", [found.id])
    if (!p || (p.late && !p.device_id)) throw late()
    if (!p.customer_id) return [202, { state: "waiting" }]
    const device = p.device_id ?? newId("dev"), fresh = newSecret()
    if (p.device_id) {
      const { rows } = await trx.raw("update shopkeeper_device set token_hash = ? where id = ? and used_at is null and revoked_at is null returning id", [hash(fresh), device])
      if (!rows.length) throw new Refusal(410, "taken", "the token of this pairing has been used already")
      if (p.late) throw late()
    } else {
      await trx.raw("insert into shopkeeper_device (id, customer_id, name, token_hash) values (?, ?, ?, ?)", [device, p.customer_id, p.name, hash(fresh)])
      await trx.raw("update shopkeeper_pairing set device_id = ? where id = ?", [device, p.id])
    }
    return { state: "paired", token: `${device}.${fresh}`, device, customer: { id: p.customer_id, name: await customerName(query, p.customer_id) } }
  })
}

// Wrong codes are counted in this process alone: enough to make guessing one of a million in ten minutes hopeless.
const guesses = new Map()
function mayGuess(who) {
  const now = Date.now()
  for (const [k, g] of guesses) if (g.until < now) guesses.delete(k)
  const g = guesses.get(who) ?? { n: 0, until: now + MINUTES * 60000 }
  if (g.n >= GUESSES) throw new Refusal(429, "too_many", "too many wrong codes; wait ten minutes", { retry_after: 60 * MINUTES })
  return { wrong: () => guesses.set(who, { ...g, n: g.n + 1 }), right: () => guesses.delete(who) }
}

// who: whose wrong codes are counted.
async function approve(pg, code, customer, who) {
  if (typeof code !== "string" || !/^[\d\s-]{6,20}$/.test(code)) throw new Refusal(400, "invalid", "code is the six digits that the speaker says")
  const guess = mayGuess(who)
  const { rows: [p] } = await pg.raw(`update shopkeeper_pairing set customer_id = ? where code = ? and expires_at > now()
    and (customer_id is null or customer_id = ?) and device_id is null returning id, name`, [customer, code.replace(/\D/g, ""), customer])
  if (!p) {
    guess.wrong()
    throw notFound("no speaker waits with this code; it holds for ten minutes")
  }
  guess.right()
  return { state: "approved", name: p.name }
}

module.exports = { begin, token, approve }
