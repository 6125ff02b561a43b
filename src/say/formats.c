#include "say/formats.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/ucurr.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/ulistformatter.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/upluralrules.h>
#include <unicode/ureldatefmt.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

enum { LOCALE_MAX = 40, ZONE_MAX = 64, TEXT_MAX = 1024, KEYWORD_MAX = 16 };

struct formats {
    char locale[LOCALE_MAX];
    UNumberFormat *numbers[NUMBER_FORMS];
    UNumberFormat *money;
    UPluralRules *cardinals, *ordinals;
    char keyword[KEYWORD_MAX]; /* the last plural category */
    UCalendar *calendar;
    UDateFormat *times[TIME_FORMS];
    URelativeDateTimeFormatter *relative;
    UListFormatter *list;
    UTransliterator *fold;
};

static err_t check(UErrorCode status, const char *what) {
    if (U_SUCCESS(status)) return ERR_OK;
    err_t code = status == U_MEMORY_ALLOCATION_ERROR ? ERR_MEMORY : ERR_MODEL;
    return err_fail(code, "ICU cannot %s: %s (is libicu72 whole?)", what, u_errorName(status));
}

static err_t put(const UChar *text, int32_t n, UErrorCode status, const char *what, struct sink *out) {
    TRY(check(status, what));
    sink_put_utf16(out, text, n);
    return ERR_OK;
}

/* ---- opening ---- */

static UNumberFormat *open_rules(const char *locale, const char *rules, UErrorCode *status) {
    UNumberFormat *format = unum_open(UNUM_SPELLOUT, NULL, 0, locale, NULL, status);
    UChar name[KEYWORD_MAX * 4];
    u_uastrncpy(name, rules, KEYWORD_MAX * 4 - 1);
    name[KEYWORD_MAX * 4 - 1] = 0;
    if (U_SUCCESS(*status)) unum_setTextAttribute(format, UNUM_DEFAULT_RULESET, name, -1, status);
    return format;
}

static err_t open_numbers(struct formats *f, const char *ordinal_rules, const char *year_rules) {
    UErrorCode status = U_ZERO_ERROR;
    f->numbers[FORM_DIGITS] = unum_open(UNUM_DECIMAL, NULL, 0, f->locale, NULL, &status);
    f->numbers[FORM_ORDINAL_DIGITS] = unum_open(UNUM_ORDINAL, NULL, 0, f->locale, NULL, &status);
    f->numbers[FORM_WORDS] = unum_open(UNUM_SPELLOUT, NULL, 0, f->locale, NULL, &status);
    f->money = unum_open(UNUM_CURRENCY, NULL, 0, f->locale, NULL, &status);
    f->cardinals = uplrules_open(f->locale, &status);
    f->ordinals = uplrules_openForType(f->locale, UPLURAL_TYPE_ORDINAL, &status);
    TRY(check(status, "format numbers"));
    f->numbers[FORM_ORDINAL_WORDS] = open_rules(f->locale, ordinal_rules, &status);
    if (U_FAILURE(status)) return err_fail(ERR_ARG, "ICU spells no ordinal numbers by the rules '%s'", ordinal_rules);
    f->numbers[FORM_YEAR_WORDS] = open_rules(f->locale, year_rules, &status);
    if (U_FAILURE(status)) return err_fail(ERR_ARG, "ICU spells no years by the rules '%s'", year_rules);
    return ERR_OK;
}

static err_t open_text(struct formats *f) {
    UErrorCode status = U_ZERO_ERROR;
    f->list = ulistfmt_openForType(f->locale, ULISTFMT_TYPE_AND, ULISTFMT_WIDTH_WIDE, &status);
    f->relative = ureldatefmt_open(f->locale, NULL, UDAT_STYLE_LONG, UDISPCTX_CAPITALIZATION_NONE, &status);
    return check(status, "format lists and dates");
}

static err_t open_all(struct formats *f, const char *ordinal_rules, const char *year_rules) {
    TRY(open_numbers(f, ordinal_rules, year_rules));
    TRY(open_text(f));
    return formats_zone(f, NULL);
}

err_t formats_open(struct formats **out, const char *locale, const char *ordinal_rules, const char *year_rules) {
    struct formats *f = calloc(1, sizeof *f);
    if (!f) return err_fail(ERR_MEMORY, "no memory for the formats of %s", locale);
    UErrorCode status = U_ZERO_ERROR;
    int32_t parsed = 0;
    uloc_forLanguageTag(locale, f->locale, LOCALE_MAX, &parsed, &status);
    bool well_formed = U_SUCCESS(status) && status != U_STRING_NOT_TERMINATED_WARNING && parsed > 0 &&
                       (size_t)parsed == strlen(locale);
    err_t err = well_formed ? open_all(f, ordinal_rules, year_rules)
                            : err_fail(ERR_ARG, "'%s' is no locale such as en-US", locale);
    if (err) {
        formats_close(f);
        return err;
    }
    *out = f;
    return ERR_OK;
}

static void close_zone(struct formats *f) {
    for (int i = 0; i < TIME_FORMS; i++) udat_close(f->times[i]);
    memset(f->times, 0, sizeof f->times);
    ucal_close(f->calendar);
    f->calendar = NULL;
}

void formats_close(struct formats *f) {
    if (!f) return;
    close_zone(f);
    for (int i = 0; i < NUMBER_FORMS; i++) unum_close(f->numbers[i]);
    unum_close(f->money);
    uplrules_close(f->cardinals);
    uplrules_close(f->ordinals);
    ureldatefmt_close(f->relative);
    ulistfmt_close(f->list);
    utrans_close(f->fold);
    free(f);
}

/* ---- numbers ---- */

err_t formats_number(struct formats *f, enum number_form form, const char *decimal, struct sink *out) {
    UErrorCode status = U_ZERO_ERROR;
    UChar text[TEXT_MAX];
    int32_t n = unum_formatDecimal(f->numbers[form], decimal, -1, text, TEXT_MAX, NULL, &status);
    return put(text, n, status, "format a number", out);
}

err_t formats_integer(struct formats *f, enum number_form form, int64_t number, struct sink *out) {
    UErrorCode status = U_ZERO_ERROR;
    UChar text[TEXT_MAX];
    int32_t n = unum_formatInt64(f->numbers[form], number, text, TEXT_MAX, NULL, &status);
    return put(text, n, status, "format a number", out);
}

const char *formats_plural(struct formats *f, int64_t milli, bool ordinal) {
    UErrorCode status = U_ZERO_ERROR;
    UChar keyword[KEYWORD_MAX];
    int32_t n =
        uplrules_select(ordinal ? f->ordinals : f->cardinals, (double)milli / 1000, keyword, KEYWORD_MAX, &status);
    if (U_FAILURE(status) || n >= KEYWORD_MAX) return "other";
    u_UCharsToChars(keyword, f->keyword, n);
    f->keyword[n] = '\0';
    return f->keyword;
}

/* ---- money ---- */

static void currency_code(const char *currency, UChar *out) {
    u_charsToUChars(currency, out, 3);
    out[3] = 0;
}

err_t formats_money(struct formats *f, const char *decimal, const char *currency, struct sink *out) {
    UErrorCode status = U_ZERO_ERROR;
    UChar code[4], text[TEXT_MAX];
    currency_code(currency, code);
    unum_setTextAttribute(f->money, UNUM_CURRENCY_CODE, code, 3, &status);
    int32_t n = unum_formatDecimal(f->money, decimal, -1, text, TEXT_MAX, NULL, &status);
    return put(text, n, status, "format money", out);
}

err_t formats_currency_name(struct formats *f, const char *currency, const char *category, struct sink *out) {
    UErrorCode status = U_ZERO_ERROR;
    UBool is_choice;
    UChar code[4];
    currency_code(currency, code);
    int32_t n = 0;
    const UChar *name = ucurr_getPluralName(code, f->locale, &is_choice, category, &n, &status);
    return put(name, n, status, "name a currency", out);
}

/* ---- time ---- */

/* A date format by a skeleton, which the locale's own pattern is found for. */
static UDateFormat *open_skeleton(const char *locale, UDateTimePatternGenerator *patterns, const char *skeleton,
                                  const UChar *zone, UErrorCode *status) {
    UChar wanted[KEYWORD_MAX], pattern[ZONE_MAX];
    u_uastrcpy(wanted, skeleton);
    int32_t n = udatpg_getBestPattern(patterns, wanted, -1, pattern, ZONE_MAX, status);
    return udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, zone, -1, pattern, n, status);
}

static err_t open_zone(struct formats *f, const UChar *zone) {
    static const char *const skeletons[TIME_FORMS] = {
        [FORM_DATE] = "EEEEMMMMd", [FORM_DATE_YEAR] = "yEEEEMMMMd", [FORM_TIME] = "jmm",
        [FORM_WEEKDAY] = "EEEE",   [FORM_MONTH] = "MMMM",
    };
    UErrorCode status = U_ZERO_ERROR;
    f->calendar = ucal_open(zone, -1, f->locale, UCAL_GREGORIAN, &status);
    UDateTimePatternGenerator *patterns = udatpg_open(f->locale, &status);
    for (int i = 0; i < TIME_FORMS && U_SUCCESS(status); i++)
        f->times[i] = open_skeleton(f->locale, patterns, skeletons[i], zone, &status);
    udatpg_close(patterns);
    return check(status, "format dates");
}

static bool is_known_zone(const char *name, UChar *zone) {
    size_t n = strnlen(name, ZONE_MAX);
    if (n == 0 || n == ZONE_MAX) return false;
    for (size_t i = 0; i < n; i++) {
        if (name[i] <= ' ' || name[i] > '~') return false;
    }
    u_uastrcpy(zone, name);
    UErrorCode status = U_ZERO_ERROR;
    UChar canonical[ZONE_MAX];
    UBool is_system;
    ucal_getCanonicalTimeZoneID(zone, -1, canonical, ZONE_MAX, &is_system, &status);
    return U_SUCCESS(status) && is_system;
}

err_t formats_zone(struct formats *f, const char *zone) {
    UChar name[ZONE_MAX];
    if (zone && !is_known_zone(zone, name))
        return err_fail(ERR_ARG, "'%.*s' is no time zone such as Europe/Berlin", ZONE_MAX, zone);
    close_zone(f);
    return open_zone(f, zone ? name : NULL);
}

err_t formats_local(struct formats *f, int64_t ms, struct local_time *out) {
    static const int64_t first_ms = -62135596800000, last_ms = 253402300799999; /* years 1 to 9999 */
    if (ms < first_ms || ms > last_ms) return err_fail(ERR_ARG, "%lld ms is no date of our era", (long long)ms);
    UErrorCode status = U_ZERO_ERROR;
    ucal_setMillis(f->calendar, (double)ms, &status);
    struct local_time t = {
        .day_number = ucal_get(f->calendar, UCAL_JULIAN_DAY, &status),
        .year = ucal_get(f->calendar, UCAL_YEAR, &status),
        .day = ucal_get(f->calendar, UCAL_DAY_OF_MONTH, &status),
        .weekday = ucal_get(f->calendar, UCAL_DAY_OF_WEEK, &status),
        .hour = ucal_get(f->calendar, UCAL_HOUR_OF_DAY, &status),
        .minute = ucal_get(f->calendar, UCAL_MINUTE, &status),
    };
    TRY(check(status, "tell a date"));
    *out = t;
    return ERR_OK;
}

err_t formats_time(struct formats *f, enum time_form form, int64_t ms, struct sink *out) {
    UErrorCode status = U_ZERO_ERROR;
    UChar text[TEXT_MAX];
    int32_t n = udat_format(f->times[form], (double)ms, text, TEXT_MAX, NULL, &status);
    return put(text, n, status, "format a date", out);
}

static err_t relative(struct formats *f, int offset, int unit, struct sink *out) {
    UErrorCode status = U_ZERO_ERROR;
    UChar text[TEXT_MAX];
    int32_t n = ureldatefmt_format(f->relative, offset, (URelativeDateTimeUnit)unit, text, TEXT_MAX, &status);
    return put(text, n, status, "say a day", out);
}

err_t formats_relative_day(struct formats *f, int days, struct sink *out) {
    return relative(f, days, UDAT_REL_UNIT_DAY, out);
}

err_t formats_last_weekday(struct formats *f, int weekday, struct sink *out) {
    return relative(f, -1, UDAT_REL_UNIT_SUNDAY + weekday - UCAL_SUNDAY, out);
}

/* ---- text ---- */

struct items {
    UChar text[TEXT_MAX * 4];
    int32_t used;
    const UChar *starts[FORMAT_ITEMS_MAX];
    int32_t lengths[FORMAT_ITEMS_MAX];
    int32_t n;
};

static void add_item(struct items *items, const char *text, size_t n) {
    UErrorCode status = U_ZERO_ERROR;
    UChar *start = items->text + items->used;
    int32_t room = TEXT_MAX * 4 - items->used, length = 0;
    u_strFromUTF8WithSub(start, room, &length, text, (int32_t)n, 0xFFFD, NULL, &status);
    if (n == 0 || items->n == FORMAT_ITEMS_MAX || U_FAILURE(status) || length > room) return;
    items->starts[items->n] = start;
    items->lengths[items->n++] = length;
    items->used += length;
}

err_t formats_list(struct formats *f, const char *text, struct sink *out) {
    struct items items = {.n = 0};
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, "\n");
        if (n < TEXT_MAX) add_item(&items, p, n);
        p += n + (p[n] == '\n');
    }
    if (items.n == 0) return ERR_OK;
    UErrorCode status = U_ZERO_ERROR;
    UChar joined[TEXT_MAX * 5];
    int32_t n = ulistfmt_format(f->list, items.starts, items.lengths, items.n, joined, TEXT_MAX * 5, &status);
    return put(joined, n, status, "join a list", out);
}

/* Signs of trade are not spoken, fractions stand apart from the whole number, and the sign of multiplication and the
 * micro sign become the letters that people write for them; the rest is Unicode's. */
static err_t open_fold(struct formats *f) {
    static const char rules[] =
        "[\\u00ad\\u2122\\u00a9\\u00ae] > ; \\u00bc > ' 1/4'; \\u00bd > ' 1/2'; \\u00be > ' 3/4'; \\u00d7 > x;"
        "[\\u00b5\\u03bc] > u; ::NFKD; ::[:Mn:] Remove; ::Latin-ASCII;";
    UChar id[8], text[sizeof rules];
    u_uastrcpy(id, "fold");
    u_unescape(rules, text, sizeof rules);
    UErrorCode status = U_ZERO_ERROR;
    UParseError place;
    f->fold = utrans_openU(id, -1, UTRANS_FORWARD, text, -1, &place, &status);
    return check(status, "take accents off");
}

static bool is_ascii(const char *text) {
    while (*text && (unsigned char)*text < 0x80) text++;
    return !*text;
}

err_t formats_fold(struct formats *f, const char *text, struct sink *out) {
    size_t bytes = strnlen(text, TEXT_MAX);
    if (bytes < TEXT_MAX && is_ascii(text)) { /* most titles: the transliterator takes long, and 2 MB once opened */
        sink_put_clean(out, text, bytes);
        return ERR_OK;
    }
    if (!f->fold) TRY(open_fold(f));
    UErrorCode status = U_ZERO_ERROR;
    UChar wide[TEXT_MAX * 4];
    int32_t n = 0;
    u_strFromUTF8WithSub(wide, TEXT_MAX, &n, text, (int32_t)bytes, ' ', NULL, &status);
    int32_t limit = n;
    utrans_transUChars(f->fold, wide, &n, TEXT_MAX * 4, 0, &limit, &status);
    return put(wide, n, status, "take accents off", out);
}
