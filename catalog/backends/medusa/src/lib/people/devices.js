// Paired speakers, and the token by which one is known: the device's id, a dot, and a secret.
const { Refusal, notFound } = require("../web/refusal.js")
const { matches } = require("../web/secrets.js")
const { time } = require("../web/time.js")

const TOKEN = /^Bearer (dev_[A-Za-z0-9]{10,40})\.([A-Za-z0-9_-]{43})$/i

const refuse = (code, message) => new Refusal(401, code, message)

// Who sends this Authorization header.
exports.deviceOf = async (pg, authorization) => {
  const m = TOKEN.exec(authorization ?? "")
  if (!m) throw refuse("token", "this route asks for the token of a paired device")
  const { rows: [device] } = await pg.raw("select *, used_at is null or used_at < now() - interval '1 minute' as to_note from shopkeeper_device where id = ?", [m[1]])
  if (!device || !matches(m[2], device.token_hash)) throw refuse("token", "this token is not one of this shop; pair the device")
  if (device.revoked_at) throw refuse("revoked", "this device was unpaired; pair it again")
  if (device.to_note) await pg.raw("update shopkeeper_device set used_at = now() where id = ?", [device.id])
  return device
}

const show = (d) => ({ id: d.id, name: d.name, customer: d.customer_id, paired_at: time(d.paired_at), seen_at: time(d.used_at), revoked_at: time(d.revoked_at) })

// Of one customer, or all (null).
exports.list = async (pg, customer) => {
  const { rows } = await pg.raw("select * from shopkeeper_device where ?::text is null or customer_id = ? order by paired_at desc limit 500", [customer, customer])
  return { devices: rows.map(show) }
}

exports.revoke = async (pg, id, customer) => {
  const { rows: [d] } = await pg.raw(`update shopkeeper_device set revoked_at = coalesce(revoked_at, now())
    where id = ? and (?::text is null or customer_id = ?) returning *`, [id, customer, customer])
  if (!d) throw notFound("there is no such device")
  return { device: show(d) }
}
