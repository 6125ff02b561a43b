-- Orders at a shop that makes them from a cart (src/sync/medusa_store_orders.c).

ALTER TABLE outbox ADD COLUMN handle TEXT NOT NULL DEFAULT ''; -- what the order is made from there, kept before it is made
ALTER TABLE outbox ADD COLUMN looks INTEGER NOT NULL DEFAULT 0; -- how often the shop could not say what became of it
