/* Several files, what they see of each other, and the rules that are filled at run time. */
#include "folder.h"
#include "understand/parse.h"

static void check_intent(const struct grammar *g, const char *text, enum intent_id id) {
    static const char *const all[] = {"yes", "no", "search_product"};
    struct parser *p;
    struct intent in;
    assert_int_equal(parser_create(&p, g, all, 3, 0.5f), ERR_OK);
    parser_parse(p, text, &in);
    parser_destroy(p);
    if (in.id != id) fail_msg("'%s' is '%s', not '%s'", text, intent_name(in.id), intent_name(id));
}

static struct grammar *load(const char *extra) {
    struct grammar *g;
    err_t err = grammar_load(&g, folder_path("main.jsgf"), extra ? folder_path(extra) : NULL);
    if (err) fail_msg("%s", err_reason());
    return g;
}

static void check_bad(const char *extra, const char *file, const char *message) {
    struct grammar *g = NULL;
    char expected[512];
    snprintf(expected, sizeof(expected), "%s:%s", folder_path(file), message);
    assert_int_equal(grammar_load(&g, folder_path("main.jsgf"), extra ? folder_path(extra) : NULL), ERR_FORMAT);
    assert_string_equal(err_reason(), expected);
}

static void write_main(const char *rules) {
    char text[2048];
    snprintf(text, sizeof(text), HEADER "%s", rules);
    folder_write("main.jsgf", text);
}

static void rules_come_from_other_files(void **state) {
    (void)state;
    folder_write("words.jsgf",
                 "#JSGF V1.0; grammar words; import <main.*>; public <yeah> = yes | <hidden>; <hidden> = sure;");
    write_main("import <words.*>; public <yes> = <yeah> [<words.yeah>] | <main.mine>; <mine> = mine;");
    struct grammar *g = load(NULL);
    check_intent(g, "yes", INTENT_yes);
    check_intent(g, "sure yes", INTENT_yes);
    check_intent(g, "mine", INTENT_yes);
    grammar_free(g);
    write_main("import <words.yeah>; public <yes> = <yeah>;");
    g = load(NULL);
    check_intent(g, "sure", INTENT_yes);
    grammar_free(g);
}

static void what_is_not_public_stays_at_home(void **state) {
    (void)state;
    folder_write("words.jsgf", "#JSGF V1.0; grammar words; public <yeah> = yes; <hidden> = sure;");
    write_main("import <words.*>; public <yes> = <hidden>;");
    check_bad(NULL, "main.jsgf",
              "3:34: expected a rule that exists, but <hidden> is neither defined here nor imported");

    char message[512];
    write_main("import <words.*>; public <yes> = <words.hidden>;");
    snprintf(message, sizeof(message),
             "3:34: expected a public rule, but <hidden> in %s is not: write 'public' before it",
             folder_path("words.jsgf"));
    check_bad(NULL, "main.jsgf", message);

    write_main("import <words.nope>; public <yes> = yes;");
    snprintf(message, sizeof(message), "3:8: expected a rule that exists, but %s has no <nope>",
             folder_path("words.jsgf"));
    check_bad(NULL, "main.jsgf", message);
}

static void one_name_has_one_meaning(void **state) {
    (void)state;
    char message[512];
    folder_write("a.jsgf", "#JSGF V1.0; grammar a; public <x> = yes;");
    folder_write("b.jsgf", "#JSGF V1.0; grammar b; public <x> = sure;");
    write_main("import <a.*>; import <b.*>; public <yes> = <x>;");
    snprintf(message, sizeof(message), "3:44: expected one meaning, but <x> is in %s and in %s: write <grammar.x>",
             folder_path("a.jsgf"), folder_path("b.jsgf"));
    check_bad(NULL, "main.jsgf", message);
    write_main("import <a.*>; import <b.*>; public <yes> = <b.x>;");
    struct grammar *g = load(NULL);
    check_intent(g, "sure", INTENT_yes);
    grammar_free(g);
}

static void a_file_is_called_as_its_grammar(void **state) {
    (void)state;
    struct grammar *g;
    folder_write("words.jsgf", "#JSGF V1.0; grammar other; public <yeah> = yes;");
    write_main("import <words.*>; public <yes> = <yeah>;");
    assert_int_equal(grammar_load(&g, folder_path("main.jsgf"), NULL), ERR_FORMAT);
    assert_non_null(strstr(err_reason(), "expected 'grammar words;' as the file is called, found 'grammar other;'"));
}

static void recursion_over_files_is_found(void **state) {
    (void)state;
    folder_write("words.jsgf", "#JSGF V1.0; grammar words;\nimport <main.*>; public <yeah> = <yes>;");
    write_main("import <words.*>; public <yes> = <yeah>;");
    check_bad(NULL, "words.jsgf", "2:34: expected no recursion, but <yes> is part of itself: use '*' or '+'");
}

static void imported_public_rules_are_intents(void **state) {
    (void)state;
    folder_write("words.jsgf", "#JSGF V1.0; grammar words; public <yes> = sure; public <no> = nope;");
    write_main("import <words.*>; public <no> = never;");
    struct grammar *g = load(NULL);
    check_intent(g, "sure", INTENT_yes);
    check_intent(g, "never", INTENT_no);
    check_intent(g, "nope", INTENT_NONE); /* the main file has its own */
    grammar_free(g);
}

static void a_shops_wordings_take_the_place_of_ours(void **state) {
    (void)state;
    folder_write("words.jsgf", "#JSGF V1.0; grammar words; public <yeah> = yes;");
    folder_write("shop-words.jsgf", "#JSGF V1.0; grammar shop-words; public <extra> = splendid;");
    folder_write("extra.jsgf",
                 "#JSGF V1.0; grammar cafe; import <words.*>; import <shop-words.*>;"
                 "public <yes> = <yeah> indeed | <extra>; <filler> = dear;");
    write_main("import <words.*>; public <yes> = <yeah>; <filler> = um;");
    struct grammar *g = load("extra.jsgf");
    check_intent(g, "yes", INTENT_NONE);
    check_intent(g, "yes indeed", INTENT_yes);
    check_intent(g, "um splendid dear dear", INTENT_yes);
    grammar_free(g);
}

static void too_many_imports(void **state) {
    (void)state;
    char text[2048], name[32];
    int used = 0;
    for (int i = 0; i < 33; i++) {
        used += snprintf(text + used, sizeof(text) - (size_t)used, "import <i%d.*>; ", i);
        snprintf(name, sizeof(name), "i%d.jsgf", i);
        char file[64];
        snprintf(file, sizeof(file), "#JSGF V1.0; grammar i%d;", i);
        folder_write(name, file);
    }
    write_main(text);
    struct grammar *g;
    assert_int_equal(grammar_load(&g, folder_path("main.jsgf"), NULL), ERR_FULL);
    assert_non_null(strstr(err_reason(), "a grammar can import 32 files"));
}

/* ---- filling ---- */

static void only_what_is_mentioned_can_be_filled(void **state) {
    (void)state;
    const char *phrases[] = {"milk"};
    struct grammar *g = grammar_of("public <yes> = <shop.query>;");
    assert_int_equal(grammar_fill(g, "query", phrases, 1, false), ERR_OK);
    assert_int_equal(grammar_fill(g, "brand", phrases, 1, false), ERR_NOT_FOUND);
    assert_string_equal(err_reason(), "no grammar mentions <shop.brand>");
    check_intent(g, "milk", INTENT_yes);
    grammar_free(g);
}

static void filling_again_replaces(void **state) {
    (void)state;
    const char *first[] = {"milk", "Oat  Milk!", "milk", "", "???"}, *second[] = {"tea"};
    struct grammar *g = grammar_of("import <shop.query>; public <yes> = <query>;");
    assert_int_equal(grammar_fill(g, "query", first, 5, false), ERR_OK);
    check_intent(g, "milk", INTENT_yes);
    check_intent(g, "oat milk", INTENT_yes); /* what is filled in is normalised like what is said */
    assert_int_equal(grammar_fill(g, "query", second, 1, false), ERR_OK);
    check_intent(g, "milk", INTENT_NONE);
    check_intent(g, "tea", INTENT_yes);
    assert_int_equal(grammar_fill(g, "query", NULL, 0, false), ERR_OK);
    check_intent(g, "tea", INTENT_NONE);
    grammar_free(g);
}

static void hostile_phrases_do_no_harm(void **state) {
    (void)state;
    char longest[3000];
    memset(longest, 'a', sizeof(longest));
    longest[sizeof(longest) - 1] = '\0';
    for (size_t i = 1; i < sizeof(longest) - 1; i += 2) longest[i] = ' ';
    const char *phrases[] = {"\xFF\xFE", longest, "<NULL>", "a | b"};
    struct grammar *g = grammar_of("public <yes> = <shop.query>;");
    assert_int_equal(grammar_fill(g, "query", phrases, 4, false), ERR_OK);
    check_intent(g, "null", INTENT_yes);
    check_intent(g, "a b", INTENT_yes);
    grammar_free(g);
}

static void an_expansion_that_explodes_is_refused(void **state) {
    (void)state;
    char rules[2048] = "";
    size_t used = 0;
    for (int i = 0; i < 30; i++)
        used += (size_t)snprintf(rules + used, sizeof(rules) - used, "<r%d> = <r%d> <r%d>; ", i, i + 1, i + 1);
    snprintf(rules + used, sizeof(rules) - used, "<r30> = <VOID>; public <yes> = <r0>;");
    const char *yes[] = {"yes"};
    struct net *net = NULL;
    struct grammar *g = grammar_of(rules);
    assert_int_equal(net_build(&net, g, &(struct net_plan){.intents = yes, .n = 1, .use = NET_PARSE}), ERR_FULL);
    assert_null(net);
    grammar_free(g);
}

static uint64_t print_of(const char *rules, const char *const *phrases, size_t n) {
    struct grammar *g = grammar_of(rules);
    assert_int_equal(grammar_fill(g, "query", phrases, n, false), ERR_OK);
    uint64_t print = grammar_fingerprint(g);
    grammar_free(g);
    return print;
}

static void another_grammar_has_another_fingerprint(void **state) {
    (void)state;
    static const char *const two[] = {"oat milk", "tea"}, *const one[] = {"oat milk tea"};
    const char *as_it_is = "import <shop.*>; public <search_product> = (find | /2/ me) <shop.query>;";
    uint64_t print = print_of(as_it_is, two, 2);
    assert_true(print == print_of(as_it_is, two, 2));
    assert_true(print != print_of(as_it_is, two, 1));
    assert_true(print != print_of(as_it_is, one, 1));
    assert_true(print != print_of("import <shop.*>; public <search_product> = (find | /3/ me) <shop.query>;", two, 2));
    assert_true(print != print_of("import <shop.*>; public <search_product> = (find | /2/ us) <shop.query>;", two, 2));
    assert_true(print != print_of("import <shop.*>; public <search_product> = (find | /2/ me)* <shop.query>;", two, 2));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_come_from_other_files),
        cmocka_unit_test(what_is_not_public_stays_at_home),
        cmocka_unit_test(one_name_has_one_meaning),
        cmocka_unit_test(a_file_is_called_as_its_grammar),
        cmocka_unit_test(recursion_over_files_is_found),
        cmocka_unit_test(imported_public_rules_are_intents),
        cmocka_unit_test(a_shops_wordings_take_the_place_of_ours),
        cmocka_unit_test(too_many_imports),
        cmocka_unit_test(only_what_is_mentioned_can_be_filled),
        cmocka_unit_test(filling_again_replaces),
        cmocka_unit_test(another_grammar_has_another_fingerprint),
        cmocka_unit_test(hostile_phrases_do_no_harm),
        cmocka_unit_test(an_expansion_that_explodes_is_refused),
    };
    return cmocka_run_group_tests(tests, folder_create, folder_remove);
}
