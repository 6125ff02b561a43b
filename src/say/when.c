#include "base/str.h"
#include "say/saying.h"

/* ---- dates ---- */

static err_t ahead_of_today(struct saying *s, int64_t ms, struct sink *out) {
    struct arg weekday = {.name = "weekday", .kind = ARG_TEXT};
    struct sink text = sink_make(weekday.text, sizeof weekday.text);
    TRY(formats_time(s->formats, FORM_WEEKDAY, ms, &text));
    return saying_pattern(s, SPOKEN_DATE_AHEAD, &weekday, 1, out);
}

static err_t full_date(struct saying *s, int64_t ms, const struct local_time *day, bool this_year, struct sink *out) {
    struct arg args[] = {
        {.name = "day", .kind = ARG_NUMBER, .number = day->day * 1000},
        {.name = "month", .kind = ARG_TEXT},
        {.name = "year", .kind = ARG_TEXT},
    };
    struct sink month = sink_make(args[1].text, sizeof args[1].text);
    struct sink year = sink_make(args[2].text, sizeof args[2].text);
    TRY(formats_time(s->formats, FORM_MONTH, ms, &month));
    TRY(formats_integer(s->formats, FORM_YEAR_WORDS, day->year, &year));
    return saying_pattern(s, this_year ? SPOKEN_DATE : SPOKEN_DATE_YEAR, args, 3, out);
}

/* As people say it who know what day it is today: within a week by the weekday, beyond it by the date. */
static err_t spoken_date(struct saying *s, int64_t ms, const struct local_time *day, const struct local_time *today,
                         struct sink *out) {
    int days = day->day_number - today->day_number;
    if (days >= -1 && days <= 1) return formats_relative_day(s->formats, days, out);
    if (days >= -7 && days < 0) return formats_last_weekday(s->formats, day->weekday, out);
    if (days > 0 && days < 7) return ahead_of_today(s, ms, out); /* a week ahead is today's weekday again */
    return full_date(s, ms, day, day->year == today->year, out);
}

err_t saying_date(struct saying *s, int64_t ms, struct sink *out) {
    struct local_time day, today;
    TRY(formats_local(s->formats, ms, &day));
    TRY(formats_local(s->formats, s->now_ms, &today));
    if (s->ear) return spoken_date(s, ms, &day, &today, out);
    return formats_time(s->formats, day.year == today.year ? FORM_DATE : FORM_DATE_YEAR, ms, out);
}

/* ---- times of day ---- */

static enum spoken_pattern time_pattern(const struct local_time *t) {
    if (t->minute == 0 && t->hour == 0) return SPOKEN_MIDNIGHT;
    if (t->minute == 0 && t->hour == 12) return SPOKEN_NOON;
    if (t->minute == 0) return SPOKEN_HOUR;
    return t->minute < 10 ? SPOKEN_FEW_MINUTES : SPOKEN_MINUTES;
}

err_t saying_time(struct saying *s, int64_t ms, struct sink *out) {
    struct local_time t;
    TRY(formats_local(s->formats, ms, &t));
    if (!s->ear) return formats_time(s->formats, FORM_TIME, ms, out);
    struct arg args[] = {
        {.name = "hour", .kind = ARG_NUMBER, .number = t.hour * 1000},
        {.name = "hour12", .kind = ARG_NUMBER, .number = (t.hour % 12 ? t.hour % 12 : 12) * 1000},
        {.name = "minute", .kind = ARG_NUMBER, .number = t.minute * 1000},
        {.name = "period", .kind = ARG_TEXT},
    };
    str_copy(args[3].text, sizeof args[3].text, t.hour < 12 ? "am" : "pm");
    return saying_pattern(s, time_pattern(&t), args, 4, out);
}
