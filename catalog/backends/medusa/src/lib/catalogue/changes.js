// Which products have changed since a cursor, and are gone. Medusa moves a product's own updated_at neither with a price nor with stock, so
// the times of all that belongs to a product count.
const { createHash } = require("crypto")
const { Refusal, invalid } = require("../web/refusal.js")

// A row is stamped before its transaction is committed, so a later stamp may be seen first. Nothing is told that is younger than the
// oldest transaction in work, by the margin that clocks of several servers may differ; a forgotten transaction holds it up only so long.
const MARGIN = "interval '2 seconds'"
const HELD_UP_MAX = "interval '10 minutes'"

const IS_OFFERED = `select p.id from product p join product_sales_channel sc on sc.product_id = p.id and sc.sales_channel_id = :channel and sc.deleted_at is null
  where p.status = 'published' and p.deleted_at is null`

// Notes what is offered since the last time, and what is no longer. What was not known before has times of its own.
const NOTE = `
with now_offered as (${IS_OFFERED}), fresh as (
  insert into shopkeeper_offered (product_id, channel_id, offered, at) select id, :channel, true, to_timestamp(0) from now_offered n
  where not exists (select 1 from shopkeeper_offered o where o.product_id = n.id and o.offered and o.channel_id = :channel)
  on conflict (product_id) do update set offered = true, channel_id = excluded.channel_id, at = now() returning 1)
update shopkeeper_offered o set offered = false, at = now() where o.offered and not exists (select 1 from now_offered n where n.id = o.product_id)`

// One at a time; whoever comes meanwhile reads what was noted before.
const note = (pg, shop) => pg.transaction(async (trx) => {
  const { rows } = await trx.raw("select pg_try_advisory_xact_lock(hashtextextended('shopkeeper offered', 0)) as got")
  if (rows[0].got) await trx.raw(NOTE, { channel: shop.channel })
})

// In the order of (time, product). `at` cut to microseconds, which is what a cursor has.
const CHANGED = `
with horizon as (
  select greatest(least(now(), min(xact_start)), now() - ${HELD_UP_MAX}) - ${MARGIN} as at from pg_stat_activity
  where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid() and xact_start is not null
    and (backend_xid is not null or state <> 'idle in transaction')
), touched as (
  select id as product, greatest(updated_at, deleted_at) as at from product
  union all select product_id, greatest(updated_at, deleted_at) from product_variant
  union all select product_id, at from shopkeeper_offered
  union all select product_id, greatest(updated_at, deleted_at) from product_sales_channel where sales_channel_id = :channel
  union all select v.product_id, greatest(s.updated_at, s.deleted_at, p.updated_at, p.deleted_at)
    from product_variant v join product_variant_price_set s on s.variant_id = v.id join price p on p.price_set_id = s.price_set_id
  union all select v.product_id, greatest(l.updated_at, l.deleted_at, case when l.starts_at <= now() then l.starts_at end, case when l.ends_at <= now() then l.ends_at end)
    from product_variant v join product_variant_price_set s on s.variant_id = v.id join price p on p.price_set_id = s.price_set_id
    join price_list l on l.id = p.price_list_id
  union all select v.product_id, greatest(i.updated_at, i.deleted_at, l.updated_at, l.deleted_at)
    from product_variant v join product_variant_inventory_item i on i.variant_id = v.id join inventory_level l on l.inventory_item_id = i.inventory_item_id
  union all select v.product_id, greatest(r.updated_at, r.deleted_at)
    from product_variant v join product_variant_inventory_item i on i.variant_id = v.id join reservation_item r on r.inventory_item_id = i.inventory_item_id
  union all select cp.product_id, greatest(c.updated_at, c.deleted_at)
    from product_category_product cp join product_category c on c.id = cp.product_category_id
), changed as (
  select product, max(date_trunc('microseconds', at)) as at from touched group by product
)
select id, to_char(at at time zone 'utc', 'YYYYMMDD"T"HH24MISS.US') as at, gone, to_char(now() at time zone 'utc', 'YYYYMMDD"T"HH24MISS.US') as now
from (select product as id, at, product not in (select id from (${IS_OFFERED}) as now_offered) as gone from changed) as c
where (c.at, c.id) > (to_timestamp(:since, 'YYYYMMDD"T"HH24MISS.US')::timestamp at time zone 'utc', :after)
  and not (:filling and gone and c.at < coalesce(to_timestamp(:fill, 'YYYYMMDD"T"HH24MISS.US')::timestamp at time zone 'utc', now()))
  and c.at <= (select coalesce(at, now() - ${MARGIN}) from horizon)
order by c.at, c.id limit :limit`

// A cursor: where it was made for, the time of the last row, its product; during a first fill also when that began: what was gone before
// was never told, and need not be told gone.
const CURSOR = /^([0-9a-f]{8})~(\d{8}T\d{6}\.\d{6})~([A-Za-z0-9_.-]{1,63})(?:~(\d{8}T\d{6}\.\d{6}))?$/
const FIRST = "19700101T000000.000000"
const place = (shop) => createHash("sha256").update(`${shop.region} ${shop.channel}`).digest("hex").slice(0, 8)

function parse(text, shop) {
  if (text === undefined || text === "") return { since: FIRST, after: "", fill: "now" }
  const m = typeof text === "string" ? CURSOR.exec(text) : null
  if (!m) throw invalid("cursor is one that this route has given")
  const [, where, since, after, fill] = m
  const at = Date.parse(since.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d\.\d{3})\d*$/, "$1-$2-$3T$4:$5:$6Z"))
  if (where !== place(shop) || !(at <= Date.now() + 300000)) throw new Refusal(410, "cursor", "this cursor is of another catalogue; begin without one")
  return { since, after: after === "-" ? "" : after, fill: fill ?? null }
}

// {rows: [{id, gone}], cursor, more}
exports.changes = async (pg, shop, cursor, limit) => {
  const from = parse(cursor, shop)
  await note(pg, shop)
  const { rows } = await pg.raw(CHANGED, { channel: shop.channel, since: from.since, after: from.after, limit: limit + 1,
    fill: from.fill === "now" ? null : from.fill, filling: from.fill !== null })
  const page = rows.slice(0, limit), last = page[page.length - 1], more = rows.length > limit
  const began = from.fill === "now" ? rows[0]?.now : from.fill
  const next = last ? `${place(shop)}~${last.at}~${last.id}` : from.fill === "now" ? `${place(shop)}~${FIRST}~-` : cursor.split("~").slice(0, 3).join("~")
  return { rows: page, cursor: more ? [next, began].filter(Boolean).join("~") : next, more }
}
