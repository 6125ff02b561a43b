// Locks of the database, by name: they hold across the servers of a shop, and go with the process that is killed.
const { setTimeout: sleep } = require("timers/promises")
const { Refusal } = require("./web/refusal.js")

const WAIT_MS = 20000
const LOOK_MS = 100
// Each holder keeps a connection of the pool while the work takes others: fewer holders than the pool has, and who waits holds none.
const HOLDERS_MAX = 3
let holders = 0

const NAMES = "select bool_and(pg_try_advisory_xact_lock(hashtextextended(name, 0))) as got from unnest(?::text[]) as name"

async function tryOnce(pg, names, work) {
  holders++
  const transaction = await pg.transaction().catch((error) => { holders--; throw error })
  try {
    const { rows } = await transaction.raw(NAMES, [names])
    return rows[0].got ? { value: await work() } : null
  } finally {
    await transaction.rollback().catch(() => {}) // the connection may have died: then so has the lock
    holders--
  }
}

// Does the work while it holds all of the names; refuses with in_work if they are not to be had in time.
exports.locked = async (pg, names, work, wait_ms = WAIT_MS) => {
  const until = Date.now() + wait_ms
  for (;;) {
    const done = holders < HOLDERS_MAX ? await tryOnce(pg, names, work) : null
    if (done) return done.value
    if (Date.now() >= until) throw new Refusal(409, "in_work", "a request before this one still works on the same thing", { retry_after: 2 })
    await sleep(LOOK_MS)
  }
}

exports.orderLock = (customer, key) => `shopkeeper order ${customer} ${key}`
exports.customerLock = (customer) => `shopkeeper customer ${customer}`
