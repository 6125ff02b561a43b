/* The n-gram model of wordings: a distribution in every context, as likely as the grammar says, and open to what it does
 * not say. */
#include "arpa.h"
#include "understand/wordings.h"

static const char RULES[] =
    "public <yes> = /3/ find [me] (bread | milk) | /1/ put milk in my cart;"
    "public <no> = where is my order | go on* away;";

static struct wordings *wordings_of(const char *rules, int n) {
    static const char *const intents[] = {"yes", "no"};
    struct grammar *g = grammar_of(rules);
    struct net *net;
    struct wordings *w;
    assert_int_equal(net_build(&net, g, &(struct net_plan){.intents = intents, .n = 2, .use = NET_HEAR}), ERR_OK);
    assert_int_equal(wordings_create(&w), ERR_OK);
    assert_int_equal(wordings_count(w, net, n), ERR_OK);
    net_free(net);
    grammar_free(g);
    return w;
}

static char *text_of(const struct wordings *w) {
    char *text;
    size_t size;
    FILE *file = open_memstream(&text, &size);
    assert_int_equal(wordings_write(w, file), ERR_OK);
    fclose(file);
    return text;
}

static void write_and_read(struct wordings *w) {
    char *text = text_of(w);
    model_read(text);
    free(text);
}

static void model_make(void) {
    struct wordings *w = wordings_of(RULES, 2000);
    write_and_read(w);
    wordings_free(w);
}

static void every_context_is_a_distribution(void **state) {
    (void)state;
    static const char *const contexts[][2] = {{NULL, "<s>"},   {"<s>", "find"}, {NULL, "find"},    {NULL, "milk"},
                                              {"find", "milk"}, {"where", "is"}, {"go", "on"},      {"milk", "order"},
                                              {"on", "find"},  {NULL, "cart"}};
    model_make();
    for (size_t i = 0; i < sizeof contexts / sizeof *contexts; i++)
        assert_float_equal(whole(contexts[i][0], contexts[i][1]), 1, 2e-3);
}

static void what_the_grammar_says_is_likely(void **state) {
    (void)state;
    model_make();
    /* half of all is <yes>, three quarters of that begin with "find" */
    assert_float_equal(pow(10, behind(NULL, "<s>", "find")), 0.375, 0.03);
    assert_float_equal(pow(10, behind("where", "is", "my")), 1, 0.02);
    assert_float_equal(pow(10, behind(NULL, "go", "on")), 0.5, 0.04);
    assert_true(behind("is", "my", "order") > behind("in", "my", "order") + 1);
}

static void what_it_does_not_say_is_possible(void **state) {
    (void)state;
    model_make();
    double said = behind("find", "me", "bread"), unsaid = behind("find", "me", "order");
    assert_true(unsaid > -6 && unsaid < said - 1);
    assert_null(find(3, "find", "me", "order"));
    assert_true(behind("put", "milk", "away") > -8);
}

static void a_word_without_a_sound_is_left_out(void **state) {
    (void)state;
    size_t n;
    struct wordings *w = wordings_of(RULES, 500);
    const char *const *words = wordings_words(w, &n);
    assert_int_equal(n, 14);
    for (size_t i = 0; i < n; i++) assert_true(words[i][0] != '<');
    wordings_leave_out(w, "milk");
    wordings_leave_out(w, "unheard");
    wordings_leave_out(w, "<s>");
    write_and_read(w);
    assert_null(find(1, "milk", NULL, NULL));
    for (int i = 0; i < n_grams; i++)
        for (int k = 0; k < grams[i].n; k++) assert_string_not_equal(grams[i].words[k], "milk");
    assert_non_null(find(2, "find", "bread", NULL));
    assert_float_equal(whole(NULL, "find"), 1, 2e-3);
    wordings_free(w);
}

static void the_same_every_time(void **state) {
    (void)state;
    struct wordings *a = wordings_of(RULES, 300), *b = wordings_of(RULES, 300);
    char *one = text_of(a), *other = text_of(b);
    assert_string_equal(one, other);
    free(one);
    free(other);
    wordings_free(a);
    wordings_free(b);
}

/* Twenty words a sentence at least: nobody says it, and nothing is left to write. */
static void sentences_without_an_end_are_none(void **state) {
    (void)state;
    struct wordings *w = wordings_of("public <yes> = a a a a a a a a a a a a a a a a a a a a; public <no> = a a a a a a a a a a "
                                     "a a a a a a a a a a b;",
                                     50);
    write_and_read(w);
    assert_null(find(2, "a", "a", NULL));
    assert_non_null(find(1, "a", NULL, NULL));
    wordings_free(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_context_is_a_distribution),   cmocka_unit_test(what_the_grammar_says_is_likely),
        cmocka_unit_test(what_it_does_not_say_is_possible),  cmocka_unit_test(a_word_without_a_sound_is_left_out),
        cmocka_unit_test(the_same_every_time),               cmocka_unit_test(sentences_without_an_end_are_none),
    };
    return cmocka_run_group_tests(tests, folder_create, folder_remove);
}
