/* What people may say of this shop: the phrases that fill the grammar's rules. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "shop/catalog.h"
#include "shop/csv.h"
#include "shop/load.h"
#include "shop/text.h"
#include "shop/wordset.h"

enum { PHRASE_WORDS_MAX = 8, PHRASES_MAX = 200000, PHRASE_MAX_BYTES = TITLE_MAX };

static const char OPTION_RULE[] = "option_";

/* ---- a set of phrases ---- */

struct phrases {
    char **v;
    size_t n, room;
};

static void phrases_free(struct phrases *p) {
    for (size_t i = 0; i < p->n; i++) free(p->v[i]);
    free(p->v);
}

static err_t phrases_grow(struct phrases *p) {
    size_t room = p->room ? 2 * p->room : 256;
    char **v = realloc(p->v, room * sizeof *v);
    if (!v) return err_fail(ERR_MEMORY, "no memory for the shop's phrases");
    p->v = v;
    p->room = room;
    return ERR_OK;
}

/* Passed over: nothing, what is too long to be said in one go, and model codes. */
static err_t phrases_add(struct phrases *p, const char *phrase) {
    if (!*phrase || text_is_code(phrase) || text_count_words(phrase) > PHRASE_WORDS_MAX) return ERR_OK;
    if (p->n == PHRASES_MAX) return err_fail(ERR_FULL, "the shop has more than %d phrases", PHRASES_MAX);
    if (p->n == p->room) TRY(phrases_grow(p));
    char *copy = strdup(phrase);
    if (!copy) return err_fail(ERR_MEMORY, "no memory for the shop's phrases");
    p->v[p->n++] = copy;
    return ERR_OK;
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Each phrase once that was added at least `times` times. */
static void phrases_give(struct phrases *p, size_t times, void (*fn)(void *ctx, const char *phrase), void *ctx) {
    if (p->n) qsort(p->v, p->n, sizeof *p->v, by_text);
    for (size_t i = 0, next; i < p->n; i = next) {
        for (next = i + 1; next < p->n && str_equal(p->v[i], p->v[next]);) next++;
        if (next - i >= times) fn(ctx, p->v[i]);
    }
}

struct keeping {
    struct phrases *to;
    err_t err;
};

static void phrase_keep(void *ctx, const char *phrase) {
    struct keeping *keeping = ctx;
    if (!keeping->err) keeping->err = phrases_add(keeping->to, phrase);
}

/* Adds those of `from` that several products share. */
static err_t phrases_add_shared(struct phrases *to, struct phrases *from) {
    struct keeping keeping = {to, ERR_OK};
    phrases_give(from, 2, phrase_keep, &keeping);
    return keeping.err;
}

/* ---- names of one product ---- */

struct names {
    char spoken[TITLE_MAX], brief[TITLE_MAX], brand[BRAND_MAX];
};

/* The brief name without the brand in front of it; NULL if it does not begin with the brand, or is no more. */
static const char *without_brand(const struct names *names) {
    size_t n = strlen(names->brand);
    bool begins = n > 0 && strncmp(names->brief, names->brand, n) == 0 && names->brief[n] == ' ';
    return begins ? names->brief + n + 1 : NULL;
}

/* A title cut down to its brand says nothing of the product. */
static const char *brief_name(const struct names *names) {
    return str_equal(names->brief, names->brand) ? names->spoken : names->brief;
}

/* Full title, brief title, and the brief one without its brand. */
static err_t add_titles(struct phrases *all, const struct names *names) {
    const char *bare = without_brand(names);
    TRY(phrases_add(all, names->spoken));
    TRY(phrases_add(all, brief_name(names)));
    return bare ? phrases_add(all, bare) : ERR_OK;
}

/* The noun that ends the name, and two words if they lead to several products: "milk", "oat milk"; "barista milk" by
 * brand and noun. */
static err_t add_short(struct phrases *all, struct phrases *nouns, const struct names *names) {
    const char *bare = without_brand(names), *noun;
    char both[PHRASE_MAX_BYTES];
    TRY(add_titles(all, names));
    if (!bare) bare = brief_name(names);
    noun = text_last_words(bare, 1);
    if (text_is_code(noun)) return ERR_OK;
    TRY(phrases_add(all, noun));
    if (text_count_words(bare) > 2) TRY(phrases_add(nouns, text_last_words(bare, 2)));
    if (!*names->brand) return ERR_OK;
    snprintf(both, sizeof both, "%s %s", names->brand, noun);
    return phrases_add(all, both);
}

static err_t each_product(struct shop *s, struct phrases *all, struct phrases *nouns) {
    sqlite3_stmt *q;
    bool row;
    err_t err = ERR_OK;
    TRY(sql_start(s, &q, SQL_PHRASES_PRODUCT, ""));
    TRY(sql_next(s, q, &row));
    while (row) {
        struct names names;
        sql_text(q, 0, names.spoken, sizeof names.spoken);
        sql_text(q, 1, names.brief, sizeof names.brief);
        sql_text(q, 2, names.brand, sizeof names.brand);
        err = nouns ? add_short(all, nouns, &names) : add_titles(all, &names);
        if (err) {
            sql_stop(q);
            return err;
        }
        TRY(sql_next(s, q, &row));
    }
    return ERR_OK;
}

/* ---- rules ---- */

static err_t add_column(struct shop *s, enum sql id, struct phrases *all) {
    sqlite3_stmt *q;
    bool row;
    TRY(sql_start(s, &q, id, ""));
    TRY(sql_next(s, q, &row));
    while (row) {
        char phrase[PHRASE_MAX_BYTES];
        sql_text(q, 0, phrase, sizeof phrase);
        err_t err = phrases_add(all, phrase);
        if (err) {
            sql_stop(q);
            return err;
        }
        TRY(sql_next(s, q, &row));
    }
    return ERR_OK;
}

static err_t words_add(struct wordset *set, const char *title) {
    char words[2 * TITLE_MAX], *rest = words;
    text_words(words, sizeof words, title);
    for (char *word; (word = str_next_word(&rest));) TRY(wordset_add(set, word));
    return ERR_OK;
}

static err_t each_word(struct shop *s, struct wordset *set) {
    sqlite3_stmt *q;
    bool row;
    TRY(sql_start(s, &q, SQL_PHRASES_TITLE, "i", SQL_NULL));
    TRY(sql_next(s, q, &row));
    while (row) {
        char text[2 * TITLE_MAX];
        sql_text(q, TITLE_WRITTEN, text, sizeof text);
        err_t err = words_add(set, text);
        sql_text(q, TITLE_SPOKEN, text, sizeof text);
        if (!err) err = words_add(set, text);
        if (err) {
            sql_stop(q);
            return err;
        }
        TRY(sql_next(s, q, &row));
    }
    return ERR_OK;
}

/* Every word of a title, in both forms: tens of thousands of products share some thousand. */
static err_t rule_word(struct shop *s, struct phrases *all) {
    struct wordset set = {0};
    err_t err = each_word(s, &set);
    for (size_t i = 0; !err && i < set.n; i++) err = phrases_add(all, set.v[i]);
    wordset_free(&set);
    return err;
}

static err_t rule_product(struct shop *s, struct phrases *all) {
    return each_product(s, all, NULL);
}

static err_t rule_query(struct shop *s, struct phrases *all) {
    struct phrases nouns = {0};
    err_t err = each_product(s, all, &nouns);
    if (!err) err = phrases_add_shared(all, &nouns);
    phrases_free(&nouns);
    TRY(err);
    TRY(add_column(s, SQL_PHRASES_CATEGORY, all));
    return add_column(s, SQL_PHRASES_BRAND, all);
}

static err_t rule_brand(struct shop *s, struct phrases *all) {
    return add_column(s, SQL_PHRASES_BRAND, all);
}

static err_t rule_category(struct shop *s, struct phrases *all) {
    return add_column(s, SQL_PHRASES_CATEGORY, all);
}

static err_t rule_drink(struct shop *s, struct phrases *all) {
    return add_column(s, SQL_PHRASES_DRINK, all);
}

/* "christmas day|christmas": each part, or the first alone. */
static err_t add_parts(struct shop *s, enum sql id, int column, bool first, struct phrases *all) {
    sqlite3_stmt *q;
    bool row;
    err_t err = ERR_OK;
    TRY(sql_start(s, &q, id, ""));
    TRY(sql_next(s, q, &row));
    while (row) {
        char parts[CSV_FIELD_MAX_BYTES], *rest = parts, *part;
        sql_text(q, column, parts, sizeof parts);
        while (!err && (part = strsep(&rest, "|"))) {
            char words[PHRASE_MAX_BYTES];
            text_words(words, sizeof words, part);
            err = phrases_add(all, words);
            if (first) break;
        }
        if (err) {
            sql_stop(q);
            return err;
        }
        TRY(sql_next(s, q, &row));
    }
    return ERR_OK;
}

/* "harvest", and "h a r v e s t" */
static err_t rule_coupon(struct shop *s, struct phrases *all) {
    TRY(add_column(s, SQL_PHRASES_COUPON, all));
    for (size_t i = 0, n = all->n; i < n; i++) {
        char spelled[2 * PHRASE_WORDS_MAX];
        size_t letters = strlen(all->v[i]);
        if (letters < 2 || letters > PHRASE_WORDS_MAX || strchr(all->v[i], ' ')) continue;
        for (size_t k = 0; k < letters; k++) {
            spelled[2 * k] = all->v[i][k];
            spelled[2 * k + 1] = k + 1 < letters ? ' ' : '\0';
        }
        TRY(phrases_add(all, spelled));
    }
    return ERR_OK;
}

static err_t rule_way(struct shop *s, struct phrases *all) {
    return add_parts(s, SQL_PHRASES_WAY, 0, false, all);
}

static err_t rule_address(struct shop *s, struct phrases *all) {
    return add_parts(s, SQL_PHRASES_ADDRESS, 0, false, all);
}

static err_t rule_payment(struct shop *s, struct phrases *all) {
    return add_parts(s, SQL_PHRASES_PAYMENT, 0, false, all);
}

static err_t rule_question(struct shop *s, struct phrases *all) {
    return add_parts(s, SQL_PHRASES_QUESTION, 0, false, all);
}

static err_t rule_asked(struct shop *s, struct phrases *all) {
    return add_parts(s, SQL_PHRASES_QUESTION, 0, true, all);
}

static err_t rule_area(struct shop *s, struct phrases *all) {
    return add_parts(s, SQL_PHRASES_AREA, 0, false, all);
}

static err_t rule_holiday(struct shop *s, struct phrases *all) {
    return add_parts(s, SQL_OPENING_NAMES, 1, false, all);
}

/* The values of "size: half gallon; color: blue". */
static err_t add_qualities(struct phrases *all, char *options) {
    for (char *rest = options, *option; (option = strsep(&rest, ";"));) {
        char words[PHRASE_MAX_BYTES];
        const char *colon = strchr(option, ':');
        text_words(words, sizeof words, colon ? colon + 1 : option);
        TRY(phrases_add(all, words));
    }
    return ERR_OK;
}

static err_t rule_quality(struct shop *s, struct phrases *all) {
    sqlite3_stmt *q;
    bool row;
    TRY(sql_start(s, &q, SQL_PHRASES_QUALITY, ""));
    TRY(sql_next(s, q, &row));
    while (row) {
        char options[OPTIONS_MAX];
        sql_text(q, 0, options, sizeof options);
        err_t err = add_qualities(all, options);
        if (err) {
            sql_stop(q);
            return err;
        }
        TRY(sql_next(s, q, &row));
    }
    return ERR_OK;
}

static const struct {
    const char *name;
    err_t (*collect)(struct shop *s, struct phrases *all);
} rules[] = {
    {"product", rule_product}, {"query", rule_query},     {"brand", rule_brand},       {"category", rule_category},
    {"drink", rule_drink},     {"word", rule_word},       {"question", rule_question}, {"asked", rule_asked},
    {"area", rule_area},       {"holiday", rule_holiday}, {"coupon", rule_coupon},     {"way", rule_way},
    {"address", rule_address}, {"payment", rule_payment}, {"quality", rule_quality},
};

/* "soy milk", "a bit of soy milk" */
static err_t add_value(struct phrases *all, const char *value, const char *amounts) {
    TRY(phrases_add(all, value));
    for (const char *amount = amounts; *amount;) {
        char phrase[PHRASE_MAX_BYTES + OPTION_AMOUNTS_MAX];
        size_t n = strcspn(amount, "|");
        snprintf(phrase, sizeof phrase, "%.*s %s", (int)n, amount, value);
        TRY(phrases_add(all, phrase));
        amount += n + (amount[n] == '|');
    }
    return ERR_OK;
}

static err_t collect_option(struct shop *s, const char *name, struct phrases *all) {
    sqlite3_stmt *q;
    bool row;
    TRY(sql_start(s, &q, SQL_PHRASES_OPTION, "t", name));
    TRY(sql_next(s, q, &row));
    if (!row) return err_fail(ERR_NOT_FOUND, "the shop has no option '%s'", name);
    while (row) {
        char value[OPTION_VALUE_MAX], amounts[OPTION_AMOUNTS_MAX];
        sql_text(q, 0, value, sizeof value);
        sql_text(q, 1, amounts, sizeof amounts);
        err_t err = add_value(all, value, amounts);
        if (err) {
            sql_stop(q);
            return err;
        }
        TRY(sql_next(s, q, &row));
    }
    return ERR_OK;
}

static err_t collect(struct shop *s, const char *rule, struct phrases *all) {
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (str_equal(rule, rules[i].name)) return rules[i].collect(s, all);
    }
    size_t n = sizeof OPTION_RULE - 1;
    if (strncmp(rule, OPTION_RULE, n) == 0) return collect_option(s, rule + n, all);
    return err_fail(ERR_NOT_FOUND, "the shop fills no rule <%.40s>", rule);
}

err_t catalog_phrases(struct shop *s, const char *rule, void (*fn)(void *ctx, const char *phrase), void *ctx) {
    struct phrases all = {0};
    err_t err = collect(s, rule, &all);
    if (!err) phrases_give(&all, 1, fn, ctx);
    phrases_free(&all);
    return err;
}

static err_t option_rules(struct shop *s, void (*fn)(void *ctx, const char *rule), void *ctx) {
    sqlite3_stmt *q;
    bool row;
    TRY(sql_start(s, &q, SQL_OPTION_NAMES, ""));
    TRY(sql_next(s, q, &row));
    while (row) {
        char name[OPTION_NAME_MAX], rule[sizeof OPTION_RULE + OPTION_NAME_MAX];
        sql_text(q, 0, name, sizeof name);
        snprintf(rule, sizeof rule, "%s%s", OPTION_RULE, name);
        fn(ctx, rule);
        TRY(sql_next(s, q, &row));
    }
    return ERR_OK;
}

err_t catalog_rules(struct shop *s, void (*fn)(void *ctx, const char *rule), void *ctx) {
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (rules[i].collect != rule_word) fn(ctx, rules[i].name); /* no rule of a grammar */
    return option_rules(s, fn, ctx);
}
