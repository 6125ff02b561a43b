-- Coupons that count: for part of the shop, once a customer, told by the assistant; and on a basket and an order.

ALTER TABLE coupon ADD COLUMN spoken TEXT NOT NULL DEFAULT '';                    -- the code as a person says it
ALTER TABLE coupon ADD COLUMN category TEXT NOT NULL DEFAULT '' COLLATE NOCASE;   -- '': the whole basket
ALTER TABLE coupon ADD COLUMN once INTEGER NOT NULL DEFAULT 0;                    -- once a customer
ALTER TABLE coupon ADD COLUMN offered INTEGER NOT NULL DEFAULT 0;                 -- may be told to anybody

ALTER TABLE basket ADD COLUMN coupon TEXT NOT NULL DEFAULT '' COLLATE NOCASE;     -- a code
ALTER TABLE orders ADD COLUMN coupon TEXT NOT NULL DEFAULT '' COLLATE NOCASE;
ALTER TABLE orders ADD COLUMN discount_minor INTEGER NOT NULL DEFAULT 0;
