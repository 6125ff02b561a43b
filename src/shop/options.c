/* Options of what is made to order: which the product offers, what they add, and how they are written on a line. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "shop/catalog.h"
#include "shop/load.h"
#include "shop/text.h"

enum { CHOICES_MAX = 16 };

struct choice {
    int64_t position; /* in the order in which options are read out */
    int64_t price_minor;
    char name[OPTION_NAME_MAX];
    char said[OPTION_VALUE_MAX + OPTION_AMOUNTS_MAX]; /* "a bit of soy milk" */
};

/* True if `said` is `value`, or one of `amounts` ("a bit of|some") and `value`. */
static bool is_said(const char *said, const char *value, const char *amounts) {
    size_t n = strlen(said), n_value = strlen(value);
    if (n < n_value || strcasecmp(said + n - n_value, value) != 0) return false;
    if (n == n_value) return true;
    if (said[n - n_value - 1] != ' ') return false;
    size_t n_amount = n - n_value - 1;
    for (const char *amount = amounts; *amount;) {
        size_t length = strcspn(amount, "|");
        if (length == n_amount && strncasecmp(amount, said, length) == 0) return true;
        amount += length + (amount[length] == '|');
    }
    return false;
}

/* ERR_NOT_FOUND if the product does not offer it; that reason is the caller's to give. */
static err_t choice_find(struct shop *s, int64_t variant, const char *name, const char *said, struct choice *out) {
    sqlite3_stmt *q;
    bool row;
    TRY(sql_start(s, &q, SQL_OPTIONS_OF, "it", variant, name));
    TRY(sql_next(s, q, &row));
    while (row) {
        char value[OPTION_VALUE_MAX], amounts[OPTION_AMOUNTS_MAX];
        sql_text(q, 2, value, sizeof value);
        sql_text(q, 3, amounts, sizeof amounts);
        if (is_said(said, value, amounts)) {
            out->position = sqlite3_column_int64(q, 0);
            sql_text(q, 1, out->name, sizeof out->name);
            out->price_minor = sqlite3_column_int64(q, 4);
                str_copy(out->said, sizeof out->said, said);
            sql_stop(q);
            return ERR_OK;
        }
        TRY(sql_next(s, q, &row));
    }
    return err_fail(ERR_NOT_FOUND, "there is no such option");
}

static void choice_insert(struct choice *choices, size_t n, const struct choice *c) {
    size_t at = n;
    while (at > 0 && choices[at - 1].position > c->position) {
        choices[at] = choices[at - 1];
        at--;
    }
    choices[at] = *c;
}

static bool is_chosen(const struct choice *choices, size_t n, const char *name) {
    for (size_t i = 0; i < n; i++) {
        if (str_equal(choices[i].name, name)) return true;
    }
    return false;
}

static err_t choices_find(struct shop *s, const struct product *p, const char *const (*pairs)[2], size_t n,
                          struct choice *choices) {
    if (n > CHOICES_MAX) return err_fail(ERR_RANGE, "more than %d options are chosen", CHOICES_MAX);
    for (size_t i = 0; i < n; i++) {
        struct choice c;
        char said[OPTION_VALUE_MAX + OPTION_AMOUNTS_MAX];
        text_words(said, sizeof said, pairs[i][1]);
        if (is_chosen(choices, i, pairs[i][0])) return err_fail(ERR_ARG, "%s is chosen twice", pairs[i][0]);
        err_t err = choice_find(s, p->variant, pairs[i][0], said, &c);
        if (err == ERR_NOT_FOUND) return err_fail(err, "%s has no %s '%s'", p->title, pairs[i][0], pairs[i][1]);
        TRY(err);
        choice_insert(choices, i, &c);
    }
    return ERR_OK;
}

err_t catalog_options(struct shop *s, int64_t variant, const char *const (*pairs)[2], size_t n, char *options,
                      size_t cap, int64_t *extra_minor) {
    struct product p;
    struct choice choices[CHOICES_MAX];
    char text[OPTIONS_MAX] = "";
    int64_t extra = 0;
    TRY(catalog_variant(s, variant, &p));
    TRY(choices_find(s, &p, pairs, n, choices));
    for (size_t i = 0; i < n; i++) {
        char one[OPTION_NAME_MAX + sizeof choices[i].said + 4];
        snprintf(one, sizeof one, "%s%s: %s", i ? "; " : "", choices[i].name, choices[i].said);
        if (!str_append(text, sizeof text, one)) return err_fail(ERR_RANGE, "the options of %s are too many", p.title);
        extra += choices[i].price_minor;
    }
    if (strlen(text) >= cap) return err_fail(ERR_RANGE, "the options of %s are too many", p.title);
    str_copy(options, cap, text);
    *extra_minor = extra;
    return ERR_OK;
}

static err_t values_of(struct shop *s, int64_t variant, const char *name, struct option_missing *out) {
    sqlite3_stmt *q;
    bool row;
    TRY(sql_start(s, &q, SQL_OPTIONS_OF, "it", variant, name));
    TRY(sql_next(s, q, &row));
    while (row && out->n < OPTION_VALUES_MAX) {
        sql_text(q, 2, out->values[out->n++], OPTION_VALUE_MAX);
        TRY(sql_next(s, q, &row));
    }
    if (row) sql_stop(q);
    return ERR_OK;
}

err_t catalog_option_missing(struct shop *s, int64_t variant, const char *const (*pairs)[2], size_t n,
                             struct option_missing *out) {
    *out = (struct option_missing){0};
    for (size_t i = 0; i < n; i++) {
        struct choice c;
        char said[OPTION_VALUE_MAX + OPTION_AMOUNTS_MAX];
        text_words(said, sizeof said, pairs[i][1]);
        err_t err = choice_find(s, variant, pairs[i][0], said, &c);
        if (!err) continue;
        if (err != ERR_NOT_FOUND) return err;
        str_copy(out->name, sizeof out->name, pairs[i][0]);
        str_copy(out->said, sizeof out->said, said);
        return values_of(s, variant, pairs[i][0], out);
    }
    return ERR_OK;
}

/* ---- on a line ---- */

err_t options_extra(struct shop *s, int64_t variant, const char *options, int64_t *extra_minor) {
    char copy[OPTIONS_MAX], *rest = copy, *pair;
    int64_t extra = 0;
    str_copy(copy, sizeof copy, options);
    while ((pair = strsep(&rest, ";"))) {
        char *said = strchr(pair, ':');
        struct choice c;
        if (!said) continue;
        *said = '\0';
        err_t err = choice_find(s, variant, str_trim(pair), str_trim(said + 1), &c);
        if (err == ERR_NOT_FOUND) continue;
        TRY(err);
        extra += c.price_minor;
    }
    *extra_minor = extra;
    return ERR_OK;
}

err_t options_today(struct shop *s, int64_t variant, const char *of_variant, struct order_line *line) {
    char copy[OPTIONS_MAX], kept[OPTIONS_MAX] = "", *rest = copy, *pair;
    str_copy(copy, sizeof copy, options_chosen(line->options, of_variant));
    line->option_gone[0] = '\0';
    while ((pair = strsep(&rest, ";"))) {
        char whole[OPTIONS_MAX], *said = strchr(pair, ':');
        struct choice c;
        if (!said) continue;
        str_copy(whole, sizeof whole, str_trim(pair));
        *said = '\0';
        err_t err = choice_find(s, variant, str_trim(pair), str_trim(said + 1), &c);
        if (err == ERR_NOT_FOUND && !*line->option_gone)
            str_copy(line->option_gone, sizeof line->option_gone, str_trim(said + 1));
        if (err == ERR_NOT_FOUND) continue;
        TRY(err);
        if (*kept) str_append(kept, sizeof kept, "; ");
        str_append(kept, sizeof kept, whole);
    }
    options_join(line->options_now, sizeof line->options_now, of_variant, kept);
    return ERR_OK;
}

const char *options_chosen(const char *options, const char *of_variant) {
    size_t n = strlen(of_variant);
    if (n == 0 || strncmp(options, of_variant, n) != 0) return options;
    if (options[n] == '\0') return options + n;
    return strncmp(options + n, "; ", 2) == 0 ? options + n + 2 : options;
}

void options_join(char *out, size_t cap, const char *of_variant, const char *chosen) {
    str_copy(out, cap, of_variant);
    if (*of_variant && *chosen) str_append(out, cap, "; ");
    str_append(out, cap, chosen);
}
