#include "base/config.h"

#include <errno.h>
#include <ini.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

enum {
    FILE_MAX_BYTES = 1 << 20,
    KEYS_MAX = 4096,
    LINE_MAX_BYTES = 2048,
    SECTION_MAX_BYTES = 48, /* inih cuts a longer one without a word */
};

struct entry {
    char *section, *key, *value;
    int line;
    bool used;
};

struct config {
    char *name; /* of the file, for messages */
    struct entry *entries;
    int n, room;
};

/* ---- reading ---- */

struct reader {
    struct config *config;
    const char *rest;
    int line;
    err_t err; /* of our own checks; its reason is the thread's */
};

static bool has_control(const char *s, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if ((unsigned char)s[i] < ' ' && s[i] != '\t') return true;
    }
    return false;
}

/* Hands inih one line, as fgets() would. Two of its habits end here: a line longer than its buffer would be cut and
 * the rest read as another, and an indented line would silently go on with the value above. */
static char *next_line(char *buf, int cap, void *stream) {
    struct reader *r = stream;
    if (r->err || !*r->rest) return NULL;
    r->line++;
    size_t whole = strcspn(r->rest, "\n");
    const char *line = r->rest;
    r->rest += whole + (r->rest[whole] == '\n');

    const char *file = r->config->name;
    size_t n = whole > 0 && line[whole - 1] == '\r' ? whole - 1 : whole;
    for (; n > 0 && (*line == ' ' || *line == '\t'); n--) line++;
    if (n > LINE_MAX_BYTES || n + 3 > (size_t)cap)
        r->err = err_fail(ERR_FORMAT, "%s:%d: the line is longer than %d bytes", file, r->line, LINE_MAX_BYTES);
    else if (!str_is_utf8(line, n) || has_control(line, n))
        r->err = err_fail(ERR_FORMAT, "%s:%d: this is not UTF-8 text", file, r->line);
    if (r->err) return NULL;

    memcpy(buf, line, n);
    memcpy(buf + n, "\n", 2);
    return buf;
}

static struct entry *find(const struct config *c, const char *section, const char *key) {
    for (int i = 0; i < c->n; i++) {
        if (str_equal(c->entries[i].key, key) && str_equal(c->entries[i].section, section)) return &c->entries[i];
    }
    return NULL;
}

static err_t make_room(struct config *c) {
    if (c->n == KEYS_MAX) return err_fail(ERR_FULL, "%s has more than %d keys", c->name, KEYS_MAX);
    if (c->n < c->room) return ERR_OK;
    int room = c->room ? c->room * 2 : 32;
    struct entry *entries = realloc(c->entries, (size_t)room * sizeof *entries);
    if (!entries) return err_fail(ERR_MEMORY, "no memory for %s", c->name);
    c->entries = entries;
    c->room = room;
    return ERR_OK;
}

static err_t add(struct config *c, const char *section, const char *key, const char *value, int line) {
    if (strlen(section) > SECTION_MAX_BYTES)
        return err_fail(ERR_FORMAT, "%s:%d: the name of section [%s...] is longer than %d bytes", c->name, line,
                        section, SECTION_MAX_BYTES);
    if (!*key) return err_fail(ERR_FORMAT, "%s:%d: there is no key in front of '='", c->name, line);
    const struct entry *first = find(c, section, key);
    if (first) return err_fail(ERR_FORMAT, "%s:%d: '%s' was already set on line %d", c->name, line, key, first->line);
    TRY(make_room(c));
    struct entry e = {.section = strdup(section), .key = strdup(key), .value = strdup(value), .line = line};
    c->entries[c->n++] = e;
    if (!e.section || !e.key || !e.value) return err_fail(ERR_MEMORY, "no memory for %s", c->name);
    return ERR_OK;
}

static int take_entry(void *user, const char *section, const char *key, const char *value) {
    struct reader *r = user;
    if (!r->err) r->err = add(r->config, section, key, value, r->line);
    return !r->err;
}

static err_t read_entries(struct config *c, const char *text) {
    struct reader r = {.config = c, .rest = text};
    ini_max_line = LINE_MAX_BYTES + 3; /* inih's own variable; nobody else in the house uses inih */
    int bad_line = ini_parse_stream(next_line, &r, take_entry, &r);
    if (bad_line < 0) return err_fail(ERR_MEMORY, "no memory for %s", c->name);
    bool bad_syntax = bad_line > 0 && (!r.err || bad_line < r.line);
    if (bad_syntax)
        return err_fail(ERR_FORMAT, "%s:%d: this should be '[section]' or 'key = value'", c->name, bad_line);
    return r.err;
}

err_t config_parse(struct config **out, const char *name, const char *text) {
    if (strnlen(text, FILE_MAX_BYTES + 1) > FILE_MAX_BYTES)
        return err_fail(ERR_FULL, "%s is larger than %d bytes", name, FILE_MAX_BYTES);
    struct config *c = calloc(1, sizeof *c);
    if (c) c->name = strdup(name);
    if (!c || !c->name) {
        free(c);
        return err_fail(ERR_MEMORY, "no memory for %s", name);
    }
    err_t err = read_entries(c, text);
    if (err) {
        config_free(c);
        return err;
    }
    *out = c;
    return ERR_OK;
}

static err_t read_text(FILE *file, const char *path, char *text) {
    size_t n = fread(text, 1, FILE_MAX_BYTES + 1, file);
    if (ferror(file)) return err_fail(ERR_IO, "cannot read %s: %s", path, strerror(errno));
    if (n > FILE_MAX_BYTES) return err_fail(ERR_FULL, "%s is larger than %d bytes", path, FILE_MAX_BYTES);
    if (memchr(text, '\0', n)) return err_fail(ERR_FORMAT, "%s is not a text file", path);
    text[n] = '\0';
    return ERR_OK;
}

err_t config_load(struct config **out, const char *path) {
    FILE *file = fopen(path, "re");
    if (!file) return err_fail(errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "cannot open %s: %s", path, strerror(errno));
    char *text = malloc(FILE_MAX_BYTES + 2);
    err_t err = text ? read_text(file, path, text) : err_fail(ERR_MEMORY, "no memory to read %s", path);
    if (!err) err = config_parse(out, path, text);
    free(text);
    fclose(file);
    return err;
}

void config_free(struct config *c) {
    if (!c) return;
    for (int i = 0; i < c->n; i++) {
        free(c->entries[i].section);
        free(c->entries[i].key);
        free(c->entries[i].value);
    }
    free(c->entries);
    free(c->name);
    free(c);
}

/* ---- asking ---- */

static const struct entry *consume(struct config *c, const char *section, const char *key) {
    struct entry *e = find(c, section, key);
    if (e) e->used = true;
    return e;
}

const char *config_string(struct config *c, const char *section, const char *key, const char *fallback) {
    const struct entry *e = consume(c, section, key);
    return e ? e->value : fallback;
}

static err_t not_a(const struct config *c, const struct entry *e, const char *what) {
    return err_fail(ERR_FORMAT, "%s:%d: %s is '%s', but should be %s", c->name, e->line, e->key, e->value, what);
}

err_t config_int(struct config *c, const char *section, const char *key, int64_t min, int64_t max, int64_t fallback,
                 int64_t *out) {
    const struct entry *e = consume(c, section, key);
    if (!e) {
        *out = fallback;
        return ERR_OK;
    }
    char *end;
    errno = 0;
    long long value = strtoll(e->value, &end, 10);
    if (end == e->value || *end) return not_a(c, e, "a whole number");
    if (errno == ERANGE || value < min || value > max)
        return err_fail(ERR_RANGE, "%s:%d: %s is %s, but must be %lld to %lld", c->name, e->line, e->key, e->value,
                        (long long)min, (long long)max);
    *out = value;
    return ERR_OK;
}

/* With a point in every locale; without the infinities, NaN and hexadecimals of strtod(). */
static bool parse_double(const char *text, double *out) {
    if (!*text || text[strspn(text, "0123456789+-.eE")]) return false;
    locale_t c_locale = newlocale(LC_NUMERIC_MASK, "C", NULL);
    if (!c_locale) return false;
    char *end;
    double value = strtod_l(text, &end, c_locale);
    freelocale(c_locale);
    if (end == text || *end) return false;
    *out = value;
    return true;
}

err_t config_double(struct config *c, const char *section, const char *key, double min, double max, double fallback,
                    double *out) {
    const struct entry *e = consume(c, section, key);
    if (!e) {
        *out = fallback;
        return ERR_OK;
    }
    double value;
    if (!parse_double(e->value, &value)) return not_a(c, e, "a number");
    if (value < min || value > max)
        return err_fail(ERR_RANGE, "%s:%d: %s is %s, but must be %g to %g", c->name, e->line, e->key, e->value, min,
                        max);
    *out = value;
    return ERR_OK;
}

err_t config_bool(struct config *c, const char *section, const char *key, bool fallback, bool *out) {
    static const struct {
        const char *word;
        bool value;
    } words[] = {{"yes", true}, {"true", true},   {"on", true},   {"1", true},
                 {"no", false}, {"false", false}, {"off", false}, {"0", false}};
    const struct entry *e = consume(c, section, key);
    if (!e) {
        *out = fallback;
        return ERR_OK;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!str_equal(e->value, words[i].word)) continue;
        *out = words[i].value;
        return ERR_OK;
    }
    return not_a(c, e, "yes or no");
}

const char *config_section(const struct config *c, int i) {
    for (int at = 0; at < c->n; at++) {
        const char *section = c->entries[at].section;
        bool seen = false;
        for (int before = 0; before < at && !seen; before++) seen = str_equal(c->entries[before].section, section);
        if (!seen && i-- == 0) return section;
    }
    return NULL;
}

const char *config_key(struct config *c, const char *section, int i, const char **value) {
    for (int at = 0; at < c->n; at++) {
        struct entry *e = &c->entries[at];
        if (!str_equal(e->section, section) || i-- != 0) continue;
        e->used = true;
        *value = e->value;
        return e->key;
    }
    return NULL;
}

int config_line(const struct config *c, const char *section, const char *key) {
    const struct entry *e = find(c, section, key);
    return e ? e->line : 0;
}

err_t config_finish(const struct config *c) {
    for (int i = 0; i < c->n; i++) {
        const struct entry *e = &c->entries[i];
        if (e->used) continue;
        if (!*e->section) return err_fail(ERR_FORMAT, "%s:%d: unknown key '%s'", c->name, e->line, e->key);
        return err_fail(ERR_FORMAT, "%s:%d: unknown key '%s' in [%s]", c->name, e->line, e->key, e->section);
    }
    return ERR_OK;
}
