#include <stdio.h>

#include "shop/shop.h"
#include "shop/store.h"
#include "shop/when.h"

err_t shop_hours(struct shop *s, const char *date, int weekday, bool *open, int *from_min, int *to_min) {
    enum { YEAR_AND_DASH = 5 };
    char day[4];
    sqlite3_stmt *q;
    bool row;
    if (!when_is_date(date) || date[4] != '-' || weekday < 0 || weekday > 6) {
        return err_fail(ERR_ARG, "'%.20s' is not a date such as 2026-12-25, or %d not a weekday", date, weekday);
    }
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
