/* The columns and conditions that statements share: text for the tables of statements.h alone. */
#ifndef SK_SHOP_COLUMNS_H
#define SK_SHOP_COLUMNS_H

#define CURRENCY "coalesce((SELECT value FROM meta WHERE key = 'shop.currency'), 'USD')"

/* in the order of product_read() */
#define PRODUCT_COLUMNS                                                                                \
    "s.variant, s.shop_id, s.title, s.spoken, s.brand, s.category, s.options, s.unit, s.description, " \
    "s.price_minor, s.rating_centi, s.stock, " CURRENCY ", s.pieces "

/* FTS5 gives its rows in the order of rank when it is the outer loop: hence CROSS JOIN */
#define SEARCH_FROM "FROM product_text CROSS JOIN sold s ON s.product = product_text.rowid AND s.position = 0 "

#define LIST_FROM   SEARCH_FROM "WHERE product_text MATCH ?1 "
#define LIST_PRICES "(?2 IS NULL OR s.price_minor >= ?2) AND (?3 IS NULL OR s.price_minor <= ?3) "
#define LIST_ORDER                                                                                                  \
    "ORDER BY CASE ?4 WHEN 1 THEN s.price_minor END NULLS LAST, CASE ?4 WHEN 2 THEN s.price_minor END DESC NULLS "  \
    "LAST, "                                                                                                        \
    "    CASE WHEN ?4 IN (0, 3) THEN s.rating_centi END DESC NULLS LAST, CASE ?4 WHEN 4 THEN s.added_ms END DESC, " \
    "    CASE ?4 WHEN 4 THEN s.product END DESC, s.product "                                                        \
    "LIMIT ?5 OFFSET ?6"
#define LIST_ALL(order)                                                                             \
    "SELECT " PRODUCT_COLUMNS "FROM sold s WHERE s.position = 0 AND " LIST_PRICES "ORDER BY " order \
    " LIMIT ?5 OFFSET ?6"

/* What is paid for order `o`: what the shopper agreed to when the shop asked, else what the store computed. */
#define ORDER_TOTAL                                                   \
    "coalesce(o.agreed_minor, o.delivery_minor - o.discount_minor + " \
    "    coalesce((SELECT sum((price_minor * quantity_milli + 500) / 1000) FROM order_line WHERE orders = o.id), 0))"

/* Whether the shop could not be reached when it was tried last. */
#define OFFLINE "coalesce((SELECT value FROM meta WHERE key = 'sync.offline'), '') <> ''"

/* in the order of order_read() */
#define ORDER_COLUMNS                                                                                      \
    "o.id, o.number, o.state, o.placed_ms, "                                                               \
    "coalesce(o.expected_ms, "                                                                             \
    "    (SELECT min(expected_ms) FROM shipment WHERE orders = o.id AND delivered_ms IS NULL), "           \
    "    (SELECT max(expected_ms) FROM shipment WHERE orders = o.id)), "                                   \
    "coalesce(o.delivered_ms, CASE WHEN o.state IN ('delivered', 'returned', 'refunded') THEN "            \
    "    (SELECT max(delivered_ms) FROM shipment WHERE orders = o.id) END), "                              \
    "o.as_of_ms, "                                                                                         \
    "coalesce(nullif(o.carrier, ''), (SELECT carrier FROM shipment WHERE orders = o.id AND carrier <> '' " \
    "    ORDER BY shipped_ms DESC LIMIT 1)), "                                                             \
    "coalesce(nullif(o.place, ''), (SELECT place FROM shipment WHERE orders = o.id AND place <> '' "       \
    "    ORDER BY delivered_ms DESC LIMIT 1)), " ORDER_TOTAL ", " CURRENCY                                 \
    ", o.address, o.discount_minor, o.trouble, o.asked_minor, " OFFLINE " "

/* in the order of line_read(), of LINE_FROM */
#define LINE_COLUMNS                                                                      \
    "v.id, l.title, l.options, l.quantity_milli, l.price_minor, v.price_minor, v.stock, " \
    "EXISTS (SELECT 1 FROM shipment_line x JOIN shipment h ON h.id = x.shipment "         \
    "    WHERE x.line = l.id AND h.shipped_ms IS NOT NULL), "                             \
    "EXISTS (SELECT 1 FROM shipment_line x JOIN shipment h ON h.id = x.shipment "         \
    "    WHERE x.line = l.id AND h.delivered_ms IS NOT NULL), "                           \
    "l.variant, p.title, v.options "

/* what is still sold; not LEFT JOIN sold, for which SQLite would make all of the view anew */
#define LINE_FROM                                                                           \
    "FROM order_line l LEFT JOIN variant v ON v.id = l.variant AND v.position IS NOT NULL " \
    "LEFT JOIN product p ON p.id = v.product "

#define COUPON_COLUMNS \
    "code, spoken, percent, amount_minor, minimum_minor, from_ms, until_ms, category, once, description"

#define OPEN_STATES \
    "('saved', 'placed', 'packed', 'shipped', 'part_shipped', 'out_for_delivery', 'delayed', 'uncertain')"

/* what a shopper is told of an order that was sent */
#define NEWS_OF_ORDERS "('placed', 'refused', 'uncertain', 'asked', 'kept', 'not_back')"

/* in the order of ticket_read() */
#define TICKET_COLUMNS                                                                                   \
    "t.id, t.code, t.why, t.question, coalesce((SELECT name FROM customer WHERE id = t.customer), ''), " \
    "t.session_ms, t.opened_ms, t.closed_ms, t.closed_by, "                                              \
    "(SELECT count(*) FROM ticket_message m WHERE m.ticket = t.id AND m.who = 'shopper' AND m.id > "     \
    "    coalesce((SELECT max(id) FROM ticket_message WHERE ticket = t.id AND who = 'person'), 0)), "    \
    "EXISTS (SELECT 1 FROM ticket_message m WHERE m.ticket = t.id AND m.who = 'person') "

/* ?1 to ?2 is the period, ?3 the most rows, ?4 the silence after which another talk begins. What was said to a person
 * or as a comment is no request. */
#define SUMMARY_TURNS    "FROM conversation WHERE at_ms >= ?1 AND at_ms < ?2 "
#define SUMMARY_REQUESTS SUMMARY_TURNS "AND who = 'shopper' AND intent NOT IN ('to_person', 'comment') "
#define SUMMARY_TALKS                                                                                               \
    "turn AS (SELECT id, who, intent, at_ms - lag(at_ms, 1, 0) OVER (ORDER BY id) > ?4 AS begins "                  \
    "    " SUMMARY_TURNS                                                                                            \
    "), "                                                                                                           \
    "talk AS (SELECT id, who, intent, sum(begins) OVER (ORDER BY id) AS talk FROM turn), "                          \
    "left_at AS (SELECT talk, max(CASE WHEN who = 'assistant' THEN id END) AS last FROM talk GROUP BY talk "        \
    "    HAVING sum(intent GLOB 'cart.added*' OR intent GLOB 'cart.changed*' OR intent GLOB 'reorder.added*') > 0 " \
    "    AND sum(intent GLOB 'checkout.placed*') = 0 AND sum(intent = 'cart.cleared') = 0) "

/* of the ledger: whether the customer ?1 has not declined it, nor heard it in the last ?3 milliseconds before ?2 */
#define NOT_SAID(kind, subject)                                                                                 \
    "NOT EXISTS (SELECT 1 FROM remark r WHERE r.customer = ?1 AND r.kind = '" kind "' AND r.subject = " subject \
    " "                                                                                                         \
    "    AND (r.declined OR r.said_ms > ?2 - ?3)) "

/* of a product s: the customer ?1 did not ask to be told, and then it is a notice */
#define NO_NOTICE(kind)                                                                \
    "AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.customer = ?1 AND n.kind = '" kind \
    "' AND n.wished "                                                                  \
    "    AND CAST(n.subject AS INTEGER) = s.variant) "

#define BUYABLE "s.price_minor IS NOT NULL AND (s.stock IS NULL OR s.stock > 0) "

/* What is ordered together with variant ?2, could be sold now and is not in the basket of customer ?1: pairs that at
 * least two orders have, and a fifth more often than chance would bring them together. */
#define TOGETHER_FROM                                                                                                  \
    "FROM variant v JOIN ordered x ON x.product = v.product JOIN ordered_with g ON g.product = v.product "             \
    "JOIN ordered y ON y.product = g.other JOIN sold s ON s.product = g.other AND s.position = 0 "                     \
    "WHERE v.id = ?2 AND g.n >= 2 AND g.n * (SELECT n FROM ordered WHERE product = 0) >= 1.2 * x.n * y.n AND " BUYABLE \
    "AND NOT EXISTS (SELECT 1 FROM basket_line b JOIN variant w ON w.id = b.variant "                                  \
    "    WHERE b.customer = ?1 AND w.product = g.other) "
#define TOGETHER_ORDER "ORDER BY g.n DESC, y.n, g.other "

#define COUNTING_STATES "o.state NOT IN ('cancelled', 'refused', 'returned', 'refunded') "

#endif
