// Every five minutes: what a killed server left of an order is cancelled also if its device never asks again, and what is old goes.
const { ContainerRegistrationKeys: K } = require("@medusajs/framework/utils")
const { adopt, undo } = require("../lib/buy/half.js")
const { customerLock, locked, orderLock } = require("../lib/lock.js")

const HALF = `select * from shopkeeper_order where order_id is null and cart_id is not null and tried_at < now() - interval '10 minutes'
  and tried_at > now() - interval '7 days' order by tried_at limit 100`

exports.default = async function sweep(container) {
  const pg = container.resolve(K.PG_CONNECTION), logger = container.resolve(K.LOGGER)
  const { rows } = await pg.raw(HALF)
  for (const row of rows) {
    const settle = async () => { if (!(await adopt(pg, row))) await undo(container, pg, row) }
    await locked(pg, [customerLock(row.customer_id), orderLock(row.customer_id, row.key)], settle, 0)
      .catch((error) => logger.warn(`shopkeeper: an order that was begun could not be looked after: ${error.message}`))
  }
  await pg.raw("delete from shopkeeper_pairing where expires_at < now() - interval '1 day'")
}
exports.config = { name: "shopkeeper-sweep", schedule: "*/5 * * * *" }
