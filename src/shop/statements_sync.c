/* Statements about the shop's server: what is sent, the catalogue that comes, where orders are, the desk. */
#include "shop/columns.h"
#include "shop/statements.h"

const char *const sql_sync[SQL_COUNT] = {
    /* ---- the outbox ---- */

    /* ?1 now, ?2 how far ahead nothing is ever put: what is further was put there by a clock that was wrong. What
     * changes an order waits until the order itself is gone. */
    [SQL_SEND_DUE] =
        "SELECT x.id, x.kind, x.subject, x.key, x.tries, x.doubtful, x.looks FROM outbox x "
        "WHERE NOT x.asks AND (x.next_ms <= ?1 OR x.next_ms > ?1 + ?2) AND x.id > ?3 "
        "AND (x.kind NOT IN ('cancel', 'address') OR NOT EXISTS (SELECT 1 FROM outbox o "
        "    WHERE o.kind IN ('order', 'cancel', 'address') AND o.subject = x.subject AND o.id < x.id)) "
        "ORDER BY x.id LIMIT 1",
    [SQL_WAITING] =
        "SELECT x.kind, coalesce(o.number, t.code, b.order_number, ''), x.tries, x.made_ms, x.next_ms, "
        "    CASE WHEN x.asks THEN coalesce(o.asked_minor, 0) ELSE 0 END, x.trouble FROM outbox x "
        "LEFT JOIN orders o ON o.id = x.subject AND x.kind IN ('order', 'cancel', 'address') "
        "LEFT JOIN ticket t ON t.id = x.subject AND x.kind = 'handover' "
        "LEFT JOIN send_back b ON b.id = x.subject AND x.kind = 'return' ORDER BY x.id",
    [SQL_REFUSED_SINCE] =
        "SELECT number, coalesce(nullif(trouble, ''), state), as_of_ms FROM orders "
        "WHERE state IN ('refused', 'uncertain') AND as_of_ms >= ?1 "
        "ORDER BY as_of_ms DESC LIMIT 10",
    [SQL_SEND_NEXT] = "SELECT min(next_ms) FROM outbox WHERE NOT asks",
    /* from here on it cannot be taken back */
    [SQL_SEND_CLAIM] = "UPDATE outbox SET tries = tries + 1 WHERE id = ?1 AND NOT asks RETURNING id",
    [SQL_SEND_DOUBT] = "UPDATE outbox SET doubtful = ?2, looks = 0 WHERE id = ?1",
    [SQL_SEND_HANDLE] = "UPDATE outbox SET handle = ?2 WHERE id = ?1",
    [SQL_SEND_LOOKED] = "UPDATE outbox SET looks = looks + 1 WHERE id = ?1",
    [SQL_SEND_LATER] = "UPDATE outbox SET next_ms = ?2, trouble = ?3 WHERE id = ?1",
    [SQL_SEND_ASK] = "UPDATE outbox SET asks = 1, doubtful = 0, trouble = '' WHERE id = ?1",
    [SQL_SEND_AGAIN] = "UPDATE outbox SET asks = 0, next_ms = ?2 WHERE kind = 'order' AND subject = ?1",
    [SQL_SEND_DONE] = "DELETE FROM outbox WHERE id = ?1",
    [SQL_OUTBOX_CHANGES_REMOVE] = "DELETE FROM outbox WHERE kind IN ('order', 'cancel', 'address') AND subject = ?1",
    [SQL_SEND_ORDER] =
        "SELECT o.key, o.number, o.state, o.placed_ms, c.shop_id, "
        "    coalesce((SELECT id FROM delivery WHERE name = o.way), ''), "
        "    coalesce((SELECT nickname FROM address a WHERE a.customer = o.customer AND a.address = o.address), "
        "o.address), "
        "    o.payment, o.coupon, " ORDER_TOTAL ", " CURRENCY
        ", o.remote, c.name, coalesce(nullif(o.address, ''), c.address), "
        "    coalesce((SELECT handle FROM outbox x WHERE x.kind = 'order' AND x.subject = o.id), '') "
        "FROM orders o JOIN customer c ON c.id = o.customer WHERE o.id = ?1",
    [SQL_SEND_LINES] =
        "SELECT coalesce(v.shop_id, p.shop_id, ''), l.title, l.options, coalesce(v.options, ''), l.quantity_milli, "
        "    l.price_minor FROM order_line l LEFT JOIN variant v ON v.id = l.variant "
        "LEFT JOIN product p ON p.id = v.product WHERE l.orders = ?1 ORDER BY l.position",
    [SQL_SEND_RETURN] =
        "SELECT coalesce(o.key, nullif(o.remote, ''), ''), b.order_number, b.position, b.quantity_milli, b.reason "
        "FROM send_back b LEFT JOIN orders o ON o.number = b.order_number WHERE b.id = ?1",
    [SQL_SEND_TICKET] = "SELECT key, code, why, question, opened_ms FROM ticket WHERE id = ?1",

    /* ---- what became of it ---- */
    /* one that the shopper has cancelled meanwhile is found there, too; its cancellation comes next */
    [SQL_SENT_ORDER] =
        "UPDATE orders SET state = CASE state WHEN 'saved' THEN 'placed' ELSE state END, remote = ?2, as_of_ms = ?3, "
        "    asked_minor = NULL, trouble = '', poll_ms = ?4, polls = 0 WHERE id = ?1 AND state IN ('saved', "
        "'cancelled')",
    [SQL_SENT_REFUSED] =
        "UPDATE orders SET state = 'refused', trouble = ?2, as_of_ms = ?3, asked_minor = NULL "
        "WHERE id = ?1 AND state = 'saved'",
    [SQL_SENT_UNCERTAIN] =
        "UPDATE orders SET state = 'uncertain', as_of_ms = ?2, asked_minor = NULL "
        "WHERE id = ?1 AND state IN ('saved', 'cancelled')",
    [SQL_SENT_ASKED] = "UPDATE orders SET asked_minor = ?2, as_of_ms = ?3 WHERE id = ?1 AND state = 'saved'",
    [SQL_SENT_AGREED] =
        "UPDATE orders SET agreed_minor = asked_minor, asked_minor = NULL "
        "WHERE id = ?1 AND state = 'saved' AND asked_minor = ?2 RETURNING id",
    [SQL_SENT_UNCANCELLED] =
        "UPDATE orders SET state = 'placed', as_of_ms = ?2, poll_ms = ?2, etag = '' WHERE id = ?1 AND state = "
        "'cancelled'",
    [SQL_SENT_NUMBER] = "SELECT number, customer FROM orders WHERE id = ?1",
    [SQL_SENT_TICKET] = "UPDATE ticket SET handed = 1 WHERE id = ?1",
    [SQL_NEWS_ADD] =
        "INSERT INTO notice (customer, kind, subject, value, wished, made_ms, due_ms) "
        "SELECT o.customer, ?2, o.number, 0, 0, ?3, ?3 FROM orders o WHERE o.number = ?1 "
        "ON CONFLICT (customer, kind, subject) DO UPDATE SET due_ms = excluded.due_ms, told_ms = NULL",
    [SQL_NEWS_TOLD] =
        "UPDATE notice SET told_ms = ?3 WHERE customer = ?1 AND subject = (SELECT number FROM orders WHERE id = ?2) "
        "AND due_ms IS NOT NULL AND told_ms IS NULL AND kind IN " NEWS_OF_ORDERS,
    /* ?1 the customer; in the columns of a remark */
    [SQL_DUE_ORDER] =
        "SELECT o.id, 0, n.kind, o.number, 1, o.asked_minor, NULL FROM notice n "
        "JOIN orders o ON o.customer = n.customer AND o.number = n.subject "
        "WHERE n.customer = ?1 AND n.kind IN " NEWS_OF_ORDERS
        " "
        "AND n.due_ms <= ?2 + ?3 AND n.told_ms IS NULL ORDER BY n.kind = 'placed', n.due_ms DESC LIMIT 1",
    [SQL_SYNC_FORGET] = "DELETE FROM meta WHERE key IN ('sync.cursor', 'sync.etag', 'sync.account', 'sync.filling')",

    /* ---- the catalogue ---- */

    /* what people call it and choose by; another text means that the grammar is another */
    [SQL_FEED_KNOWN] =
        "SELECT p.id, p.title || '|' || p.spoken || '|' || p.brand || '|' || p.category || '|' || coalesce( "
        "    (SELECT group_concat(v.options, '|') FROM variant v WHERE v.product = p.id AND v.position IS NOT NULL), "
        "'-') "
        "FROM product p WHERE p.shop_id = ?1",
    [SQL_FEED_WITHDRAW] = "UPDATE variant SET position = NULL WHERE product = ?1",
    [SQL_FEED_SEEN] = "UPDATE product SET fill = ?2 WHERE id = ?1",
    [SQL_FEED_SWEEP] =
        "UPDATE variant SET position = NULL WHERE position IS NOT NULL "
        "AND product IN (SELECT id FROM product WHERE fill <> ?1)",
    /* of those that the server brought */
    [SQL_FEED_GONE_COUNT] =
        "SELECT count(*) FROM product p WHERE fill <> ?1 AND fill > 0 "
        "AND EXISTS (SELECT 1 FROM variant v WHERE v.product = p.id AND v.position IS NOT NULL)",
    [SQL_FEED_SOLD_COUNT] =
        "SELECT count(*) FROM product p WHERE fill > 0 "
        "AND EXISTS (SELECT 1 FROM variant v WHERE v.product = p.id AND v.position IS NOT NULL)",

    /* ---- where orders are ---- */

    /* ?2: further ahead nothing is ever put; what is told the shop first is asked afterwards */
    [SQL_TRACK_DUE] =
        "SELECT id, coalesce(key, remote), etag, polls, remote FROM orders WHERE remote <> '' AND state IN " OPEN_STATES
        " AND (poll_ms <= ?1 OR poll_ms > ?1 + ?2) AND NOT EXISTS (SELECT 1 FROM outbox x "
        "    WHERE x.subject = orders.id AND x.kind IN ('order', 'cancel', 'address')) ORDER BY poll_ms, id LIMIT 1",
    [SQL_TRACK_WAKE] = "UPDATE orders SET poll_ms = 0 WHERE remote <> '' AND state IN " OPEN_STATES,
    [SQL_TRACK_FIND] =
        "SELECT id FROM orders WHERE remote = ?1 OR (?2 <> '' AND key = ?2) ORDER BY remote = ?1 DESC LIMIT 1",
    [SQL_TRACK_SET] =
        "UPDATE orders SET state = ?2, expected_ms = ?3, delivered_ms = ?4, as_of_ms = ?5, carrier = '', place = '', "
        "    remote = ?6 WHERE id = ?1",
    [SQL_TRACK_NEW] =
        "INSERT INTO orders (number, key, customer, state, placed_ms, as_of_ms, carrier, place, delivery_minor, "
        "coupon, "
        "    discount_minor, remote, way, payment, agreed_minor) "
        "SELECT ?1, NULL, ?2, 'placed', ?3, ?4, '', '', ?5, '', ?6, ?7, ?8, ?9, ?10 "
        "WHERE NOT EXISTS (SELECT 1 FROM orders WHERE number = ?1) RETURNING id",
    [SQL_TRACK_POLLED] = "UPDATE orders SET poll_ms = ?2, polls = ?3 WHERE id = ?1",
    [SQL_TRACK_AS_OF] = "UPDATE orders SET as_of_ms = ?2, etag = coalesce(?3, etag) WHERE id = ?1",
    [SQL_SHIPMENTS_FORGET] = "DELETE FROM shipment WHERE orders = ?1",
    [SQL_VARIANT_BY_SHOP_ID] = "SELECT id FROM variant WHERE shop_id = ?1",

    /* ---- the basket in hand ---- */
    [SQL_QUOTED_BASKET] =
        "SELECT b.version, b.coupon, b.delivery, "
        "    coalesce((SELECT nickname FROM address a WHERE a.customer = b.customer AND a.address = b.address), "
        "b.address), "
        "    c.name, coalesce(nullif(b.address, ''), c.address) "
        "FROM basket b JOIN customer c ON c.id = b.customer WHERE b.customer = ?1 AND NOT b.quoted "
        "AND EXISTS (SELECT 1 FROM basket_line l WHERE l.customer = b.customer)",
    [SQL_QUOTED_LINES] =
        "SELECT coalesce(v.shop_id, p.shop_id), b.options, b.quantity_milli FROM basket_line b "
        "JOIN variant v ON v.id = b.variant JOIN product p ON p.id = v.product WHERE b.customer = ?1 ORDER BY b.id",
    [SQL_QUOTED_KEEP] =
        "UPDATE basket SET quoted = 1, quoted_minor = ?3, quoted_delivery_minor = ?4 WHERE customer = ?1 AND version = "
        "?2",
    [SQL_QUOTED_FORGET] = "UPDATE basket SET changed_ms = changed_ms", /* its trigger does it */
    [SQL_QUOTED_TOTAL] =
        "SELECT quoted_minor, quoted_delivery_minor FROM basket WHERE customer = ?1 AND quoted_minor IS NOT NULL",
    [SQL_QUOTED_AGREE] = "UPDATE orders SET agreed_minor = ?2 WHERE id = ?1",

    /* ---- who buys ---- */
    [SQL_ACCOUNT_ADDRESSES_FORGET] = "DELETE FROM address WHERE customer = ?1",
    [SQL_ACCOUNT_PAYMENTS_FORGET] = "UPDATE payment SET position = NULL WHERE customer = ?1",
    [SQL_ACCOUNT_PAYMENT_PUT] =
        "INSERT INTO payment (customer, nickname, position, state) VALUES (?1, ?2, ?3, ?4) "
        "ON CONFLICT (customer, nickname) DO UPDATE SET position = excluded.position, state = excluded.state",

    [SQL_ACCOUNT_DELIVERY_PUT] = "INSERT OR REPLACE INTO delivery VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [SQL_ACCOUNT_CUSTOMER] = "SELECT id FROM customer WHERE shop_id = ?1",

    /* ---- the desk ---- */

    /* what a shopper said, and what they have heard */
    [SQL_DESK_UNSENT] =
        "SELECT m.id, t.key, m.text, coalesce(m.heard_ms, m.at_ms), m.remote FROM ticket_message m "
        "JOIN ticket t ON t.id = m.ticket WHERE t.handed AND NOT m.sent "
        "AND (m.who = 'shopper' OR (m.remote IS NOT NULL AND m.heard_ms IS NOT NULL)) AND m.id > ?1 ORDER BY m.id "
        "LIMIT 1",
    [SQL_DESK_SENT] = "UPDATE ticket_message SET sent = 1 WHERE id = ?1",
    [SQL_DESK_UNCLOSED] =
        "SELECT t.id, t.key, t.closed_ms FROM ticket t WHERE t.handed AND t.closed_ms IS NOT NULL AND t.closed_by = '' "
        "AND NOT t.closed_sent AND t.id > ?1 "
        "AND NOT EXISTS (SELECT 1 FROM ticket_message m WHERE m.ticket = t.id AND m.who = 'shopper' AND NOT m.sent) "
        "ORDER BY t.id LIMIT 1",
    [SQL_DESK_CLOSED] = "UPDATE ticket SET closed_sent = 1 WHERE id = ?1",
    [SQL_DESK_TICKET] = "SELECT id FROM ticket WHERE key = ?1 AND key <> ''",
    [SQL_DESK_MESSAGE] =
        "INSERT OR IGNORE INTO ticket_message (ticket, at_ms, who, name, text, remote) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [SQL_DESK_CLOSE] =
        "UPDATE ticket SET closed_ms = ?2, closed_by = ?3, closed_sent = 1 WHERE id = ?1 AND closed_ms IS NULL",
    [SQL_DESK_OPEN] = "SELECT count(*) FROM ticket WHERE closed_ms IS NULL AND handed",

    /* ---- for the shop's owner ---- */
    [SQL_EXPORT] =
        "SELECT o.number, o.state, o.placed_ms, c.name, coalesce(nullif(o.address, ''), c.address), o.way, o.payment, "
        "    o.coupon, o.discount_minor, o.delivery_minor, " ORDER_TOTAL ", " CURRENCY
        ", l.position, "
        "    coalesce(v.shop_id, p.shop_id, ''), l.title, l.options, l.quantity_milli, l.price_minor "
        "FROM orders o JOIN customer c ON c.id = o.customer JOIN order_line l ON l.orders = o.id "
        "LEFT JOIN variant v ON v.id = l.variant LEFT JOIN product p ON p.id = v.product "
        "WHERE o.key IS NOT NULL AND o.state NOT IN ('saved', 'refused') AND o.placed_ms >= ?1 "
        "ORDER BY o.placed_ms, o.id, l.position",
};
