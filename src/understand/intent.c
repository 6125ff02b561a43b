#include "understand/intent.h"

#include <string.h>

static const char *const names[INTENT_COUNT] = {[INTENT_NONE] = "",
#define X(name) [INTENT_##name] = #name,
                                                INTENT_LIST(X)
#undef X
};

const char *intent_name(enum intent_id id) {
    return (unsigned)id < INTENT_COUNT ? names[id] : "";
}

enum intent_id intent_by_name(const char *name) {
    for (int id = INTENT_NONE + 1; id < INTENT_COUNT; id++)
        if (strcmp(names[id], name) == 0) return (enum intent_id)id;
    return INTENT_NONE;
}

const struct slot *intent_slot(const struct intent *in, const char *name) {
    for (int i = 0; i < in->n_slots; i++)
        if (strcmp(in->slots[i].name, name) == 0) return &in->slots[i];
    return NULL;
}

bool slot_is_shown(const struct slot *s) {
    return s->name[0] != '_';
}
