#include "say/texts.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "say/book.h"
#include "say/saying.h"

enum { MANNERS_MAX = 4, MANNER_MAX = 16 };

struct texts {
    struct book book;
    char manners[MANNERS_MAX][MANNER_MAX];
    int n_manners;
    struct spoken spoken;
    struct formats *formats;
    char names[REPLY_ARGS_MAX * 2][ARG_NAME_MAX]; /* what texts_arguments() lends */
};

/* ---- loading ---- */

/* spoken.ini lies beside replies.txt. */
static err_t load_spoken(struct spoken *out, const char *replies) {
    char path[PATH_MAX];
    const char *slash = strrchr(replies, '/');
    size_t folder = slash ? (size_t)(slash + 1 - replies) : 0;
    if (folder >= sizeof path) return err_fail(ERR_ARG, "the path of the replies is too long");
    memcpy(path, replies, folder);
    path[folder] = '\0';
    if (!str_append(path, sizeof path, "spoken.ini")) return err_fail(ERR_ARG, "the path of the replies is too long");
    return spoken_load(out, path);
}

static err_t load(struct texts *t, const char *locale, const char *path, const char *extra) {
    TRY(book_read(&t->book, path));
    if (extra) TRY(book_read(&t->book, extra));
    TRY(load_spoken(&t->spoken, path));
    return formats_open(&t->formats, locale, t->spoken.ordinal_rules, t->spoken.year_rules);
}

err_t texts_load(struct texts **out, const char *locale, const char *path, const char *extra) {
    struct texts *t = calloc(1, sizeof *t);
    if (!t) return err_fail(ERR_MEMORY, "no memory for the reply texts");
    err_t err = load(t, locale, path, extra);
    if (err) {
        texts_free(t);
        return err;
    }
    *out = t;
    return ERR_OK;
}

void texts_free(struct texts *t) {
    if (!t) return;
    book_free(&t->book);
    spoken_free(&t->spoken);
    formats_close(t->formats);
    free(t);
}

err_t texts_timezone(struct texts *t, const char *timezone) {
    return formats_zone(t->formats, timezone);
}

/* ---- manners ---- */

static bool is_worded(const struct texts *t, const char *manner) {
    for (int i = 0; i < t->book.n; i++) {
        const char *colon = strchr(t->book.entries[i].id, ':');
        if (colon && str_equal(colon + 1, manner)) return true;
    }
    return false;
}

err_t texts_manner(struct texts *t, const char *words) {
    char copy[MANNERS_MAX * MANNER_MAX], *rest = copy;
    if (!str_copy(copy, sizeof copy, words)) return err_fail(ERR_ARG, "the manner '%.40s...' is too long", words);
    t->n_manners = 0;
    for (const char *word; (word = str_next_word(&rest));) {
        if (!is_worded(t, word)) return err_fail(ERR_NOT_FOUND, "no reply is worded for the manner '%s'", word);
        if (t->n_manners == MANNERS_MAX || !str_copy(t->manners[t->n_manners++], MANNER_MAX, word))
            return err_fail(ERR_ARG, "a manner is at most %d short words", MANNERS_MAX);
    }
    return ERR_OK;
}

/* The entry that is said for an id. */
static struct book_entry *entry_find(const struct texts *t, const char *id) {
    struct book_entry *plain = book_find(&t->book, id);
    for (int i = 0; plain && i < t->n_manners; i++) {
        char styled[REPLY_ID_MAX + MANNER_MAX];
        snprintf(styled, sizeof styled, "%s:%s", id, t->manners[i]);
        struct book_entry *e = book_find(&t->book, styled);
        if (e && e->file >= plain->file) return e;
    }
    return plain;
}

/* ---- what there is ---- */

const char *texts_id(const struct texts *t, size_t i) {
    return i < (size_t)t->book.n ? t->book.entries[i].id : NULL;
}

int texts_wordings(const struct texts *t, const char *id) {
    const struct book_entry *e = entry_find(t, id);
    return e ? e->n_wordings : 0;
}

err_t texts_arguments(struct texts *t, const char *id, const char **names, size_t cap, size_t *n) {
    const struct book_entry *e = book_find(&t->book, id);
    if (!e) return err_fail(ERR_NOT_FOUND, "there is no reply '%s'", id);
    enum { SLICES = sizeof t->names / sizeof *t->names };
    struct message_name slices[SLICES];
    size_t found = 0;
    for (int i = 0; i < e->n_wordings; i++)
        message_arguments(&t->book.messages, e->wordings[i], slices, SLICES, &found);
    if (found > cap || found > SLICES) return err_fail(ERR_FULL, "the reply '%s' has %zu arguments", id, found);
    for (size_t i = 0; i < found; i++) {
        memcpy(t->names[i], slices[i].text, slices[i].length);
        t->names[i][slices[i].length] = '\0';
        names[i] = t->names[i];
    }
    *n = found;
    return ERR_OK;
}

/* ---- saying it ---- */

static int choose_wording(const struct book_entry *e, unsigned pick) {
    int wording = (int)(pick % (unsigned)e->n_wordings);
    return wording == e->last ? (wording + 1) % e->n_wordings : wording;
}

/* An abbreviation at the end of a sentence brings its own full stop: a second one would be read out. */
static void merge_full_stops(char *text) {
    char *to = text;
    for (const char *p = text; *p; p++) {
        if (p[0] != '.' || p[1] != '.') *to++ = *p;
    }
    *to = '\0';
}

static err_t format_for(struct texts *t, const struct reply *r, int32_t wording, int64_t now_ms, bool ear,
                        char buf[SAID_MAX]) {
    struct saying saying = {.formats = t->formats, .spoken = &t->spoken, .now_ms = now_ms, .ear = ear};
    struct message_style style = saying_style(&saying);
    struct sink out = sink_make(buf, SAID_MAX);
    TRY(message_fill(&t->book.messages, wording, r->args, r->n_args, &style, &out));
    if (ear) merge_full_stops(buf);
    return ERR_OK;
}

err_t texts_format(struct texts *t, const struct reply *r, int64_t now_ms, unsigned pick, char *shown, size_t shown_cap,
                   char *spoken, size_t spoken_cap) {
    struct book_entry *e = entry_find(t, r->id);
    if (!e) return err_fail(ERR_NOT_FOUND, "our own mistake: there is no reply '%s'", r->id);
    int chosen = choose_wording(e, pick);
    char eye[SAID_MAX], ear[SAID_MAX];
    err_t err = shown ? format_for(t, r, e->wordings[chosen], now_ms, false, eye) : ERR_OK;
    if (!err && spoken) err = format_for(t, r, e->wordings[chosen], now_ms, true, ear);
    if (err) return err_prefix(err, "our own mistake in the reply '%s', wording %d", r->id, chosen + 1);
    if (shown) str_copy(shown, shown_cap, eye);
    if (spoken) str_copy(spoken, spoken_cap, ear);
    e->last = chosen;
    return ERR_OK;
}

void texts_spoken_name(struct texts *t, const char *title, char *out, size_t cap) {
    if (cap == 0) return;
    struct saying saying = {.formats = t->formats, .spoken = &t->spoken};
    struct sink sink = sink_make(out, cap);
    if (saying_name(&saying, title, NAME_WORDS, &sink)) log_error("cannot say the name '%s': %s", title, err_reason());
}
