/* What the dialogue keeps of a request for a while: how many, what was missing, what was put in. Plain data of struct
 * dialog (dialog.h), copied by value. */
#ifndef SK_DECIDE_KEPT_H
#define SK_DECIDE_KEPT_H
#include <stdbool.h>
#include <stdint.h>

#include "shop/types.h"

/* How many were asked for, while it is not clear of which pack. */
struct count {
    int64_t milli; /* 0: nothing to divide */
    bool pieces;   /* said so, "two dozen": not packs */
};

/* What was asked for and cannot be had. */
struct missing {
    char words[TITLE_MAX]; /* as it was asked for, or its title; "" nothing */
    int64_t variant;       /* sold out; 0: the shop has none */
    int64_t quantity_milli;
    bool adding; /* it was to be added */
};

/* Something that the last request put into the basket, and that a correction takes out again. */
struct put_in {
    int64_t variant; /* 0 nothing */
    char options[OPTIONS_MAX];
    int quantity_milli;
    int thing; /* of several in one breath; from 1 */
};
enum { PUT_IN_MAX = 8 };

/* Something that would be bought again, and cannot be had. */
struct gone {
    int64_t variant; /* as it was; 0 unknown */
    char title[TITLE_MAX];
    int quantity_milli;
    bool sold_out; /* it is still sold */
};
enum { GONE_MAX = 3 }; /* for which something else is offered */

#endif
