/* How near eSpeak NG's pronunciations, in the phones of the acoustic model, are to those of the model's dictionary:
 * words of it that consist of letters, every so many-th, in two halves by a hash of the word. The map
 * models/<locale>/phones.map is made by looking at the half "tuned on"; the other is only counted.
 *
 *   bench_pronounce [DICTIONARY [EVERY [confusions]]] */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/phone_distance.h"
#include "hear/lexicon.h"
#include "hear/pronounce.h"
#include "say/voice.h"

#define DICTIONARY "/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict"

enum { PHONES_MAX = 256, KINDS = PHONE_KINDS + 1, NONE = PHONE_KINDS };

struct half {
    int words, exact, phones, errors, nearest_exact, nearest_errors, failed;
};

static int confused[KINDS][KINDS]; /* [of the dictionary][ours], of the half tuned on */

static unsigned hash(const char *word) {
    unsigned h = 2166136261u;
    for (; *word; word++) h = (h ^ (unsigned char)*word) * 16777619u;
    return h >> 7;
}

static bool is_plain(const char *word) {
    size_t n = 0;
    for (; islower((unsigned char)word[n]); n++) continue;
    return n > 2 && word[n] == '\0';
}

/* Insertions, deletions and exchanges, each one; counts what became of what if `keep`. */
static int edits(const struct phone_run *want, const struct phone_run *got, bool keep) {
    static int cost[PHONE_RUN_MAX + 1][PHONE_RUN_MAX + 1];
    for (int i = 0; i <= want->n; i++) {
        for (int j = 0; j <= got->n; j++) {
            int best = i || j ? 1 << 20 : 0;
            if (i && j) best = cost[i - 1][j - 1] + (want->v[i - 1] != got->v[j - 1]);
            if (i && cost[i - 1][j] + 1 < best) best = cost[i - 1][j] + 1;
            if (j && cost[i][j - 1] + 1 < best) best = cost[i][j - 1] + 1;
            cost[i][j] = best;
        }
    }
    for (int i = want->n, j = got->n; keep && (i || j);) {
        if (i && j && cost[i][j] == cost[i - 1][j - 1] + (want->v[i - 1] != got->v[j - 1])) {
            i--, j--;
            confused[want->v[i]][got->v[j]]++;
        } else if (i && cost[i][j] == cost[i - 1][j] + 1) {
            confused[want->v[--i]][NONE]++;
        } else {
            confused[NONE][got->v[--j]]++;
        }
    }
    return cost[want->n][got->n];
}

/* The error of one of ours against the nearest of the dictionary's. */
static int nearest(const struct lexicon *dict, const char *word, const struct phone_run *got, struct phone_run *want) {
    int least = -1;
    const char *phones;
    for (int i = 0; (phones = lexicon_phones(dict, word, i)); i++) {
        struct phone_run run;
        if (!phone_run_read(&run, phones)) continue;
        int e = edits(&run, got, false);
        if (least >= 0 && e >= least) continue;
        least = e;
        *want = run;
    }
    return least;
}

static void measure(struct half *h, bool tuned, const struct lexicon *dict, const struct phone_map *map,
                    struct voice *voice, const char *word, bool show) {
    char mnemonics[PHONES_MAX], variants[PHONE_VARIANTS_MAX][PHONE_TEXT_MAX];
    int n = 0;
    h->words++;
    if (!voice_phonemes(voice, word, mnemonics, sizeof mnemonics))
        n = phone_map_variants(map, mnemonics, variants, PHONE_VARIANTS_MAX);
    int first = -1, best = -1, phones = 0;
    for (int i = 0; i < n; i++) {
        struct phone_run got, want = {0};
        if (!phone_run_read(&got, variants[i])) continue;
        int e = nearest(dict, word, &got, &want);
        if (e < 0) continue;
        if (first < 0) {
            first = e;
            phones = want.n;
            if (tuned) edits(&want, &got, true);
            if (show && tuned && e) printf("%s [%s] %s\n", word, mnemonics, variants[i]);
        }
        if (best < 0 || e < best) best = e;
    }
    if (first < 0) {
        h->failed++;
        return;
    }
    h->phones += phones;
    h->errors += first;
    h->exact += first == 0;
    h->nearest_errors += best;
    h->nearest_exact += best == 0;
}

static void print_half(const char *name, const struct half *h) {
    printf(
        "%s: %d words, first pronunciation: phone error %.1f %%, whole words right %.1f %%; nearest of ours: %.1f %%, "
        "%.1f %%; "
        "without any %d\n",
        name, h->words, 100.0 * h->errors / h->phones, 100.0 * h->exact / h->words,
        100.0 * h->nearest_errors / h->phones, 100.0 * h->nearest_exact / h->words, h->failed);
}

static void print_confused(void) {
    for (int i = 0; i < KINDS; i++)
        for (int j = 0; j < KINDS; j++)
            if (i != j && confused[i][j] > 9)
                printf("%d\t%s\t%s\n", confused[i][j], i == NONE ? "-" : phone_name(i),
                       j == NONE ? "-" : phone_name(j));
}

/* The sample: each `every`-th of the plain words. */
static size_t sample(const char *dict, int every, char (*words)[64], size_t room) {
    FILE *file = fopen(dict, "r");
    char line[512];
    size_t n = 0;
    int seen = 0;
    while (file && n < room && fgets(line, sizeof line, file)) {
        line[strcspn(line, " \t\n")] = '\0';
        if (strlen(line) >= sizeof *words || !is_plain(line) || seen++ % every) continue;
        strcpy(words[n++], line);
    }
    if (file) fclose(file);
    return n;
}

enum { WORDS_MAX = 20000 };

int main(int argc, char **argv) {
    static char words[WORDS_MAX][64];
    static const char *list[WORDS_MAX];
    const char *path = argc > 1 ? argv[1] : DICTIONARY;
    int every = argc > 2 ? atoi(argv[2]) : 20;
    bool show = argc > 3;
    size_t n = sample(path, every > 0 ? every : 1, words, WORDS_MAX);
    for (size_t i = 0; i < n; i++) list[i] = words[i];
    struct lexicon *dict = NULL;
    struct phone_map *map = NULL;
    struct voice *voice = NULL;
    struct half halves[2] = {{0}};
    err_t err = lexicon_load(&dict, path, NULL, list, n);
    if (!err) err = phone_map_load(&map, SK_DATA_DIR "/models/en-US/phones.map");
    if (!err) err = voice_open(&voice, &(struct voice_config){0});
    for (size_t i = 0; !err && i < n; i++) {
        unsigned odd = hash(words[i]) & 1;
        measure(&halves[odd], odd == 0, dict, map, voice, words[i], show);
    }
    if (err) {
        fprintf(stderr, "%s\n", err_reason());
    } else {
        print_half("tuned on", &halves[0]);
        print_half("held out", &halves[1]);
        if (show) print_confused();
    }
    voice_close(voice);
    phone_map_free(map);
    lexicon_free(dict);
    return err != ERR_OK;
}
