/* The n-gram model: a distribution in every context, and what it finds likely. */
#include <math.h>

#include "folder.h"
#include "understand/counts.h"
#include "understand/ngram.h"

static const struct ngram_tuning tuning = {
    .power = 1, .code = 0.1, .apart = 0.3, .reversed = 0.1, .unseen = 0.05, .end = 0.5};

/* ---- counts ---- */

static void counts_add_up(void **state) {
    (void)state;
    struct counts c = {0};
    for (int32_t i = 0; i < 5000; i++) assert_int_equal(counts_add(&c, count_key(i % 7, i % 1000, 3), 0.5), ERR_OK);
    assert_int_equal(c.n, 5000);
    assert_float_equal(counts_get(&c, count_key(3, 3, 3)), 0.5, 1e-9);
    assert_int_equal(counts_add(&c, count_key(3, 3, 3), 2), ERR_OK);
    assert_float_equal(counts_get(&c, count_key(3, 3, 3)), 2.5, 1e-9);
    assert_float_equal(counts_get(&c, count_key(3, 3, 4)), 0, 1e-9);
    counts_sort(&c);
    for (size_t i = 1; i < c.n; i++) assert_true(c.slots[i - 1].key < c.slots[i].key);
    assert_int_equal(count_word(count_key(1, 2, 3), 0), 1);
    assert_int_equal(count_word(count_key(1, 2, 3), 2), 3);
    counts_free(&c);
}

/* ---- reading the model ---- */

enum { GRAMS_MAX = 2000, SINGLES_MAX = 200 };

struct gram {
    char words[3][24];
    int n;
    double p, left;
};

static struct gram grams[GRAMS_MAX];
static int n_grams;

static void model_read(char *text) {
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

static const struct gram *find(int n, const char *a, const char *b, const char *c) {
    const char *words[] = {a, b, c};
    for (int i = 0; i < n_grams; i++) {
        bool same = grams[i].n == n;
        for (int k = 0; k < n && same; k++) same = strcmp(grams[i].words[k], words[k]) == 0;
        if (same) return &grams[i];
    }
    return NULL;
}

/* log10 of the probability of c behind a b, as the format says. */
static double behind(const char *a, const char *b, const char *c) {
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

static double whole(const char *a, const char *b) {
    double sum = 0;
    for (int i = 0; i < n_grams; i++)
        if (grams[i].n == 1 && strcmp(grams[i].words[0], "<s>") != 0) sum += pow(10, behind(a, b, grams[i].words[0]));
    return sum;
}

static struct ngram *ngram_of(const char *rules, const char *const *titles, size_t n) {
    static const char *const intents[] = {"yes", "no"};
    struct grammar *g = grammar_of(rules);
    const char *words[] = {"x"};
    struct net *net;
    struct ngram *ngram;
    assert_int_equal(grammar_fill(g, "goods", words, 1, true), ERR_OK);
    assert_int_equal(net_build(&net, g, &(struct net_plan){.intents = intents, .n = 2, .use = NET_NAMES}), ERR_OK);
    assert_int_equal(ngram_create(&ngram, &tuning), ERR_OK);
    assert_int_equal(ngram_frames(ngram, net), ERR_OK);
    for (size_t i = 0; i < n; i++) assert_int_equal(ngram_name(ngram, titles[i], 1), ERR_OK);
    assert_int_equal(ngram_finish(ngram), ERR_OK);
    net_free(net);
    grammar_free(g);
    return ngram;
}

static void write_and_read(struct ngram *ngram) {
    char *text;
    size_t size;
    FILE *file = open_memstream(&text, &size);
    assert_int_equal(ngram_write(ngram, file), ERR_OK);
    fclose(file);
    model_read(text);
    free(text);
}

static const char RULES[] =
    "import <shop.*>; public <yes> = /3/ find <shop.goods> | /1/ put <shop.goods> in my cart;"
    "public <no> = where is my order | go on* away;";

static const char *const titles[] = {"red wool hat , large",   "red wool scarf",  "blue cotton scarf , 2 m",
                                     "wooden garden bench 47", "garden hose , 2", "red wool hat"};

static void model_make(void) {
    struct ngram *ngram = ngram_of(RULES, titles, sizeof titles / sizeof *titles);
    write_and_read(ngram);
    ngram_free(ngram);
}

static void every_context_is_a_distribution(void **state) {
    (void)state;
    model_make();
    assert_float_equal(whole(NULL, "<s>"), 1, 2e-3);
    assert_float_equal(whole("<s>", "find"), 1, 2e-3);
    assert_float_equal(whole(NULL, "find"), 1, 2e-3);
    assert_float_equal(whole(NULL, "hat"), 1, 2e-3);
    assert_float_equal(whole("red", "wool"), 1, 2e-3);
    assert_float_equal(whole("where", "is"), 1, 2e-3);
    assert_float_equal(whole("go", "on"), 1, 2e-3);
}

static void the_grammar_says_what_is_said_around_names(void **state) {
    (void)state;
    model_make();
    /* half of all is <yes>, three quarters of that begin with "find" */
    assert_float_equal(pow(10, behind(NULL, "<s>", "find")), 0.97 * 0.375, 0.01);
    assert_float_equal(pow(10, behind("where", "is", "my")), 0.97, 0.01);
    assert_true(behind("is", "my", "order") > behind("in", "my", "order") + 1);
    /* "on" any number of times: as often again as not */
    assert_float_equal(pow(10, behind(NULL, "go", "on")), 0.97 * 0.5, 0.01);
    assert_true(behind(NULL, "find", "scarf") > behind(NULL, "find", "order") + 2);
    assert_true(behind(NULL, "find", "scarf") > behind(NULL, "where", "scarf") + 0.5);
}

static void words_of_one_title_go_together(void **state) {
    (void)state;
    model_make();
    double beside = behind(NULL, "cotton", "scarf"), apart = behind(NULL, "blue", "scarf"),
           turned = behind(NULL, "scarf", "cotton"), strangers = behind(NULL, "cotton", "hose");
    assert_true(beside > apart && apart > strangers && turned > strangers);
    assert_true(behind(NULL, "red", "wool") > behind(NULL, "red", "hat"));
    assert_true(behind(NULL, "hat", "</s>") > behind(NULL, "wool", "</s>"));
    /* nouns begin requests, and what more products have */
    assert_true(behind(NULL, "find", "hat") > behind(NULL, "find", "bench"));
}

static bool is_listed(const struct ngram *ngram, const char *word) {
    size_t n;
    const char *const *words = ngram_words(ngram, &n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(words[i], word) == 0) return true;
    return false;
}

static void rare_codes_are_left_out(void **state) {
    (void)state;
    struct ngram *ngram = ngram_of(RULES, titles, sizeof titles / sizeof *titles);
    assert_true(is_listed(ngram, "bench") && is_listed(ngram, "2") && is_listed(ngram, "order"));
    assert_false(is_listed(ngram, ","));
    assert_false(is_listed(ngram, "<s>"));
    ngram_leave_out(ngram, "hose");
    ngram_leave_out(ngram, "unheard");
    write_and_read(ngram);
    assert_null(find(1, "hose", NULL, NULL));
    assert_null(find(2, "garden", "hose", NULL));
    assert_non_null(find(1, "garden", NULL, NULL));
    ngram_free(ngram);
}

static void what_is_asked_for_more_is_likelier(void **state) {
    (void)state;
    struct ngram *ngram;
    assert_int_equal(ngram_create(&ngram, &tuning), ERR_OK);
    assert_int_equal(ngram_name(ngram, "green tea", 1), ERR_OK);
    assert_int_equal(ngram_name(ngram, "black coffee", 4), ERR_OK);
    assert_int_equal(ngram_mention(ngram, "a mug , of coffee 47 47x 12345", 1), ERR_OK);
    assert_int_equal(ngram_finish(ngram), ERR_OK);
    assert_true(is_listed(ngram, "mug"));
    assert_true(is_listed(ngram, "47"));
    assert_false(is_listed(ngram, "47x") || is_listed(ngram, "12345"));
    write_and_read(ngram);
    assert_true(find(1, "tea", NULL, NULL)->p > find(1, "mug", NULL, NULL)->p);
    assert_true(find(1, "coffee", NULL, NULL)->p > find(1, "tea", NULL, NULL)->p + 0.3);
    ngram_free(ngram);
}

static void other_networks_are_refused(void **state) {
    (void)state;
    static const char *const intents[] = {"yes"};
    struct grammar *g = grammar_of("import <shop.*>; public <yes> = find <shop.goods>;");
    const char *words[] = {"x"};
    struct net *net;
    struct ngram *ngram;
    assert_int_equal(grammar_fill(g, "goods", words, 1, true), ERR_OK);
    assert_int_equal(net_build(&net, g, &(struct net_plan){.intents = intents, .n = 1, .use = NET_PARSE}), ERR_OK);
    assert_int_equal(ngram_create(&ngram, &tuning), ERR_OK);
    assert_int_equal(ngram_frames(ngram, net), ERR_ARG);
    ngram_free(ngram);
    net_free(net);
    grammar_free(g);
}

/* An awkward title is cut or passed over, never more. */
static void titles_may_be_anything(void **state) {
    (void)state;
    static char longest[20000];
    memset(longest, 'a', sizeof longest - 1);
    for (size_t i = 30; i < sizeof longest - 1; i += 3) longest[i] = ' ';
    const char *const odd[] = {"", ",", ", , ,", "</s> <s> <name>", "a a a a", "\xff\xfe", longest};
    struct ngram *ngram = ngram_of(RULES, odd, sizeof odd / sizeof *odd);
    write_and_read(ngram);
    assert_float_equal(whole(NULL, "a"), 1, 2e-3);
    ngram_free(ngram);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_add_up),
        cmocka_unit_test(every_context_is_a_distribution),
        cmocka_unit_test(the_grammar_says_what_is_said_around_names),
        cmocka_unit_test(words_of_one_title_go_together),
        cmocka_unit_test(rare_codes_are_left_out),
        cmocka_unit_test(what_is_asked_for_more_is_likelier),
        cmocka_unit_test(other_networks_are_refused),
        cmocka_unit_test(titles_may_be_anything),
    };
    return cmocka_run_group_tests(tests, folder_create, folder_remove);
}
