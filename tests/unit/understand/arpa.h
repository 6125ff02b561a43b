/* Reads an ARPA model that was written, and asks it as the format says. Included by one test program each. */
#ifndef SK_TESTS_UNDERSTAND_ARPA_H
#define SK_TESTS_UNDERSTAND_ARPA_H
#include <math.h>

#include "folder.h"

enum { GRAMS_MAX = 2000, SINGLES_MAX = 200 };

struct gram {
    char words[3][24];
    int n;
    double p, left;
};

static struct gram grams[GRAMS_MAX];
static int n_grams;

static inline void model_read(char *text) {
    int order = 0;
    n_grams = 0;
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        if (sscanf(line, "\\%d-grams:", &order) == 1 || !order || line[0] == '\\') continue;
        struct gram *g = &grams[n_grams++];
        assert_in_range(n_grams, 1, GRAMS_MAX);
        *g = (struct gram){.n = order};
        int read = order == 1   ? sscanf(line, "%lf %23s %lf", &g->p, g->words[0], &g->left)
                   : order == 2 ? sscanf(line, "%lf %23s %23s %lf", &g->p, g->words[0], g->words[1], &g->left)
                                : sscanf(line, "%lf %23s %23s %23s", &g->p, g->words[0], g->words[1], g->words[2]);
        assert_int_equal(read, order == 3 ? 4 : order + 2);
    }
}

static inline const struct gram *find(int n, const char *a, const char *b, const char *c) {
    const char *words[] = {a, b, c};
    for (int i = 0; i < n_grams; i++) {
        bool same = grams[i].n == n;
        for (int k = 0; k < n && same; k++) same = strcmp(grams[i].words[k], words[k]) == 0;
        if (same) return &grams[i];
    }
    return NULL;
}

/* log10 of the probability of c behind a b, as the format says. */
static inline double behind(const char *a, const char *b, const char *c) {
    const struct gram *g;
    double left = 0;
    if (a) {
        if ((g = find(3, a, b, c))) return g->p;
        if ((g = find(2, a, b, NULL))) left += g->left;
    }
    if ((g = find(2, b, c, NULL))) return left + g->p;
    if ((g = find(1, b, NULL, NULL))) left += g->left;
    g = find(1, c, NULL, NULL);
    return g ? left + g->p : -99;
}

static inline double whole(const char *a, const char *b) {
    double sum = 0;
    for (int i = 0; i < n_grams; i++)
        if (grams[i].n == 1 && strcmp(grams[i].words[0], "<s>") != 0) sum += pow(10, behind(a, b, grams[i].words[0]));
    return sum;
}

#endif
