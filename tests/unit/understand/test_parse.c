/* What the parser makes of words: tags, tolerance, refusal. */
#include "folder.h"
#include "understand/intent.h"
#include "understand/parse.h"

static const char *const all[] = {
#define X(name) #name,
    INTENT_LIST(X)
#undef X
};

enum { N_ALL = sizeof(all) / sizeof(all[0]) };

struct fixture {
    struct grammar *g;
    struct parser *p;
    struct intent in;
};

static void parser_of(struct fixture *f) {
    if (parser_create(&f->p, f->g, all, N_ALL, 0.5f)) fail_msg("%s", err_reason());
}

static struct fixture begin(const char *rules) {
    struct fixture f = {.g = grammar_of(rules)};
    parser_of(&f);
    return f;
}

static void end(struct fixture *f) {
    parser_destroy(f->p);
    grammar_free(f->g);
}

/* Slots as "name=text" with ":code" and "#milli" where there are any, in the order of their ends. */
static const char *slots_of(const struct intent *in) {
    static char text[1024];
    size_t used = 0;
    text[0] = '\0';
    for (int i = 0; i < in->n_slots; i++) {
        const struct slot *s = &in->slots[i];
        used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s=%s", i ? ", " : "", s->name, s->text);
        if (s->code[0]) used += (size_t)snprintf(text + used, sizeof(text) - used, ":%s", s->code);
        if (s->kind == SLOT_NUMBER)
            used += (size_t)snprintf(text + used, sizeof(text) - used, "#%lld", (long long)s->milli);
    }
    return text;
}

static void check(struct fixture *f, const char *text, enum intent_id id, const char *slots) {
    parser_parse(f->p, text, &f->in);
    if (f->in.id != id) fail_msg("'%s' is '%s', not '%s'", text, intent_name(f->in.id), intent_name(id));
    assert_true(f->in.accepted);
    assert_string_equal(slots_of(&f->in), slots);
}

static void check_score(struct fixture *f, const char *text, enum intent_id id, float score) {
    parser_parse(f->p, text, &f->in);
    assert_int_equal(f->in.id, id);
    assert_float_equal(f->in.score, score, 0.001f);
}

static void check_refused(struct fixture *f, const char *text) {
    parser_parse(f->p, text, &f->in);
    if (f->in.id != INTENT_NONE) fail_msg("'%s' is '%s'", text, intent_name(f->in.id));
    assert_false(f->in.accepted);
    assert_int_equal(f->in.n_slots, 0);
}

/* ---- what the grammar says as it stands ---- */

static void expansions(void **state) {
    (void)state;
    struct fixture f = begin(
        "public <yes> = a [b] (c | d e) f* | g+ | <x> | \"quoted words\" | <NULL> h | <VOID> i;"
        "<x> = y y;");
    const char *good[] = {"a c", "a b c", "a d e", "a b d e f f f", "g", "g g g", "y y", "quoted words", "h"};
    const char *bad[] = {"i", "zzz", "b zzz qqq"};
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) check_score(&f, good[i], INTENT_yes, 1);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) check_refused(&f, bad[i]);
    end(&f);
}

static void circles_of_nothing_end(void **state) {
    (void)state;
    struct fixture f = begin("public <yes> = ([a]*)+ b | ((<NULL>)* {x})* c | ([d] {y})+ {z};");
    check(&f, "a a b", INTENT_yes, "");
    check(&f, "b", INTENT_yes, "");
    check(&f, "c", INTENT_yes, "");
    check(&f, "d", INTENT_yes, "y=d, z=d");
    end(&f);
}

static void slots_of_words(void **state) {
    (void)state;
    struct fixture f = begin(
        "public <choose> = (big | very small) {size} [thing] {what}"
        " | (the (red {colour} | blue {colour=navy}) one) {which};");
    check(&f, "very small", INTENT_choose, "size=very small");
    check(&f, "Big thing!", INTENT_choose, "size=big, what=thing");
    check(&f, "the red one", INTENT_choose, "colour=red, which=the red one");
    check(&f, "the blue one", INTENT_choose, "colour=navy, which=the blue one");
    end(&f);
}

static void the_last_value_wins(void **state) {
    (void)state;
    struct fixture f = begin("public <choose> = (a {x} | b {y} | c {x=constant})+;");
    check(&f, "a b c", INTENT_choose, "x=constant, y=b");
    check(&f, "c b a", INTENT_choose, "x=a, y=b");
    end(&f);
}

static void codes(void **state) {
    (void)state;
    struct fixture f = begin(
        "public <choose> = (last week {=week-1} | today {=day-0}) {when} | best {sort} {=rating}"
        " | (outer (inner {=i}) {b} {=o}) {a} | alone {=lost};");
    check(&f, "last week", INTENT_choose, "when=last week:week-1");
    check(&f, "today", INTENT_choose, "when=today:day-0");
    check(&f, "best", INTENT_choose, "sort=best:rating");
    check(&f, "outer inner", INTENT_choose, "b=inner:o, a=outer inner");
    check(&f, "alone", INTENT_choose, "");
    end(&f);
}

#define NUMBERS                                                                                              \
    "<number> = (<one> | <ten> [<one>] | hundred {*100} | thousand {*1000} | dozen {*12} | and"              \
    " | <builtin.numeral>)+ | (half a) {+0.5};"                                                              \
    "<one> = one {+1} | two {+2} | five {+5} | six {+6} | nine {+9} | four {+4} | oh {+0} | fourteen {+14};" \
    "<ten> = nineteen {+19} | ninety {+90} | fifty {+50} | forty {+40} | twenty {+20};"

static void numbers(void **state) {
    (void)state;
    struct fixture f = begin(NUMBERS
                             "public <choose> = <number> {n#} [kilo | eggs]"
                             " | price (<number> {.} <number>) {p#} | about {p#};");
    check(&f, "two dozen eggs", INTENT_choose, "n=two dozen#24000");
    check(&f, "half a kilo", INTENT_choose, "n=half a#500");
    check(&f, "two hundred and five", INTENT_choose, "n=two hundred and five#205000");
    check(&f, "one thousand two hundred", INTENT_choose, "n=one thousand two hundred#1200000");
    check(&f, "price nineteen ninety nine", INTENT_choose, "p=nineteen ninety nine#19990");
    check(&f, "12", INTENT_choose, "n=12#12000");
    check(&f, "3 dozen", INTENT_choose, "n=3 dozen#36000");
    check(&f, "1,299.50", INTENT_choose, "n=1299.50#1299500");
    check(&f, "about", INTENT_choose, ""); /* no number was said */
    end(&f);
}

static void digits(void **state) {
    (void)state;
    struct fixture f = begin(NUMBERS "public <choose> = ([double {*2} | triple {*3}] <number>)+ {id$};");
    check(&f, "one oh double four", INTENT_choose, "id=1044");
    check(&f, "forty two", INTENT_choose, "id=42");
    check(&f, "triple nine fourteen", INTENT_choose, "id=99914");
    check(&f, "00042", INTENT_choose, "id=00042");
    check(&f, "12 34", INTENT_choose, "id=1234");
    assert_int_equal(f.in.slots[0].kind, SLOT_DIGITS);
    end(&f);
}

/* The café: each of three at most once, in any order. */
static void any_order_each_once(void **state) {
    (void)state;
    struct fixture f = begin(
        "public <add_to_cart> = [<s> [<r>] [<n>] | <s> <n> <r> | <r> [<s>] [<n>] | <r> <n> <s>"
        " | <n> [<s>] [<r>] | <n> <r> <s>] (latte | mocha) {drink};"
        "<s> = (small | large) {size}; <r> = (light | dark) roast {roast};"
        "<n> = (single | double) shot {shots};");
    check(&f, "latte", INTENT_add_to_cart, "drink=latte");
    check(&f, "large dark roast double shot mocha", INTENT_add_to_cart,
          "size=large, roast=roast, shots=shot, drink=mocha");
    check(&f, "double shot large dark roast mocha", INTENT_add_to_cart,
          "shots=shot, size=large, roast=roast, drink=mocha");
    check(&f, "dark roast double shot large mocha", INTENT_add_to_cart,
          "roast=roast, shots=shot, size=large, drink=mocha");
    check(&f, "dark roast latte", INTENT_add_to_cart, "roast=roast, drink=latte");
    end(&f);
}

/* ---- what the shop fills in ---- */

static const char *const products[] = {"blue mountain coffee", "Blue Mountain", "oat milk", "milk"};

#define FIND "import <shop.*>; public <search_product> = find [me] <shop.query> {query} [from <shop.brand> {brand}];"

static void closed_rules_take_their_phrases(void **state) {
    (void)state;
    struct fixture f = {.g = grammar_of(FIND)};
    assert_int_equal(grammar_fill(f.g, "query", products, 4, false), ERR_OK);
    parser_of(&f);
    check(&f, "find blue mountain", INTENT_search_product, "query=blue mountain");
    check(&f, "find blue mountain coffee", INTENT_search_product, "query=blue mountain coffee");
    check(&f, "find me milk", INTENT_search_product, "query=milk");
    check_refused(&f, "find mountain");
    check_refused(&f, "find butter");
    end(&f);
}

static void open_rules_take_any_words(void **state) {
    (void)state;
    struct fixture f = {.g = grammar_of(FIND)};
    const char *brands[] = {"acme tools", "acme"};
    assert_int_equal(grammar_fill(f.g, "query", products, 4, true), ERR_OK);
    assert_int_equal(grammar_fill(f.g, "brand", brands, 2, false), ERR_OK);
    parser_of(&f);
    check(&f, "find red running shoes", INTENT_search_product, "query=red running shoes");
    check(&f, "find me", INTENT_search_product, "query=me");
    check(&f, "find hammers from acme tools", INTENT_search_product, "query=hammers, brand=acme tools");
    check(&f, "find hammers from nobody", INTENT_search_product, "query=hammers from nobody");
    check(&f, "find a b c d e f g h", INTENT_search_product, "query=a b c d e f g h");
    check(&f, "find 42 milk", INTENT_search_product, "query=42 milk");
    check_refused(&f, "find");
    check_score(&f, "find oat milk", INTENT_search_product, 1 - 0.3f / 3); /* known words cost less */
    check_score(&f, "find red shoes", INTENT_search_product, 1 - 0.6f / 3);
    end(&f);
}

static void open_rules_need_no_phrases(void **state) {
    (void)state;
    struct fixture f = {.g = grammar_of(FIND)};
    assert_int_equal(grammar_fill(f.g, "query", NULL, 0, true), ERR_OK);
    parser_of(&f);
    check(&f, "find anything", INTENT_search_product, "query=anything");
    end(&f);
}

static void rules_not_filled_are_void(void **state) {
    (void)state;
    struct fixture f = begin(FIND);
    check_refused(&f, "find milk");
    end(&f);
}

static void literal_words_win_over_any_words(void **state) {
    (void)state;
    struct fixture f = {.g = grammar_of("public <add_to_cart> = add <shop.product> {product} [to my cart];"
                                        "public <more> = add <shop.product> {product};"
                                        "public <show_cart> = add it up;")};
    assert_int_equal(grammar_fill(f.g, "product", NULL, 0, true), ERR_OK);
    parser_of(&f);
    check(&f, "add milk to my cart", INTENT_add_to_cart, "product=milk");
    check(&f, "add it up", INTENT_show_cart, "");
    end(&f);
}

static void a_parser_outlives_a_new_filling(void **state) {
    (void)state;
    struct fixture f = {.g = grammar_of(FIND)};
    const char *later[] = {"tea", "a word that is new"};
    assert_int_equal(grammar_fill(f.g, "query", products, 4, true), ERR_OK);
    parser_of(&f);
    assert_int_equal(grammar_fill(f.g, "query", later, 2, true), ERR_OK);
    check_score(&f, "find tea", INTENT_search_product, 1 - 0.15f / 2);
    check_score(&f, "find milk", INTENT_search_product, 1 - 0.3f / 2);
    end(&f);
}

/* ---- tolerance ---- */

#define ORDERS                                                                                     \
    "public <order_status> = where is my order [number <builtin.numeral> {order_number$}];"        \
    "public <cancel_order> = please cancel <what>; <what> = (my | the) (order | purchase) {what};" \
    "<filler> = um | uh | please | you know | i mean [that];"

static void fillers_cost_little(void **state) {
    (void)state;
    struct fixture f = begin(ORDERS);
    check_score(&f, "um where is uh my order please", INTENT_order_status, 1 - 0.15f / 7);
    check_score(&f, "you know where is my order i mean that", INTENT_order_status, 1 - 0.25f / 9);
    check_score(&f, "please cancel my order", INTENT_cancel_order, 1); /* literal where the grammar has it */
    check(&f, "please cancel the um order", INTENT_cancel_order, "what=order");
    check_refused(&f, "um");
    check_refused(&f, "please please you know");
    end(&f);
}

static void a_filler_is_nothing_to_look_for(void **state) {
    (void)state;
    struct fixture f = {.g =
                            grammar_of("public <search_product> = find <shop.query> {query}; <filler> = um | please;")};
    assert_int_equal(grammar_fill(f.g, "query", NULL, 0, true), ERR_OK);
    parser_of(&f);
    check(&f, "find um headphones please", INTENT_search_product, "query=headphones");
    check_refused(&f, "find please");
    end(&f);
}

static void words_may_be_skipped(void **state) {
    (void)state;
    struct fixture f = begin(ORDERS "public <more> = and so on;");
    check_score(&f, "where exactly is my order", INTENT_order_status, 1 - 1.1f / 5);
    check_score(&f, "so where is my stupid order", INTENT_order_status, 1 - (0.5f + 1.1f) / 6); /* "so" is small */
    check_score(&f, "where is my oat order", INTENT_order_status, 1 - 1.1f / 5); /* no word that is known to be small */
    check(&f, "where is my order number hmm 42", INTENT_order_status, "order_number=42");
    end(&f);
}

static void one_word_may_be_missing(void **state) {
    (void)state;
    struct fixture f =
        begin(ORDERS "public <repeat> = say again; public <choose> = take number (two hundred) {+200}{n#};");
    check_score(&f, "where is order", INTENT_order_status, 1 - 1.2f / 3);
    check_refused(&f, "where is");        /* two are missing */
    check_refused(&f, "again");           /* too little was said to be sure */
    check_refused(&f, "take number two"); /* never of a number */
    end(&f);
}

static void a_missing_word_sets_no_slot(void **state) {
    (void)state;
    struct fixture f = begin("public <choose> = make it really large {size=large} now;");
    check(&f, "make it really now", INTENT_choose, "");
    check(&f, "make it really large now", INTENT_choose, "size=large");
    end(&f);
}

static void typing_errors_are_mended(void **state) {
    (void)state;
    struct fixture f = begin(ORDERS);
    check_score(&f, "where is my oder", INTENT_order_status, 1 - 0.4f / 4);
    check(&f, "please cancel the purchse", INTENT_cancel_order, "what=purchase");
    check(&f, "please cacnel the order", INTENT_cancel_order, "what=order");
    check(&f, "please cancel the puchaes", INTENT_cancel_order, "what=purchase"); /* two edits in a long word */
    assert_string_equal(f.in.text, "please cancel the puchaes");
    check_refused(&f, "wre iz mi odr");
    end(&f);
}

static void numbers_are_never_mended(void **state) {
    (void)state;
    struct fixture f = begin("public <choose> = take the (fifteen {+15} | fifty {+50}) {n#};");
    check(&f, "take the fifty", INTENT_choose, "n=fifty#50000");
    check_refused(&f, "take the fifti");
    check_refused(&f, "take the fiteen");
    end(&f);
}

static void known_words_are_never_mended(void **state) {
    (void)state;
    struct fixture f = begin("public <yes> = play the order; public <no> = border;");
    check(&f, "play the ordre", INTENT_yes, "");
    check_refused(&f, "play the border");
    end(&f);
}

/* ---- choice and refusal ---- */

static void weights_break_ties(void **state) {
    (void)state;
    struct fixture f = begin("public <yes> = /1/ right | /9/ sure; public <no> = /1/ never | /9/ right;");
    check_score(&f, "right", INTENT_no, 1);
    end(&f);
    f = begin("public <yes> = /9/ right | /1/ sure; public <no> = /9/ never | /1/ right;");
    check_score(&f, "right", INTENT_yes, 1);
    end(&f);
}

static void nonsense_is_refused(void **state) {
    (void)state;
    struct fixture f = begin(ORDERS);
    const char *nonsense[] = {"",      "   ?!",       "what is the weather like in paris",
                              "order", "my my my my", "where where where where where",
                              "is",    "12",          "\xFF\xFE\xFD"};
    for (size_t i = 0; i < sizeof(nonsense) / sizeof(nonsense[0]); i++) check_refused(&f, nonsense[i]);
    end(&f);
}

static void more_words_than_anybody_says(void **state) {
    (void)state;
    struct fixture f = begin("public <yes> = a+;");
    char text[600];
    for (int i = 0; i < 300; i++) memcpy(text + 2 * i, i < 299 ? "a " : "a", i < 299 ? 2 : 2);
    check_refused(&f, text);
    text[2 * 64 - 1] = '\0';
    check_score(&f, text, INTENT_yes, 1);
    end(&f);
}

static void the_threshold_decides(void **state) {
    (void)state;
    struct fixture f = {.g = grammar_of(ORDERS)};
    assert_int_equal(parser_create(&f.p, f.g, all, N_ALL, 0.9f), ERR_OK);
    check_refused(&f, "where exactly is my order");
    check_score(&f, "where is my order", INTENT_order_status, 1);
    end(&f);
    f.g = grammar_of(ORDERS);
    assert_int_equal(parser_create(&f.p, f.g, all, N_ALL, 0), ERR_OK);
    check_score(&f, "where my apple pear order", INTENT_order_status, 1 - 3.4f / 5);
    end(&f);
}

static void only_the_intents_asked_for(void **state) {
    (void)state;
    struct fixture f = {.g = grammar_of(ORDERS)};
    const char *one[] = {"cancel_order", "greeting"}, *none[] = {"greeting"}, *wrong[] = {"dance"};
    assert_int_equal(parser_create(&f.p, f.g, one, 2, 0.5f), ERR_OK);
    check_refused(&f, "where is my order");
    check(&f, "please cancel my order", INTENT_cancel_order, "what=order");
    parser_destroy(f.p);
    f.p = NULL;
    assert_int_equal(parser_create(&f.p, f.g, none, 1, 0.5f), ERR_NOT_FOUND);
    assert_int_equal(parser_create(&f.p, f.g, wrong, 1, 0.5f), ERR_ARG);
    assert_string_equal(err_reason(), "there is no intent 'dance'");
    assert_null(f.p);
    end(&f);
}

static void several_things_in_one_breath(void **state) {
    (void)state;
    struct fixture f = begin(
        "public <choose> = <thing> ((and | <NULL>) {;} <thing>)*;\n"
        "<thing> = [two {+2} {n#}] (tea | milk) {what};");
    check(&f, "tea", INTENT_choose, "what=tea");
    check(&f, "tea and two milk two tea", INTENT_choose,
          "what=tea, n_2=two#2000, what_2=milk, n_3=two#2000, what_3=tea");
    end(&f);
}

static void more_slots_than_there_is_room_for(void **state) {
    (void)state;
    struct fixture f =
        begin("public <choose> = x {a}{b}{c}{d}{e}{f}{g}{h}{i}{j}{k}{l}{m} y {n}{o}{p}{q}{r}{s}{t}{u}{v}{w}{x}{y}{z};");
    parser_parse(f.p, "x y", &f.in);
    assert_int_equal(f.in.id, INTENT_choose);
    assert_int_equal(f.in.n_slots, SLOTS_MAX);
    end(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expansions),
        cmocka_unit_test(circles_of_nothing_end),
        cmocka_unit_test(slots_of_words),
        cmocka_unit_test(the_last_value_wins),
        cmocka_unit_test(codes),
        cmocka_unit_test(numbers),
        cmocka_unit_test(digits),
        cmocka_unit_test(any_order_each_once),
        cmocka_unit_test(closed_rules_take_their_phrases),
        cmocka_unit_test(open_rules_take_any_words),
        cmocka_unit_test(open_rules_need_no_phrases),
        cmocka_unit_test(rules_not_filled_are_void),
        cmocka_unit_test(literal_words_win_over_any_words),
        cmocka_unit_test(a_parser_outlives_a_new_filling),
        cmocka_unit_test(fillers_cost_little),
        cmocka_unit_test(a_filler_is_nothing_to_look_for),
        cmocka_unit_test(words_may_be_skipped),
        cmocka_unit_test(one_word_may_be_missing),
        cmocka_unit_test(a_missing_word_sets_no_slot),
        cmocka_unit_test(typing_errors_are_mended),
        cmocka_unit_test(numbers_are_never_mended),
        cmocka_unit_test(known_words_are_never_mended),
        cmocka_unit_test(weights_break_ties),
        cmocka_unit_test(nonsense_is_refused),
        cmocka_unit_test(more_words_than_anybody_says),
        cmocka_unit_test(the_threshold_decides),
        cmocka_unit_test(only_the_intents_asked_for),
        cmocka_unit_test(several_things_in_one_breath),
        cmocka_unit_test(more_slots_than_there_is_room_for),
    };
    return cmocka_run_group_tests(tests, folder_create, folder_remove);
}
