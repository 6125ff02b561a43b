#include "sync/backend.h"

#include "base/str.h"

static const struct backend_ops *const backends[] = {&backend_local, &backend_medusa, &backend_medusa_store};

err_t backend_find(const struct backend_ops **out, const char *name) {
    for (size_t i = 0; i < sizeof backends / sizeof *backends; i++) {
        if (!str_equal(backends[i]->name, name)) continue;
        *out = backends[i];
        return ERR_OK;
    }
    return err_fail(ERR_NOT_FOUND, "there is no backend '%.40s': it is local, medusa or medusa-store", name);
}

const char *refusal_name(enum refusal r) {
    static const char *const names[REFUSAL_COUNT] = {
        [REFUSAL_NONE] = "",           [REFUSAL_CHANGED] = "changed",     [REFUSAL_STOCK] = "stock",
        [REFUSAL_GONE] = "gone",       [REFUSAL_ADDRESS] = "address",     [REFUSAL_DELIVERY] = "delivery",
        [REFUSAL_PAYMENT] = "payment", [REFUSAL_CANCELLED] = "cancelled", [REFUSAL_LATE] = "late",
        [REFUSAL_TOKEN] = "token",     [REFUSAL_CURSOR] = "cursor",       [REFUSAL_UNCERTAIN] = "uncertain",
        [REFUSAL_NEVER] = "never",     [REFUSAL_OTHER] = "other"};
    return (unsigned)r < REFUSAL_COUNT ? names[r] : "other";
}

struct outcome outcome_of(enum outcome_kind kind, enum refusal refusal, const char *why) {
    struct outcome o = {.kind = kind, .refusal = refusal};
    str_copy(o.why, sizeof o.why, why);
    return o;
}
