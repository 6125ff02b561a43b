/* A locale's spoken.ini: the words for what ICU does not know (models/en-US/spoken.ini explains its sections).
 * All strings live as long as the struct. One thread; internal to say/. */
#ifndef SK_SAY_SPOKEN_H
#define SK_SAY_SPOKEN_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/config.h"
#include "base/err.h"
#include "say/messageformat.h"

/* Patterns: enum, section, key. */
#define SPOKEN_PATTERNS(X)                           \
    X(SPOKEN_HALF, "numbers", "half")                \
    X(SPOKEN_AND_A_HALF, "numbers", "and_a_half")    \
    X(SPOKEN_MONEY, "money", "amount")               \
    X(SPOKEN_MONEY_MINUS, "money", "minus")          \
    X(SPOKEN_DATE_AHEAD, "dates", "ahead")           \
    X(SPOKEN_DATE, "dates", "date")                  \
    X(SPOKEN_DATE_YEAR, "dates", "date_with_year")   \
    X(SPOKEN_NOON, "times", "noon")                  \
    X(SPOKEN_MIDNIGHT, "times", "midnight")          \
    X(SPOKEN_HOUR, "times", "hour")                  \
    X(SPOKEN_FEW_MINUTES, "times", "below_ten_past") \
    X(SPOKEN_MINUTES, "times", "minutes")

enum spoken_pattern {
#define X(id, section, key) id,
    SPOKEN_PATTERNS(X)
#undef X
        SPOKEN_PATTERN_COUNT
};

/* A word or symbol and what is said for it. */
struct spoken_entry {
    const char *key;
    size_t length;
    const char *value;
};

/* Sections of entries. */
enum spoken_table {
    TABLE_CURRENCIES,     /* forms */
    TABLE_MINOR,          /* forms */
    TABLE_WORDS,          /* text */
    TABLE_UNITS,          /* forms */
    TABLE_UNITS_ATTACHED, /* forms */
    TABLE_FRACTIONS,      /* alone and behind a whole number, see spoken_fraction() */
    TABLE_COUNT
};

struct spoken_entries {
    struct spoken_entry *v; /* by first byte, then the longest first */
    int n;
    int first[257]; /* v[first[c]] .. v[first[c + 1] - 1] begin with the byte c */
};

enum { PLURAL_FORMS_MAX = 6 };

struct spoken {
    struct config *config; /* owns the strings */
    struct messages messages;
    int32_t patterns[SPOKEN_PATTERN_COUNT];
    struct spoken_entries tables[TABLE_COUNT];
    int n_forms;
    const char *forms[PLURAL_FORMS_MAX]; /* plural categories in the order of the forms */
    char forms_text[64];
    const char *ordinal_rules, *year_rules; /* ICU's rule sets */
    const char *ordinal_suffixes;           /* words, see spoken_has_word() */
    const char *by;                         /* said for the x of "10x15"; "" nothing */
    const char *vowels;
    const char *spelled, *read; /* capitals that are spelled, or read although they do not look it */
};

/* ERR_NOT_FOUND, ERR_FORMAT with file and line, ERR_MEMORY; *out is empty then. */
SK_MUST_USE err_t spoken_load(struct spoken *out, const char *path);
void spoken_free(struct spoken *s);

/* The longest entry that begins the text and does not end in the middle of a word or number; NULL if there is none. */
const struct spoken_entry *spoken_match(const struct spoken *s, enum spoken_table table, const char *text);
/* The entry of exactly this key, or NULL. */
const struct spoken_entry *spoken_find(const struct spoken *s, enum spoken_table table, const char *key);
/* The form for a plural category out of "kilogram | kilograms"; the last one if the category has none of its own. */
struct message_name spoken_form(const struct spoken *s, const char *forms, const char *category);
/* "half" or, behind a whole number, "and a half" out of "half | and a half". */
struct message_name spoken_fraction(const char *value, bool behind_number);
/* Whether the word, whatever its case, is in a list separated by blanks. */
bool spoken_has_word(const char *list, const char *word, size_t n);

#endif
