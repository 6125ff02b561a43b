/* The networks: what they accept, how they are laid out, what is shared. */
#include "folder.h"

static const char *const yes_no[] = {"yes", "no"};

static struct net *net_of(const struct grammar *g, enum net_use use) {
    struct net *net;
    err_t err = net_build(&net, g, &(struct net_plan){.intents = yes_no, .n = 2, .use = use});
    if (err) fail_msg("%s", err_reason());
    return net;
}

/* The promises of grammar.h. */
static void check_layout(const struct net *net) {
    bool *from_start = calloc((size_t)net->n_nodes, 1), *to_end = calloc((size_t)net->n_nodes, 1);
    assert_true(net->n_nodes >= 2);
    assert_int_equal(net->first[0], 0);
    assert_int_equal(net->first[net->n_nodes], net->n_arcs);
    from_start[0] = to_end[1] = true;
    for (int32_t round = 0; round < net->n_nodes; round++)
        for (int32_t i = 0; i < net->n_arcs; i++) {
            from_start[net->arcs[i].to] |= from_start[net->arcs[i].from];
            to_end[net->arcs[i].from] |= to_end[net->arcs[i].to];
        }
    for (int32_t i = 0; i < net->n_arcs; i++) {
        const struct net_arc *arc = &net->arcs[i];
        assert_true(arc->from >= 0 && arc->from < net->n_nodes && arc->to >= 0 && arc->to < net->n_nodes);
        assert_in_range(i, net->first[arc->from], net->first[arc->from + 1] - 1);
        assert_true(arc->label >= LABEL_NUMERAL && arc->label < net->n_words);
        assert_true(arc->weight > 0 && arc->weight <= 1);
        assert_true(from_start[arc->from] && to_end[arc->to]);
    }
    for (int32_t i = 0; i < net->n_words; i++)
        for (int32_t k = 0; k < i; k++) assert_string_not_equal(net->words[i], net->words[k]);
    free(from_start);
    free(to_end);
}

/* Whether the words lead from `node` to the end; `silent` counts silent arcs since the last word. */
static bool leads(const struct net *net, int32_t node, const char *words, int silent) {
    size_t n = strcspn(words, " ");
    if (!*words && node == 1) return true;
    if (silent > 20) return false;
    for (int32_t i = net->first[node]; i < net->first[node + 1]; i++) {
        const struct net_arc *arc = &net->arcs[i];
        if (arc->label == LABEL_EPSILON) {
            if (leads(net, arc->to, words, silent + 1)) return true;
        } else if (arc->label >= 0 && n > 0 && strlen(net->words[arc->label]) == n &&
                   memcmp(net->words[arc->label], words, n) == 0) {
            if (leads(net, arc->to, words + n + (words[n] == ' '), 0)) return true;
        }
    }
    return false;
}

static void check_hears(const struct net *net, const char *words, bool expected) {
    if (leads(net, 0, words, 0) != expected) fail_msg("'%s' is %s", words, expected ? "not accepted" : "accepted");
}

static int count_label(const struct net *net, int32_t label) {
    int n = 0;
    for (int32_t i = 0; i < net->n_arcs; i++) n += net->arcs[i].label == label;
    return n;
}

static void to_hear_is_words_only(void **state) {
    (void)state;
    struct grammar *g = grammar_of(
        "public <yes> = a [b {x}] (c | d {=q})* e {y} | f+ g; public <no> = [<num>] h i | j;"
        "<num> = one {+1} | <builtin.numeral>; <filler> = um;");
    struct net *net = net_of(g, NET_HEAR);
    check_layout(net);
    const char *good[] = {"a e", "a b e", "a b c d c e", "f g", "f f f g", "h i", "one h i", "j"};
    const char *bad[] = {"", "a", "b e", "g", "f", "a e f g", "one", "one j", "um", "um j", "h"};
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) check_hears(net, good[i], true);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) check_hears(net, bad[i], false);
    for (int32_t i = 0; i < net->n_arcs; i++) assert_int_equal(net->arcs[i].tag, -1);
    assert_int_equal(count_label(net, LABEL_NUMERAL), 0);
    assert_null(net->actions);
    net_free(net);
    grammar_free(g);
}

static void alternatives_share_the_probability(void **state) {
    (void)state;
    struct grammar *g = grammar_of("public <yes> = /3/ a | /1/ b | /0/ c;");
    struct net *net = net_of(g, NET_HEAR);
    assert_int_equal(net->n_arcs, 2);
    for (int32_t i = 0; i < 2; i++)
        assert_float_equal(net->arcs[i].weight, strcmp(net->words[net->arcs[i].label], "a") == 0 ? 0.75f : 0.25f,
                           1e-6f);
    net_free(net);
    grammar_free(g);
}

static void common_beginnings_and_endings_are_walked_once(void **state) {
    (void)state;
    struct grammar *g = grammar_of(
        "public <yes> = can you please stop it now | can you please do it now;"
        "public <no> = can you please not do it now;");
    struct net *net = net_of(g, NET_HEAR);
    check_layout(net);
    assert_int_equal(net->n_arcs, 3 /* can you please */ + 4 /* stop do not do */ + 2 /* it now */);
    check_hears(net, "can you please not do it now", true);
    check_hears(net, "can you please not stop it now", false);
    net_free(net);
    grammar_free(g);
}

static void silence_goes_where_it_can(void **state) {
    (void)state;
    struct grammar *g =
        grammar_of("public <yes> = (((<NULL> a))) <NULL> ((b)); public <no> = <x>; <x> = <y>; <y> = c d;");
    struct net *net = net_of(g, NET_HEAR);
    assert_int_equal(count_label(net, LABEL_EPSILON), 0);
    assert_int_equal(net->n_arcs, 4);
    net_free(net);
    grammar_free(g);
}

static void dead_ends_are_cut(void **state) {
    (void)state;
    struct grammar *g = grammar_of("public <yes> = a b <VOID> | c <shop.none> d | e; public <no> = <VOID> f;");
    struct net *net = net_of(g, NET_HEAR);
    check_layout(net);
    assert_int_equal(net->n_words, 1);
    assert_string_equal(net->words[0], "e");
    net_free(net);
    grammar_free(g);

    g = grammar_of("public <yes> = <VOID>;");
    net = net_of(g, NET_HEAR);
    check_layout(net);
    assert_int_equal(net->n_arcs, 0);
    net_free(net);
    grammar_free(g);
}

/* Phrases as many as are shared. */
enum { MANY = 50 };
static const char *const names[MANY] = {"red apple", "red apple juice", "green tea", "red wine", "green tea bag"};
static char other_names[MANY][16];

static const char *const *many_names(void) {
    static const char *all[MANY];
    for (int i = 0; i < MANY; i++) {
        snprintf(other_names[i], sizeof other_names[i], "n%d", i);
        all[i] = names[i] ? names[i] : other_names[i];
    }
    return all;
}

static const char *const once_rules = "public <yes> = find <shop.p> now;";
static const char *const often_rules =
    "public <yes> = find <shop.p> now | seek <shop.p> please | <shop.p>;"
    "public <no> = drop <shop.p> | lose <shop.p> then <shop.p> again;";

static struct net *filled_net(struct grammar **g, const char *rules, const char *const *phrases, size_t n) {
    *g = grammar_of(rules);
    assert_int_equal(grammar_fill(*g, "p", phrases, n, true), ERR_OK);
    struct net *net = net_of(*g, NET_HEAR);
    check_layout(net);
    return net;
}

static int words_in(const struct net *net) {
    return net->n_arcs - count_label(net, LABEL_EPSILON);
}

static void many_phrases_are_one_shared_tree(void **state) {
    (void)state;
    struct grammar *once, *often;
    struct net *a = filled_net(&once, once_rules, many_names(), MANY),
               *b = filled_net(&often, often_rules, many_names(), MANY);
    assert_int_equal(words_in(b) - words_in(a), 6); /* seek please drop lose then again */
    check_hears(b, "find red apple now", true);
    check_hears(b, "find red apple juice now", true);
    check_hears(b, "lose green tea then red wine again", true);
    check_hears(b, "green tea bag", true);
    check_hears(b, "find n7 please", true); /* what a copy for all costs */
    check_hears(b, "find green now", false);
    check_hears(b, "find blue tea now", false); /* open or not: only the phrases are listened for */
    net_free(a);
    net_free(b);
    grammar_free(once);
    grammar_free(often);
}

static void few_phrases_are_followed_by_what_belongs_there(void **state) {
    (void)state;
    struct grammar *g;
    struct net *net = filled_net(&g, often_rules, names, 5);
    check_hears(net, "find red apple juice now", true);
    check_hears(net, "seek red apple juice please", true);
    check_hears(net, "lose green tea then red wine again", true);
    check_hears(net, "green tea bag", true);
    check_hears(net, "find red apple please", false);
    check_hears(net, "drop green tea again", false);
    net_free(net);
    grammar_free(g);
}

/* What a mention costs must not depend on how much was filled in. */
static int arcs_of_mentions(int n_mentions, int n_phrases) {
    char rules[1024] = "", text[512][32];
    const char *phrases[512];
    size_t used = 0;
    for (int i = 0; i < n_mentions; i++)
        used += (size_t)snprintf(rules + used, sizeof(rules) - used, "%sw%d <shop.p> v%d",
                                 i ? "|" : "public <yes> =", i, i);
    snprintf(rules + used, sizeof(rules) - used, ";");
    for (int i = 0; i < n_phrases; i++) {
        snprintf(text[i], sizeof(text[i]), "a%d b%d", i, i);
        phrases[i] = text[i];
    }
    struct grammar *g = grammar_of(rules);
    assert_int_equal(grammar_fill(g, "p", phrases, (size_t)n_phrases, false), ERR_OK);
    struct net *net = net_of(g, NET_HEAR);
    int n_arcs = net->n_arcs;
    net_free(net);
    grammar_free(g);
    return n_arcs;
}

static void mentions_do_not_multiply(void **state) {
    (void)state;
    assert_int_equal(arcs_of_mentions(20, 500) - arcs_of_mentions(10, 500),
                     arcs_of_mentions(20, MANY) - arcs_of_mentions(10, MANY));
    assert_in_range(arcs_of_mentions(20, 500), 1000, 1100);
}

static void probabilities_of_phrases_are_even(void **state) {
    (void)state;
    struct grammar *g = grammar_of("public <yes> = <shop.p>;");
    assert_int_equal(grammar_fill(g, "p", names, 5, false), ERR_OK);
    struct net *net = net_of(g, NET_HEAR);
    float red = 0;
    for (int32_t i = net->first[0]; i < net->first[1]; i++)
        if (strcmp(net->words[net->arcs[i].label], "red") == 0) red = net->arcs[i].weight;
    assert_float_equal(red, 0.6f, 1e-6f);
    net_free(net);
    grammar_free(g);
}

static void to_parse_open_rules_stay_small(void **state) {
    (void)state;
    static char text[5000][48];
    static const char *phrases[5000];
    for (int i = 0; i < 5000; i++) {
        snprintf(text[i], sizeof(text[i]), "a%d b%d c%d", i % 70, i % 71, i % 73);
        phrases[i] = text[i];
    }
    struct grammar *g = grammar_of("public <yes> = find <shop.p> {q} now;");
    assert_int_equal(grammar_fill(g, "p", phrases, 5000, true), ERR_OK);
    struct net *net = net_of(g, NET_PARSE);
    check_layout(net);
    assert_in_range(net->n_arcs, 1, 30);
    assert_non_null(net->actions);
    net_free(net);
    grammar_free(g);
}

static void names_are_one_arc(void **state) {
    (void)state;
    const char *things[] = {"red hat", "blue hat"}, *sizes[] = {"small", "very large"};
    struct grammar *g = grammar_of(
        "import <shop.*>; public <yes> = find [a] <shop.goods> | <shop.size> <shop.goods>; public <no> = <shop.area>;");
    assert_int_equal(grammar_fill(g, "goods", things, 2, true), ERR_OK);
    assert_int_equal(grammar_fill(g, "size", sizes, 2, false), ERR_OK);
    assert_int_equal(grammar_fill(g, "area", NULL, 0, true), ERR_OK);
    struct net *net = net_of(g, NET_NAMES);
    assert_int_equal(count_label(net, LABEL_ANY), 0);
    assert_true(count_label(net, LABEL_NAME) >= 1);
    check_hears(net, "find red hat", false); /* the words of names are not in it, those of other rules are */
    for (int32_t i = 0; i < net->n_words; i++) assert_string_not_equal(net->words[i], "hat");
    bool sized = false;
    for (int32_t i = 0; i < net->n_words; i++) sized |= strcmp(net->words[i], "very") == 0;
    assert_true(sized);
    net_free(net);
    grammar_free(g);
}

static void intents_that_are_missing(void **state) {
    (void)state;
    struct net *net = NULL;
    const char *greeting[] = {"greeting"};
    struct grammar *g = grammar_of("public <yes> = a; <greeting> = hello;");
    assert_int_equal(net_build(&net, g, &(struct net_plan){.intents = yes_no, .n = 2, .use = NET_HEAR}),
                     ERR_OK); /* no <no> */
    net_free(net);
    net = NULL;
    assert_int_equal(net_build(&net, g, &(struct net_plan){.intents = greeting, .n = 1, .use = NET_HEAR}),
                     ERR_NOT_FOUND); /* not public */
    assert_non_null(strstr(err_reason(), "has a public rule for none of the intents asked for"));
    assert_null(net);
    net_free(NULL);
    grammar_free(g);
    grammar_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(to_hear_is_words_only),
        cmocka_unit_test(alternatives_share_the_probability),
        cmocka_unit_test(common_beginnings_and_endings_are_walked_once),
        cmocka_unit_test(silence_goes_where_it_can),
        cmocka_unit_test(dead_ends_are_cut),
        cmocka_unit_test(many_phrases_are_one_shared_tree),
        cmocka_unit_test(few_phrases_are_followed_by_what_belongs_there),
        cmocka_unit_test(mentions_do_not_multiply),
        cmocka_unit_test(probabilities_of_phrases_are_even),
        cmocka_unit_test(to_parse_open_rules_stay_small),
        cmocka_unit_test(names_are_one_arc),
        cmocka_unit_test(intents_that_are_missing),
    };
    return cmocka_run_group_tests(tests, folder_create, folder_remove);
}
