/* How well typed requests are understood: bench_understand FOLDER [--tuning] [--errors] [--list N | --all | --sample N]
 *
 * FOLDER holds clinc.tsv and bitext.tsv (text<TAB>intent...). Intents of theirs that are ours must be understood as one
 * of ours; all others must be refused. The grammar was written with the even lines in sight, so the odd lines are
 * measured; --tuning takes the even ones. --errors prints each line that went wrong. --list measures nothing: it prints
 * the first N lines of each intent of theirs that is ours, with the names of ours ("a|b") before it, to be spoken;
 * --all prints each line so, normalised, with "-" before those to be refused, to be learnt from. --sample prints N
 * random sentences of the grammar for each intent instead, with "?" and its name before it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "understand/wordings.h"
#include "understand/words.h"
#include "understanding.h"

/* What their intents are in ours. `or` and `or2` are right too: the data has one intent where we have two. */
struct label {
    const char *theirs;
    enum intent_id ours, or, or2;
    bool may_refuse; /* nothing is lost if it is not understood: left out of the figures unless something else is heard
                      */
    int n, n_right, n_refused;
};

static struct label clinc_labels[] = {
    {"order_status", INTENT_order_status, INTENT_delivery_time, 0, false, 0, 0, 0},
    {"order", INTENT_add_to_cart, INTENT_checkout, INTENT_reorder, false, 0, 0, 0},
    {"shopping_list", INTENT_show_cart, 0, 0, false, 0, 0, 0},
    {"shopping_list_update", INTENT_add_to_cart, INTENT_remove_from_cart, 0, false, 0, 0, 0},
    {"cancel", INTENT_stop, INTENT_cancel_order, 0, false, 0, 0, 0},
    {"yes", INTENT_yes, 0, 0, false, 0, 0, 0},
    {"no", INTENT_no, 0, 0, false, 0, 0, 0},
    {"repeat", INTENT_repeat, 0, 0, false, 0, 0, 0},
    {"change_volume", INTENT_volume, 0, 0, false, 0, 0, 0},
    {"greeting", INTENT_greeting, 0, 0, false, 0, 0, 0},
    {"are_you_a_bot", INTENT_are_you_a_robot, 0, 0, false, 0, 0, 0},
    {"what_can_i_ask_you", INTENT_help, 0, 0, false, 0, 0, 0},
    {"goodbye", INTENT_stop, INTENT_greeting, 0, true, 0, 0, 0},
    {"thank_you", INTENT_stop, INTENT_yes, 0, true, 0, 0, 0},
    {"redeem_rewards", INTENT_apply_coupon, INTENT_human_agent, 0, true, 0, 0, 0},
    {0},
};

static struct label bitext_labels[] = {
    {"cancel_order", INTENT_cancel_order, 0, 0, false, 0, 0, 0},
    {"track_order", INTENT_order_status, INTENT_delivery_time, 0, false, 0, 0, 0},
    {"delivery_period", INTENT_delivery_time, INTENT_order_status, 0, false, 0, 0, 0},
    {"change_shipping_address", INTENT_change_address, 0, 0, false, 0, 0, 0},
    {"set_up_shipping_address", INTENT_change_address, 0, 0, true, 0, 0, 0},
    {"delivery_options", INTENT_shipping_policy, 0, 0, false, 0, 0, 0},
    {"place_order", INTENT_add_to_cart, INTENT_checkout, 0, false, 0, 0, 0},
    {"contact_human_agent", INTENT_human_agent, 0, 0, false, 0, 0, 0},
    {"contact_customer_service", INTENT_human_agent, INTENT_store_hours, 0, false, 0, 0, 0},
    {"get_refund", INTENT_return_item, 0, 0, false, 0, 0, 0},
    {"check_refund_policy", INTENT_return_item, 0, 0, false, 0, 0, 0},
    {"track_refund", INTENT_return_item, 0, 0, false, 0, 0, 0},
    {"check_payment_methods", INTENT_shop_question, 0, 0, false, 0, 0, 0},
    {"review", INTENT_feedback, 0, 0, false, 0, 0, 0},
    {"complaint", INTENT_feedback, INTENT_human_agent, 0, false, 0, 0, 0},
    {0},
};

struct bench {
    struct understanding u;
    int parity;
    bool errors;
    int list; /* lines of each intent to print; 0: measure */
    bool all;
    int n_others, n_false;          /* lines to refuse, and those accepted */
    int n_numbers, n_numbers_right; /* lines with an order's number whose intent is right, and those whose number is */
};

static struct label *label_find(struct label *labels, const char *theirs) {
    for (struct label *l = labels; l->theirs; l++)
        if (str_equal(l->theirs, theirs)) return l;
    return NULL;
}

/* A line of the data. */
struct wording {
    const char *text, *theirs;
    const char *number; /* of an order; NULL if it names none */
};

static void measure_number(struct bench *b, const struct intent *got, const char *number) {
    const struct slot *slot = intent_slot(got, "order_number");
    b->n_numbers++;
    b->n_numbers_right += slot && str_equal(slot->text, number);
}

static void measure(struct bench *b, struct label *labels, const struct wording *w) {
    struct intent got;
    if (understanding_parse(&b->u, "open", w->text, &got)) return;
    struct label *l = label_find(labels, w->theirs);
    enum intent_id id = got.accepted ? got.id : INTENT_NONE;
    bool right = l ? id && (id == l->ours || id == l->or || id == l->or2) : !id;
    if (l && l->may_refuse && (!id || right)) return;
    if (l) {
        l->n++;
        l->n_right += right;
        l->n_refused += !id;
        if (right && w->number) measure_number(b, &got, w->number);
    } else {
        b->n_others++;
        b->n_false += !right;
    }
    if (b->errors && !right)
        printf("  %-24s %-18s %.2f  %s\n", w->theirs, id ? intent_name(id) : "-", (double)got.score, w->text);
}

static void ours_print(const struct label *l) {
    printf("%s", l ? intent_name(l->ours) : "-");
    if (l && l->or) printf("|%s", intent_name(l->or));
    if (l && l->or2) printf("|%s", intent_name(l->or2));
}

static void list(struct bench *b, struct label *labels, const struct wording *w) {
    struct label *l = label_find(labels, w->theirs);
    if (!l || l->may_refuse || l->n++ >= b->list) return;
    ours_print(l);
    printf("\t%s\n", w->text);
}

static void list_all(struct bench *b, struct label *labels, const struct wording *w) {
    (void)b;
    struct label *l = label_find(labels, w->theirs);
    char words[UTTERANCE_MAX];
    words_normalise(words, sizeof words, w->text);
    ours_print(l);
    printf("\t%s\n", words);
}

static int percent_tenths(int part, int whole) {
    return whole ? (1000 * part + whole / 2) / whole : 0;
}

static void report(const struct bench *b, const char *name, const struct label *labels) {
    int n = 0, n_right = 0;
    for (const struct label *l = labels; l->theirs; l++) {
        int p = percent_tenths(l->n_right, l->n);
        printf("%s %-26s %4d of %4d right, %3d.%d %%, %d refused\n", name, l->theirs, l->n_right, l->n, p / 10, p % 10,
               l->n_refused);
        n += l->n;
        n_right += l->n_right;
    }
    int p = percent_tenths(n_right, n), f = percent_tenths(b->n_false, b->n_others);
    printf("%s: intent right %d of %d, %d.%d %%; accepted of what is no request %d of %d, %d.%d %%", name, n_right, n,
           p / 10, p % 10, b->n_false, b->n_others, f / 10, f % 10);
    if (b->n_numbers) printf("; the order's number right %d of %d", b->n_numbers_right, b->n_numbers);
    putchar('\n');
}

static bool measure_file(struct bench *b, const char *folder, const char *name, struct label *labels) {
    char path[4096], line[1024];
    snprintf(path, sizeof path, "%s/%s.tsv", folder, name);
    FILE *file = fopen(path, "r");
    if (!file) {
        printf("%s: not measured, %s: %s\n", name, path, strerror(errno));
        return false;
    }
    b->n_others = b->n_false = b->n_numbers = b->n_numbers_right = 0;
    for (int number = 1; fgets(line, sizeof line, file); number++) {
        line[strcspn(line, "\r\n")] = '\0';
        char *rest = line, *text = strsep(&rest, "\t"), *theirs = strsep(&rest, "\t"), *kind = strsep(&rest, "\t");
        struct wording w = {text, theirs, kind && str_equal(kind, "order_id") ? strsep(&rest, "\t") : NULL};
        if (theirs && number % 2 == b->parity) (b->all ? list_all : b->list ? list : measure)(b, labels, &w);
    }
    fclose(file);
    if (!b->list && !b->all) report(b, name, labels);
    return true;
}

/* ---- what the grammar says by itself ---- */

static err_t sample_intent(const struct bench *b, struct wordings *w, const char *intent, int n) {
    struct net *net;
    char text[UTTERANCE_MAX];
    bool is_request = intent_by_name(intent) != INTENT_elsewhere;
    TRY(net_build(&net, b->u.grammar, &(struct net_plan){.intents = &intent, .n = 1, .use = NET_HEAR}));
    for (int i = 0; i < n; i++) {
        wordings_sentence(w, net, text, sizeof text);
        if (*text) printf("%s%s\t%s\n", is_request ? "?" : "-", is_request ? intent : "", text);
    }
    net_free(net);
    return ERR_OK;
}

static int sample_all(const struct bench *b, int n) {
    const struct state *open = states_find(&b->u.states, "open");
    struct wordings *w;
    err_t err = wordings_create(&w);
    if (err) return 2;
    for (int i = 0; !err && i < open->n_intents; i++) err = sample_intent(b, w, open->intents[i], n);
    wordings_free(w);
    return err ? 2 : 0;
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fprintf(stderr, "usage: bench_understand FOLDER [--tuning] [--errors] [--list N | --all | --sample N]\n");
        return 2;
    }
    struct bench b = {.parity = 1};
    int sample = 0;
    for (int i = 2; i < argc; i++) {
        if (str_equal(argv[i], "--tuning")) b.parity = 0;
        if (str_equal(argv[i], "--errors")) b.errors = true;
        if (str_equal(argv[i], "--all")) b.all = true;
        if (str_equal(argv[i], "--sample") && i + 1 < argc) sample = atoi(argv[++i]);
        if (str_equal(argv[i], "--list") && i + 1 < argc) b.list = atoi(argv[++i]);
    }
    if (!b.all && !b.list && understanding_open(&b.u, "grocer", SK_TESTS_DIR "/words/grocer.fill")) {
        fprintf(stderr, "bench_understand: %s\n", err_reason());
        return 2;
    }
    if (sample) return sample_all(&b, sample);
    bool clinc = measure_file(&b, argv[1], "clinc", clinc_labels);
    bool bitext = measure_file(&b, argv[1], "bitext", bitext_labels);
    if (b.u.grammar) understanding_close(&b.u);
    return clinc && bitext ? 0 : 1;
}
