// Tickets of the hand-over: opened and closed by a device, read and closed by the shop's people.
const check = require("../web/check.js")
const { Refusal, conflict, invalid, notFound } = require("../web/refusal.js")
const { newId } = require("../web/secrets.js")
const { time } = require("../web/time.js")
const { customerName } = require("../people/customer.js")

const PACKET_MAX = 200 * 1024, DEPTH_MAX = 16
const LIST_MAX = 200

const show = (t) => ({ key: t.key, code: t.code, state: t.closed_at ? "closed" : "open", opened_at: time(t.opened_at), closed_at: time(t.closed_at), closed_by: t.closed_by })

const depth = (x, left = DEPTH_MAX) => typeof x !== "object" || x === null || (left > 0 && Object.values(x).every((v) => depth(v, left - 1)))

function packet(value) {
  check.object(value, "packet")
  if (!depth(value)) throw invalid(`packet is at most ${DEPTH_MAX} levels deep`)
  const text = JSON.stringify(value)
  if (Buffer.byteLength(text) > PACKET_MAX) throw new Refusal(413, "too_large", `packet has at most ${PACKET_MAX} bytes`)
  if (text.includes("\\u0000")) throw invalid("packet has a zero character")
  if (/\\ud[89a-f]/i.test(text)) throw invalid("packet has half a character")
  return text
}

async function open({ pg, device, customer, params, body }) {
  const key = check.key(params.ticket, "the key of the ticket")
  if (typeof body.code !== "string" || !/^\d{1,11}$/.test(body.code)) throw invalid("code is 1 to 11 digits")
  const t = { why: check.oneOf(body.why, "why", ["asked", "failed", "anger"]), question: check.text(body.question, "question", { min: 0, max: 511, fallback: "" }),
    opened: check.time(body.opened_at, "opened_at"), packet: packet(body.packet ?? {}) }
  const { rows: [row] } = await pg.raw(`insert into shopkeeper_ticket (id, device_id, customer_id, key, code, why, question, packet, opened_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
    on conflict (device_id, key) do update set packet = case when shopkeeper_ticket.closed_at is null then excluded.packet else shopkeeper_ticket.packet end
    returning *, xmax = 0 as fresh`, [newId("tick"), device.id, customer, key, body.code, t.why, t.question, t.packet, t.opened])
  return [row.fresh ? 201 : 200, { ticket: show(row) }]
}

async function ofDevice({ pg, device }, key) {
  const { rows: [t] } = await pg.raw("select * from shopkeeper_ticket where device_id = ? and key = ?", [device.id, check.key(key, "the key of the ticket")])
  if (!t) throw notFound("there is no such ticket of this device")
  return t
}

async function close(ctx) {
  const at = check.time(ctx.body.at, "at"), t = await ofDevice(ctx, ctx.params.ticket)
  const { rows: [row] } = await ctx.pg.raw(`update shopkeeper_ticket set closed_by = case when closed_at is null then '' else closed_by end, closed_at = coalesce(closed_at, ?)
    where id = ? returning *`, [at, t.id])
  return { ticket: show(row) }
}

// ---- for the shop's people ----

async function ofShop({ pg }, id) {
  const { rows: [t] } = await pg.raw("select * from shopkeeper_ticket where id = ?", [check.id(id, "the ticket")])
  if (!t) throw notFound("there is no such ticket")
  return t
}

const showStaff = (t) => ({ id: t.id, ...show(t), device: t.device_id, customer: t.customer_id, why: t.why, question: t.question })

async function list({ pg, req }) {
  const { rows } = await pg.raw(`select t.*, (select count(*) from shopkeeper_message m where m.ticket_id = t.id and m.who = 'shopper'
      and m.id > coalesce((select max(a.id) from shopkeeper_message a where a.ticket_id = t.id and a.who <> 'shopper'), 0)) as waiting
    from shopkeeper_ticket t where not ? or closed_at is null order by (closed_at is null) desc, opened_at desc limit ${LIST_MAX}`, [req.query.open === "1"])
  return { tickets: rows.map((t) => ({ ...showStaff(t), waiting: Number(t.waiting) })) }
}

async function read(ctx) {
  const t = await ofShop(ctx, ctx.params.ticket)
  const { rows } = await ctx.pg.raw("select * from shopkeeper_message where ticket_id = ? order by id limit 2000", [t.id])
  return { ticket: { ...showStaff(t), customer_name: await customerName(ctx.query, t.customer_id), packet: t.packet,
    messages: rows.map((m) => ({ id: String(m.id), who: m.who, name: m.name, text: m.text, at: time(m.at), heard_at: time(m.heard_at) })) } }
}

module.exports = { open, close, ofDevice, ofShop, list, read, show, closed: () => conflict("closed", "this ticket is closed") }
