#include "say/reply.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "base/str.h"

struct reply reply_make(const char *id) {
    struct reply r = {0};
    bool whole = str_copy(r.id, sizeof r.id, id);
    assert(whole && "the reply id is longer than REPLY_ID_MAX");
    (void)whole;
    return r;
}

static struct arg *add(struct reply *r, const char *name, enum arg_kind kind) {
    assert(r->n_args < REPLY_ARGS_MAX);
    struct arg *a = &r->args[r->n_args++];
    *a = (struct arg){.kind = kind};
    bool whole = str_copy(a->name, sizeof a->name, name);
    assert(whole && "the name of the argument is longer than ARG_NAME_MAX");
    (void)whole;
    return a;
}

void reply_text(struct reply *r, const char *name, const char *text) {
    struct arg *a = add(r, name, ARG_TEXT);
    str_copy(a->text, sizeof a->text, text);
}

void reply_number(struct reply *r, const char *name, int64_t milli) {
    add(r, name, ARG_NUMBER)->number = milli;
}

void reply_money(struct reply *r, const char *name, int64_t minor, const char *currency) {
    struct arg *a = add(r, name, ARG_MONEY);
    a->number = minor;
    str_copy(a->text, sizeof a->text, currency);
}

void reply_date(struct reply *r, const char *name, int64_t ms) {
    add(r, name, ARG_DATE)->number = ms;
}

void reply_time(struct reply *r, const char *name, int64_t ms) {
    add(r, name, ARG_TIME)->number = ms;
}

void reply_digits(struct reply *r, const char *name, const char *digits) {
    struct arg *a = add(r, name, ARG_DIGITS);
    str_copy(a->text, sizeof a->text, digits);
}

static struct arg *find_list(struct reply *r, const char *name) {
    for (int i = 0; i < r->n_args; i++) {
        if (r->args[i].kind == ARG_LIST && str_equal(r->args[i].name, name)) return &r->args[i];
    }
    return NULL;
}

/* An item that no longer fits as a whole is left out: half a product's name helps nobody. */
void reply_list_add(struct reply *r, const char *name, const char *item) {
    struct arg *a = find_list(r, name);
    if (!a) {
        a = add(r, name, ARG_LIST);
        str_copy(a->text, sizeof a->text, item);
        return;
    }
    size_t used = strlen(a->text), n = strlen(item);
    if (used + 1 + n >= sizeof a->text) return;
    a->text[used] = '\n';
    memcpy(a->text + used + 1, item, n + 1);
}
