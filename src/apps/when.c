#include "apps/when.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MS 1000LL

static struct tm civil(int64_t ms) {
    time_t t = (time_t)(ms / MS);
    struct tm out;
    localtime_r(&t, &out);
    return out;
}

/* The start of the day that lies `days` after that of `ms`, or `minutes` into it. */
static int64_t day_start(int64_t ms, int days, int minutes) {
    struct tm t = civil(ms);
    t.tm_mday += days;
    t.tm_hour = minutes / 60;
    t.tm_min = minutes % 60;
    t.tm_sec = 0;
    t.tm_isdst = -1;
    return (int64_t)mktime(&t) * MS;
}

/* Days from today, both included. */
static void days_span(int64_t now_ms, int first, int last, int64_t *from_ms, int64_t *to_ms) {
    *from_ms = day_start(now_ms, first, 0);
    *to_ms = day_start(now_ms, last + 1, 0) - 1;
}

/* "week-2" with the prefix "week" gives -2. */
static bool read_code(const char *code, const char *prefix, int *n) {
    size_t length = strlen(prefix);
    if (strncmp(code, prefix, length) != 0) return false;
    char *end;
    long value = strtol(code + length, &end, 10);
    if (end == code + length || *end || value < -1000 || value > 1000) return false;
    *n = (int)value;
    return true;
}

static bool read_weekday(const char *code, int *weekday) {
    if (!read_code(code, "wday", weekday)) return false;
    *weekday = abs(*weekday) % 7;
    return true;
}

/* The first of a month that is n from this one; days from today. */
static int month_start(int64_t now_ms, int n) {
    struct tm today = civil(now_ms), first = {.tm_year = today.tm_year, .tm_mon = today.tm_mon + n, .tm_mday = 1};
    today.tm_hour = first.tm_hour = 12;
    today.tm_min = today.tm_sec = 0;
    today.tm_isdst = first.tm_isdst = -1;
    return (int)lround(difftime(mktime(&first), mktime(&today)) / (24 * 3600));
}

static int at_most(int days, int most) {
    return days < most ? days : most;
}

bool when_past(const char *code, int64_t now_ms, int64_t *from_ms, int64_t *to_ms) {
    int n, first, last, monday = -((civil(now_ms).tm_wday + 6) % 7);
    if (read_code(code, "week", &n)) {
        first = monday + 7 * n;
        last = at_most(first + 6, 0);
    } else if (read_code(code, "month", &n)) {
        first = month_start(now_ms, n);
        last = at_most(month_start(now_ms, n + 1) - 1, 0);
    } else if (read_code(code, "name", &n)) {
        n = -((civil(now_ms).tm_mon + 13 + n) % 12);
        first = month_start(now_ms, n);
        last = at_most(month_start(now_ms, n + 1) - 1, 0);
    } else {
        return when_past_about(code, now_ms, from_ms, to_ms);
    }
    days_span(now_ms, first, last, from_ms, to_ms);
    return true;
}

bool when_past_about(const char *code, int64_t now_ms, int64_t *from_ms, int64_t *to_ms) {
    int n, first, last; /* days from today, both included */
    if (read_code(code, "day", &n)) {
        first = last = n;
    } else if (read_code(code, "week", &n)) {
        first = 7 * n - 7;
        last = n == 0 ? 0 : 7 * n + 6;
    } else if (read_code(code, "month", &n)) {
        first = 31 * n - 31;
        last = n == 0 ? 0 : 31 * n + 30;
    } else if (read_weekday(code, &n)) {
        first = last = -((civil(now_ms).tm_wday - n + 6) % 7 + 1);
    } else {
        return false;
    }
    days_span(now_ms, first, last, from_ms, to_ms);
    return true;
}

static int64_t noon(int year, int month, int day) {
    struct tm date = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day, .tm_hour = 12, .tm_isdst = -1};
    return (int64_t)mktime(&date) * MS;
}

/* The nth weekday of a month, from 1; -1 the last. */
static int64_t nth_day(int year, int month, int weekday, int n) {
    int first = civil(noon(year, month, 1)).tm_wday;
    int day = 1 + (weekday - first + 7) % 7;
    if (n > 0) return noon(year, month, day + 7 * (n - 1));
    bool fifth = civil(noon(year, month, day + 28)).tm_mon + 1 == month;
    return noon(year, month, day + (fifth ? 28 : 21));
}

/* Easter Sunday by Gauss's rule as Butcher wrote it down: https://en.wikipedia.org/wiki/Date_of_Easter */
static int64_t easter(int year, int days_after) {
    int a = year % 19, b = year / 100, c = year % 100;
    int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
    int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
    return noon(year, f / 31, f % 31 + 1 + days_after);
}

/* A day that moves, in that year; false if the code is none of these. */
static bool moving_day(const char *code, int year, int64_t *out) {
    int month, weekday, n;
    if (sscanf(code, "nth-%d-%d-%d", &month, &weekday, &n) == 3 && month >= 1 && month <= 12)
        *out = nth_day(year, month, (weekday % 7 + 7) % 7, n);
    else if (read_code(code, "easter", &n))
        *out = easter(year, n);
    else
        return false;
    return true;
}

int64_t when_noon(const char *date) {
    int year = 0, month = 0, day = 0;
    (void)sscanf(date, "%4d-%2d-%2d", &year, &month, &day);
    return noon(year, month, day);
}

int64_t when_day(const char *code, int64_t now_ms) {
    int n = 0, month, day;
    int64_t moving;
    struct tm t = civil(now_ms);
    if (moving_day(code, t.tm_year + 1900, &moving)) {
        if (moving < day_start(now_ms, 0, 0)) moving_day(code, t.tm_year + 1901, &moving);
        return moving;
    }
    if (sscanf(code, "date-%d-%d", &month, &day) == 2) {
        bool passed = month - 1 < t.tm_mon || (month - 1 == t.tm_mon && day < t.tm_mday);
        return noon(t.tm_year + 1900 + passed, month, day);
    }
    if (read_weekday(code, &n))
        n = (n - t.tm_wday + 7) % 7;
    else if (!read_code(code, "day", &n))
        n = 0;
    return day_start(now_ms, n, 12 * 60);
}

int when_utc_offset_min(int64_t ms) {
    return (int)(civil(ms).tm_gmtoff / 60);
}

int when_date(int64_t ms, char date[11]) {
    struct tm t = civil(ms);
    strftime(date, 11, "%Y-%m-%d", &t);
    return t.tm_wday;
}

int64_t when_minute(int64_t ms, int minutes) {
    return day_start(ms, 0, minutes);
}
