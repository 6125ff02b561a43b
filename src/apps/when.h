/* Codes of days in the grammar ("day-1", "week-1", "wday-2", "date-12-25") to spans of time on the shop's clock.
 * The process's time zone is the shop's (assistant.c sets it). Any thread. */
#ifndef SK_APPS_WHEN_H
#define SK_APPS_WHEN_H
#include <stdbool.h>
#include <stdint.h>

/* day-N: N days ago (day+N ahead); week-N: that week of the calendar, from Monday on; month-N likewise; wday-K: the
 * last day of that number (0 is Sunday) before today; "" and unknown codes: false. */
bool when_past(const char *code, int64_t now_ms, int64_t *from_ms, int64_t *to_ms);
/* The same, but for weeks and months also the days around them: people are not exact about them. */
bool when_past_about(const char *code, int64_t now_ms, int64_t *from_ms, int64_t *to_ms);

/* The day that a code means when it is asked about opening hours: wday-K is the next one, today included; date-MM-DD
 * the next such date; nth-MM-K-N the next Nth K-day of that month (N -1: the last), easter+N so many days after Easter
 * Sunday; "" today. A moment of that day, noon. */
int64_t when_day(const char *code, int64_t now_ms);

/* Minutes east of Greenwich of the shop's clock then. */
int when_utc_offset_min(int64_t ms);

/* "2026-12-25" into date[11], and the weekday. */
int when_date(int64_t ms, char date[11]);

/* Noon of "2026-12-25". */
int64_t when_noon(const char *date);

/* The moment of `minutes` after midnight of the day that `ms` falls on. */
int64_t when_minute(int64_t ms, int minutes);

#endif
