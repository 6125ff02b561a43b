// The plug-in's own tables. Medusa's are not touched.
const { Migration } = require("@medusajs/framework/mikro-orm/migrations")

const UP = [
  // Since when a product is offered, or is not: Medusa leaves no time behind where it puts a product back or removes a row.
  `create table shopkeeper_offered (product_id text primary key, channel_id text not null, offered boolean not null, at timestamptz not null)`,
  // A speaker that waits to be paired: `code` is said aloud, `secret` known to the speaker alone.
  `create table shopkeeper_pairing (
    id text primary key, secret_hash text not null, code text not null unique, name text not null, address text not null,
    made_at timestamptz not null default now(), expires_at timestamptz not null,
    customer_id text, device_id text)`,
  `create index shopkeeper_pairing_by_address on shopkeeper_pairing (address, made_at)`,
  // A speaker that is paired. The token itself is nowhere.
  `create table shopkeeper_device (
    id text primary key, customer_id text not null, name text not null, token_hash text not null,
    paired_at timestamptz not null default now(), used_at timestamptz, revoked_at timestamptz)`,
  `create index shopkeeper_device_by_customer on shopkeeper_device (customer_id)`,
  // An order by the device's key. order_id is filled when the order is whole; before, what there is of it is half made.
  `create table shopkeeper_order (
    customer_id text not null, key text not null, device_id text not null, digest text, number text not null default '', payment text not null default '', refused boolean not null default false, usage jsonb,
    cart_id text, order_id text, cancelled boolean not null default false,
    made_at timestamptz not null default now(), tried_at timestamptz not null default now(),
    primary key (customer_id, key))`,
  `create unique index shopkeeper_order_by_order on shopkeeper_order (order_id)`,
  `create index shopkeeper_order_half on shopkeeper_order (tried_at) where order_id is null`,
  `create table shopkeeper_return (
    order_id text not null, key text not null, digest text not null, return_id text, made_at timestamptz not null default now(),
    primary key (order_id, key))`,
  // A ticket and what is said in it, both ways.
  `create table shopkeeper_ticket (
    id text primary key, device_id text not null, customer_id text not null, key text not null, code text not null, why text not null, question text not null,
    packet jsonb not null, opened_at timestamptz not null, closed_at timestamptz, closed_by text not null default '',
    unique (device_id, key))`,
  `create index shopkeeper_ticket_open on shopkeeper_ticket (opened_at) where closed_at is null`,
  `create table shopkeeper_message (
    id bigint generated always as identity primary key, ticket_id text not null references shopkeeper_ticket (id) on delete cascade,
    device_id text not null, key text not null, who text not null check (who in ('shopper', 'person', 'closed')), name text not null default '',
    text text not null, at timestamptz not null, heard_at timestamptz,
    unique (ticket_id, who, key))`,
  `create index shopkeeper_message_by_device on shopkeeper_message (device_id, id) where who <> 'shopper'`,
]

class Migration20261126000000 extends Migration {
  async up() { for (const sql of UP) this.addSql(`${sql};`) }
  async down() {
    for (const t of ["offered", "message", "ticket", "return", "order", "device", "pairing"]) this.addSql(`drop table if exists shopkeeper_${t};`)
  }
}
exports.Migration20261126000000 = Migration20261126000000
