#include "say/saying.h"

#include <string.h>

enum { ITEM_MAX = 4 * ARG_TEXT_MAX };

static err_t say_text(struct saying *s, const char *text, size_t n, struct sink *out) {
    if (!s->ear) {
        sink_put_clean(out, text, n);
        return ERR_OK;
    }
    char copy[ARG_TEXT_MAX], words[ITEM_MAX];
    n = n < sizeof copy ? n : sizeof copy - 1;
    memcpy(copy, text, n);
    copy[n] = '\0';
    struct sink spoken = sink_make(words, sizeof words);
    TRY(saying_name(s, copy, NAME_SPEECH, &spoken));
    if (spoken.length > 0)
        sink_put(out, spoken.buf, spoken.length);
    else
        sink_put_clean(out, text, n); /* a script of which we know no words: the voice may */
    return ERR_OK;
}

static err_t say_list(struct saying *s, const char *items, struct sink *out) {
    char list[ITEM_MAX];
    struct sink said = sink_make(list, sizeof list);
    for (const char *p = items; *p;) {
        size_t n = strcspn(p, "\n");
        TRY(say_text(s, p, n, &said));
        sink_put(&said, "\n", 1);
        p += n + (p[n] == '\n');
    }
    return formats_list(s->formats, list, out);
}

static err_t say_plain(struct saying *s, const struct arg *a, struct sink *out) {
    switch (a->kind) {
        case ARG_TEXT:
            return say_text(s, a->text, strnlen(a->text, sizeof a->text), out);
        case ARG_NUMBER:
            return saying_number(s, a->number, STYLE_PLAIN, out);
        case ARG_MONEY:
            return saying_money(s, a->number, a->text, out);
        case ARG_DATE:
            return saying_date(s, a->number, out);
        case ARG_TIME:
            return saying_time(s, a->number, out);
        case ARG_DIGITS:
            return saying_digits(s, a->text, out);
        case ARG_LIST:
            return say_list(s, a->text, out);
    }
    return err_fail(ERR_ARG, "of a kind that we do not know");
}

static err_t put(void *ctx, const struct arg *a, enum argument_style style, struct sink *out) {
    struct saying *s = ctx;
    if (style == STYLE_PLAIN) return err_prefix(say_plain(s, a, out), "the argument '%s'", a->name);
    if (a->kind != ARG_NUMBER)
        return err_fail(ERR_ARG, "the argument '%s' is no number that could be spelled", a->name);
    return err_prefix(saying_number(s, a->number, style, out), "the argument '%s'", a->name);
}

static const char *plural(void *ctx, int64_t milli, bool ordinal) {
    struct saying *s = ctx;
    return formats_plural(s->formats, milli, ordinal);
}

struct message_style saying_style(struct saying *s) {
    return (struct message_style){.ctx = s, .put = put, .plural = plural};
}

/* The texts in a pattern of our own are words already. */
static err_t put_words(void *ctx, const struct arg *a, enum argument_style style, struct sink *out) {
    if (a->kind != ARG_TEXT) return put(ctx, a, style, out);
    sink_put(out, a->text, strlen(a->text));
    return ERR_OK;
}

err_t saying_pattern(struct saying *s, enum spoken_pattern pattern, const struct arg *args, int n_args,
                     struct sink *out) {
    struct saying ear = *s;
    ear.ear = true;
    struct message_style style = {.ctx = &ear, .put = put_words, .plural = plural};
    return message_fill(&s->spoken->messages, s->spoken->patterns[pattern], args, n_args, &style, out);
}
