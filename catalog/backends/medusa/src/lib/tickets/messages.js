// What is said in a ticket: the shopper's words to the shop's people, and theirs back.
const { setTimeout: sleep } = require("timers/promises")
const check = require("../web/check.js")
const { notFound } = require("../web/refusal.js")
const { time } = require("../web/time.js")
const { closed, ofDevice, ofShop, show } = require("./tickets.js")

const PAGE = 50
const LOOK_MS = 500
const WAITERS_MAX = 200
let waiters = 0

// Numbers are given and shown in one order: one writer at a time, so that none is committed after a greater one was read.
async function add(pg, t, m) {
  return pg.transaction(async (trx) => {
    await trx.raw("select pg_advisory_xact_lock(hashtextextended('shopkeeper messages', 0))")
    const { rows: [there] } = await trx.raw("select id from shopkeeper_message where ticket_id = ? and who = ? and key = ?", [t.id, m.who, m.key])
    if (there) return { id: String(there.id), fresh: false }
    const { rows: [now] } = await trx.raw("select closed_at from shopkeeper_ticket where id = ? for update", [t.id])
    if (now.closed_at) throw closed()
    const { rows: [row] } = await trx.raw(`insert into shopkeeper_message (ticket_id, device_id, key, who, name, text, at) values (?, ?, ?, ?, ?, ?, ?) returning id`,
      [t.id, t.device_id, m.key, m.who, m.name ?? "", m.text, m.at])
    if (m.who === "closed") await trx.raw("update shopkeeper_ticket set closed_at = ?, closed_by = ? where id = ?", [m.at, m.name, t.id])
    return { id: String(row.id), fresh: true }
  })
}

async function say(ctx) {
  const m = { who: "shopper", key: check.key(ctx.params.message, "the key of the message"), text: check.text(ctx.body.text, "text", { max: 1023 }), at: check.time(ctx.body.at, "at") }
  const { id, fresh } = await add(ctx.pg, await ofDevice(ctx, ctx.params.ticket), m)
  return [fresh ? 201 : 200, { id }]
}

async function answer(ctx) {
  const m = { who: "person", key: check.key(ctx.params.message, "the key of the message"), name: check.text(ctx.body.name, "name", { max: 47 }),
    text: check.text(ctx.body.text, "text", { max: 239 }), at: new Date() }
  const { id, fresh } = await add(ctx.pg, await ofShop(ctx, ctx.params.ticket), m)
  return [fresh ? 201 : 200, { id }]
}

async function finish(ctx) {
  const name = check.text(ctx.body.name, "name", { max: 47 }), t = await ofShop(ctx, ctx.params.ticket)
  if (!t.closed_at) await add(ctx.pg, t, { who: "closed", key: "closed", name, text: "", at: new Date() })
  return { ticket: show(await ofShop(ctx, t.id)) }
}

const NEW = `select m.*, t.key as ticket, t.code from shopkeeper_message m join shopkeeper_ticket t on t.id = m.ticket_id
  where m.device_id = ? and m.id > ? and m.who <> 'shopper' order by m.id limit ${PAGE + 1}`

async function waited(ctx, after, wait_s) {
  const until = Date.now() + (waiters < WAITERS_MAX ? wait_s * 1000 : 0)
  waiters++
  try {
    for (;;) {
      const { rows } = await ctx.pg.raw(NEW, [ctx.device.id, after])
      if (rows.length || Date.now() >= until || ctx.req.socket.destroyed) return rows
      await sleep(LOOK_MS)
    }
  } finally {
    waiters--
  }
}

async function news(ctx) {
  const after = check.whole(ctx.req.query.after, "after", { min: 0, max: 999999999999999, fallback: 0 })
  const rows = await waited(ctx, after, check.whole(ctx.req.query.wait, "wait", { min: 0, max: 25, fallback: 0 }))
  const page = rows.slice(0, PAGE)
  return { messages: page.map((m) => ({ id: String(m.id), ticket: m.ticket, code: m.code, who: m.who, name: m.name, text: m.text, at: time(m.at) })),
    last: page.length ? String(page[page.length - 1].id) : String(after), more: rows.length > PAGE }
}

async function heard(ctx) {
  const at = check.time(ctx.body.at, "at"), id = check.whole(ctx.params.message, "the id of the message", { min: 1, max: 999999999999999 })
  const { rows: [m] } = await ctx.pg.raw("update shopkeeper_message set heard_at = coalesce(heard_at, ?) where id = ? and device_id = ? and who <> 'shopper' returning id, heard_at", [at, id, ctx.device.id])
  if (!m) throw notFound("there is no such message for this device")
  return { id: String(m.id), heard_at: time(m.heard_at) }
}

module.exports = { say, answer, finish, news, heard }
