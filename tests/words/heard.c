/* What is listened for must be understood: random sentences of each intent of heard.jsgf, in the grocer, are parsed
 * with the whole grammar and must come out as that intent. Phrases of the shop are shared in a network, so that a walk
 * through it may leave them on another sentence's way; hence a few in a hundred may fail. */
#include <stdio.h>
#include <string.h>

#include "apps/assistant.h"
#include "apps/fill.h"
#include "base/str.h"

enum { SENTENCES = 60, STEPS_MAX = 60, WORDS_MAX = 12, WRONG_PERCENT_MAX = 2 };

static unsigned random_below(unsigned n) {
    static unsigned seed = 1;
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

/* False if the walk became longer than anybody speaks. */
static bool walk(const struct net *net, char *out, size_t cap) {
    int words = 0;
    out[0] = '\0';
    for (int32_t node = 0, steps = 0; node != 1; steps++) {
        int32_t n = net->first[node + 1] - net->first[node];
        if (n == 0 || steps == STEPS_MAX || words == WORDS_MAX) return false;
        const struct net_arc *arc = &net->arcs[net->first[node] + (int32_t)random_below((unsigned)n)];
        if (arc->label >= 0) {
            if (words++ && !str_append(out, cap, " ")) return false;
            if (!str_append(out, cap, net->words[arc->label])) return false;
        }
        node = arc->to;
    }
    return words > 0;
}

/* Where it is listened for. */
static const char *state_of(const char *intent) {
    static const char *const states[][2] = {
        {"choose", "choose"}, {"give_number", "digits"}, {"give_reason", "reason"}, {"confirm_order", "challenge"},
        {"give_pin", "pin"},  {"give_code", "coupon"},   {"rate", "rating"},        {"stopped_by", "stopped"}};
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        if (str_equal(states[i][0], intent)) return states[i][1];
    }
    return "open";
}

static err_t check_intent(struct assistant *a, const char *intent, int *said, int *wrong) {
    struct net *net;
    const char *const one[] = {intent};
    TRY(net_build(&net, a->heard, &(struct net_plan){.intents = one, .n = 1, .use = NET_HEAR}));
    const char *state = state_of(intent);
    err_t err = ERR_OK;
    for (int i = 0; !err && i < SENTENCES; i++) {
        char text[UTTERANCE_MAX];
        struct intent in;
        if (!walk(net, text, sizeof text)) continue;
        err = assistant_understand(a, state, text, &in);
        ++*said;
        if (err || (in.accepted && str_equal(intent_name(in.id), intent))) continue;
        ++*wrong;
        printf("%s: \"%s\" is understood as %s\n", intent, text, in.accepted ? intent_name(in.id) : "nothing");
    }
    net_free(net);
    return err;
}

int main(void) {
    struct settings s;
    struct assistant a;
    int said = 0, wrong = 0;
    err_t err = settings_load(&s, NULL);
    if (!err) err = settings_path(s.shop_dir, "catalog", "grocer", NULL);
    if (!err) err = assistant_open(&a, &s, ASSISTANT_HEARS, 0);
    if (err) {
        fprintf(stderr, "%s\n", err_reason());
        return 1;
    }
    for (enum intent_id id = INTENT_NONE + 1; !err && id < INTENT_COUNT; id++)
        if (id < INTENT_name_product) /* nobody listens for what is typed alone, or refused */
            err = check_intent(&a, intent_name(id), &said, &wrong);
    if (err) fprintf(stderr, "%s\n", err_reason());
    assistant_close(&a);
    bool failed = err || said < 100 || 100 * wrong > WRONG_PERCENT_MAX * said;
    printf("%d sentences, %d understood otherwise\n%d passed, %d failed\n", said, wrong, !failed, failed);
    return failed;
}
