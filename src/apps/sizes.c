#include "apps/sizes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/config.h"
#include "base/str.h"

enum { WORDS_MAX = 300, WORD_BYTES = 24, TEXT_BYTES = 512 };

enum word_kind { WORD_NUMBER, WORD_TIMES, WORD_BETWEEN, WORD_MEASURE, WORD_STEP };

struct word {
    char text[WORD_BYTES];
    enum word_kind kind;
    char of[SIZE_OF_MAX]; /* what a measure measures */
    double amount;
};

struct sizes {
    struct word v[WORDS_MAX];
    size_t n;
};

/* ---- loading ---- */

static err_t add_word(struct sizes *s, const struct word *like, const char *text) {
    if (s->n == WORDS_MAX) return err_fail(ERR_FULL, "more than %d words of sizes", WORDS_MAX);
    struct word *w = &s->v[s->n++];
    *w = *like;
    if (!str_copy(w->text, sizeof w->text, text))
        return err_fail(ERR_FORMAT, "the word of a size '%.24s' is longer than %d bytes", text, WORD_BYTES - 1);
    return ERR_OK;
}

static err_t add_words(struct sizes *s, const struct word *like, const char *text) {
    char copy[TEXT_BYTES], *rest = copy;
    if (!str_copy(copy, sizeof copy, text)) return err_fail(ERR_FORMAT, "a list of sizes is longer than a line");
    for (char *word; (word = str_next_word(&rest));) TRY(add_word(s, like, word));
    return ERR_OK;
}

/* "weight 453.6", or the number alone */
static err_t read_amount(struct word *w, const char *value) {
    char copy[TEXT_BYTES], *rest = copy, *end;
    str_copy(copy, sizeof copy, value);
    const char *number = str_next_word(&rest);
    if (w->kind == WORD_MEASURE && number) {
        str_copy(w->of, sizeof w->of, number);
        number = str_next_word(&rest);
    }
    w->amount = number ? strtod(number, &end) : 0;
    if (!number || *end || !(w->amount > 0 && w->amount < 1e9) || str_next_word(&rest))
        return err_fail(ERR_FORMAT, "'%.40s' is no amount of a size", value);
    return ERR_OK;
}

static err_t read_section(struct sizes *s, struct config *c, const char *section, enum word_kind kind) {
    const char *key, *value;
    for (int i = 0; (key = config_key(c, section, i, &value)); i++) {
        struct word like = {.kind = kind};
        TRY(read_amount(&like, value));
        TRY(add_words(s, &like, key));
    }
    return ERR_OK;
}

static err_t read_steps(struct sizes *s, struct config *c) {
    char copy[TEXT_BYTES], *rest = copy;
    struct word like = {.kind = WORD_STEP, .of = "step"};
    str_copy(copy, sizeof copy, config_string(c, "steps", "words", ""));
    for (char *word; (word = str_next_word(&rest));) {
        like.amount++;
        TRY(add_word(s, &like, word));
    }
    return ERR_OK;
}

static err_t read_all(struct sizes *s, struct config *c) {
    const struct word between = {.kind = WORD_BETWEEN};
    TRY(read_section(s, c, "numbers", WORD_NUMBER));
    TRY(read_section(s, c, "times", WORD_TIMES));
    TRY(read_section(s, c, "measures", WORD_MEASURE));
    TRY(read_steps(s, c));
    TRY(add_words(s, &between, config_string(c, "between", "words", "")));
    return config_finish(c);
}

err_t sizes_load(struct sizes **out, const char *path) {
    struct config *c;
    TRY(config_load(&c, path));
    struct sizes *s = calloc(1, sizeof *s);
    err_t err = s ? read_all(s, c) : err_fail(ERR_MEMORY, "no memory for the words of sizes");
    config_free(c);
    if (err) {
        sizes_free(s);
        return err_prefix(err, "%s", path);
    }
    *out = s;
    return ERR_OK;
}

void sizes_free(struct sizes *s) {
    free(s);
}

/* ---- reading a size ---- */

static const struct word *find(const struct sizes *s, const char *text) {
    for (size_t i = 0; i < s->n; i++) {
        if (str_equal(s->v[i].text, text)) return &s->v[i];
    }
    return NULL;
}

/* Letters, digits and points stay, in lower case; all else parts words. */
static void plain_words(char *out, size_t cap, const char *text) {
    size_t n = 0;
    for (; *text && n + 1 < cap; text++) {
        char c = *text;
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        bool point = c == '.' && text[1] >= '0' && text[1] <= '9';
        out[n++] = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || point || (c & 0x80) ? c : ' ';
    }
    out[n] = '\0';
}

struct reading {
    bool counting; /* a number is being read */
    double number;
    double first; /* the first number of all, 0 none */
    const struct word *step;
};

static void read_number(struct reading *r, double amount) {
    r->number = r->counting ? r->number + amount : amount;
    r->counting = true;
}

static void size_is(struct product *p, const char *of, double amount) {
    if (!(amount > 0 && amount < 1e12)) return;
    str_copy(p->size_of, sizeof p->size_of, of);
    p->size_milli = (int64_t)llround(amount * 1000);
}

/* The first measure is the size; in an option a word like "large" or a number alone will do. */
static bool read_size(const struct sizes *s, const char *text, bool option, struct product *p) {
    char copy[TEXT_BYTES], *rest = copy;
    struct reading r = {0};
    plain_words(copy, sizeof copy, text);
    for (char *word; (word = str_next_word(&rest));) {
        char *end;
        double digits = strtod(word, &end);
        const struct word *w = find(s, word);
        if (!w && end != word) w = find(s, end); /* "500g" */
        if (end != word && word[0] <= '9' && (!*end || w)) read_number(&r, digits);
        if (w && w->kind == WORD_NUMBER) read_number(&r, w->amount);
        if (w && w->kind == WORD_TIMES && r.counting) r.number *= w->amount;
        if (w && w->kind == WORD_MEASURE && (option || r.counting)) {
            size_is(p, w->of, w->amount * (r.counting ? r.number : 1));
            return *p->size_of;
        }
        if (r.counting && r.first <= 0) r.first = r.number;
        if (w && w->kind == WORD_STEP && !r.step) r.step = w;
        if (!w && *end) r.counting = false;
    }
    if (option && r.step) size_is(p, r.step->of, r.step->amount);
    if (option && !r.step && r.first > 0) size_is(p, "number", r.first);
    return *p->size_of;
}

void sizes_fill(const struct sizes *s, struct product *p) {
    p->size_of[0] = '\0';
    p->size_milli = 0;
    if (!read_size(s, p->options, true, p) && !read_size(s, p->title, false, p)) read_size(s, p->description, false, p);
}
