/* The dialogue: a pure state machine over plain data. dialog_step(state, event, now) -> effects.
 *
 * No I/O, no clock, no random numbers of its own: CORE (apps/) carries the effects out in their order and feeds what
 * came of them back as events. Each effect that asks the shop something is answered by exactly one event, named beside
 * it below, or by EVENT_FAILED. Names of dialogue states are those of models/<locale>/states.ini; "" is idle, waiting
 * for the wake phrase. Any one thread; all structs are copied by value. */
#ifndef SK_DECIDE_DIALOG_H
#define SK_DECIDE_DIALOG_H
#include <stdbool.h>
#include <stdint.h>
#include "say/reply.h"
#include "shop/types.h"
#include "understand/intent.h"

/* ---- what happens ---- */

enum event_kind {
    EVENT_WAKE,      /* the wake phrase, or push to talk */
    EVENT_INTENT,    /* an accepted intent */
    EVENT_UNCLEAR,   /* something was said that is none of ours */
    EVENT_NO_SPEECH, /* nobody spoke after LISTEN */
    EVENT_TOO_LONG,  /* somebody spoke longer than one request can be */
    EVENT_SPOKEN,    /* the reply has been said to its end (not sent when it was cut off) */
    EVENT_FOUND,     /* answer to FIND, USUAL and ALIKE */
    EVENT_VARIANTS,  /* answer to ADD when the product has several variants and `chosen` is false: nothing was added */
    EVENT_CART,      /* answer to ADD, SET, CLEAR_CART, CART: the basket as it is now */
    EVENT_COUPON,    /* answer to COUPON */
    EVENT_ORDERS,    /* answer to ORDERS */
    EVENT_PLACED,    /* answer to PLACE */
    EVENT_HOURS,     /* answer to HOURS */
    EVENT_FAILED,    /* an effect failed; `failed` says why */
    EVENT_COUNT
};

enum failure {
    FAILED_OTHER,
    FAILED_NOT_FOUND, /* no such row any more */
    FAILED_STOCK,     /* more than there is, or more than may be bought at once */
    FAILED_FULL,      /* no room for another line */
    FAILED_BUSY,      /* try again */
    FAILED_OPTION,    /* the product does not come with such an option */
    FAILED_CHANGED,   /* PLACE: the basket is not the one that was read back; nothing was ordered */
    FAILED_EMPTY,     /* PLACE: nothing in the basket */
};

struct found {
    int n, total; /* in v, and in the shop */
    int offset;   /* of v[0] among the total */
    struct product v[FOUND_MAX];
};

struct hours {
    int64_t day_ms;         /* any moment of the day asked about */
    bool today;             /* that day is today */
    bool open;              /* at some time of that day */
    int64_t from_ms, to_ms; /* on that day, if open */
    int64_t next_ms;        /* when the shop opens next after now; 0 unknown */
};

struct coupon_told {
    struct coupon coupon;  /* what was asked for */
    struct coupon instead; /* what would count, if that does not; COUPON_NONE */
    struct cart cart;      /* as it is now */
};

struct event {
    enum event_kind kind;
    union {
        struct intent intent;
        struct found found; /* FOUND, VARIANTS (default first) */
        struct cart cart;
        struct coupon_told coupon;
        struct orders orders;
        struct order placed;
        struct hours hours;
        enum failure failed;
    };
};

/* ---- what to do about it ---- */

enum effect_kind {
    EFFECT_FIND,       /* find -> FOUND */
    EFFECT_USUAL,      /* what the customer buys most -> FOUND */
    EFFECT_ALIKE,      /* add: what sounds like the product -> FOUND, itself first */
    EFFECT_ADD,        /* add: to the basket -> CART or VARIANTS */
    EFFECT_SET,        /* set: quantity of a line -> CART */
    EFFECT_CLEAR_CART, /* -> CART */
    EFFECT_CART,       /* -> CART */
    EFFECT_COUPON,     /* coupon: its code as typed or said, onto the basket; "" takes one off -> COUPON */
    EFFECT_ORDERS,     /* orders -> ORDERS */
    EFFECT_PLACE,      /* place: order what is in the basket -> PLACED */
    EFFECT_HOURS,      /* when: code of a day, "" today -> HOURS */
    EFFECT_SAY,        /* say */
    EFFECT_LISTEN,     /* state, once what is said has been heard; "" waits for the wake phrase */
    EFFECT_LIGHT,      /* light */
    EFFECT_SILENCE,    /* stop speaking at once */
    EFFECT_VOLUME,     /* volume */
};

enum { OPTION_VALUE_MAX = 64, ADD_OPTIONS_MAX = 8, STATE_MAX = 24 };

struct option_choice {
    char name[SLOT_NAME_MAX];
    char value[OPTION_VALUE_MAX]; /* as spoken: "a bit of soy milk" */
};

struct effect_add {
    int64_t variant;
    bool chosen; /* the shopper chose this very variant: do not answer VARIANTS */
    int quantity_milli;
    int n_options;
    struct option_choice options[ADD_OPTIONS_MAX]; /* those that the variant itself stands for may be among them */
};

struct effect_set {
    int64_t variant;
    char options[OPTIONS_MAX]; /* with `variant` the line, as in struct cart_line */
    int quantity_milli;        /* 0 removes */
};

struct effect_orders {
    bool open_only;                /* those under way; else the latest first */
    char number[ORDER_NUMBER_MAX]; /* "" any */
    char words[TITLE_MAX];         /* a product in it, "" any */
    char when[SLOT_CODE_MAX];      /* the slot's code, such as "week-1", "day-1"; "" any. CORE turns it into dates */
};

struct effect_place {
    int64_t total_minor; /* as read back: another total now means FAILED_CHANGED */
};

struct effect_volume {
    bool absolute; /* set to `tenths` of full volume; else change by that many */
    int tenths;
};

enum light { LIGHT_OFF, LIGHT_LISTENING, LIGHT_THINKING, LIGHT_SPEAKING, LIGHT_ERROR };

struct effect {
    enum effect_kind kind;
    union {
        struct search find;
        struct effect_add add;
        struct effect_set set;
        struct effect_orders orders;
        struct effect_place place;
        char when[SLOT_CODE_MAX];
        char coupon[SLOT_TEXT_MAX];
        struct reply say;
        char state[STATE_MAX];
        enum light light;
        struct effect_volume volume;
    };
};

enum { EFFECTS_MAX = 6 };
struct effects {
    int n;
    struct effect v[EFFECTS_MAX];
};

/* ---- what the conversation remembers ---- */

/* What the answer that is due will be used for. */
enum waiting {
    WAITING_NONE,
    WAITING_RESULTS,       /* FOUND, to read out */
    WAITING_DETAILS,       /* FOUND, to tell more about one */
    WAITING_COMPARE_A,     /* FOUND */
    WAITING_COMPARE_B,     /* FOUND */
    WAITING_ADD_MATCH,     /* FOUND, to add one */
    WAITING_ALIKE,         /* FOUND, to ask which was meant */
    WAITING_ADDED,         /* CART */
    WAITING_CHANGE_MATCH,  /* CART, to find the line whose quantity changes */
    WAITING_CHANGED,       /* CART */
    WAITING_CART_SHOWN,    /* CART */
    WAITING_CLEAR_COUNT,   /* CART, to say how much would be lost */
    WAITING_CLEARED,       /* CART */
    WAITING_COUPON,        /* COUPON, that was asked for */
    WAITING_COUPON_WHY,    /* CART, to say what its coupon does */
    WAITING_READBACK,      /* CART */
    WAITING_PLACED,        /* PLACED */
    WAITING_STATUS_OPEN,   /* ORDERS under way */
    WAITING_STATUS_ANY,    /* ORDERS */
    WAITING_REORDER_MATCH, /* ORDERS */
    WAITING_USUAL,         /* FOUND */
    WAITING_REORDERED,     /* CART, after each thing that is bought again */
    WAITING_HOURS,         /* HOURS */
    WAITING_COUNT
};

/* What the shopper was asked last. */
enum question {
    ASKED_NOTHING,
    ASKED_WHICH_RESULT,  /* of `found`: tell more */
    ASKED_WHICH_TO_ADD,  /* of `found` */
    ASKED_WHICH_VARIANT, /* of `found` */
    ASKED_WHICH_LINE,    /* of `cart`, for `pending` */
    ASKED_WHICH_ORDER,   /* of `orders` */
    ASKED_ORDER_NUMBER,  /* none has the one that was said */
    ASKED_QUANTITY,      /* really so many of `wish`? Else `other_quantity_milli` */
    ASKED_ADD_IT,        /* add `wish`? */
    ASKED_ANYTHING_ELSE, /* after something was added */
    ASKED_SEARCH_WIDER,  /* without the filters? */
    ASKED_REORDER,       /* put `again` into the basket? */
    ASKED_CHECKOUT,      /* check out now? */
    ASKED_CLEAR,         /* empty the basket? */
    ASKED_WHICH_COUPON,  /* its code */
    ASKED_OTHER_COUPON,  /* use `other_coupon` instead? */
    ASKED_PLACE,         /* the read-back: order it? */
    ASKED_COUNT
};

/* Something to buy again. */
struct again {
    struct effect_add add;
    char title[TITLE_MAX];
};

/* Things to read out one after the other, as many as fit a breath. */
struct items {
    char text[ARG_TEXT_MAX]; /* one a line */
    int n, more;             /* in text, and beyond */
};

/* Things that were asked for in one breath and go into the basket one after the other. */
struct several {
    struct intent in; /* all of them */
    int n, next;      /* how many, 0 none; those begun */
    struct items added, missed;
};

enum { NUMBERS_MAX = 99 }; /* quantities */

/* Zero it with dialog_init(); only `utc_offset_min` and `sounds_like` are the caller's to change afterwards. */
struct dialog {
    struct shop_profile profile;
    struct customer customer;
    uint8_t sounds_like[NUMBERS_MAX + 1]; /* by number: another that sounds like it, 0 none; the caller's to fill */
    int utc_offset_min; /* of the shop's clock now: CORE keeps it right, for greetings by the time of day */

    char state[STATE_MAX]; /* what is listened for */
    enum waiting waiting;
    enum question question;
    int64_t asked_ms;  /* when */
    bool nudged;       /* silence was answered once already */
    bool checking_out; /* a read-back was heard: what changes the basket now is read back again */
    int failed_turns;
    int64_t last_event_ms;
    struct reply last; /* for "repeat" */

    struct search search;    /* the last one, which follow-ups refine */
    struct found found;      /* its results */
    int page_first, page_n;  /* those read out last */
    struct product current;  /* what "it" is; variant 0 none */
    struct product compared; /* the first of two */
    struct intent pending;   /* the request that waits for an answer */
    struct effect_add wish;  /* what is being added */
    char wish_title[TITLE_MAX];
    int other_quantity_milli; /* what sounds like the number of them */
    int wish_slot;            /* which slot of `pending` is being tried as the product's name */

    struct cart cart;     /* as last told */
    char other_coupon[COUPON_CODE_MAX];
    int64_t line_variant; /* the line that changed last, what "make it two" means */
    char line_options[OPTIONS_MAX];
    int new_quantity_milli; /* what the line is to become */
    struct orders orders;

    struct several several;

    struct again again[ORDER_LINES_MAX]; /* what a reorder puts into the basket, one after the other */
    int again_n, again_next, again_missed;
};

/* `customer` may be NULL. */
void dialog_init(struct dialog *d, const struct shop_profile *profile, const struct customer *customer);
/* One event to effects (`out` is filled anew). Never fails; an event that does not fit the state is answered or
 * ignored. */
void dialog_step(struct dialog *d, const struct event *e, int64_t now_ms, struct effects *out);

#endif
