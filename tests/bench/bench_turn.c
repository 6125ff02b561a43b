/* How long a turn of dialogue takes, words in to reply text out, in a shop of 20,000 products and 10,000 orders:
 * bench_turn [--turns N] [--worst]
 *
 * The shop is catalog/grocer with generated products, customers and orders; 200 of the orders are those of the customer
 * who talks. What is said are random sentences of the grammar: of an intent that the dialogue's state listens for, each
 * as often as any other. Through the parser, the dialogue, the store on disk and the reply texts, as `shopkeeper chat`
 * does it; processor time. --worst prints the longest turn of each intent. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "apps/conversation.h"
#include "base/clock.h"
#include "base/str.h"
#include "understand/wordings.h"

enum {
    TURNS = 12000,
    PER_INTENT_MAX = 4096,
    PRODUCTS = 20000,
    ORDERS = 10000,
    CUSTOMERS = 500,
    LINES = 5,
    PAUSE_MS = 20000, /* between two turns */
    TRIES = 20,
    WARM_UP = 50, /* turns that are not counted: the database is read for the first time */
};

static const float UNDERSTOOD = 0.9f;
static const int64_t NOW_MS = INT64_C(1790000000000);

/* ---- the shop ---- */

static uint32_t chance(uint32_t below) {
    static uint64_t x = 1;
    x = x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(x >> 33) % below;
}

static const char *const kinds[] = {"Golden", "Organic", "Smoked",  "Salted", "Sweet",
                                    "Dried",  "Fresh",   "Roasted", "Spiced", "Plain"};
static const char *const things[] = {"Almonds", "Beans", "Biscuits", "Butter", "Carrots", "Cereal", "Cheese",
                                     "Coffee",  "Flour", "Honey",    "Jam",    "Lentils", "Milk",   "Noodles",
                                     "Pasta",   "Rice",  "Salsa",    "Soup",   "Syrup",   "Tea"};
static const char *const begins[] = {"Am", "Ber", "Cor", "Dun", "El", "Fen", "Gar", "Hol", "In", "Ker"};
static const char *const ends[] = {"ber", "dale", "field", "ford", "grove", "ley", "mont", "ridge", "ton", "wick"};

#define PICK(list, i) (list)[(i) % (int)(sizeof(list) / sizeof *(list))]

static FILE *file_grow(const char *dir, const char *name) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    return fopen(path, "a");
}

/* A hundred brands, ten kinds and twenty things, each in every combination: a word is in 200, 1,000 or 2,000 names. */
static void products_write(FILE *f) {
    for (int i = 0; i < PRODUCTS; i++) {
        const char *thing = PICK(things, i / 1000);
        fprintf(f, "made-%d,%s%s %s %s,%s%s,%s,%d.%02d,,4.%d,%d,-%dd\n", i, PICK(begins, i), PICK(ends, i / 10),
                PICK(kinds, i / 100), thing, PICK(begins, i), PICK(ends, i / 10), thing, 1 + i % 20, i % 100, i % 10,
                i % 50, i % 700);
    }
}

/* Every fiftieth is of the customer who talks; three of those are under way. */
static void orders_write(FILE *orders, FILE *lines) {
    for (int i = 0; i < ORDERS; i++) {
        char customer[16] = "dana";
        if (i % 50) snprintf(customer, sizeof customer, "made%d", i % CUSTOMERS);
        fprintf(orders, "%d,%s,%s,-%dd 10:00,,4.99,,\n", 500000 + i, customer,
                i < ORDERS - 150 ? "delivered" : "placed", 1 + (ORDERS - i) / 20);
        for (int k = 0; k < LINES; k++)
            fprintf(lines, "%d,made-%d,%d,,,\n", 500000 + i, (int)chance(PRODUCTS / 10) * 10, 1 + k % 2);
    }
}

static bool shop_write(const char *dir) {
    char command[2 * PATH_MAX];
    snprintf(command, sizeof command, "cp -r '" SK_DATA_DIR "/catalog/grocer/.' %s", dir);
    if (system(command)) return false;
    FILE *products = file_grow(dir, "products.csv"), *customers = file_grow(dir, "customers.csv"),
         *orders = file_grow(dir, "orders.csv"), *lines = file_grow(dir, "order_lines.csv");
    bool ok = products && customers && orders && lines;
    if (ok) {
        products_write(products);
        for (int i = 0; i < CUSTOMERS; i++) fprintf(customers, "made%d,Customer %d,\n", i, i);
        orders_write(orders, lines);
    }
    FILE *const all[] = {products, customers, orders, lines};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i] && fclose(all[i])) ok = false;
    return ok;
}

/* ---- the talk ---- */

struct times {
    int n;
    double ms[PER_INTENT_MAX];
    double longest;
    char words[UTTERANCE_MAX]; /* of the longest */
};

struct talk {
    struct assistant a;
    struct conversation c;
    char state[STATE_MAX];
    struct wordings *wordings;
    struct net *nets[INTENT_COUNT];
    int64_t now_ms;
    size_t reply_bytes;
};

static struct times times[INTENT_COUNT];
static double all_ms[1 << 20];

static void say(void *ctx, const char *shown, const char *spoken) {
    struct talk *t = ctx;
    t->reply_bytes += strlen(shown) + strlen(spoken);
}

static void listen(void *ctx, const char *state) {
    struct talk *t = ctx;
    str_copy(t->state, sizeof t->state, state);
}

static err_t net_of(struct talk *t, enum intent_id id, const struct net **out) {
    const char *name = intent_name(id);
    if (!t->nets[id])
        TRY(net_build(&t->nets[id], t->a.grammar, &(struct net_plan){.intents = &name, .n = 1, .use = NET_HEAR}));
    *out = t->nets[id];
    return ERR_OK;
}

/* Something that may be said now, and what it means. A random walk through what the grammar shares leaves one request
 * for another, so only what is understood as it was meant is said. The word that orders is the right one as often as
 * not. */
static err_t sentence(struct talk *t, char *words, struct intent *in) {
    const char *state = *t->state ? t->state : "open";
    const struct state *s = states_find(&t->a.states, state);
    const struct net *net;
    if (str_equal(state, "challenge") && chance(2)) {
        snprintf(words, UTTERANCE_MAX, "confirm %s", t->c.dialog.challenge);
        return ERR_OK;
    }
    for (int i = 0; i < TRIES; i++) {
        enum intent_id id = intent_by_name(s->intents[chance((uint32_t)s->n_intents)]);
        TRY(net_of(t, id, &net));
        wordings_sentence(t->wordings, net, words, UTTERANCE_MAX);
        TRY(assistant_understand(&t->a, state, words, in));
        if (id == INTENT_elsewhere ? !in->accepted : in->id == id && in->score > UNDERSTOOD) break;
    }
    return ERR_OK;
}

static err_t turn(struct talk *t, bool counts) {
    char words[UTTERANCE_MAX];
    struct intent in;
    if (!*t->state) conversation_event(&t->c, &(struct event){.kind = EVENT_WAKE}, t->now_ms);
    TRY(sentence(t, words, &in));
    int64_t begin = clock_cpu_ns();
    TRY(assistant_understand(&t->a, t->state, words, &in));
    conversation_understood(&t->c, &in, t->now_ms);
    double ms = (double)(clock_cpu_ns() - begin) / 1e6;
    conversation_event(&t->c, &(struct event){.kind = EVENT_SPOKEN}, t->now_ms);
    t->now_ms += PAUSE_MS;
    struct times *to = &times[in.id];
    if (!counts || to->n == PER_INTENT_MAX) return ERR_OK;
    to->ms[to->n++] = ms;
    if (ms <= to->longest) return ERR_OK;
    to->longest = ms;
    str_copy(to->words, sizeof to->words, words);
    return ERR_OK;
}

/* ---- the figures ---- */

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void row(const char *name, double *ms, int n) {
    qsort(ms, (size_t)n, sizeof *ms, by_value);
    printf("%-18s %5d turns, median %6.2f ms, 99th percentile %6.2f ms, longest %6.2f ms\n", name, n, ms[n / 2],
           ms[n * 99 / 100], ms[n - 1]);
}

static void report(bool worst) {
    int n = 0;
    for (enum intent_id id = 0; id < INTENT_COUNT; id++) {
        struct times *t = &times[id];
        if (!t->n) continue;
        memcpy(all_ms + n, t->ms, (size_t)t->n * sizeof *t->ms);
        n += t->n;
        row(id ? intent_name(id) : "(none)", t->ms, t->n);
        if (worst) printf("    %s\n", t->words);
    }
    row("all", all_ms, n);
}

static err_t open_shop(struct talk *t, const struct settings *s, const char *what) {
    int64_t begin = clock_cpu_ns();
    TRY(assistant_open(&t->a, s, 0, t->now_ms));
    printf("%s: %.2f s\n", what, (double)(clock_cpu_ns() - begin) / 1e9);
    return ERR_OK;
}

static err_t talk(struct talk *t, int turns, bool worst) {
    struct conversation_sink sink = {.say = say, .listen = listen, .ctx = t};
    TRY(conversation_begin(&t->c, &t->a, &sink));
    TRY(wordings_create(&t->wordings));
    for (int i = 0; i < WARM_UP + turns; i++) TRY(turn(t, i >= WARM_UP));
    report(worst);
    return t->reply_bytes ? ERR_OK : err_fail(ERR_FORMAT, "nothing was replied");
}

static err_t measure(const char *dir, int turns, bool worst) {
    static struct talk t;
    struct settings s;
    t.now_ms = NOW_MS;
    TRY(settings_load(&s, NULL));
    snprintf(s.shop_dir, sizeof s.shop_dir, "%s", dir);
    snprintf(s.db, sizeof s.db, "%s/shop.db", dir);
    TRY(open_shop(&t, &s, "loaded"));
    assistant_close(&t.a);
    err_t err = open_shop(&t, &s, "opened again");
    if (err) return err;
    err = talk(&t, turns, worst);
    for (int i = 0; i < INTENT_COUNT; i++) net_free(t.nets[i]);
    wordings_free(t.wordings);
    assistant_close(&t.a);
    return err;
}

int main(int argc, char **argv) {
    char dir[] = "/tmp/bench_turn.XXXXXX", command[64];
    int turns = TURNS;
    bool worst = false;
    for (int i = 1; i < argc; i++) {
        if (str_equal(argv[i], "--turns") && i + 1 < argc) turns = atoi(argv[++i]);
        if (str_equal(argv[i], "--worst")) worst = true;
    }
    if (!mkdtemp(dir)) return 2;
    err_t err = shop_write(dir) ? measure(dir, turns, worst) : err_fail(ERR_IO, "%s: the shop cannot be written", dir);
    if (err) fprintf(stderr, "bench_turn: %s\n", err_reason());
    snprintf(command, sizeof command, "rm -r %s", dir);
    return system(command) || err ? 1 : 0;
}
