/* Statements about talking; the others: statements.c. */
#include "shop/statements_columns.h"

const char *const sql_of_talk[SQL_COUNT] = {
    /* ---- what is said unasked ---- */
    [SQL_REMARK_PUT] =
        "INSERT INTO remark VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (customer, kind, subject) DO UPDATE "
        "SET said_ms = excluded.said_ms, declined = max(declined, excluded.declined)",
    [SQL_REMARK_LATEST] = "SELECT coalesce(max(said_ms), 0) FROM remark WHERE customer = ?1 AND kind <> 'with'",
    [SQL_DUE_PARCEL] =
        "SELECT o.id, 0, '', o.number, count(*) OVER (), NULL, NULL FROM orders o "
        "WHERE o.customer = ?1 AND o.state = 'out_for_delivery' AND " NOT_SAID("parcel", "o.id") "ORDER BY o.id LIMIT 1",
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
        "WHERE l.customer = ?1 AND l.sold_out AND " BUYABLE "AND " NOT_SAID("back", "l.product")
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
        "AND " NOT_SAID("cheaper", "c.product")
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

    [SQL_TOGETHER_MARK] = "SELECT count(*) || ':' || coalesce(max(id), 0) FROM order_line",
    [SQL_TOGETHER_FORGET] = "DELETE FROM goes_with",
    /* Pairs that at least two orders have, and a fifth more often than chance would bring them together. Of few orders
     * little is known, hence the two that are added below. */
    [SQL_TOGETHER_MAKE] =
        "INSERT INTO goes_with "
        "WITH line AS MATERIALIZED (SELECT DISTINCT l.orders, v.product FROM orders o "
        "        JOIN order_line l ON l.orders = o.id JOIN variant v ON v.id = l.variant WHERE " COUNTING_STATES "), "
        "    single AS MATERIALIZED (SELECT product, count(*) AS n FROM line GROUP BY product), "
        "    pair AS (SELECT a.product, b.product AS other, count(*) AS n FROM line a "
        "        JOIN line b ON b.orders = a.orders AND b.product <> a.product GROUP BY 1, 2 HAVING n >= 2), "
        "    ranked AS (SELECT p.product, p.other, p.n / (x.n + 2.0) AS score, p.n, "
        "            row_number() OVER (PARTITION BY p.product ORDER BY p.n DESC, y.n, p.other) AS place "
        "        FROM pair p JOIN single x ON x.product = p.product JOIN single y ON y.product = p.other "
        "        WHERE p.n * (SELECT count(DISTINCT orders) FROM line) >= 1.2 * x.n * y.n) "
        "SELECT product, other, score, n FROM ranked WHERE place <= 12",
    [SQL_TOGETHER_WITH] =
        "SELECT " PRODUCT_COLUMNS
        "FROM variant v JOIN goes_with g ON g.product = v.product JOIN sold s ON s.product = g.other "
        "    AND s.position = 0 "
        "WHERE v.id = ?2 AND " BUYABLE
        "AND NOT EXISTS (SELECT 1 FROM basket_line b JOIN variant w ON w.id = b.variant "
        "    WHERE b.customer = ?1 AND w.product = g.other) "
        "AND NOT EXISTS (SELECT 1 FROM orders o JOIN order_line l ON l.orders = o.id "
        "        JOIN variant w ON w.id = l.variant "
        "    WHERE o.customer = ?1 AND o.placed_ms > ?3 - 14 * 86400000 AND w.product = g.other) "
        "AND NOT EXISTS (SELECT 1 FROM remark r "
        "    WHERE r.customer = ?1 AND r.kind = 'with' AND r.subject = s.variant AND r.declined) "
        "ORDER BY g.score DESC, g.other LIMIT 1",

    /* ---- conversation ---- */
    [SQL_CONVERSATION_ADD] = "INSERT INTO conversation (at_ms, who, text, intent) VALUES (?1, ?2, ?3, ?4)",
    [SQL_CONVERSATION_TRIM] = "DELETE FROM conversation WHERE id <= (SELECT max(id) FROM conversation) - ?1",

    /* ---- a person of the shop ---- */
    [SQL_SESSION_BEGAN] =
        "SELECT coalesce(max(at_ms), ?1) FROM "
        "(SELECT at_ms, at_ms - lag(at_ms) OVER (ORDER BY id) AS gap FROM conversation WHERE at_ms <= ?1) "
        "WHERE gap IS NULL OR gap > ?2",
    [SQL_TICKET_NEXT_CODE] = "SELECT coalesce(max(CAST(code AS INTEGER)), 100) + 1 FROM ticket",
    [SQL_TICKET_ADD] =
        "INSERT INTO ticket (code, customer, why, question, session_ms, opened_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
        "RETURNING id",
    [SQL_TICKET_CURRENT] = "SELECT " TICKET_COLUMNS
                           "FROM ticket t WHERE t.customer = ?1 AND t.closed_ms IS NULL ORDER BY t.id DESC LIMIT 1",
    [SQL_TICKET_FIND] = "SELECT " TICKET_COLUMNS "FROM ticket t WHERE t.code = ?1",
    [SQL_TICKET_LIST] = "SELECT " TICKET_COLUMNS "FROM ticket t WHERE ?1 OR t.closed_ms IS NULL ORDER BY t.id",
    [SQL_TICKET_CLOSE] = "UPDATE ticket SET closed_ms = ?2, closed_by = ?3 WHERE id = ?1",
    [SQL_TICKET_MESSAGE_ADD] =
        "INSERT INTO ticket_message (ticket, at_ms, who, name, text) VALUES (?1, ?2, ?3, ?4, ?5)",
    [SQL_TICKET_MESSAGES] = "SELECT at_ms, who, name, text, heard_ms FROM ticket_message WHERE ticket = ?1 ORDER BY id",
    [SQL_TICKET_UNHEARD] =
        "SELECT m.id, t.code, m.who = 'closed', m.name, m.text FROM ticket_message m JOIN ticket t ON t.id = m.ticket "
        "WHERE t.customer = ?1 AND m.who <> 'shopper' AND m.heard_ms IS NULL ORDER BY m.id LIMIT 1",
    [SQL_TICKET_HEARD] = "UPDATE ticket_message SET heard_ms = ?2 WHERE id = ?1",
    [SQL_TICKET_TRANSCRIPT] =
        "SELECT at_ms, who, text, intent FROM conversation WHERE at_ms BETWEEN ?1 AND ?2 ORDER BY id",
    [SQL_FEEDBACK_ADD] = "INSERT INTO feedback (at_ms, customer, stars, comment) VALUES (?1, ?2, ?3, ?4)",
    [SQL_FEEDBACK_COMMENT] =
        "UPDATE feedback SET comment = ?3 WHERE id = (SELECT max(id) FROM feedback WHERE customer = ?1) "
        "AND comment = '' AND at_ms >= ?2 RETURNING id",

    /* ---- what is known, and forgetting it ---- */
    [SQL_KNOWN] =
        "SELECT (SELECT count(*) FROM orders WHERE customer = ?1), (SELECT count(*) FROM conversation), "
        "    (SELECT count(*) FROM basket_line WHERE customer = ?1), "
        "    (SELECT min(ms) FROM (SELECT min(at_ms) AS ms FROM conversation "
        "        UNION ALL SELECT min(placed_ms) FROM orders WHERE customer = ?1))",
    [SQL_FORGET_HABITS] =
        "INSERT INTO forgotten VALUES (?1, ?2) ON CONFLICT (customer) DO UPDATE SET at_ms = excluded.at_ms",
    [SQL_FORGET_TALK] = "DELETE FROM conversation",
    [SQL_FORGET_TICKETS] = "DELETE FROM ticket WHERE customer = ?1 AND closed_ms IS NOT NULL",
    [SQL_FORGET_HANDOVERS] = "DELETE FROM outbox WHERE kind = 'handover' AND subject NOT IN (SELECT id FROM ticket)",
    [SQL_FORGET_FEEDBACK] = "UPDATE feedback SET customer = NULL WHERE customer = ?1",

    /* ---- what was talked about ---- */
    [SQL_SUMMARY_DAYS] = "SELECT date(at_ms / 1000, 'unixepoch', 'localtime') AS day, count(*) " SUMMARY_REQUESTS
                         "GROUP BY day ORDER BY day DESC LIMIT ?3",
    [SQL_SUMMARY_INTENTS] = "SELECT intent, count(*) AS n " SUMMARY_REQUESTS
                            "AND intent <> '' GROUP BY intent ORDER BY n DESC, intent LIMIT ?3",
    [SQL_SUMMARY_UNCLEAR] = "SELECT lower(trim(text)) AS words, count(*) AS n " SUMMARY_REQUESTS
                            "AND intent = '' AND words <> '' GROUP BY words ORDER BY n DESC, max(id) DESC LIMIT ?3",
    [SQL_SUMMARY_LEFT] = "WITH " SUMMARY_TALKS
                         "SELECT t.intent, count(*) AS n FROM left_at l JOIN talk t ON t.id = l.last "
                         "GROUP BY t.intent ORDER BY n DESC, t.intent LIMIT ?3",
    [SQL_SUMMARY_TROUBLE] =
        "SELECT intent, count(*) AS n " SUMMARY_TURNS
        "AND who = 'assistant' AND (intent GLOB 'coupon.*' OR intent GLOB 'payment.*' OR intent GLOB 'person.*coupon*' "
        "    OR intent IN ('checkout.failed', 'checkout.stock')) "
        "AND intent NOT IN ('coupon.applied', 'payment.chosen', 'payment.which') "
        "GROUP BY intent ORDER BY n DESC, intent LIMIT ?3",
    [SQL_SUMMARY_HANDOVERS] =
        "SELECT why, count(*) AS n FROM ticket WHERE opened_ms >= ?1 AND opened_ms < ?2 "
        "GROUP BY why ORDER BY n DESC, why LIMIT ?3",
    [SQL_SUMMARY_STARS] =
        "SELECT stars, count(*) FROM feedback WHERE at_ms >= ?1 AND at_ms < ?2 AND stars IS NOT NULL "
        "GROUP BY stars ORDER BY stars LIMIT ?3",
    [SQL_SUMMARY_COMMENTS] =
        "SELECT comment, coalesce(stars, 0) FROM feedback WHERE at_ms >= ?1 AND at_ms < ?2 AND comment <> '' "
        "ORDER BY id DESC LIMIT ?3",
    [SQL_SUMMARY_TOTALS] =
        "WITH " SUMMARY_TALKS
        "SELECT (SELECT count(DISTINCT talk) FROM talk WHERE who = 'shopper'), "
        "    (SELECT count(*) " SUMMARY_REQUESTS
        "), "
        "    (SELECT count(*) " SUMMARY_REQUESTS
        "AND intent = ''), "
        "    (SELECT count(*) FROM orders WHERE key IS NOT NULL AND placed_ms >= ?1 AND placed_ms < ?2), "
        "    (SELECT count(*) FROM left_at), "
        "    (SELECT count(*) FROM ticket WHERE opened_ms >= ?1 AND opened_ms < ?2), "
        "    (SELECT count(*) FROM ticket WHERE closed_ms IS NULL AND opened_ms >= ?1 AND opened_ms < ?2), "
        "    (SELECT count(stars) FROM feedback WHERE at_ms >= ?1 AND at_ms < ?2), "
        "    (SELECT CAST(round(avg(stars) * 1000) AS INTEGER) FROM feedback "
        "        WHERE at_ms >= ?1 AND at_ms < ?2), "
        "    (SELECT min(at_ms) FROM conversation)",
};
