/* What a voice of one's own is worth, by speaker: each reads up to ten sentences and is then heard, in others of
 * theirs, by the model's voice, by their own and by that of the speaker before. Lines of standard input: speaker,
 * "read" or "heard", a recording, what was said; by tabs, a speaker's together. The grammar is any sequence of the
 * words there are. Prints a line a speaker: sentences read, refused as not read, fit, gain, standard errors, whether it
 * helps; of what was heard the words, and the errors in them with the model's voice, their own, another's; by tabs.
 *
 *   bench_enrol [HEARING.INI] < LIST */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audio/audio.h"
#include "base/str.h"
#include "hear/enrolment.h"
#include "understand/grammar.h"

#define DICTIONARY "/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict"

enum { LINES_MAX = 4000, WORDS_MAX = 512, FIELD_MAX = 512, SAID_MAX = 64 };

struct line {
    char speaker[32], use[8], file[FIELD_MAX], text[FIELD_MAX];
};

static struct line lines[LINES_MAX];
static int n_lines;
static char *words[WORDS_MAX];
static size_t n_words;
static struct lexicon *lexicon;
static struct net *net;
static char network[] = SK_DATA_DIR "/models/en-US/network.bin",
            tuning[FIELD_MAX] = SK_DATA_DIR "/models/en-US/hearing.ini";

static void must(err_t err) {
    if (!err) return;
    fprintf(stderr, "bench_enrol: %s\n", err_reason());
    exit(1);
}

static void word_keep(const char *word) {
    for (size_t i = 0; i < n_words; i++)
        if (str_equal(words[i], word)) return;
    if (n_words < WORDS_MAX) words[n_words++] = strdup(word);
}

static void read_list(void) {
    char line[2048];
    while (n_lines < LINES_MAX && fgets(line, sizeof line, stdin)) {
        struct line *l = &lines[n_lines];
        if (sscanf(line, "%31[^\t]\t%7[^\t]\t%511[^\t]\t%511[^\n]", l->speaker, l->use, l->file, l->text) != 4)
            continue;
        char copy[FIELD_MAX], *rest = copy;
        str_copy(copy, sizeof copy, l->text);
        for (char *w; (w = str_next_word(&rest));) word_keep(w);
        n_lines++;
    }
}

/* Any word after any other. */
static struct grammar *make_net(void) {
    char path[] = "/tmp/bench-enrol-XXXXXX";
    int fd = mkstemp(path);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
    if (!f) exit(1);
    fputs("#JSGF V1.0;\ngrammar any;\npublic <any> = ( ", f);
    for (size_t i = 0; i < n_words; i++) fprintf(f, "%s%s", i ? " | " : "", words[i]);
    fputs(" )+;\n", f);
    fclose(f);
    struct grammar *grammar;
    must(grammar_load(&grammar, path, NULL));
    remove(path);
    must(net_build(&net, grammar, &(struct net_plan){.intents = &(const char *){"any"}, .n = 1, .use = NET_HEAR}));
    return grammar;
}

static int split(char *text, char *out[SAID_MAX]) {
    int n = 0;
    for (char *rest = text, *w; n < SAID_MAX && (w = str_next_word(&rest));) out[n++] = w;
    return n;
}

/* Insertions, deletions and exchanges. */
static int errors(const char *want, const char *got, int *n) {
    char a[FIELD_MAX], b[FIELD_MAX], *v[SAID_MAX], *w[SAID_MAX];
    int cost[SAID_MAX + 1][SAID_MAX + 1];
    str_copy(a, sizeof a, want);
    str_copy(b, sizeof b, got);
    int nv = split(a, v), nw = split(b, w);
    for (int i = 0; i <= nv; i++) {
        for (int j = 0; j <= nw; j++) {
            int best = i || j ? 1 << 20 : 0;
            if (i && j) best = cost[i - 1][j - 1] + !str_equal(v[i - 1], w[j - 1]);
            if (i && cost[i - 1][j] + 1 < best) best = cost[i - 1][j] + 1;
            if (j && cost[i][j - 1] + 1 < best) best = cost[i][j - 1] + 1;
            cost[i][j] = best;
        }
    }
    *n += nv;
    return cost[nv][nw];
}

static const struct hear_config base = {.network = network, .tuning = tuning};

/* What of a speaker's is heard, all of it, by a voice; returns the errors. */
static int heard(int from, int to, const struct adaptation *voice, int *n) {
    static struct hear_result result;
    struct hear *hear;
    struct hear_config config = base;
    config.adaptation = voice;
    must(hear_open(&hear, &config, lexicon));
    must(hear_set_state(hear, "any", net, NULL));
    int wrong = 0;
    *n = 0;
    for (int i = from; i < to; i++) {
        int16_t *samples;
        size_t n_samples;
        if (!str_equal(lines[i].use, "heard")) continue;
        must(audio_load(&samples, &n_samples, lines[i].file, HEAR_MAX_MS));
        must(hear_utterance(hear, "any", samples, n_samples, &result));
        free(samples);
        wrong += errors(lines[i].text, result.text, n);
    }
    hear_close(hear);
    return wrong;
}

static bool enrol(int from, int to, struct enrolment_result *r, int *refused) {
    struct enrolment *e;
    struct enrolment_reading reading;
    must(enrolment_open(&e, &base, lexicon));
    *refused = 0;
    for (int i = from; i < to; i++) {
        int16_t *samples;
        size_t n;
        if (!str_equal(lines[i].use, "read")) continue;
        must(audio_load(&samples, &n, lines[i].file, HEAR_MAX_MS));
        must(enrolment_read(e, lines[i].text, samples, n, &reading));
        free(samples);
        *refused += !reading.read;
        if (getenv("VERBOSE"))
            fprintf(stderr, "%s\t%.3f\t%d\t%s\n", lines[i].file, (double)reading.fit, reading.speech_ms, lines[i].text);
    }
    err_t err = enrolment_finish(e, r);
    enrolment_close(e);
    return err == ERR_OK;
}

int main(int argc, char **argv) {
    if (argc > 1) str_copy(tuning, sizeof tuning, argv[1]);
    read_list();
    struct grammar *grammar = make_net();
    must(lexicon_load(&lexicon, DICTIONARY, SK_DATA_DIR "/models/en-US/lexicon.dict", (const char *const *)words,
                      n_words));
    struct adaptation other;
    bool has_other = false;
    for (int from = 0, to; from < n_lines; from = to) {
        struct enrolment_result r = {0};
        int refused, n, before, own, foreign;
        for (to = from; to < n_lines && str_equal(lines[to].speaker, lines[from].speaker);) to++;
        bool made = enrol(from, to, &r, &refused);
        before = heard(from, to, NULL, &n);
        own = made ? heard(from, to, &r.adaptation, &n) : before;
        foreign = has_other ? heard(from, to, &other, &n) : before;
        printf("%s\t%d\t%d\t%.3f\t%.3f\t%.2f\t%d\t%d\t%d\t%d\t%d\n", lines[from].speaker, r.read, refused,
               (double)r.fit, (double)r.gain, (double)r.sure, r.helps, n, before, own, foreign);
        fflush(stdout);
        if (made) other = r.adaptation;
        has_other = has_other || made;
    }
    net_free(net);
    grammar_free(grammar);
    lexicon_free(lexicon);
    return 0;
}
