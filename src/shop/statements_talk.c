/* Statements about talking: the conversation, tickets, feedback, what is known and forgotten, the report. */
#include "shop/columns.h"
#include "shop/statements.h"

const char *const sql_talk[SQL_COUNT] = {
    /* ---- conversation ---- */
    [SQL_CONVERSATION_ADD] = "INSERT INTO conversation (at_ms, who, text, intent) VALUES (?1, ?2, ?3, ?4)",
    [SQL_CONVERSATION_TRIM] = "DELETE FROM conversation WHERE id <= (SELECT max(id) FROM conversation) - ?1",

    [SQL_CONVERSATION_LAST] =
        "SELECT id, at_ms, who, text FROM "
        "(SELECT * FROM conversation ORDER BY id DESC LIMIT ?1) ORDER BY id",

    /* ---- a person of the shop ---- */
    [SQL_SESSION_BEGAN] =
        "SELECT coalesce(max(at_ms), ?1) FROM "
        "(SELECT at_ms, at_ms - lag(at_ms) OVER (ORDER BY id) AS gap FROM "
        "    (SELECT id, at_ms FROM conversation WHERE at_ms <= ?1 ORDER BY id DESC LIMIT 500)) "
        "WHERE gap IS NULL OR gap > ?2",
    [SQL_TICKET_NEXT_CODE] = "SELECT coalesce(max(CAST(code AS INTEGER)), 100) + 1 FROM ticket",
    [SQL_TICKET_ADD] =
        "INSERT INTO ticket (code, customer, why, question, session_ms, opened_ms, key) VALUES (?1, ?2, ?3, ?4, ?5, "
        "?6, ?7) "
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
        "INSERT OR REPLACE INTO forgotten VALUES (?1, ?2)", /* the trigger of an INSERT does the rest */
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
        "AND who = 'assistant' AND intent IN ('coupon.below', 'coupon.not_these', 'coupon.expired', 'coupon.early', "
        "    'coupon.used', 'coupon.unknown', 'checkout.failed', 'checkout.stock') "
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
