#include "understand/cues.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "understand/number.h"
#include "understand/symbols.h"

enum {
    CLASSES_MAX = 128,
    CLASS_INTENTS_MAX = 8,
    FEATURES_MAX = 1 << 16,
    WEIGHTS_MAX = 1 << 18,
    WEIGHT_MOST = 10000, /* hundredths */
    BEGIN_BYTES = 5,     /* of a longer word, which count by themselves */
    LINE_BYTES = 1024,
};

struct weight {
    uint8_t of;
    float value;
};

struct class {
    enum intent_id intents[CLASS_INTENTS_MAX];
    int n;
    bool worded; /* learnt from what people say */
};

struct cues {
    struct class classes[CLASSES_MAX];
    int n_classes;
    struct symbols features;
    int32_t *first; /* of the weights of each feature; one more than there are */
    struct weight *weights;
    int32_t n_weights;
};

struct reader {
    struct cues *e;
    const char *path;
    int line;
};

/* ---- loading ---- */

static err_t read_class(struct reader *r, char *names, bool worded) {
    struct cues *e = r->e;
    if (e->n_classes == CLASSES_MAX || e->features.n)
        return err_fail(ERR_FORMAT, "%s:%d: at most %d classes, and they come first", r->path, r->line, CLASSES_MAX);
    struct class *c = &e->classes[e->n_classes];
    bool none = str_equal(names, "-");
    if (none != (e->n_classes == 0))
        return err_fail(ERR_FORMAT, "%s:%d: the first class, and no other, is [-]", r->path, r->line);
    for (char *name; !none && (name = str_next_word(&names)); c->n++) {
        enum intent_id id = intent_by_name(name);
        if (id == INTENT_NONE || c->n == CLASS_INTENTS_MAX)
            return err_fail(ERR_FORMAT, "%s:%d: expected at most %d intents, got '%s'", r->path, r->line,
                            CLASS_INTENTS_MAX, name);
        c->intents[c->n] = id;
    }
    c->worded = worded;
    if (!none && !c->n) return err_fail(ERR_FORMAT, "%s:%d: a class needs an intent", r->path, r->line);
    e->n_classes++;
    return ERR_OK;
}

static bool read_number(char **rest, long least, long most, long *out) {
    char *word = str_next_word(rest), *end;
    if (!word) return false;
    *out = strtol(word, &end, 10);
    return !*end && *out >= least && *out <= most;
}

static err_t read_feature(struct reader *r, char *name) {
    struct cues *e = r->e;
    char *rest = strchr(name, '\t');
    if (!rest) return err_fail(ERR_FORMAT, "%s:%d: expected feature<TAB>class weight ...", r->path, r->line);
    *rest++ = '\0';
    int32_t known = e->features.n, at;
    if (known == FEATURES_MAX) return err_fail(ERR_FULL, "%s: more than %d features", r->path, FEATURES_MAX);
    TRY(symbols_add(&e->features, name, &at));
    if (at != known) return err_fail(ERR_FORMAT, "%s:%d: '%s' is there twice", r->path, r->line, name);
    while (*rest) {
        long of, value;
        if (!read_number(&rest, 0, e->n_classes - 1, &of) || !read_number(&rest, -WEIGHT_MOST, WEIGHT_MOST, &value))
            return err_fail(ERR_FORMAT, "%s:%d: expected a class below %d and hundredths", r->path, r->line,
                            e->n_classes);
        if (e->n_weights == WEIGHTS_MAX) return err_fail(ERR_FULL, "%s: more than %d weights", r->path, WEIGHTS_MAX);
        e->weights[e->n_weights++] = (struct weight){(uint8_t)of, (float)value / 100};
    }
    e->first[at + 1] = e->n_weights;
    return ERR_OK;
}

static err_t read_line(struct reader *r, char *line) {
    size_t n = strcspn(line, "\r\n");
    if (n == LINE_BYTES - 1) return err_fail(ERR_FORMAT, "%s:%d: the line is too long", r->path, r->line);
    line[n] = '\0';
    if (!*line || *line == '#') return ERR_OK;
    bool worded = *line == '[';
    if (!worded && *line != '(') return read_feature(r, line);
    if (n < 2 || line[n - 1] != (worded ? ']' : ')'))
        return err_fail(ERR_FORMAT, "%s:%d: expected [intents] or (intents)", r->path, r->line);
    line[n - 1] = '\0';
    return read_class(r, line + 1, worded);
}

static err_t read_file(struct cues *e, const char *path) {
    FILE *f = fopen(path, "re");
    if (!f) return err_fail(errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "cannot read %s: %s", path, strerror(errno));
    char line[LINE_BYTES];
    struct reader r = {.e = e, .path = path};
    err_t err = ERR_OK;
    while (!err && fgets(line, sizeof line, f)) {
        r.line++;
        err = read_line(&r, line);
    }
    fclose(f);
    return err;
}

err_t cues_load(struct cues **out, const char *path) {
    struct cues *e = calloc(1, sizeof *e);
    if (!e) return err_fail(ERR_MEMORY, "out of memory for the cues");
    e->first = calloc(FEATURES_MAX + 1, sizeof *e->first);
    e->weights = calloc(WEIGHTS_MAX, sizeof *e->weights);
    err_t err = e->first && e->weights ? read_file(e, path) : err_fail(ERR_MEMORY, "out of memory for the cues");
    if (!err && e->n_classes < 2) err = err_fail(ERR_FORMAT, "%s: there are no classes", path);
    if (err) {
        cues_free(e);
        return err;
    }
    *out = e;
    return ERR_OK;
}

void cues_free(struct cues *e) {
    if (!e) return;
    symbols_free(&e->features);
    free(e->first);
    free(e->weights);
    free(e);
}

/* ---- weighing ---- */

struct sums {
    const struct cues *e;
    uint8_t seen[FEATURES_MAX / 8]; /* a feature counts once */
    float of[CLASSES_MAX];
};

static void add_feature(struct sums *s, const char *feature) {
    int32_t at = symbols_find(&s->e->features, feature);
    if (at < 0 || s->seen[at / 8] >> (at % 8) & 1) return;
    s->seen[at / 8] |= (uint8_t)(1 << (at % 8));
    for (int32_t i = s->e->first[at]; i < s->e->first[at + 1]; i++)
        s->of[s->e->weights[i].of] += s->e->weights[i].value;
}

static void add_pair(struct sums *s, const char *before, const char *word) {
    char pair[2 * UTTERANCE_MAX];
    snprintf(pair, sizeof pair, "%s %s", before, word);
    add_feature(s, pair);
}

static void add_begin(struct sums *s, const char *word) {
    char begin[BEGIN_BYTES + 2];
    if (strlen(word) <= BEGIN_BYTES) return;
    snprintf(begin, sizeof begin, "%.*s*", BEGIN_BYTES, word);
    add_feature(s, begin);
}

static void add_words(struct sums *s, const char *words) {
    char copy[UTTERANCE_MAX], *rest = copy;
    const char *before = "<s>";
    str_copy(copy, sizeof copy, words);
    add_feature(s, "<any>");
    for (const char *word; (word = str_next_word(&rest)); before = word) {
        if (numeral_is(word)) word = "<n>";
        add_feature(s, word);
        add_begin(s, word);
        add_pair(s, before, word);
    }
    add_pair(s, before, "</s>");
}

/* Sums to probabilities. */
static void softmax(float *v, int n) {
    float most = v[0], total = 0;
    for (int i = 1; i < n; i++) most = fmaxf(most, v[i]);
    for (int i = 0; i < n; i++) total += v[i] = expf(v[i] - most);
    for (int i = 0; i < n; i++) v[i] /= total;
}

void cues_weigh(const struct cues *e, const char *words, struct weighed *out) {
    struct sums s = {.e = e};
    *out = (struct weighed){0};
    add_words(&s, words);
    softmax(s.of, e->n_classes);
    for (int c = 1; c < e->n_classes; c++) {
        for (int i = 0; i < e->classes[c].n; i++) {
            enum intent_id id = e->classes[c].intents[i];
            out->of[id] += s.of[c];
            if (e->classes[c].worded) out->worded[id] += s.of[c];
            out->known[id] = true;
        }
    }
}
