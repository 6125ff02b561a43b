/* When the shop is open, and what its special days are called. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "shop/load.h"
#include "shop/shop.h"
#include "shop/store.h"
#include "shop/text.h"
#include "shop/when.h"

enum { YEAR_AND_DASH = 5, DATE_BYTES = 10 };

static err_t check_date(const char *date) {
    if (when_is_date(date) && date[4] == '-') return ERR_OK;
    return err_fail(ERR_ARG, "'%.20s' is not a date such as 2026-12-25", date);
}

err_t shop_hours(struct shop *s, const char *date, int weekday, bool *open, int *from_min, int *to_min) {
    char day[4];
    sqlite3_stmt *q;
    bool row;
    TRY(check_date(date));
    if (weekday < 0 || weekday > 6) return err_fail(ERR_ARG, "%d is not a weekday", weekday);
    snprintf(day, sizeof day, "%d", weekday);
    TRY(sql_start(s, &q, SQL_OPENING_GET, "ttt", date, date + YEAR_AND_DASH, day));
    TRY(sql_next(s, q, &row));
    if (!row) {
        *open = false;
        *from_min = *to_min = 0;
        return ERR_OK;
    }
    *open = sql_number(q, 0, SQL_NULL) != SQL_NULL;
    *from_min = (int)sql_number(q, 0, 0);
    *to_min = (int)sql_number(q, 1, 0);
    sql_stop(q);
    return ERR_OK;
}

/* ---- holidays ---- */

/* One of "Christmas Day|Christmas". */
static bool is_called(const char *names, const char *words) {
    char copy[HOLIDAY_NAMES_MAX], *rest = copy, *part;
    str_copy(copy, sizeof copy, names);
    while ((part = strsep(&rest, "|"))) {
        char name[HOLIDAY_NAMES_MAX];
        text_words(name, sizeof name, part);
        if (*name && str_equal(name, words)) return true;
    }
    return false;
}

/* The next such day from `today` on; false if it has passed for good. */
static bool next_date(const char *day, const char *today, char date[11]) {
    char whole[32];
    if (strlen(day) == DATE_BYTES) return str_copy(date, 11, day) && strcmp(day, today) >= 0;
    bool passed = strcmp(day, today + YEAR_AND_DASH) < 0;
    snprintf(whole, sizeof whole, "%04d-%s", atoi(today) + passed, day);
    return str_copy(date, 11, whole);
}

err_t holiday_date(struct shop *s, const char *name, const char *today, char date[11]) {
    char words[HOLIDAY_NAMES_MAX], best[11] = "";
    sqlite3_stmt *q;
    bool row;
    TRY(check_date(today));
    text_words(words, sizeof words, name);
    TRY(sql_start(s, &q, SQL_OPENING_NAMES, ""));
    TRY(sql_next(s, q, &row));
    while (row) {
        char day[11], names[HOLIDAY_NAMES_MAX], next[11];
        sql_text(q, 0, day, sizeof day);
        sql_text(q, 1, names, sizeof names);
        bool named = *words && is_called(names, words) && next_date(day, today, next);
        if (named && (!*best || strcmp(next, best) < 0)) str_copy(best, sizeof best, next);
        TRY(sql_next(s, q, &row));
    }
    if (!*best) return err_fail(ERR_NOT_FOUND, "no day of the shop is called '%.60s'", name);
    str_copy(date, 11, best);
    return ERR_OK;
}

err_t holiday_name(struct shop *s, const char *date, char *out, size_t cap) {
    char names[HOLIDAY_NAMES_MAX] = "";
    sqlite3_stmt *q;
    bool row;
    TRY(check_date(date));
    TRY(sql_start(s, &q, SQL_OPENING_NAME, "tt", date, date + YEAR_AND_DASH));
    TRY(sql_next(s, q, &row));
    if (row) {
        sql_text(q, 0, names, sizeof names);
        sql_stop(q);
    }
    names[strcspn(names, "|")] = '\0';
    str_copy(out, cap, str_trim(names));
    return ERR_OK;
}
