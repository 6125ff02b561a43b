/* What words speak for: the model's file, and typed words where the grammar is not sure. */
#include <math.h>

#include "folder.h"
#include "understand/typed.h"

static const char CUES[] =
    "# fitted\n"
    "[-]\n"
    "[order_status delivery_time]\n"
    "[delivery_time]\n"
    "(search_product)\n"
    "<any>\t0 300\n"
    "parcel\t1 400 2 100\n"
    "parce*\t1 100\n"
    "parcel </s>\t1 50\n"
    "<s> when\t2 500\n"
    "<n>\t0 1000\n"
    "find\t3 600\n"
    "luggage\t0 1000\n";

static struct cues *cues_of(const char *text) {
    struct cues *c;
    folder_write("cues.txt", text);
    if (cues_load(&c, folder_path("cues.txt"))) fail_msg("%s", err_reason());
    return c;
}

static void words_add_up(void **state) {
    (void)state;
    struct cues *c = cues_of(CUES);
    struct weighed w;
    cues_weigh(c, "hmm", &w);
    float one = 1 + 1 + 1 + expf(3);
    assert_float_equal(w.of[INTENT_order_status], 1 / one, 1e-5);
    assert_float_equal(w.of[INTENT_delivery_time], 2 / one, 1e-5);
    assert_true(w.known[INTENT_search_product] && w.known[INTENT_order_status]);
    assert_false(w.known[INTENT_volume]);
    assert_float_equal(w.worded[INTENT_search_product], 0, 1e-9);

    cues_weigh(c, "parcel parcel", &w); /* a word counts once */
    float status = expf(5.5f);
    one = expf(3) + status + expf(1) + 1;
    assert_float_equal(w.of[INTENT_order_status], status / one, 1e-5);

    cues_weigh(c, "when 12.5", &w);
    assert_true(w.of[INTENT_delivery_time] < 0.001f); /* a number */
    cues_free(c);
}

static void the_file_is_checked(void **state) {
    (void)state;
    static const struct {
        const char *text, *reason;
    } wrong[] = {
        {"", "no classes"},
        {"[-]\n", "no classes"},
        {"[yes]\n[-]\n", "the first class"},
        {"[-]\n[-]\n", "the first class"},
        {"[-]\n[yes\n", "expected [intents]"},
        {"[-]\n[]\n", "needs an intent"},
        {"[-]\n[fly]\n", "'fly'"},
        {"[-]\n[yes]\nsure\n", "expected feature"},
        {"[-]\n[yes]\nsure\t2 10\n", "below 2"},
        {"[-]\n[yes]\nsure\t1 much\n", "below 2"},
        {"[-]\n[yes]\nsure\t1 99999\n", "below 2"},
        {"[-]\n[yes]\nsure\t1\n", "below 2"},
        {"[-]\n[yes]\nsure\t1 1\nsure\t1 1\n", "twice"},
        {"[-]\n[yes]\nsure\t1 1\n[no]\n", "come first"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct cues *c = NULL;
        folder_write("cues.txt", wrong[i].text);
        assert_int_equal(cues_load(&c, folder_path("cues.txt")), ERR_FORMAT);
        assert_null(c);
        if (!strstr(err_reason(), wrong[i].reason)) fail_msg("'%s' is not '%s'", err_reason(), wrong[i].reason);
    }
    struct cues *c = NULL;
    assert_int_equal(cues_load(&c, folder_path("nothing.txt")), ERR_NOT_FOUND);
    cues_free(NULL);
}

/* ---- with the grammar ---- */

static const char RULES[] =
    "public <order_status> = where is my parcel;"
    "public <delivery_time> = when will my parcel come;"
    "public <search_product> = find me the best <shop.query> {product};"
    "public <volume> = turn it up now please;";

struct typing {
    struct grammar *g;
    struct parser *p;
    struct cues *c;
    struct state state;
    struct intent in;
};

static struct typing typing_begin(void) {
    static const char *const intents[] = {"order_status", "delivery_time", "search_product", "volume"};
    struct typing t = {.g = grammar_of(RULES), .c = cues_of(CUES)};
    t.state = (struct state){.n_intents = 4, .threshold = 0.7f, .likely = 0.5f, .unlikely = 0.01f};
    for (int i = 0; i < 4; i++) t.state.intents[i] = intents[i];
    assert_int_equal(grammar_fill(t.g, "query", (const char *const[]){"bread"}, 1, true), ERR_OK);
    if (parser_create(&t.p, t.g, intents, 4, 0)) fail_msg("%s", err_reason());
    return t;
}

static void typing_end(struct typing *t) {
    cues_free(t->c);
    parser_destroy(t->p);
    grammar_free(t->g);
}

static enum intent_id typed(struct typing *t, const char *text) {
    typed_parse(t->p, t->c, &t->state, text, &t->in);
    assert_int_equal(t->in.accepted, t->in.id != INTENT_NONE);
    return t->in.id;
}

static void words_speak_for_what_the_grammar_refuses(void **state) {
    (void)state;
    struct typing t = typing_begin();
    const char *text = "is there a trace of a parcel";
    parser_parse_in(t.p, &t.state, text, &t.in);
    assert_false(t.in.accepted);
    t.state.n_intents = 1; /* only order_status is listened for */
    assert_int_equal(typed(&t, text), INTENT_order_status);
    assert_true(t.in.score >= t.state.threshold);
    t.state.n_intents = 4;
    assert_int_equal(typed(&t, "when oh when"), INTENT_delivery_time);
    assert_int_equal(typed(&t, "hello"), INTENT_NONE);
    t.state.likely = 0; /* a state that does not ask */
    assert_int_equal(typed(&t, "when oh when"), INTENT_NONE);
    typing_end(&t);
}

static void only_what_people_say_is_accepted_by_words_alone(void **state) {
    (void)state;
    struct typing t = typing_begin();
    assert_int_equal(typed(&t, "find"), INTENT_NONE);
    typing_end(&t);
}

static void words_speak_against_what_the_grammar_takes(void **state) {
    (void)state;
    struct typing t = typing_begin();
    assert_int_equal(typed(&t, "find me the best bread"), INTENT_search_product);
    assert_int_equal(typed(&t, "find me the best big red luggage"), INTENT_NONE);
    typed_parse(t.p, NULL, &t.state, "find me the best big red luggage", &t.in);
    assert_int_equal(t.in.id, INTENT_search_product); /* as the grammar says */
    assert_string_equal(intent_slot(&t.in, "product")->text, "big red luggage");
    assert_int_equal(typed(&t, "turn it up now 12 please"), INTENT_volume); /* nothing is known of it */
    assert_int_equal(typed(&t, "where is my parcel"), INTENT_order_status);
    typing_end(&t);
}

static void what_stands_in_the_grammar_is_never_questioned(void **state) {
    (void)state;
    struct typing t = typing_begin();
    assert_int_equal(grammar_fill(t.g, "query", (const char *const[]){"bread", "luggage"}, 2, true), ERR_OK);
    parser_destroy(t.p);
    if (parser_create(&t.p, t.g, t.state.intents, 4, 0)) fail_msg("%s", err_reason());
    assert_int_equal(typed(&t, "find me the best luggage"), INTENT_search_product); /* the shop sells it */
    typing_end(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_add_up),
        cmocka_unit_test(the_file_is_checked),
        cmocka_unit_test(words_speak_for_what_the_grammar_refuses),
        cmocka_unit_test(only_what_people_say_is_accepted_by_words_alone),
        cmocka_unit_test(words_speak_against_what_the_grammar_takes),
        cmocka_unit_test(what_stands_in_the_grammar_is_never_questioned),
    };
    return cmocka_run_group_tests(tests, folder_create, folder_remove);
}
