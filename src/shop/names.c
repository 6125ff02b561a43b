/* Names of plain values (types.h). */
#include "base/str.h"
#include "shop/types.h"

static const char *const states[] = {
    [ORDER_SAVED] = "saved",
    [ORDER_PLACED] = "placed",
    [ORDER_PACKED] = "packed",
    [ORDER_SHIPPED] = "shipped",
    [ORDER_PART_SHIPPED] = "part_shipped",
    [ORDER_OUT_FOR_DELIVERY] = "out_for_delivery",
    [ORDER_DELIVERED] = "delivered",
    [ORDER_DELAYED] = "delayed",
    [ORDER_CANCELLED] = "cancelled",
    [ORDER_REFUSED] = "refused",
    [ORDER_UNCERTAIN] = "uncertain",
    [ORDER_RETURNED] = "returned",
    [ORDER_REFUNDED] = "refunded",
};

const char *order_state_name(enum order_state s) {
    return states[s];
}

bool order_state_by_name(enum order_state *out, const char *name) {
    for (unsigned i = 0; i < sizeof states / sizeof *states; i++) {
        if (!str_equal(states[i], name)) continue;
        *out = (enum order_state)i;
        return true;
    }
    return false;
}

static const char *const remarks[] = {
    [REMARK_NONE] = "",           [REMARK_ORDER] = "order",   [REMARK_PARCEL] = "parcel",
    [REMARK_WISH] = "wish",       [REMARK_BASKET] = "basket", [REMARK_BACK] = "back",
    [REMARK_CHEAPER] = "cheaper", [REMARK_USUAL] = "usual",   [REMARK_WITH] = "with",
};

const char *remark_name(enum remark_kind k) {
    return (unsigned)k < REMARK_COUNT ? remarks[k] : "";
}
