/* The dialogue: a pure state machine over plain data. dialog_step(state, event, now) -> effects.
 *
 * No I/O, no clock, no random numbers of its own: CORE (apps/) carries the effects out and feeds what came of them back
 * as events. Names of dialogue states are those of models/<locale>/states.ini. Any one thread. */
#ifndef SK_DECIDE_DIALOG_H
#define SK_DECIDE_DIALOG_H
#include <stdbool.h>
#include <stdint.h>
#include "say/reply.h"
#include "shop/types.h"
#include "understand/intent.h"

enum event_kind {
    EVENT_WAKE,       /* the wake phrase, or push to talk */
    EVENT_INTENT,     /* an accepted intent */
    EVENT_UNCLEAR,    /* something was said that is none of ours */
    EVENT_NO_SPEECH,  /* nobody spoke after LISTEN */
    EVENT_SPOKEN,     /* the reply has been said to its end (not sent when it was cut off) */
    EVENT_FOUND,      /* answer to FIND */
    EVENT_USUAL,      /* answer to USUAL */
    EVENT_OPTIONS,    /* answer to ADD for a product with options or variants: what must be asked; not used if none */
    EVENT_CART,       /* answer to ADD, SET, CLEAR_CART, CART */
    EVENT_ORDERS,     /* answer to ORDERS */
    EVENT_PLACED,     /* answer to PLACE */
    EVENT_HOURS,      /* answer to HOURS */
    EVENT_FAILED,     /* an effect failed; `failed` says why */
};

enum failure { FAILED_OTHER, FAILED_NOT_FOUND, FAILED_STOCK, FAILED_FULL, FAILED_BUSY, FAILED_NO_OPTION };

struct found {
    int n, total, offset;
    struct product v[FOUND_MAX];
};

struct hours {
    bool open_today, open_tomorrow;
    bool open_now;
    int from_min, to_min; /* today */
    int next_from_min;    /* tomorrow */
};

struct event {
    enum event_kind kind;
    union {
        struct intent intent;
        struct found found; /* FOUND, USUAL */
        struct cart cart;
        struct orders orders;
        struct order placed;
        struct hours hours;
        enum failure failed;
    };
};

enum light { LIGHT_OFF, LIGHT_LISTENING, LIGHT_THINKING, LIGHT_SPEAKING, LIGHT_ERROR };

enum order_words { WHEN_ANY }; /* see struct fx_orders */

enum effect_kind {
    EFFECT_FIND,       /* search */
    EFFECT_USUAL,      /* "my usual" */
    EFFECT_ADD,        /* to the basket */
    EFFECT_SET,        /* quantity of a line; 0 removes */
    EFFECT_CLEAR_CART,
    EFFECT_CART,       /* show it to me */
    EFFECT_ORDERS,
    EFFECT_PLACE,      /* order what is in the basket */
    EFFECT_HOURS,
    EFFECT_SAY,
    EFFECT_LISTEN,     /* after what is said; state "" means wait for the wake phrase */
    EFFECT_LIGHT,
    EFFECT_SILENCE,    /* stop speaking at once */
    EFFECT_VOLUME,     /* number: steps up or down, tenths */
};

struct effect_add {
    int64_t variant;
    int quantity_milli;
    int n_options;
    struct { char name[SLOT_NAME_MAX]; char value[64]; } options[6];
};

struct effect_orders {
    bool open_only;
    char number[ORDER_NUMBER_MAX];
    char words[TITLE_MAX];
    char when[SLOT_CODE_MAX]; /* the slot's code, such as "week-1", "day-1", "day-7"; "" any. CORE turns it into dates */
};

struct effect {
    enum effect_kind kind;
    union {
        struct search find;
        struct effect_add add; /* ADD; SET uses variant, quantity and options_text */
        struct { int64_t variant; char options[OPTIONS_MAX]; int quantity_milli; } set;
        struct effect_orders orders;
        struct reply say;
        char state[24];
        enum light light;
        int number;
    };
};

enum { EFFECTS_MAX = 6 };
struct effects {
    int n;
    struct effect v[EFFECTS_MAX];
};

/* What the conversation remembers. Plain data; zero it with dialog_init(). See dialog.c for the fields' meaning. */
struct dialog {
    char state[24];                /* what is listened for: "idle", "open", "choose", "confirm" ... */
    struct shop_profile profile;
    struct found found;            /* the last results, `shown` of them read out */
    int shown;
    struct search search;
    struct product current;        /* what "it" is */
    struct intent pending;         /* what waits for an answer */
    struct cart cart;              /* as last read back */
    struct orders orders;
    struct reply last;             /* for "repeat" */
    int failed_turns;
    int64_t last_event_ms;
};

void dialog_init(struct dialog *d, const struct shop_profile *profile);
/* One event to effects (`out` is filled anew). Never fails; an event that does not fit the state is answered or ignored. */
void dialog_step(struct dialog *d, const struct event *e, int64_t now_ms, struct effects *out);

#endif
