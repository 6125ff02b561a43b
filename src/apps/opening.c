#include "apps/opening.h"

#include <stdio.h>

#include "apps/when.h"
#include "base/str.h"

static err_t opening(struct shop *shop, int64_t day_ms, bool *open, int64_t *from_ms, int64_t *to_ms) {
    char date[11];
    int weekday = when_date(day_ms, date), from, to;
    TRY(shop_hours(shop, date, weekday, open, &from, &to));
    if (!*open) return ERR_OK;
    *from_ms = when_minute(day_ms, from);
    *to_ms = when_minute(day_ms, to);
    return ERR_OK;
}

/* When the shop opens next, looking two weeks ahead; 0 if it does not. */
static err_t next_opening(struct shop *shop, int64_t now_ms, int64_t *out) {
    *out = 0;
    for (int day = 0; day < 14 && !*out; day++) {
        char code[16];
        bool open;
        int64_t from = 0, to = 0;
        snprintf(code, sizeof code, "day+%d", day);
        TRY(opening(shop, when_day(code, now_ms), &open, &from, &to));
        if (open && from > now_ms) *out = from;
    }
    return ERR_OK;
}

/* Noon of the day that is asked about. ERR_NOT_FOUND if no day has that name. */
static err_t asked_day(struct shop *shop, const struct effect *e, const char *today, int64_t now_ms, int64_t *out) {
    char date[11];
    if (!*e->holiday) {
        *out = when_day(e->when, now_ms);
        return ERR_OK;
    }
    TRY(holiday_date(shop, e->holiday, today, date));
    *out = when_noon(date);
    return ERR_OK;
}

err_t opening_hours(struct shop *shop, const struct effect *e, int64_t now_ms, struct hours *out) {
    char asked[11], today[11];
    struct hours h = {0};
    when_date(now_ms, today);
    TRY(asked_day(shop, e, today, now_ms, &h.day_ms));
    when_date(h.day_ms, asked);
    h.today = str_equal(asked, today);
    TRY(holiday_name(shop, asked, h.holiday, sizeof h.holiday));
    TRY(opening(shop, h.day_ms, &h.open, &h.from_ms, &h.to_ms));
    TRY(next_opening(shop, now_ms, &h.next_ms));
    *out = h;
    return ERR_OK;
}
