#include "shop/when.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/str.h"

static const int64_t MINUTE_MS = 60 * 1000, DAY_MS = INT64_C(24) * 60 * 60 * 1000;
enum { COUNT_MAX = 100000, MINUTES_A_DAY = 24 * 60 };

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Reads exactly n digits and moves on; -1 if they are not there. */
static int digits(const char **s, int n) {
    int value = 0;
    for (int i = 0; i < n; i++) {
        if (!is_digit((*s)[i])) return -1;
        value = value * 10 + ((*s)[i] - '0');
    }
    *s += n;
    return value;
}

static bool skip(const char **s, char c) {
    if (**s != c) return false;
    ++*s;
    return true;
}

/* ---- dates ---- */

static int days_of_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static bool month_and_day(const char **s, int year, struct tm *out) {
    int month = digits(s, 2);
    if (month < 1 || month > 12 || !skip(s, '-')) return false;
    int day = digits(s, 2);
    out->tm_mon = month - 1;
    out->tm_mday = day;
    return day >= 1 && day <= days_of_month(year, month);
}

static bool full_date(const char **s, struct tm *out) {
    int year = digits(s, 4);
    if (year < 1970 || !skip(s, '-')) return false;
    out->tm_year = year - 1900;
    return month_and_day(s, year, out);
}

bool when_is_date(const char *text) {
    struct tm tm;
    const char *full = text, *yearly = text;
    int leap_year = 2000; /* 02-29 is a day of every year that has it */
    return (full_date(&full, &tm) && *full == '\0') || (month_and_day(&yearly, leap_year, &tm) && *yearly == '\0');
}

static bool clock_read(const char **s, int64_t *out_min) {
    int hour = digits(s, 2);
    if (hour < 0 || !skip(s, ':')) return false;
    int minute = digits(s, 2);
    *out_min = (int64_t)hour * 60 + minute;
    return minute >= 0 && minute < 60 && *out_min <= MINUTES_A_DAY;
}

err_t when_clock(int64_t *out_min, const char *text) {
    const char *s = text;
    int64_t minutes;
    if (!clock_read(&s, &minutes) || *s)
        return err_fail(ERR_FORMAT, "'%.20s' is not a time of day such as 08:30", text);
    *out_min = minutes;
    return ERR_OK;
}

/* ---- zones ---- */

/* The C library knows one zone at a time: it is lent another for one call. */
static char *zone_enter(const char *zone) {
    const char *own = getenv("TZ");
    char *kept = own ? strdup(own) : NULL;
    setenv("TZ", zone, 1);
    tzset();
    return kept;
}

static void zone_leave(char *kept) {
    if (kept) {
        setenv("TZ", kept, 1);
    } else {
        unsetenv("TZ");
    }
    tzset();
    free(kept);
}

static int64_t local_to_ms(struct tm tm, int64_t minutes, const char *zone) {
    tm.tm_hour = (int)(minutes / 60);
    tm.tm_min = (int)(minutes % 60);
    tm.tm_isdst = -1;
    char *kept = zone_enter(zone);
    int64_t seconds = (int64_t)mktime(&tm);
    zone_leave(kept);
    return seconds * 1000;
}

static struct tm ms_to_local(int64_t ms, const char *zone) {
    struct tm tm = {0};
    time_t seconds = (time_t)(ms / 1000);
    char *kept = zone_enter(zone);
    localtime_r(&seconds, &tm);
    zone_leave(kept);
    return tm;
}

/* ---- the forms ---- */

/* "2026-05-03", "2026-05-03T14:00", either with a Z */
static bool absolute(int64_t *out, const char *s, const char *zone) {
    struct tm tm = {0};
    int64_t minutes = 0;
    if (!full_date(&s, &tm)) return false;
    if (skip(&s, 'T') && !clock_read(&s, &minutes)) return false;
    bool utc = skip(&s, 'Z');
    if (*s) return false;
    *out = local_to_ms(tm, minutes, utc ? "UTC" : zone);
    return true;
}

/* "-3d", "+1d 14:00", "-90m" */
static bool relative(int64_t *out, const char *s, const char *zone, int64_t now_ms) {
    int sign = *s == '-' ? -1 : 1;
    if (*s != '-' && *s != '+') return false;
    int64_t count = 0;
    const char *begin = ++s;
    for (; is_digit(*s) && count <= COUNT_MAX; s++) count = count * 10 + (*s - '0');
    if (s == begin || count > COUNT_MAX || !*s) return false;
    char unit = *s++;
    if (unit == 'm' || unit == 'h') {
        *out = now_ms + sign * count * (unit == 'h' ? 60 : 1) * MINUTE_MS;
        return *s == '\0';
    }
    if (unit != 'd' && unit != 'w') return false;
    int64_t days = sign * count * (unit == 'w' ? 7 : 1), minutes;
    if (*s == '\0') {
        *out = now_ms + days * DAY_MS;
        return true;
    }
    if (!skip(&s, ' ') || !clock_read(&s, &minutes) || *s) return false;
    struct tm tm = ms_to_local(now_ms, zone);
    tm.tm_mday += (int)days; /* mktime carries into months */
    tm.tm_sec = 0;
    *out = local_to_ms(tm, minutes, zone);
    return true;
}

err_t when_parse(int64_t *out, const char *text, const char *zone, int64_t now_ms) {
    if (*text == '\0') return ERR_OK;
    int64_t ms;
    if (str_equal(text, "now")) {
        ms = now_ms;
    } else if (!absolute(&ms, text, zone) && !relative(&ms, text, zone, now_ms)) {
        return err_fail(ERR_FORMAT, "'%.40s' is not a time such as -3d, +1d 14:00 or 2026-05-03T14:00", text);
    }
    *out = ms;
    return ERR_OK;
}
