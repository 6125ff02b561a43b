#include "say/messageformat.h"

#include <stdlib.h>
#include <string.h>

#include "say/messagepart.h"

enum { POOL_PARTS_MAX = 1 << 20, POOL_BYTES_MAX = 1 << 24, NUMBER_DIGITS_MAX = 9 };

struct parser {
    struct messages *pool;
    const struct message_source *source;
    const char *at, *end;
    int depth;
};

void messages_free(struct messages *m) {
    free(m->parts);
    free(m->bytes);
    *m = (struct messages){0};
}

/* ---- the pool ---- */

static err_t add_part(struct messages *m, struct part part, int32_t *out) {
    if (m->n_parts == m->parts_room) {
        int32_t room = m->parts_room ? m->parts_room * 2 : 64;
        struct part *parts = room <= POOL_PARTS_MAX ? realloc(m->parts, (size_t)room * sizeof *parts) : NULL;
        if (!parts) return err_fail(ERR_MEMORY, "no memory for the reply texts");
        m->parts = parts;
        m->parts_room = room;
    }
    *out = m->n_parts;
    m->parts[m->n_parts++] = part;
    return ERR_OK;
}

static err_t add_byte(struct messages *m, char c) {
    if (m->n_bytes == m->bytes_room) {
        size_t room = m->bytes_room ? m->bytes_room * 2 : 1024;
        char *bytes = room <= POOL_BYTES_MAX ? realloc(m->bytes, room) : NULL;
        if (!bytes) return err_fail(ERR_MEMORY, "no memory for the reply texts");
        m->bytes = bytes;
        m->bytes_room = room;
    }
    m->bytes[m->n_bytes++] = c;
    return ERR_OK;
}

static err_t add_bytes(struct messages *m, const char *text, size_t n) {
    for (size_t i = 0; i < n; i++) TRY(add_byte(m, text[i]));
    return ERR_OK;
}

/* ---- places ---- */

void message_place(const struct message_source *source, const char *at, int *line, int *column) {
    *line = *column = 1;
    for (const char *p = source->text; p < at; p++) {
        if (*p == '\n') {
            ++*line;
            *column = 1;
        } else if (((unsigned char)*p & 0xC0) != 0x80) {
            ++*column;
        }
    }
}

/* Fails at `at`; the reason is "name:line:column: <what>". */
#define fail_at(p, at, ...) place_error(p, at, err_fail(ERR_FORMAT, __VA_ARGS__))

static err_t place_error(const struct parser *p, const char *at, err_t err) {
    int line, column;
    message_place(p->source, at, &line, &column);
    return err_prefix(err, "%s:%d:%d", p->source->name, line, column);
}

/* ---- characters ---- */

static bool at_end(const struct parser *p) {
    return p->at == p->end;
}

static bool at_char(const struct parser *p, char c) {
    return p->at < p->end && *p->at == c;
}

static bool take(struct parser *p, char c) {
    if (!at_char(p, c)) return false;
    p->at++;
    return true;
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void skip_space(struct parser *p) {
    while (p->at < p->end && is_space(*p->at)) p->at++;
}

static bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

struct slice {
    const char *text;
    size_t length;
};

static struct slice take_name(struct parser *p) {
    const char *start = p->at;
    while (p->at < p->end && is_name_char(*p->at)) p->at++;
    return (struct slice){start, (size_t)(p->at - start)};
}

static bool slice_is(struct slice s, const char *text) {
    return s.length == strlen(text) && memcmp(s.text, text, s.length) == 0;
}

/* "2", "0.5", "-1" as thousandths. */
static bool take_number(struct parser *p, int64_t *milli) {
    bool minus = take(p, '-');
    int64_t value = 0;
    int digits = 0, decimals = 0;
    for (; p->at < p->end && *p->at >= '0' && *p->at <= '9' && digits <= NUMBER_DIGITS_MAX; digits++)
        value = value * 10 + (*p->at++ - '0');
    if (digits == 0 || digits > NUMBER_DIGITS_MAX) return false;
    if (take(p, '.')) {
        for (; p->at < p->end && *p->at >= '0' && *p->at <= '9' && decimals < 3; decimals++)
            value = value * 10 + (*p->at++ - '0');
        if (decimals == 0) return false;
    }
    for (; decimals < 3; decimals++) value *= 10;
    *milli = minus ? -value : value;
    return true;
}

/* ---- text ---- */

/* Characters that an apostrophe in front of them quotes. */
static bool is_syntax(char c, bool in_plural) {
    return c == '{' || c == '}' || (in_plural && c == '#');
}

static err_t add_quoted(struct parser *p, const char *opening) {
    for (;;) {
        if (at_end(p)) return fail_at(p, opening, "expected an apostrophe that closes the quote begun here");
        char c = *p->at++;
        if (c == '\'' && !take(p, '\'')) return ERR_OK;
        TRY(add_byte(p->pool, c));
    }
}

/* A line break and the white space around it are one blank. */
static err_t add_line_break(struct parser *p, size_t text_start) {
    struct messages *m = p->pool;
    skip_space(p);
    while (m->n_bytes > text_start && is_space(m->bytes[m->n_bytes - 1])) m->n_bytes--;
    return add_byte(m, ' ');
}

static err_t add_text_char(struct parser *p, size_t text_start, bool in_plural) {
    const char *start = p->at;
    char c = *p->at++;
    if (c == '\n') return add_line_break(p, text_start);
    if (c != '\'') return add_byte(p->pool, c);
    if (take(p, '\'')) return add_byte(p->pool, '\'');
    if (p->at < p->end && is_syntax(*p->at, in_plural)) return add_quoted(p, start);
    return add_byte(p->pool, '\'');
}

static err_t parse_text(struct parser *p, bool in_plural, struct part *out) {
    size_t start = p->pool->n_bytes;
    while (!at_end(p) && !is_syntax(*p->at, in_plural)) TRY(add_text_char(p, start, in_plural));
    *out = (struct part){.kind = PART_TEXT, .text = (uint32_t)start, .length = (uint32_t)(p->pool->n_bytes - start)};
    return ERR_OK;
}

/* ---- arguments ---- */

static err_t parse_message(struct parser *p, bool in_plural, int32_t *out);

static err_t expect_close(struct parser *p, const char *opening) {
    skip_space(p);
    if (take(p, '}')) return ERR_OK;
    if (!at_end(p)) return fail_at(p, p->at, "expected '}'");
    int line, column;
    message_place(p->source, opening, &line, &column);
    return fail_at(p, p->at, "expected '}' to close the '{' at line %d, column %d", line, column);
}

static err_t add_named(struct parser *p, struct part part, struct slice name, int32_t *out) {
    part.text = (uint32_t)p->pool->n_bytes;
    part.length = (uint32_t)name.length;
    part.next = part.child = -1;
    TRY(add_bytes(p->pool, name.text, name.length));
    return add_part(p->pool, part, out);
}

/* "=2", "one" or, in a select, any word. */
static err_t parse_case_name(struct parser *p, enum part_kind choice, struct part *part, struct slice *name) {
    static const char *const categories[] = {"zero", "one", "two", "few", "many", "other"};
    const char *start = p->at;
    if (choice != PART_SELECT && take(p, '=')) {
        part->exact = true;
        if (!take_number(p, &part->number)) return fail_at(p, start, "expected a number such as =2 or =0.5");
        *name = (struct slice){start, (size_t)(p->at - start)};
        return ERR_OK;
    }
    *name = take_name(p);
    if (name->length == 0) return fail_at(p, start, "expected a case such as 'other {...}'");
    if (choice == PART_SELECT) return ERR_OK;
    for (size_t i = 0; i < sizeof categories / sizeof *categories; i++) {
        if (slice_is(*name, categories[i])) return ERR_OK;
    }
    return fail_at(p, start, "expected =NUMBER, zero, one, two, few, many or other, not '%.*s'", (int)name->length,
                   name->text);
}

static bool same_case(const struct messages *m, int32_t i, const struct part *part, struct slice name) {
    const struct part *other = &m->parts[i];
    if (part->exact || other->exact) return part->exact == other->exact && part->number == other->number;
    return other->length == name.length && memcmp(m->bytes + other->text, name.text, name.length) == 0;
}

static err_t parse_case(struct parser *p, enum part_kind choice, int32_t first, int32_t *out) {
    const char *start = p->at;
    struct part part = {.kind = PART_CASE};
    struct slice name;
    TRY(parse_case_name(p, choice, &part, &name));
    for (int32_t i = first; i >= 0; i = p->pool->parts[i].next) {
        if (same_case(p->pool, i, &part, name))
            return fail_at(p, start, "the case '%.*s' is there twice", (int)name.length, name.text);
    }
    skip_space(p);
    const char *opening = p->at;
    if (!take(p, '{')) return fail_at(p, p->at, "expected '{' after the case '%.*s'", (int)name.length, name.text);
    int32_t index, message;
    TRY(add_named(p, part, name, &index));
    TRY(parse_message(p, choice != PART_SELECT, &message));
    p->pool->parts[index].child = message;
    *out = index;
    return expect_close(p, opening);
}

static err_t parse_offset(struct parser *p, int64_t *milli) {
    static const char word[] = "offset:";
    size_t n = sizeof word - 1;
    if ((size_t)(p->end - p->at) < n || memcmp(p->at, word, n) != 0) return ERR_OK;
    p->at += n;
    skip_space(p);
    const char *start = p->at;
    if (!take_number(p, milli)) return fail_at(p, start, "expected a number after 'offset:'");
    skip_space(p);
    return ERR_OK;
}

static err_t parse_cases(struct parser *p, struct part *choice) {
    int32_t last = -1;
    bool has_other = false;
    choice->child = -1;
    for (skip_space(p); !at_end(p) && *p->at != '}'; skip_space(p)) {
        int32_t index = -1;
        TRY(parse_case(p, choice->kind, choice->child, &index));
        struct messages *m = p->pool;
        if (last < 0) choice->child = index;
        if (last >= 0) m->parts[last].next = index;
        last = index;
        has_other |= slice_is((struct slice){m->bytes + m->parts[index].text, m->parts[index].length}, "other");
    }
    return has_other ? ERR_OK : fail_at(p, p->at, "expected a case 'other {...}'");
}

static err_t parse_choice(struct parser *p, struct slice name, struct part part, int32_t *out) {
    skip_space(p);
    if (!take(p, ',')) return fail_at(p, p->at, "expected ',' and the cases of '%.*s'", (int)name.length, name.text);
    skip_space(p);
    if (part.kind != PART_SELECT) TRY(parse_offset(p, &part.number));
    TRY(parse_cases(p, &part));
    int32_t child = part.child;
    TRY(add_named(p, part, name, out));
    p->pool->parts[*out].child = child;
    return ERR_OK;
}

static err_t parse_format(struct parser *p, struct slice name, int32_t *out) {
    static const struct {
        const char *word;
        struct part part;
    } formats[] = {
        {"plural", {.kind = PART_PLURAL}},
        {"selectordinal", {.kind = PART_ORDINAL}},
        {"select", {.kind = PART_SELECT}},
        {"ordinal", {.kind = PART_ARGUMENT, .style = STYLE_ORDINAL}},
        {"spellout", {.kind = PART_ARGUMENT, .style = STYLE_SPELLOUT}},
    };
    const char *start = p->at;
    struct slice word = take_name(p);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (!slice_is(word, formats[i].word)) continue;
        struct part part = formats[i].part;
        return part.kind == PART_ARGUMENT ? add_named(p, part, name, out) : parse_choice(p, name, part, out);
    }
    return fail_at(p, start, "expected plural, select, selectordinal, ordinal or spellout");
}

static err_t parse_argument(struct parser *p, int32_t *out) {
    const char *opening = p->at++;
    if (p->depth >= MESSAGE_DEPTH_MAX)
        return fail_at(p, opening, "this is nested deeper than %d levels", MESSAGE_DEPTH_MAX);
    p->depth++;
    skip_space(p);
    const char *start = p->at;
    struct slice name = take_name(p);
    if (name.length == 0) return fail_at(p, start, "expected the name of an argument");
    if (name.length >= ARG_NAME_MAX)
        return fail_at(p, start, "the name of an argument has at most %d characters", ARG_NAME_MAX - 1);
    skip_space(p);
    if (take(p, ',')) {
        skip_space(p);
        TRY(parse_format(p, name, out));
    } else if (!at_end(p) && *p->at != '}') {
        return fail_at(p, p->at, "expected ',' or '}' after '%.*s'", (int)name.length, name.text);
    } else {
        TRY(add_named(p, (struct part){.kind = PART_ARGUMENT}, name, out));
    }
    p->depth--;
    return expect_close(p, opening);
}

/* ---- messages ---- */

static err_t parse_part(struct parser *p, bool in_plural, int32_t *out) {
    if (at_char(p, '{')) return parse_argument(p, out);
    struct part part = {.kind = PART_HASH};
    if (!in_plural || !take(p, '#')) TRY(parse_text(p, in_plural, &part));
    part.next = part.child = -1;
    return add_part(p->pool, part, out);
}

/* Up to the '}' that ends it, which is left, or the end. */
static err_t parse_message(struct parser *p, bool in_plural, int32_t *out) {
    int32_t first = MESSAGE_EMPTY, last = -1;
    while (!at_end(p) && *p->at != '}') {
        int32_t index;
        TRY(parse_part(p, in_plural, &index));
        if (last < 0) first = index;
        if (last >= 0) p->pool->parts[last].next = index;
        last = index;
    }
    *out = first;
    return ERR_OK;
}

err_t message_parse(struct messages *m, const struct message_source *source, const char *pattern, size_t n,
                    int32_t *out) {
    struct parser p = {.pool = m, .source = source, .at = pattern, .end = pattern + n};
    int32_t message;
    TRY(parse_message(&p, false, &message));
    if (!at_end(&p))
        return fail_at(&p, p.at, "this '}' closes nothing; a brace to be read is written '}' in apostrophes");
    *out = message;
    return ERR_OK;
}
