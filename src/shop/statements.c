/* Statements about goods, baskets and orders; those about talking: statements_talk.c, about the shop's server:
 * statements_sync.c. */
#include "shop/statements.h"

#include <assert.h>

#include "shop/columns.h"

static const char *const sources[SQL_COUNT] = {
    [SQL_META_GET] = "SELECT value FROM meta WHERE key = ?1",
    [SQL_META_SET] = "INSERT INTO meta VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    [SQL_FLUSH] = "INSERT INTO meta VALUES ('flushed', 1) ON CONFLICT (key) DO UPDATE SET value = value + 1",
    [SQL_PROFILE_FORGET] = "DELETE FROM meta WHERE key LIKE 'shop.%' OR key LIKE 'persona.%' OR key LIKE 'returns.%'",

    /* ---- loading ---- */
    [SQL_PRODUCT_PUT] =
        "INSERT INTO product (shop_id, title, spoken, short, also, brand, brand_spoken, category, category_spoken, "
        "    description, unit, rating_centi, added_ms) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) "
        "ON CONFLICT (shop_id) DO UPDATE SET title = excluded.title, spoken = excluded.spoken, short = excluded.short, "
        "    also = excluded.also, brand = excluded.brand, brand_spoken = excluded.brand_spoken, "
        "    category = excluded.category, category_spoken = excluded.category_spoken, "
        "    description = excluded.description, unit = excluded.unit, rating_centi = excluded.rating_centi, "
        "    added_ms = excluded.added_ms "
        "RETURNING id",
    [SQL_PRODUCT_ID] = "SELECT id FROM product WHERE shop_id = ?1",
    /* it is sold again only where nothing else of the product is */
    [SQL_VARIANT_OWN_PUT] =
        "INSERT INTO variant (product, options, price_minor, stock, position) VALUES (?1, '', ?2, ?3, 0) "
        "ON CONFLICT (product) WHERE shop_id IS NULL "
        "DO UPDATE SET price_minor = excluded.price_minor, stock = excluded.stock, "
        "    position = CASE WHEN EXISTS (SELECT 1 FROM variant o WHERE o.product = variant.product "
        "        AND o.position IS NOT NULL) THEN position ELSE 0 END",
    [SQL_VARIANT_OWN_PRICE] = "SELECT price_minor FROM variant WHERE product = ?1 AND shop_id IS NULL",
    [SQL_VARIANT_OWN_STOCK] = "SELECT stock FROM variant WHERE product = ?1 AND shop_id IS NULL",
    [SQL_VARIANT_OWN_WITHDRAW] = "UPDATE variant SET position = NULL WHERE product = ?1 AND shop_id IS NULL",
    [SQL_VARIANT_PUT] =
        "INSERT INTO variant (product, shop_id, options, price_minor, stock, pieces, position) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, (SELECT coalesce(max(position) + 1, 0) FROM variant WHERE product = ?1)) "
        "ON CONFLICT (shop_id) DO UPDATE SET product = excluded.product, options = excluded.options, "
        "    price_minor = excluded.price_minor, stock = excluded.stock, pieces = excluded.pieces, "
        "    position = CASE WHEN product = excluded.product THEN coalesce(position, excluded.position) "
        "        ELSE excluded.position END",
    [SQL_VARIANT_ID] =
        "SELECT id FROM variant WHERE shop_id = ?1 "
        "UNION ALL SELECT v.id FROM variant v JOIN product p ON p.id = v.product "
        "    WHERE p.shop_id = ?1 AND v.position = 0",
    [SQL_VARIANTS_WITHDRAW] = "UPDATE variant SET position = NULL",
    [SQL_OPTION_ADD] =
        "INSERT INTO option_value (product, category, name, value, price_minor, amounts) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [SQL_OPTIONS_FORGET] = "DELETE FROM option_value",
    [SQL_OPENING_PUT] = "INSERT OR REPLACE INTO opening (day, from_min, to_min, name) VALUES (?1, ?2, ?3, ?4)",
    [SQL_OPENINGS_FORGET] = "DELETE FROM opening",
    [SQL_ANSWER_PUT] = "INSERT INTO answer (name, intent, questions, text) VALUES (?1, ?2, ?3, ?4)",
    [SQL_ANSWERS_FORGET] = "DELETE FROM answer",
    [SQL_AREA_ADD] = "INSERT INTO area (names, delivers, note) VALUES (?1, ?2, ?3)",
    [SQL_AREAS_FORGET] = "DELETE FROM area",
    [SQL_COUPON_PUT] = "INSERT OR REPLACE INTO coupon (" COUPON_COLUMNS
                       ", offered) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    [SQL_COUPONS_FORGET] = "DELETE FROM coupon",
    [SQL_DELIVERY_PUT] =
        "INSERT OR REPLACE INTO delivery VALUES (?1, (SELECT count(*) FROM delivery), ?2, ?3, ?4, ?5, ?6, ?7)",
    [SQL_DELIVERIES_FORGET] = "DELETE FROM delivery",
    /* which one was used last is kept when the folder is loaded anew */
    [SQL_PAYMENT_PUT] =
        "INSERT INTO payment (customer, nickname, position, state) VALUES (?1, ?2, "
        "    (SELECT count(*) FROM payment WHERE customer = ?1 AND position IS NOT NULL), ?3) "
        "ON CONFLICT (customer, nickname) DO UPDATE SET position = excluded.position, state = excluded.state",
    [SQL_PAYMENTS_FORGET] = "UPDATE payment SET position = NULL",

    /* ---- catalogue ---- */
    [SQL_SOLD_VARIANT] = "SELECT " PRODUCT_COLUMNS "FROM sold s WHERE s.variant = ?1",
    [SQL_SOLD_VARIANTS] = "SELECT " PRODUCT_COLUMNS
                          "FROM sold s WHERE s.product = (SELECT product FROM variant WHERE id = ?1) "
                          "AND s.variant <> ?1 ORDER BY s.position",
    [SQL_SOLD_DEFAULT] = "SELECT " PRODUCT_COLUMNS "FROM sold s WHERE s.product = ?1 AND s.position = 0",
    [SQL_SOLD_COUNT] = "SELECT count(*) FROM variant WHERE position = 0",
    [SQL_OPTIONS_OF] =
        "SELECT o.id, o.name, o.value, o.amounts, o.price_minor FROM variant v JOIN product p ON p.id = v.product "
        "JOIN option_value o ON o.product = p.id OR o.category = p.category WHERE v.id = ?1 AND o.name = ?2 ORDER BY "
        "o.id",
    [SQL_OPENING_GET] =
        "SELECT from_min, to_min FROM opening WHERE day IN (?1, ?2, ?3) ORDER BY length(day) DESC LIMIT 1",
    [SQL_OPENING_NAME] =
        "SELECT name FROM opening WHERE day IN (?1, ?2) AND name <> '' ORDER BY length(day) DESC LIMIT 1",
    [SQL_OPENING_NAMES] = "SELECT day, name FROM opening WHERE name <> '' ORDER BY day",
    [SQL_ANSWERS_COUNT] = "SELECT count(*) FROM answer",
    [SQL_ANSWERS_WITH] = "SELECT rowid FROM answer_text WHERE answer_text MATCH ?1",
    [SQL_ANSWER_BY_INTENT] = "SELECT id FROM answer WHERE intent = ?1 AND intent <> '' ORDER BY id LIMIT 1",
    [SQL_ANSWER_QUESTIONS] = "SELECT id, questions FROM answer ORDER BY id",
    [SQL_ANSWER_GET] = "SELECT name, text FROM answer WHERE id = ?1",
    [SQL_AREAS] = "SELECT names, delivers, note FROM area ORDER BY id",
    [SQL_PRONUNCIATION_PUT] = "INSERT OR IGNORE INTO pronunciation (word, phones) VALUES (?1, ?2)",
    [SQL_NAMES] =
        "SELECT c.product, c.name, a.name IS c.name FROM called c "
        "LEFT JOIN alike_name a ON a.product = c.product ORDER BY c.product",
    [SQL_ALIKE_STALE] =
        "SELECT EXISTS (SELECT 1 FROM called c LEFT JOIN alike_name a ON a.product = c.product "
        "WHERE a.name IS NOT c.name) OR EXISTS (SELECT 1 FROM alike_name a "
        "WHERE NOT EXISTS (SELECT 1 FROM called c WHERE c.product = a.product))",
    [SQL_ALIKE_NAMES_FORGET] = "DELETE FROM alike_name",
    [SQL_ALIKE_NAMES_CHANGED] =
        "DELETE FROM alike_name WHERE NOT EXISTS "
        "(SELECT 1 FROM called c WHERE c.product = alike_name.product AND c.name = "
        "alike_name.name)",
    [SQL_ALIKE_FORGET] =
        "DELETE FROM alike WHERE NOT EXISTS (SELECT 1 FROM alike_name n WHERE n.product = "
        "alike.product) OR NOT EXISTS (SELECT 1 FROM alike_name n WHERE n.product = alike.other)",
    [SQL_ALIKE_NAMES_KEEP] = "INSERT OR IGNORE INTO alike_name SELECT product, name FROM called",
    [SQL_ALIKE_NEAREST] =
        "DELETE FROM alike WHERE (product, other) IN "
        "(SELECT product, other FROM alike ORDER BY distance, product, other LIMIT -1 OFFSET ?1)",
    [SQL_ALIKE_PUT] = "INSERT OR REPLACE INTO alike VALUES (?1, ?2, ?3)",
    /* a pair is kept once */
    [SQL_ALIKE_OF] = "SELECT " PRODUCT_COLUMNS
                     "FROM alike a JOIN variant v ON v.id = ?1 AND v.product IN (a.product, a.other) "
                     "JOIN sold s ON s.product = a.product + a.other - v.product AND s.position = 0 "
                     "ORDER BY a.distance, s.product",
    [SQL_ALIKE_PAIRS] =
        "SELECT p.short, o.short, a.distance FROM alike a JOIN product p ON p.id = a.product "
        "JOIN product o ON o.id = a.other ORDER BY a.distance, p.id, o.id",
    [SQL_PRONUNCIATIONS] = "SELECT word, phones FROM pronunciation ORDER BY word, id",

    /* ---- instead of what is gone: ?1 a variant, sold or not, ?2 words of its title ---- */
    [SQL_INSTEAD_VARIANT] = "SELECT " PRODUCT_COLUMNS
                            "FROM sold s JOIN variant v ON v.id = ?1 AND s.product = v.product AND s.variant <> v.id "
                            "WHERE s.price_minor IS NOT NULL AND (s.stock IS NULL OR s.stock > 0) "
                            "ORDER BY abs(s.price_minor - coalesce(v.price_minor, s.price_minor)), s.position",
    [SQL_INSTEAD_WORDS] = "SELECT " PRODUCT_COLUMNS SEARCH_FROM
                          "JOIN variant v ON v.id = ?1 JOIN product p ON p.id = v.product "
                          "WHERE product_text MATCH ?2 AND s.category = p.category AND s.product <> p.id "
                          "AND s.price_minor IS NOT NULL AND (s.stock IS NULL OR s.stock > 0) "
                          "ORDER BY product_text.rank LIMIT ?3",
    [SQL_INSTEAD_CATEGORY] =
        "SELECT " PRODUCT_COLUMNS
        "FROM variant v JOIN product p ON p.id = v.product JOIN sold s ON s.category = p.category AND s.position = 0 "
        "WHERE v.id = ?1 AND p.category <> '' AND s.product <> p.id "
        "AND s.price_minor IS NOT NULL AND (s.stock IS NULL OR s.stock > 0) "
        "ORDER BY abs(s.price_minor - coalesce(v.price_minor, s.price_minor)), s.rating_centi DESC, s.product LIMIT ?2",

    /* ---- search ---- */
    [SQL_SEARCH] =
        "SELECT s.product, product_text.rank, closeness(product_text, ?2), s.price_minor, s.rating_centi, s.stock, "
        "    s.added_ms " SEARCH_FROM
        "WHERE product_text MATCH ?1 AND (?3 IS NULL OR s.price_minor >= ?3) AND (?4 IS NULL OR s.price_minor <= ?4) "
        "ORDER BY product_text.rank LIMIT ?5",
    [SQL_SEARCH_COUNT] =
        "SELECT count(*) " SEARCH_FROM
        "WHERE product_text MATCH ?1 AND (?2 IS NULL OR s.price_minor >= ?2) AND (?3 IS NULL OR s.price_minor <= ?3)",
    [SQL_SEARCH_ID] =
        "SELECT s.product, s.price_minor, s.rating_centi, s.added_ms FROM sold s WHERE s.shop_id = ?1 AND s.position = "
        "0 "
        "AND (?2 IS NULL OR s.price_minor >= ?2) AND (?3 IS NULL OR s.price_minor <= ?3)",
    /* of what matches ?1; each order of all of the shop has an index, and so have the few within a range of prices */
    [SQL_LIST] = "SELECT " PRODUCT_COLUMNS LIST_FROM "AND " LIST_PRICES LIST_ORDER,
    [SQL_LIST_PRICED] = "SELECT " PRODUCT_COLUMNS
                        "FROM sold s WHERE s.position = 0 AND s.price_minor BETWEEN coalesce(?2, 0) AND coalesce(?3, 1 << 62) " LIST_ORDER,
    [SQL_LIST_COUNT] = "SELECT count(*) " LIST_FROM "AND " LIST_PRICES,
    [SQL_LIST_ALL_PRICE_UP] = LIST_ALL("s.price_minor NULLS LAST, s.product"),
    [SQL_LIST_ALL_PRICE_DOWN] = LIST_ALL("s.price_minor DESC, s.product"),
    [SQL_LIST_ALL_RATING] = LIST_ALL("s.rating_centi DESC, s.product"),
    [SQL_LIST_ALL_NEWEST] = LIST_ALL("s.added_ms DESC, s.product DESC"),
    [SQL_LIST_ALL_COUNT] = "SELECT count(*) FROM variant s WHERE s.position = 0 AND " LIST_PRICES,

    /* ---- phrases ---- */
    [SQL_PHRASES_PRODUCT] = "SELECT spoken, short, brand_spoken FROM sold WHERE position = 0",
    [SQL_PHRASES_TITLE] =
        "SELECT s.title, s.description, s.spoken, "
        "    (SELECT count(*) FROM order_line l JOIN variant v ON v.id = l.variant WHERE v.product = s.product), "
        "    (SELECT count(*) FROM order_line l JOIN variant v ON v.id = l.variant JOIN orders o ON o.id = l.orders "
        "        WHERE v.product = s.product AND o.customer = ?1) "
        "FROM sold s WHERE s.position = 0 ORDER BY s.product",
    [SQL_PHRASES_BRAND] = "SELECT DISTINCT brand_spoken FROM sold WHERE position = 0",
    [SQL_PHRASES_CATEGORY] = "SELECT DISTINCT category_spoken FROM sold WHERE position = 0",
    [SQL_PHRASES_DRINK] =
        "SELECT DISTINCT s.spoken FROM sold s JOIN option_value o ON o.product = s.product OR o.category = s.category "
        "WHERE s.position = 0",
    [SQL_PHRASES_OPTION] = "SELECT value, amounts FROM option_value WHERE name = ?1 ORDER BY id",
    [SQL_PHRASES_QUESTION] = "SELECT questions FROM answer ORDER BY id",
    [SQL_PHRASES_AREA] = "SELECT names FROM area ORDER BY id",
    [SQL_PHRASES_QUALITY] = "SELECT DISTINCT options FROM sold WHERE options <> ''",
    [SQL_OPTION_NAMES] = "SELECT name FROM option_value GROUP BY name ORDER BY min(id)",
    [SQL_PHRASES_COUPON] = "SELECT spoken FROM coupon",
    [SQL_PHRASES_WAY] = "SELECT name || '|' || also FROM delivery",
    /* "your office" is said as "my office": without the word for whose it is */
    [SQL_PHRASES_ADDRESS] = "SELECT substr(nickname, instr(nickname, ' ') + 1) FROM address",
    [SQL_PHRASES_PAYMENT] = "SELECT nickname FROM payment WHERE position IS NOT NULL",

    /* ---- customer ---- */
    [SQL_CUSTOMER_PUT] =
        "INSERT INTO customer (shop_id, name, address) VALUES (?1, ?2, ?3) "
        "ON CONFLICT (shop_id) DO UPDATE SET name = excluded.name, address = excluded.address",
    [SQL_CUSTOMER_GUEST_PUT] = "INSERT OR IGNORE INTO customer VALUES (0, '', '', '')",
    [SQL_CUSTOMER_ID] = "SELECT id FROM customer WHERE shop_id = ?1 AND id > 0",
    [SQL_CUSTOMER_GET] = "SELECT id, name, address FROM customer WHERE id > 0 ORDER BY id <> ?1, id LIMIT 1",
    [SQL_CUSTOMER_BY_NAME] =
        "SELECT id FROM customer WHERE id > 0 AND (name = ?1 COLLATE NOCASE "
        "    OR substr(name, 1, length(?1) + 1) = ?1 || ' ' COLLATE NOCASE) "
        "ORDER BY name = ?1 COLLATE NOCASE DESC, id LIMIT 1",

    /* ---- basket ---- */
    [SQL_BASKET_TOUCH] =
        "INSERT INTO basket (customer, changed_ms) VALUES (?1, ?2) "
        "ON CONFLICT (customer) DO UPDATE SET changed_ms = excluded.changed_ms",
    [SQL_BASKET_CHANGED] = "UPDATE basket SET changed_ms = ?2 WHERE customer = ?1",
    [SQL_BASKET_LINES] =
        "SELECT b.variant, p.title, v.options, b.options, b.quantity_milli, coalesce(v.price_minor, 0) + "
        "b.extra_minor, "
        "    CASE WHEN v.position IS NULL THEN 0 ELSE v.stock END, p.category "
        "FROM basket_line b JOIN variant v ON v.id = b.variant JOIN product p ON p.id = v.product "
        "WHERE b.customer = ?1 ORDER BY b.id",
    [SQL_BASKET_LINE_COUNT] = "SELECT count(*) FROM basket_line WHERE customer = ?1",
    [SQL_BASKET_HELD] = "SELECT coalesce(sum(quantity_milli), 0) FROM basket_line WHERE customer = ?1 AND variant = ?2",
    [SQL_BASKET_LINE_ID] = "SELECT id FROM basket_line WHERE customer = ?1 AND variant = ?2 AND options = ?3",
    [SQL_BASKET_LINE_QUANTITY] = "SELECT quantity_milli FROM basket_line WHERE id = ?1",
    [SQL_BASKET_LINE_ADD] =
        "INSERT INTO basket_line (customer, variant, options, extra_minor, quantity_milli) VALUES (?1, ?2, ?3, ?4, ?5)",
    [SQL_BASKET_LINE_SET] = "UPDATE basket_line SET quantity_milli = ?2 WHERE id = ?1",
    [SQL_BASKET_LINE_REMOVE] = "DELETE FROM basket_line WHERE id = ?1",
    [SQL_BASKET_EMPTY] = "DELETE FROM basket_line WHERE customer = ?1",
    [SQL_BASKET_CHOICES] = "SELECT coupon, delivery, address, payment FROM basket WHERE customer = ?1",
    [SQL_BASKET_CHOICES_FORGET] =
        "UPDATE basket SET coupon = '', delivery = '', address = '', payment = '' WHERE customer = ?1",
    /* as they were when order ?2 was placed */
    [SQL_BASKET_CHOICES_BACK] =
        "UPDATE basket SET coupon = o.coupon, address = o.address, payment = o.payment, "
        "    delivery = coalesce((SELECT id FROM delivery WHERE name = o.way), '') "
        "FROM orders o WHERE basket.customer = ?1 AND o.id = ?2",
    [SQL_BASKET_COUPON] = "UPDATE basket SET coupon = ?2 WHERE customer = ?1",
    [SQL_BASKET_DELIVERY] = "UPDATE basket SET delivery = ?2 WHERE customer = ?1",
    [SQL_BASKET_ADDRESS] = "UPDATE basket SET address = ?2 WHERE customer = ?1",
    [SQL_BASKET_PAYMENT] = "UPDATE basket SET payment = ?2 WHERE customer = ?1",

    /* ---- coupons, delivery, payment ---- */
    [SQL_COUPON_FIND] = "SELECT " COUPON_COLUMNS " FROM coupon WHERE replace(code, ' ', '') = ?1 COLLATE NOCASE "
                        "OR replace(spoken, ' ', '') = ?1 COLLATE NOCASE",
    [SQL_COUPONS_OFFERED] = "SELECT " COUPON_COLUMNS " FROM coupon WHERE offered ORDER BY code",
    [SQL_COUPON_USES] =
        "SELECT count(*) FROM orders WHERE customer = ?1 AND coupon = ?2 AND state NOT IN ('cancelled', 'refused')",
    [SQL_DELIVERIES] = "SELECT id, name, also, price_minor, free_from_minor, days, pickup FROM delivery ORDER BY position",
    [SQL_PAYMENTS] =
        "SELECT nickname, state FROM payment WHERE customer = ?1 AND position IS NOT NULL ORDER BY used_ms DESC, position",
    [SQL_PAYMENT_USED] = "UPDATE payment SET used_ms = ?3 WHERE customer = ?1 AND nickname = ?2",
    [SQL_ORDERED_LATELY] =
        "SELECT coalesce(sum(" ORDER_TOTAL "), 0) "
        "FROM orders o WHERE o.customer = ?1 AND o.key IS NOT NULL AND o.state NOT IN ('cancelled', 'refused') AND o.placed_ms > ?2",
    [SQL_PIN_PUT] = "INSERT OR REPLACE INTO pin VALUES (?1, ?2, 0, 0)",
    [SQL_PIN_FORGET] = "DELETE FROM pin WHERE customer = ?1",
    [SQL_PIN_GET] = "SELECT hash, wrong, locked_ms FROM pin WHERE customer = ?1",
    [SQL_PIN_TRIED] = "UPDATE pin SET wrong = ?2, locked_ms = ?3 WHERE customer = ?1",

    /* ---- orders ---- */
    [SQL_ORDERS_FIND] =
        "SELECT o.id FROM orders o WHERE o.customer = ?1 AND (?2 IS NULL OR o.number LIKE ?2) "
        "AND (NOT ?3 OR o.state IN " OPEN_STATES
        ") "
        "AND (?4 IS NULL OR o.placed_ms >= ?4) AND (?5 IS NULL OR o.placed_ms <= ?5) "
        "AND (?6 IS NULL OR o.id IN (SELECT l.orders FROM order_line_text t JOIN order_line l ON l.id = t.rowid "
        "    WHERE order_line_text MATCH ?6)) "
        "ORDER BY o.placed_ms DESC, o.id DESC",
    [SQL_ORDER_GET] = "SELECT " ORDER_COLUMNS "FROM orders o WHERE o.id = ?1",
    [SQL_ORDER_LINES] =
        "SELECT " LINE_COLUMNS LINE_FROM "WHERE l.orders = ?1 ORDER BY l.position",
    /* A purchase counts 1 when it is new and half after seventy days; what all customers buy most counts up to 2. Chosen on
     * one half of TaFeng's customers and measured on the other (tests/bench/usual.sh); whether something is due by the
     * time between purchases added nothing. Last column: in how many of the customer's orders it was. */
    [SQL_USUAL] = "WITH own AS (SELECT l.variant, max(o.placed_ms) AS last_ms, count(DISTINCT o.id) AS times, "
                  "    sum(1.0 / (1.0 + max(?2 - o.placed_ms, 0) / (70 * 86400000.0))) AS weight "
                  "    FROM orders o JOIN order_line l ON l.orders = o.id "
                  "    WHERE o.customer = ?1 AND " COUNTING_STATES
                  "    AND o.placed_ms > coalesce((SELECT at_ms FROM forgotten WHERE customer = ?1), 0) "
                  "    AND l.variant IS NOT NULL AND (?5 IS NULL OR l.id IN "
                  "        (SELECT rowid FROM order_line_text WHERE order_line_text MATCH ?5)) "
                  "    GROUP BY l.variant), "
                  "meant AS (SELECT variant, max(weight) AS weight, max(last_ms) AS last_ms, max(times) AS times FROM "
                  "    (SELECT variant, weight, last_ms, times FROM own UNION ALL SELECT * FROM "
                  "    (SELECT variant, 0, NULL, 0 FROM bought WHERE ?5 IS NULL ORDER BY lines DESC LIMIT 64)) "
                  "    GROUP BY variant) "
                  "SELECT " PRODUCT_COLUMNS ", m.times "
                  "FROM meant m JOIN sold s ON s.variant = m.variant LEFT JOIN bought b ON b.variant = s.variant "
                  "WHERE s.price_minor IS NOT NULL AND (?4 OR s.stock IS NULL OR s.stock > 0) "
                  "ORDER BY m.weight + "
                  "    2.0 * coalesce(b.lines, 0) / max(1, coalesce((SELECT max(lines) FROM bought), 0)) DESC, "
                  "    m.last_ms DESC, s.variant "
                  "LIMIT ?3",
    [SQL_USUAL_LINE] = "SELECT " LINE_COLUMNS LINE_FROM "JOIN orders o ON o.id = l.orders "
                       "WHERE o.customer = ?1 AND l.variant = ?2 AND " COUNTING_STATES
                       "GROUP BY l.options, l.quantity_milli ORDER BY count(*) DESC, max(o.placed_ms) DESC LIMIT 1",
    [SQL_ORDER_ADD] =
        "INSERT INTO orders (number, key, customer, state, placed_ms, expected_ms, delivered_ms, as_of_ms, carrier, "
        "    place, delivery_minor, coupon, discount_minor) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    [SQL_ORDER_TERMS] = "UPDATE orders SET way = ?2, payment = ?3, address = ?4, expected_ms = ?5 WHERE id = ?1",
    /* not sent, and not yet to be */
    [SQL_ORDER_HELD] =
        "SELECT o.id FROM orders o JOIN outbox x ON x.kind = 'order' AND x.subject = o.id AND x.key = o.key "
        "WHERE o.customer = ?1 AND o.number = ?2 AND o.state = 'saved' AND x.tries = 0 AND x.next_ms > ?3",
    [SQL_ORDER_REMOVE] = "DELETE FROM orders WHERE id = ?1",
    [SQL_OUTBOX_REMOVE] = "DELETE FROM outbox WHERE kind = 'order' AND subject = ?1",
    [SQL_OUTBOX_HOLD] = "UPDATE outbox SET next_ms = ?2 WHERE kind = 'order' AND subject = ?1",
    [SQL_ORDER_FORGET] = "DELETE FROM orders WHERE number = ?1 AND key IS NULL",
    [SQL_ORDER_LOADED] = "SELECT id FROM orders WHERE number = ?1 AND key IS NULL",
    [SQL_ORDER_MADE_HERE] = "SELECT id FROM orders WHERE number = ?1 AND key IS NOT NULL",
    [SQL_ORDER_BY_KEY] = "SELECT id FROM orders WHERE key = ?1",
    [SQL_ORDER_SEQUENCE] =
        "SELECT coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'order.sequence'), 1000)",
    [SQL_ORDER_NUMBER_TAKEN] = "SELECT EXISTS (SELECT 1 FROM orders WHERE number = ?1)",
    [SQL_ORDER_LINE_ID] = "SELECT id FROM order_line WHERE orders = ?1 AND position = ?2",
    [SQL_ORDER_LINE_NEXT] = "SELECT count(*) + 1 FROM order_line WHERE orders = ?1",
    [SQL_ORDER_LINE_ADD] =
        "INSERT INTO order_line (orders, position, variant, title, options, quantity_milli, price_minor) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id",
    [SQL_ORDER_LINE_TEXT_ADD] = "INSERT INTO order_line_text (rowid, words) VALUES (?1, ?2)",
    [SQL_LINE_PRODUCT] =
        "SELECT p.title, v.options, p.spoken || ' ' || p.brand || ' ' || p.category || ' ' || p.also, v.price_minor "
        "FROM variant v JOIN product p ON p.id = v.product WHERE v.id = ?1",
    /* from the shipments of its lines, where the file gives no state: all delivered, some of them under way, none */
    [SQL_ORDER_STATES_DERIVE] =
        "UPDATE orders SET state = (SELECT CASE "
        "        WHEN count(*) = 0 OR max(x.shipped) IS NULL THEN 'placed' "
        "        WHEN count(x.shipped) < count(*) THEN 'part_shipped' "
        "        WHEN count(x.delivered) = count(*) THEN 'delivered' ELSE 'shipped' END "
        "    FROM order_line l LEFT JOIN (SELECT y.line, max(h.shipped_ms) AS shipped, max(h.delivered_ms) AS "
        "delivered "
        "        FROM shipment_line y JOIN shipment h ON h.id = y.shipment GROUP BY y.line) x ON x.line = l.id "
        "    WHERE l.orders = orders.id) "
        "WHERE state = ''",
    [SQL_SHIPMENT_ADD] =
        "INSERT INTO shipment (orders, carrier, shipped_ms, expected_ms, delivered_ms, place) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id",
    [SQL_SHIPMENT_LINE] = "INSERT OR IGNORE INTO shipment_line VALUES (?1, ?2)",
    [SQL_SHIPMENT_ALL_LINES] = "INSERT INTO shipment_line SELECT ?1, id FROM order_line WHERE orders = ?2",
    [SQL_STOCK_TAKE] = "UPDATE variant SET stock = stock - ?2 WHERE id = ?1",
    [SQL_OUTBOX_ADD] = "INSERT INTO outbox (kind, subject, key, made_ms, next_ms) VALUES (?1, ?2, ?3, ?4, ?4)",

    /* ---- after the order ---- */
    [SQL_ORDER_OF] = "SELECT id FROM orders WHERE customer = ?1 AND number = ?2",
    [SQL_ORDER_CANCEL] = "UPDATE orders SET state = 'cancelled', as_of_ms = ?2 WHERE id = ?1",
    /* only orders made here have taken anything */
    [SQL_STOCK_RETURN] =
        "UPDATE variant SET stock = stock + (SELECT sum((l.quantity_milli + 999) / 1000) FROM order_line l "
        "    WHERE l.orders = ?1 AND l.variant = variant.id) "
        "WHERE stock IS NOT NULL AND id IN (SELECT l.variant FROM order_line l JOIN orders o ON o.id = l.orders "
        "    WHERE o.id = ?1 AND o.key IS NOT NULL)",
    [SQL_ORDER_ADDRESS] = "UPDATE orders SET address = ?2 WHERE id = ?1",
    [SQL_ADDRESSES] = "SELECT nickname, address FROM address WHERE customer = ?1 ORDER BY position",
    [SQL_ADDRESS_PUT] =
        "INSERT OR REPLACE INTO address VALUES (?1, (SELECT coalesce(max(position) + 1, 1) FROM address), ?2, ?3)",
    [SQL_ADDRESSES_FORGET] = "DELETE FROM address",
    [SQL_SEND_BACK_OF] = "SELECT id FROM send_back WHERE order_number = ?1 AND position = ?2",
    [SQL_SEND_BACK_ADD] =
        "INSERT INTO send_back (number, customer, order_number, position, title, quantity_milli, amount_minor, reason, "
        "    made_ms) VALUES ((SELECT coalesce(max(id), 0) + 1 + ?9 FROM send_back), ?1, ?2, ?3, ?4, ?5, ?8, ?6, ?7) "
        "RETURNING id",
    /* what the shop says of the order counts more than what was registered here */
    [SQL_REFUND] =
        "SELECT CASE WHEN o.state IN ('returned', 'refunded') THEN o.state ELSE 'registered' END AS state, b.title, "
        "    b.amount_minor, b.made_ms AS since_ms, coalesce(o.as_of_ms, b.made_ms), b.order_number, " CURRENCY
        " FROM send_back b LEFT JOIN orders o ON o.number = b.order_number "
        "WHERE b.customer = ?1 AND (?2 IS NULL OR EXISTS (SELECT 1 FROM order_line l JOIN order_line_text t "
        "    ON t.rowid = l.id WHERE l.orders = o.id AND l.position = b.position AND order_line_text MATCH ?2)) "
        "UNION ALL "
        "SELECT o.state, (SELECT title FROM order_line WHERE orders = o.id ORDER BY position LIMIT 1), "
        "    coalesce((SELECT sum((price_minor * quantity_milli + 500) / 1000) FROM order_line WHERE orders = o.id), 0) "
        "    - o.discount_minor + CASE o.state WHEN 'cancelled' THEN o.delivery_minor ELSE 0 END, "
        "    o.placed_ms, o.as_of_ms, o.number, " CURRENCY
        " FROM orders o WHERE o.customer = ?1 AND o.state IN ('returned', 'refunded', 'cancelled') "
        "AND NOT EXISTS (SELECT 1 FROM send_back b WHERE b.order_number = o.number) "
        "AND (?2 IS NULL OR o.id IN (SELECT l.orders FROM order_line_text t JOIN order_line l ON l.id = t.rowid "
        "    WHERE order_line_text MATCH ?2)) "
        "ORDER BY since_ms DESC LIMIT 1",

    /* ---- notices ---- */
    [SQL_NOTICE_ADD] =
        "INSERT INTO notice (customer, kind, subject, value, wished, made_ms) VALUES (?1, ?2, ?3, ?4, 1, ?5) "
        "ON CONFLICT (customer, kind, subject) DO UPDATE SET wished = 1, value = excluded.value, "
        "    due_ms = CASE WHEN told_ms IS NULL THEN due_ms END, told_ms = NULL",
    [SQL_NOTICE_NEWS] =
        "INSERT OR IGNORE INTO notice (customer, kind, subject, value, wished, made_ms) "
        "SELECT ?1, o.state, o.number, 0, 0, ?2 FROM orders o WHERE o.customer = ?1 AND "
        "(o.state IN ('out_for_delivery', 'delayed') OR o.state = 'delivered' AND ?2 - 2 * 86400000 < "
        "    coalesce(o.delivered_ms, (SELECT max(delivered_ms) FROM shipment WHERE orders = o.id)))",
    /* whatever was waited for has passed, too, once the order is over */
    [SQL_NOTICE_HAPPENED] =
        "UPDATE notice SET due_ms = ?2 WHERE customer = ?1 AND due_ms IS NULL AND kind <> 'wish' AND CASE "
        "    WHEN kind = 'stock' THEN EXISTS (SELECT 1 FROM sold s WHERE s.variant = CAST(subject AS INTEGER) "
        "        AND (s.stock IS NULL OR s.stock > 0)) "
        "    WHEN kind = 'price' THEN EXISTS (SELECT 1 FROM sold s WHERE s.variant = CAST(subject AS INTEGER) "
        "        AND s.price_minor < value) "
        "    ELSE EXISTS (SELECT 1 FROM orders o WHERE o.customer = ?1 AND o.number = subject AND (o.state = kind "
        "        OR o.state IN ('delivered', 'cancelled', 'refused', 'returned', 'refunded') "
        "        OR kind = 'shipped' AND o.state IN ('part_shipped', 'out_for_delivery'))) END",
    [SQL_NOTICE_DUE] =
        "SELECT max(id), kind, subject, max(wished), max(due_ms) AS latest_ms FROM notice WHERE customer = ?1 AND due_ms "
        "IS NOT NULL AND told_ms IS NULL GROUP BY CASE WHEN kind IN ('stock', 'price') THEN 'v' ELSE 'o' END, subject "
        "ORDER BY latest_ms DESC, max(id) DESC",
    [SQL_NOTICE_TOLD] =
        "UPDATE notice SET told_ms = ?2 WHERE due_ms IS NOT NULL AND told_ms IS NULL AND (customer, subject, "
        "    kind IN ('stock', 'price')) = (SELECT customer, subject, kind IN ('stock', 'price') FROM notice WHERE id = ?1)",
    [SQL_NOTICE_WISHES] = "SELECT id, subject FROM notice WHERE customer = ?1 AND kind = 'wish' AND due_ms IS NULL "
                          "ORDER BY id DESC LIMIT ?2",
    [SQL_NOTICE_WISH_COUNT] = "SELECT count(*) FROM notice WHERE customer = ?1 AND kind = 'wish' AND due_ms IS NULL "
                              "AND subject <> ?2",
    /* what was found for it is its value */
    [SQL_NOTICE_WISH_DUE] = "UPDATE notice SET due_ms = ?2, value = ?3 WHERE id = ?1",
    [SQL_NOTICE_PARCEL_TOLD] =
        "UPDATE notice SET told_ms = ?3 WHERE customer = ?1 AND kind = 'out_for_delivery' AND told_ms IS NULL "
        "AND subject = (SELECT number FROM orders WHERE id = ?2)",

    /* ---- what is said unasked ---- */
    [SQL_REMARK_PUT] =
        "INSERT INTO remark VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (customer, kind, subject) DO UPDATE "
        "SET said_ms = excluded.said_ms, declined = max(declined, excluded.declined)",
    [SQL_REMARK_LATEST] = "SELECT coalesce(max(said_ms), 0) FROM remark WHERE customer = ?1 AND kind <> 'with'",
    [SQL_DUE_PARCEL] =
        "SELECT o.id, 0, '', o.number, count(*) OVER (), NULL, NULL FROM orders o "
        "WHERE o.customer = ?1 AND o.state = 'out_for_delivery' AND " NOT_SAID("parcel", "o.id")
        "AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.customer = ?1 AND n.kind = o.state AND n.subject = o.number "
        "    AND n.told_ms IS NOT NULL) ORDER BY o.id LIMIT 1",
    [SQL_DUE_WISH] =
        "SELECT n.id, s.variant, s.title, '', 1, s.price_minor, NULL FROM notice n "
        "JOIN sold s ON s.variant = CASE n.kind WHEN 'wish' THEN n.value ELSE CAST(n.subject AS INTEGER) END "
        "WHERE n.customer = ?1 AND n.kind IN ('stock', 'price', 'wish') AND n.due_ms IS NOT NULL AND n.told_ms IS NULL "
        "AND " BUYABLE "AND " NOT_SAID("wish", "n.id") "ORDER BY n.due_ms, n.id LIMIT 1",
    /* for two weeks, and not on the spot */
    [SQL_DUE_BASKET] =
        "SELECT 0, b.variant, p.title, '', count(*) OVER (), NULL, NULL FROM checkout_left c "
        "JOIN basket_line b ON b.customer = c.customer JOIN variant v ON v.id = b.variant "
        "JOIN product p ON p.id = v.product "
        "WHERE c.customer = ?1 AND c.at_ms BETWEEN ?2 - 14 * 86400000 AND ?2 - 3600000 AND " NOT_SAID("basket", "0")
        "ORDER BY b.id LIMIT 1",
    [SQL_DUE_BACK] =
        "SELECT l.product, s.variant, s.title, '', 1, s.price_minor, NULL FROM looked l "
        "JOIN sold s ON s.product = l.product AND s.position = 0 "
        "WHERE l.customer = ?1 AND l.sold_out AND " BUYABLE "AND " NOT_SAID("back", "l.product") NO_NOTICE("stock")
        "ORDER BY l.at_ms DESC LIMIT 1",
    /* by a twentieth at least; of what was bought, the last price that was paid, and no extras in it */
    [SQL_DUE_CHEAPER] =
        "SELECT c.product, s.variant, s.title, '', 1, s.price_minor, c.before_minor FROM ("
        "    SELECT l.product, l.price_minor AS before_minor, l.at_ms FROM looked l WHERE l.customer = ?1 "
        "    UNION ALL SELECT v.product, l.price_minor, max(o.placed_ms) FROM orders o "
        "        JOIN order_line l ON l.orders = o.id JOIN variant v ON v.id = l.variant AND v.options = l.options "
        "        WHERE o.customer = ?1 AND " COUNTING_STATES "AND v.position = 0 GROUP BY v.product) c "
        "JOIN sold s ON s.product = c.product AND s.position = 0 "
        "WHERE c.at_ms > ?2 - 90 * 86400000 AND s.price_minor * 100 <= c.before_minor * 95 AND " BUYABLE
        "AND " NOT_SAID("cheaper", "c.product") NO_NOTICE("price")
        "AND NOT EXISTS (SELECT 1 FROM basket_line b WHERE b.customer = ?1 AND b.variant = s.variant) "
        "ORDER BY c.before_minor - s.price_minor DESC, c.product LIMIT 1",
    /* bought three times or more, at about equal distances, the last of them that long ago */
    [SQL_DUE_USUAL] =
        "SELECT h.product, s.variant, s.title, '', 1, s.price_minor, NULL FROM ("
        "    SELECT v.product, l.variant, count(DISTINCT o.id) AS n, max(o.placed_ms) AS last_ms, "
        "        (max(o.placed_ms) - min(o.placed_ms)) / (count(DISTINCT o.id) - 1) AS every_ms "
        "    FROM orders o JOIN order_line l ON l.orders = o.id JOIN variant v ON v.id = l.variant "
        "    WHERE o.customer = ?1 AND " COUNTING_STATES "GROUP BY l.variant HAVING n >= 3) h "
        "JOIN sold s ON s.variant = h.variant "
        "WHERE ?2 - h.last_ms BETWEEN h.every_ms AND 3 * h.every_ms AND h.every_ms > 86400000 AND " BUYABLE
        "AND " NOT_SAID("usual", "h.product")
        "AND NOT EXISTS (SELECT 1 FROM basket_line b JOIN variant w ON w.id = b.variant "
        "    WHERE b.customer = ?1 AND w.product = h.product) "
        "ORDER BY h.n DESC, h.product LIMIT 1",
    [SQL_LOOKED_PUT] =
        "INSERT OR REPLACE INTO looked SELECT ?1, product, ?3, price_minor, stock IS NOT NULL AND stock = 0 "
        "FROM sold WHERE variant = ?2",
    [SQL_LOOKED_TRIM] =
        "DELETE FROM looked WHERE customer = ?1 AND product NOT IN "
        "(SELECT product FROM looked WHERE customer = ?1 ORDER BY at_ms DESC LIMIT ?2)",
    [SQL_LOOKED_LAST] =
        "SELECT " PRODUCT_COLUMNS
        "FROM looked l JOIN sold s ON s.product = l.product AND s.position = 0 "
        "WHERE l.customer = ?1 AND l.at_ms BETWEEN ?2 - 14 * 86400000 AND ?2 - 1800000 AND " BUYABLE
        "AND NOT EXISTS (SELECT 1 FROM orders o JOIN order_line x ON x.orders = o.id JOIN variant v ON v.id = x.variant "
        "    WHERE o.customer = ?1 AND o.placed_ms >= l.at_ms AND v.product = l.product) "
        "AND NOT EXISTS (SELECT 1 FROM basket_line b JOIN variant v ON v.id = b.variant "
        "    WHERE b.customer = ?1 AND v.product = l.product) "
        "ORDER BY l.at_ms DESC LIMIT 1",
    [SQL_CHECKOUT_LEFT] = "INSERT OR REPLACE INTO checkout_left VALUES (?1, ?2)",

    [SQL_TOGETHER_WAITING] = "SELECT EXISTS (SELECT 1 FROM to_count)",
    /* ?1: 1 adds what is counted of the orders in to_count, -1 takes it away */
    [SQL_TOGETHER_SINGLES] =
        "INSERT INTO ordered SELECT c.product, ?1 * count(*) FROM to_count t JOIN counted c ON c.orders = t.orders "
        "GROUP BY c.product "
        "UNION ALL SELECT 0, ?1 * count(DISTINCT c.orders) FROM to_count t JOIN counted c ON c.orders = t.orders "
        "WHERE true ON CONFLICT (product) DO UPDATE SET n = n + excluded.n",
    [SQL_TOGETHER_PAIRS] =
        "INSERT INTO ordered_with SELECT a.product, b.product, ?1 * count(*) FROM to_count t "
        "JOIN counted a ON a.orders = t.orders JOIN counted b ON b.orders = a.orders AND b.product <> a.product "
        "WHERE true GROUP BY 1, 2 ON CONFLICT (product, other) DO UPDATE SET n = n + excluded.n",
    [SQL_TOGETHER_FORGET] = "DELETE FROM counted WHERE orders IN (SELECT orders FROM to_count)",
    [SQL_TOGETHER_TAKE] =
        "INSERT INTO counted SELECT DISTINCT o.id, v.product FROM to_count t JOIN orders o ON o.id = t.orders "
        "JOIN order_line l ON l.orders = o.id JOIN variant v ON v.id = l.variant WHERE " COUNTING_STATES,
    [SQL_TOGETHER_COUNTED] = "DELETE FROM to_count",
    [SQL_TOGETHER_ALL] =
        "SELECT g.other, s.price_minor, s.rating_centi, s.added_ms, 1.0 * g.n / x.n, s.variant " TOGETHER_FROM
        "AND (?3 IS NULL OR s.price_minor >= ?3) AND (?4 IS NULL OR s.price_minor <= ?4) " TOGETHER_ORDER "LIMIT ?5",
    [SQL_TOGETHER_WITH] =
        "SELECT " PRODUCT_COLUMNS TOGETHER_FROM
        "AND NOT EXISTS (SELECT 1 FROM orders o JOIN order_line l ON l.orders = o.id "
        "        JOIN variant w ON w.id = l.variant "
        "    WHERE o.customer = ?1 AND o.placed_ms > ?3 - 14 * 86400000 AND w.product = g.other) "
        "AND NOT EXISTS (SELECT 1 FROM remark r "
        "    WHERE r.customer = ?1 AND r.kind = 'with' AND r.subject = s.variant AND r.declined) " TOGETHER_ORDER "LIMIT 1",
};

const char *sql_source(enum sql id) {
    assert(id < SQL_COUNT);
    const char *source = sources[id] ? sources[id] : sql_talk[id] ? sql_talk[id] : sql_sync[id];
    assert(source);
    return source;
}
