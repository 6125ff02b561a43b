#include "fuzz.h"
#include "understand/grammar.h"

/* Any file: an error, or networks that can be built. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const intents[] = {"yes", "no"}, *const phrases[] = {"oat milk", "oat milk bar"};
    struct grammar *g;
    struct net *net;
    const char *path = fuzz_file(data, size);
    if (grammar_load(&g, path, NULL) == ERR_OK) {
        if (grammar_fill(g, "p", phrases, 2, size % 2)) (void)0; /* it may not be mentioned */
        if (net_build(&net, g, &(struct net_plan){.intents = intents, .n = 2, .use = NET_PARSE}) == ERR_OK)
            net_free(net);
        if (net_build(&net, g, &(struct net_plan){.intents = intents, .n = 2, .use = NET_HEAR}) == ERR_OK)
            net_free(net);
        grammar_free(g);
    }
    unlink(path);
    return 0;
}
