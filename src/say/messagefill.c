#include <string.h>

#include "base/str.h"
#include "say/messageformat.h"
#include "say/messagepart.h"

struct filler {
    const struct messages *pool;
    const struct arg *args;
    int n_args;
    const struct message_style *style;
    struct sink *out;
};

/* The number that '#' stands for. */
struct hash {
    int64_t milli;
    enum argument_style style;
};

static bool part_is(const struct messages *m, const struct part *part, const char *text) {
    size_t n = strlen(text);
    return part->length == n && memcmp(m->bytes + part->text, text, n) == 0;
}

static err_t find_argument(const struct filler *f, const struct part *part, const struct arg **out) {
    for (int i = 0; i < f->n_args; i++) {
        if (!part_is(f->pool, part, f->args[i].name)) continue;
        *out = &f->args[i];
        return ERR_OK;
    }
    return err_fail(ERR_ARG, "the argument '%.*s' is missing", (int)part->length, f->pool->bytes + part->text);
}

static const struct part *find_exact(const struct messages *m, const struct part *choice, int64_t milli) {
    for (int32_t i = choice->child; i >= 0; i = m->parts[i].next) {
        if (m->parts[i].exact && m->parts[i].number == milli) return &m->parts[i];
    }
    return NULL;
}

/* The case of that name, else `other`, which the parser has made sure of. */
static const struct part *find_case(const struct messages *m, const struct part *choice, const char *name) {
    const struct part *other = NULL;
    for (int32_t i = choice->child; i >= 0; i = m->parts[i].next) {
        if (part_is(m, &m->parts[i], name)) return &m->parts[i];
        if (part_is(m, &m->parts[i], "other")) other = &m->parts[i];
    }
    return other;
}

static err_t fill(const struct filler *f, int32_t message, struct hash hash);

static err_t fill_plural(const struct filler *f, const struct part *part, const struct arg *a) {
    bool ordinal = part->kind == PART_ORDINAL;
    int64_t milli;
    if (a->kind != ARG_NUMBER || __builtin_sub_overflow(a->number, part->number, &milli))
        return err_fail(ERR_ARG, "the argument '%s' is no number that a plural could count", a->name);
    const struct part *chosen = find_exact(f->pool, part, a->number);
    if (!chosen) chosen = find_case(f->pool, part, f->style->plural(f->style->ctx, milli, ordinal));
    return fill(f, chosen->child, (struct hash){milli, ordinal ? STYLE_DIGITS : STYLE_PLAIN});
}

static err_t fill_select(const struct filler *f, const struct part *part, const struct arg *a) {
    if (a->kind != ARG_TEXT) return err_fail(ERR_ARG, "the argument '%s' is no text to select by", a->name);
    return fill(f, find_case(f->pool, part, a->text)->child, (struct hash){0});
}

static err_t fill_part(const struct filler *f, const struct part *part, struct hash hash) {
    if (part->kind == PART_TEXT) {
        sink_put(f->out, f->pool->bytes + part->text, part->length);
        return ERR_OK;
    }
    if (part->kind == PART_HASH) {
        struct arg number = {.name = "#", .kind = ARG_NUMBER, .number = hash.milli};
        return f->style->put(f->style->ctx, &number, hash.style, f->out);
    }
    const struct arg *a = NULL;
    TRY(find_argument(f, part, &a));
    switch (part->kind) {
        case PART_PLURAL:
        case PART_ORDINAL:
            return fill_plural(f, part, a);
        case PART_SELECT:
            return fill_select(f, part, a);
        default:
            return f->style->put(f->style->ctx, a, part->style, f->out);
    }
}

static err_t fill(const struct filler *f, int32_t message, struct hash hash) {
    for (int32_t i = message; i >= 0; i = f->pool->parts[i].next) TRY(fill_part(f, &f->pool->parts[i], hash));
    return ERR_OK;
}

err_t message_fill(const struct messages *m, int32_t message, const struct arg *args, int n_args,
                   const struct message_style *style, struct sink *out) {
    struct filler f = {.pool = m, .args = args, .n_args = n_args, .style = style, .out = out};
    return fill(&f, message, (struct hash){0});
}

static void add_name(const struct messages *m, const struct part *part, struct message_name *names, size_t cap,
                     size_t *n) {
    const char *text = m->bytes + part->text;
    for (size_t i = 0; i < *n && i < cap; i++) {
        if (names[i].length == part->length && memcmp(names[i].text, text, part->length) == 0) return;
    }
    if (*n < cap) names[*n] = (struct message_name){text, part->length};
    ++*n;
}

void message_arguments(const struct messages *m, int32_t message, struct message_name *names, size_t cap, size_t *n) {
    for (int32_t i = message; i >= 0; i = m->parts[i].next) {
        const struct part *part = &m->parts[i];
        if (part->kind != PART_TEXT && part->kind != PART_HASH && part->kind != PART_CASE)
            add_name(m, part, names, cap, n);
        if (part->child >= 0) message_arguments(m, part->child, names, cap, n);
    }
}
