-- What the shop's server was told and has told (src/sync).

ALTER TABLE outbox ADD COLUMN doubtful INTEGER NOT NULL DEFAULT 0; -- 1: it was sent, and nobody knows what became of it
ALTER TABLE outbox ADD COLUMN asks INTEGER NOT NULL DEFAULT 0;     -- 1: it waits for the shopper's word

ALTER TABLE orders ADD COLUMN remote TEXT NOT NULL DEFAULT '';  -- the server's id of it: as good as a password
ALTER TABLE orders ADD COLUMN trouble TEXT NOT NULL DEFAULT ''; -- of those refused: why
ALTER TABLE orders ADD COLUMN asked_minor INTEGER;              -- what the shop wants for it, while the shopper is asked
ALTER TABLE orders ADD COLUMN agreed_minor INTEGER;             -- what the shopper agreed to then
ALTER TABLE orders ADD COLUMN etag TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN poll_ms INTEGER NOT NULL DEFAULT 0; -- when to ask where it is
ALTER TABLE orders ADD COLUMN polls INTEGER NOT NULL DEFAULT 0;   -- how often nothing had changed
CREATE UNIQUE INDEX orders_by_remote ON orders (remote) WHERE remote <> '';

-- In which fill of the catalogue it came last: what a whole fill leaves out is no longer sold.
ALTER TABLE product ADD COLUMN fill INTEGER NOT NULL DEFAULT 0;

ALTER TABLE ticket ADD COLUMN key TEXT NOT NULL DEFAULT '';
UPDATE ticket SET key = coalesce((SELECT key FROM outbox WHERE kind = 'handover' AND subject = ticket.id), '');
ALTER TABLE ticket ADD COLUMN handed INTEGER NOT NULL DEFAULT 0;      -- 1: the server has it
ALTER TABLE ticket ADD COLUMN closed_sent INTEGER NOT NULL DEFAULT 0; -- 1: and knows that the shopper closed it
ALTER TABLE ticket_message ADD COLUMN remote TEXT; -- the server's id of what a person wrote
ALTER TABLE ticket_message ADD COLUMN sent INTEGER NOT NULL DEFAULT 0; -- 1: the server has it, or knows that it was heard
CREATE UNIQUE INDEX ticket_message_by_remote ON ticket_message (remote) WHERE remote IS NOT NULL;

-- What the shop would want for a basket, with its taxes, asked for while the shopper is still talking. Any change of the
-- basket makes it unknown again.
ALTER TABLE basket ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE basket ADD COLUMN quoted INTEGER NOT NULL DEFAULT 0; -- 1: the shop was asked about this version
ALTER TABLE basket ADD COLUMN quoted_minor INTEGER;              -- NULL: it said nothing that counts
ALTER TABLE basket ADD COLUMN quoted_delivery_minor INTEGER;
CREATE TRIGGER basket_unquoted AFTER UPDATE OF changed_ms ON basket BEGIN
    UPDATE basket SET version = version + 1, quoted = 0, quoted_minor = NULL, quoted_delivery_minor = NULL
    WHERE customer = new.customer;
END;
