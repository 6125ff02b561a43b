#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "say/saying.h"

enum {
    FOLDED_MAX = 2048,
    WORDS_MAX = 256,
    CARDINAL_DIGITS_MAX = 15, /* more than that is a serial number */
    PLAIN_DIGITS_MAX = 4,     /* more without a unit, too */
    ABBREVIATION_MAX = 5,     /* letters */
};

/* A cursor over the folded title. */
struct name {
    struct saying *s;
    const char *start, *at;
    bool speech;
    struct sink *out;
};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool starts_word(const struct name *n) {
    if (n->at == n->start) return true;
    char before = n->at[-1];
    return !is_digit(before) && !is_letter(before);
}

/* Puts each word of a text, hyphens taken as blanks. */
static void put_words(struct name *n, const char *text) {
    for (const char *p = text; *p;) {
        size_t length = strcspn(p, " -");
        sink_put_word(n->out, p, length);
        p += length + (p[length] != '\0');
    }
}

/* ---- numbers ---- */

struct figure {
    char decimal[CARDINAL_DIGITS_MAX + 8]; /* "3.5", without grouping */
    int whole_digits;
    bool grouped, fraction;
};

/* The commas of "1,299,000" group; that of "3,5" is a point. */
static bool is_group(const char *p) {
    return p[0] == ',' && is_digit(p[1]) && is_digit(p[2]) && is_digit(p[3]) && !is_digit(p[4]);
}

static bool is_fraction(const char *p) {
    return (p[0] == '.' || p[0] == ',') && is_digit(p[1]);
}

static const char *read_whole(const char *p, struct figure *f) {
    int run = 0;
    for (;; p++) {
        if (is_group(p) && run <= 3) {
            f->grouped = true;
            run = 0;
        } else if (!is_digit(*p)) {
            return p;
        } else {
            if (f->whole_digits < CARDINAL_DIGITS_MAX) f->decimal[f->whole_digits] = *p;
            f->whole_digits++;
            run++;
        }
    }
}

static const char *read_figure(const char *p, struct figure *f) {
    *f = (struct figure){.whole_digits = 0};
    p = read_whole(p, f);
    if (!is_fraction(p) || f->whole_digits > CARDINAL_DIGITS_MAX) return p;
    size_t length = strlen(f->decimal);
    f->decimal[length++] = '.';
    f->fraction = true;
    for (p++; is_digit(*p); p++) {
        if (length + 1 < sizeof f->decimal) f->decimal[length++] = *p;
    }
    return p;
}

static err_t put_number(struct name *n, enum number_form form, const char *decimal) {
    char words[WORDS_MAX];
    struct sink said = sink_make(words, sizeof words);
    TRY(formats_number(n->s->formats, form, decimal, &said));
    put_words(n, words);
    return ERR_OK;
}

static err_t put_digits(struct name *n, const char *from, const char *to) {
    for (const char *p = from; p < to; p++) {
        char digit[] = {*p, '\0'};
        if (is_digit(*p)) TRY(put_number(n, FORM_WORDS, digit));
    }
    return ERR_OK;
}

/* A bare number: model names are said digit by digit or in pairs ("ten eighty"), amounts as a whole. */
static err_t put_bare(struct name *n, const char *from, const char *to, const struct figure *f) {
    bool serial = f->whole_digits > PLAIN_DIGITS_MAX || (f->whole_digits > 1 && f->decimal[0] == '0');
    if (f->whole_digits > CARDINAL_DIGITS_MAX || (serial && !f->grouped)) return put_digits(n, from, to);
    bool pairs = f->whole_digits == PLAIN_DIGITS_MAX && !f->grouped && !f->fraction;
    return put_number(n, pairs ? FORM_YEAR_WORDS : FORM_WORDS, f->decimal);
}

/* "10th" */
static bool take_ordinal_suffix(struct name *n, const struct figure *f) {
    size_t length = 0;
    while (is_letter(n->at[length])) length++;
    bool ordinal = length > 0 && !f->fraction && f->whole_digits <= PLAIN_DIGITS_MAX && !is_digit(n->at[length]) &&
                   spoken_has_word(n->s->spoken->ordinal_suffixes, n->at, length);
    if (ordinal) n->at += length;
    return ordinal;
}

/* The unit behind a number, as in "500g", "500 g" or "27-inch", and where it ends. A hyphen makes the two one
 * adjective ("a twenty seven inch screen"), unless it goes on, as in "2-in-1". */
static const struct spoken_entry *find_unit(const struct name *n, bool *adjective, const char **end) {
    const char *p = n->at;
    *adjective = *p == '-';
    if (*adjective) p++;
    bool attached = *p != ' ';
    p += strspn(p, " ");
    const struct spoken_entry *unit = spoken_match(n->s->spoken, TABLE_UNITS, p);
    if (!unit && attached) unit = spoken_match(n->s->spoken, TABLE_UNITS_ATTACHED, p);
    if (!unit || (*adjective && p[unit->length] == '-')) return NULL;
    *end = p + unit->length;
    return unit;
}

/* In thousandths, for the plural. */
static int64_t figure_milli(const struct figure *f) {
    char *end;
    int64_t milli = strtoll(f->decimal, &end, 10) * 1000;
    int64_t place = 100;
    for (end += *end == '.'; is_digit(*end) && place > 0; end++, place /= 10) milli += (*end - '0') * place;
    return milli;
}

static void take_unit(struct name *n, int64_t milli) {
    bool adjective;
    const char *end;
    const struct spoken_entry *unit = find_unit(n, &adjective, &end);
    if (!unit) return;
    const char *category = formats_plural(n->s->formats, adjective ? 1000 : milli, false);
    struct message_name form = spoken_form(n->s->spoken, unit->value, category);
    sink_put_word(n->out, form.text, form.length);
    n->at = end;
}

/* "1/2", which may stand behind a whole number: "2 1/2". */
static bool take_fraction(struct name *n, bool behind_number) {
    const char *p = n->at + (behind_number ? strspn(n->at, " ") : 0);
    const struct spoken_entry *e = spoken_match(n->s->spoken, TABLE_FRACTIONS, p);
    if (!e || (behind_number && p == n->at)) return false;
    struct message_name form = spoken_fraction(e->value, behind_number);
    sink_put_word(n->out, form.text, form.length);
    n->at = p + e->length;
    return true;
}

/* The x of "10x15" and "10 x 15". */
static bool take_by(struct name *n) {
    const char *p = n->at + strspn(n->at, " ");
    if (*p != 'x' && *p != 'X') return false;
    p++;
    p += strspn(p, " ");
    if (!is_digit(*p)) return false;
    put_words(n, n->s->spoken->by);
    n->at = p;
    return true;
}

/* A unit, or a fraction and a unit, makes an amount of it. */
static bool is_amount(const struct name *n, const struct figure *f) {
    bool adjective;
    const char *end, *next = n->at + strspn(n->at, " ");
    if (f->whole_digits > CARDINAL_DIGITS_MAX) return false;
    return find_unit(n, &adjective, &end) || (next > n->at && spoken_match(n->s->spoken, TABLE_FRACTIONS, next));
}

/* A number with its unit; digits in the middle of a model's name count nothing. */
static err_t take_amount(struct name *n, bool in_model) {
    const char *from = n->at;
    int64_t milli = 1000;
    if (in_model || !take_fraction(n, false)) {
        struct figure f;
        n->at = read_figure(n->at, &f);
        if (take_ordinal_suffix(n, &f)) return put_number(n, FORM_ORDINAL_WORDS, f.decimal);
        bool amount = !in_model && is_amount(n, &f);
        TRY(amount ? put_number(n, FORM_WORDS, f.decimal) : put_bare(n, from, n->at, &f));
        milli = figure_milli(&f);
        if (amount && !f.fraction && take_fraction(n, true)) milli += 500;
    }
    if (!in_model) take_unit(n, milli);
    return ERR_OK;
}

static err_t take_numbers(struct name *n) {
    TRY(take_amount(n, !starts_word(n)));
    while (take_by(n)) TRY(take_amount(n, false));
    return ERR_OK;
}

/* ---- words ---- */

static bool is_vowel(const struct name *n, char c) {
    return strchr(n->s->spoken->vowels, tolower((unsigned char)c)) != NULL;
}

/* Whether capitals can be read as a word: two letters cannot, three if consonants and vowels take turns ("LAN"), more
 * if there is a vowel and no crowd of consonants in front of it or later on, and nobody spells many. */
static bool looks_readable(const struct name *n, const char *word, size_t length) {
    size_t vowels = 0, run = 0, longest = 0, leading = 0;
    for (size_t i = 0; i < length; i++) {
        bool vowel = is_vowel(n, word[i]);
        vowels += vowel;
        run = vowel ? 0 : run + 1;
        if (run > longest) longest = run;
        if (vowels == 0) leading = run;
    }
    if (length < 3 || vowels == 0 || vowels == length) return false;
    if (length == 3)
        return is_vowel(n, word[0]) != is_vowel(n, word[1]) && is_vowel(n, word[1]) != is_vowel(n, word[2]);
    return leading < 3 && longest < 4;
}

static bool is_spelled(const struct name *n, const char *word, size_t length) {
    if (length < 2 || spoken_has_word(n->s->spoken->read, word, length)) return false;
    return spoken_has_word(n->s->spoken->spelled, word, length) || !looks_readable(n, word, length);
}

static void put_lower(struct name *n, const char *word, size_t length) {
    char lower[WORDS_MAX];
    if (length > sizeof lower) length = sizeof lower;
    for (size_t i = 0; i < length; i++) lower[i] = (char)(n->speech ? word[i] : tolower((unsigned char)word[i]));
    sink_put_word(n->out, lower, length);
}

/* "USB" is "u s b", to the voice "U.S.B", and "DVDs" "d v d's". */
static void put_spelled(struct name *n, const char *word, size_t length, bool plural) {
    if (n->speech) {
        char dotted[WORDS_MAX];
        size_t used = 0;
        for (size_t i = 0; i < length && used + 4 < sizeof dotted; i++) {
            if (i > 0) dotted[used++] = '.';
            dotted[used++] = word[i];
        }
        if (plural) dotted[used++] = 's';
        sink_put_word(n->out, dotted, used);
        return;
    }
    for (size_t i = 0; i < length; i++) {
        bool last = plural && i + 1 == length;
        char letter[] = {(char)tolower((unsigned char)word[i]), '\'', 's'};
        sink_put_word(n->out, letter, last ? 3 : 1);
    }
}

static void take_word(struct name *n) {
    const char *word = n->at;
    size_t length = 0, capitals = 0;
    while (is_capital(word[capitals])) capitals++;
    while (is_letter(word[length]) || (word[length] == '\'' && is_letter(word[length + 1]))) length++;
    n->at += length;
    bool plural = capitals > 1 && length == capitals + 1 && word[capitals] == 's';
    if ((capitals == length || plural) && is_spelled(n, word, capitals))
        put_spelled(n, word, capitals, plural);
    else
        put_lower(n, word, length);
}

/* ---- the rest ---- */

/* A word of the locale's list, such as "&" or "Dr.". */
static bool take_listed(struct name *n) {
    const struct spoken_entry *e = spoken_match(n->s->spoken, TABLE_WORDS, n->at);
    bool word = is_letter(*n->at) || is_digit(*n->at);
    if (!e || (word && !starts_word(n))) return false;
    put_words(n, e->value);
    n->at += e->length;
    return true;
}

/* Anything else says nothing, but to the voice punctuation at the end of a word is a pause. */
static void take_mark(struct name *n) {
    char c = *n->at++;
    bool ends_word = *n->at == ' ' || *n->at == '\0';
    bool dash = c == '-' && ends_word && n->at - n->start > 1 && n->at[-2] == ' ';
    if (!n->speech || !ends_word || n->out->length == 0 || !(dash || strchr(",;:.!?", c))) return;
    char last = n->out->buf[n->out->length - 1];
    if (is_letter(last) || is_digit(last)) sink_put(n->out, dash ? "," : &c, 1);
}

static err_t take_next(struct name *n) {
    if (take_listed(n)) return ERR_OK;
    if (is_digit(*n->at)) return take_numbers(n);
    if (is_letter(*n->at))
        take_word(n);
    else
        take_mark(n);
    return ERR_OK;
}

err_t saying_name(struct saying *s, const char *text, enum name_form form, struct sink *out) {
    char folded[FOLDED_MAX];
    struct sink fold = sink_make(folded, sizeof folded);
    TRY(formats_fold(s->formats, text, &fold));
    struct name n = {.s = s, .start = folded, .at = folded, .speech = form == NAME_SPEECH, .out = out};
    while (*n.at && !out->cut) TRY(take_next(&n));
    return ERR_OK;
}
