#include "say/spoken.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"

static const struct {
    const char *section, *key;
} patterns[] = {
#define X(id, section, key) {section, key},
    SPOKEN_PATTERNS(X)
#undef X
};

static const char *const sections[TABLE_COUNT] = {
    [TABLE_CURRENCIES] = "currencies",
    [TABLE_MINOR] = "minor_units",
    [TABLE_WORDS] = "words",
    [TABLE_UNITS] = "units",
    [TABLE_UNITS_ATTACHED] = "attached_units",
    [TABLE_FRACTIONS] = "fractions",
};

static bool is_ascii_alnum(char c) {
    return (unsigned char)c < 0x80 && isalnum((unsigned char)c);
}

static unsigned char first_byte(const char *key) {
    return (unsigned char)tolower((unsigned char)*key);
}

/* ---- loading ---- */

static err_t required(struct config *c, const char *path, const char *section, const char *key, const char **out) {
    const char *value = config_string(c, section, key, NULL);
    if (!value || !*value) return err_fail(ERR_FORMAT, "%s: section [%s] needs a value for '%s'", path, section, key);
    *out = value;
    return ERR_OK;
}

static err_t load_pattern(struct spoken *s, const char *path, int i) {
    const char *text = "", *section = patterns[i].section, *key = patterns[i].key;
    TRY(required(s->config, path, section, key, &text));
    struct message_source source = {"the pattern", text};
    return err_prefix(message_parse(&s->messages, &source, text, strlen(text), &s->patterns[i]), "%s:%d: %s", path,
                      config_line(s->config, section, key), key);
}

static err_t load_forms(struct spoken *s, const char *path) {
    const char *text = "";
    TRY(required(s->config, path, "plurals", "forms", &text));
    int line = config_line(s->config, "plurals", "forms");
    if (!str_copy(s->forms_text, sizeof s->forms_text, text))
        return err_fail(ERR_FORMAT, "%s:%d: these plural forms are too long", path, line);
    char *rest = s->forms_text;
    for (char *word = str_next_word(&rest); word; word = str_next_word(&rest)) {
        if (s->n_forms == PLURAL_FORMS_MAX)
            return err_fail(ERR_FORMAT, "%s:%d: at most %d plural forms", path, line, PLURAL_FORMS_MAX);
        s->forms[s->n_forms++] = word;
    }
    return ERR_OK;
}

static int count_forms(const char *text) {
    int n = 1;
    for (; *text; text++) n += *text == '|';
    return n;
}

static int compare_entries(const void *a, const void *b) {
    const struct spoken_entry *x = a, *y = b;
    int by_byte = first_byte(x->key) - first_byte(y->key);
    if (by_byte) return by_byte;
    if (x->length != y->length) return x->length < y->length ? 1 : -1;
    return x->key < y->key ? -1 : x->key > y->key;
}

static void index_entries(struct spoken_entries *t) {
    if (t->n > 0) qsort(t->v, (size_t)t->n, sizeof *t->v, compare_entries);
    int i = 0;
    for (int c = 0; c < 256; c++) {
        while (i < t->n && first_byte(t->v[i].key) < c) i++;
        t->first[c] = i;
    }
    t->first[256] = t->n;
}

static err_t add_entry(struct spoken_entries *t, struct spoken_entry e) {
    struct spoken_entry *v = realloc(t->v, (size_t)(t->n + 1) * sizeof *v);
    if (!v) return err_fail(ERR_MEMORY, "no memory for the spoken words");
    t->v = v;
    t->v[t->n++] = e;
    return ERR_OK;
}

/* A key such as "kg KG" is several. */
static err_t add_keys(struct spoken_entries *t, const char *keys, const char *value) {
    for (const char *p = keys; *p;) {
        size_t n = strcspn(p, " \t");
        if (n > 0) TRY(add_entry(t, (struct spoken_entry){p, n, value}));
        p += n + (p[n] != '\0');
    }
    return ERR_OK;
}

static int forms_of(const struct spoken *s, enum spoken_table table) {
    return table == TABLE_WORDS ? 1 : table == TABLE_FRACTIONS ? 2 : s->n_forms;
}

static err_t load_table(struct spoken *s, const char *path, enum spoken_table table) {
    const char *section = sections[table], *key, *value;
    for (int i = 0; (key = config_key(s->config, section, i, &value)); i++) {
        if (count_forms(value) != forms_of(s, table))
            return err_fail(ERR_FORMAT, "%s:%d: '%s' needs %d forms, separated by '|'", path,
                            config_line(s->config, section, key), key, forms_of(s, table));
        TRY(add_keys(&s->tables[table], key, value));
    }
    index_entries(&s->tables[table]);
    return ERR_OK;
}

static err_t load_all(struct spoken *s, const char *path) {
    struct config *c = s->config;
    TRY(load_forms(s, path));
    for (int i = 0; i < SPOKEN_PATTERN_COUNT; i++) TRY(load_pattern(s, path, i));
    for (int i = 0; i < TABLE_COUNT; i++) TRY(load_table(s, path, (enum spoken_table)i));
    TRY(required(c, path, "numbers", "ordinal_rules", &s->ordinal_rules));
    TRY(required(c, path, "numbers", "year_rules", &s->year_rules));
    TRY(required(c, path, "capitals", "vowels", &s->vowels));
    s->ordinal_suffixes = config_string(c, "numbers", "ordinal_suffixes", "");
    s->by = config_string(c, "numbers", "by", "");
    s->spelled = config_string(c, "capitals", "spelled", "");
    s->read = config_string(c, "capitals", "read", "");
    return config_finish(c);
}

err_t spoken_load(struct spoken *out, const char *path) {
    *out = (struct spoken){.config = NULL};
    TRY(config_load(&out->config, path));
    err_t err = load_all(out, path);
    if (err) spoken_free(out);
    return err;
}

void spoken_free(struct spoken *s) {
    for (int i = 0; i < TABLE_COUNT; i++) free(s->tables[i].v);
    messages_free(&s->messages);
    config_free(s->config);
    *s = (struct spoken){0};
}

/* ---- looking up ---- */

static bool entry_matches(const struct spoken_entry *e, const char *text, bool any_case) {
    int differs = any_case ? strncasecmp(e->key, text, e->length) : strncmp(e->key, text, e->length);
    return !differs && !(is_ascii_alnum(e->key[e->length - 1]) && is_ascii_alnum(text[e->length]));
}

const struct spoken_entry *spoken_match(const struct spoken *s, enum spoken_table table, const char *text) {
    const struct spoken_entries *t = &s->tables[table];
    unsigned char c = first_byte(text);
    for (int i = t->first[c]; i < t->first[c + 1]; i++) {
        if (entry_matches(&t->v[i], text, table == TABLE_WORDS)) return &t->v[i];
    }
    return NULL;
}

const struct spoken_entry *spoken_find(const struct spoken *s, enum spoken_table table, const char *key) {
    const struct spoken_entry *e = spoken_match(s, table, key);
    return e && e->length == strlen(key) ? e : NULL;
}

/* The i-th of texts separated by '|'. */
static struct message_name nth_form(const char *forms, int i) {
    for (; i > 0; i--) forms = strchr(forms, '|') + 1;
    forms += strspn(forms, " \t");
    size_t n = strcspn(forms, "|");
    while (n > 0 && (forms[n - 1] == ' ' || forms[n - 1] == '\t')) n--;
    return (struct message_name){forms, n};
}

struct message_name spoken_form(const struct spoken *s, const char *forms, const char *category) {
    int wanted = 0;
    while (wanted < s->n_forms - 1 && !str_equal(s->forms[wanted], category)) wanted++;
    return nth_form(forms, wanted);
}

struct message_name spoken_fraction(const char *value, bool behind_number) {
    return nth_form(value, behind_number);
}

bool spoken_has_word(const char *list, const char *word, size_t n) {
    for (const char *p = list; *p;) {
        size_t length = strcspn(p, " \t");
        if (length == n && strncasecmp(p, word, n) == 0) return true;
        p += length + (p[length] != '\0');
    }
    return false;
}
