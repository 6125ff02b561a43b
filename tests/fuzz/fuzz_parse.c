#include "fuzz.h"
#include "understand/parse.h"

static const char grammar[] =
    "#JSGF V1.0;grammar g;"
    "public <yes> = [a] (b {x} | c {y#} | <shop.p> {p})* d | please (e {=f})+ {g};"
    "public <no> = (one {+1} | twenty {+20} | hundred {*100} | <builtin.numeral> | point {.})+ {n#} | double {*2} four "
    "{+4} {d$};"
    "<filler> = um | you know;";

static struct parser *parser_make(void) {
    static const char *const intents[] = {"yes", "no"}, *const phrases[] = {"oat milk", "oat bar"};
    struct grammar *g;
    struct parser *p;
    const char *path = fuzz_file((const uint8_t *)grammar, sizeof(grammar) - 1);
    if (grammar_load(&g, path, NULL) || grammar_fill(g, "p", phrases, 2, true)) abort();
    if (parser_create(&p, g, intents, 2, 0.1f)) abort();
    unlink(path);
    return p;
}

/* Any words: a result within its bounds. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct parser *p;
    struct intent in;
    char *text = fuzz_text(data, size);
    if (!p) p = parser_make();
    parser_parse(p, text, &in);
    if (in.n_slots > SLOTS_MAX || in.score < 0 || in.score > 1 || in.accepted != (in.id != INTENT_NONE)) abort();
    free(text);
    return 0;
}
