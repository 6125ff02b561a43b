/* The dialogue: a pure state machine over plain data. dialog_step(state, event, now) -> effects.
 *
 * No I/O, no clock, no random numbers of its own: CORE (apps/) carries the effects out in their order and feeds what
 * came of them back as events. Each effect that asks the shop something is answered by exactly one event, named beside
 * it in effect.h, or by EVENT_FAILED. Names of dialogue states are those of models/<locale>/states.ini; "" is idle,
 * waiting for the wake phrase. Any one thread; all structs are copied by value. */
#ifndef SK_DECIDE_DIALOG_H
#define SK_DECIDE_DIALOG_H
#include <stdbool.h>
#include <stdint.h>
#include "decide/effect.h"
#include "decide/event.h"
#include "decide/kept.h"
#include "say/reply.h"
#include "shop/types.h"
#include "understand/intent.h"

/* What the answer that is due will be used for. */
enum waiting {
    WAITING_NONE,
    WAITING_RESULTS,          /* FOUND, to read out */
    WAITING_DETAILS,          /* FOUND, to tell more about one */
    WAITING_COMPARE_A,        /* FOUND */
    WAITING_COMPARE_B,        /* FOUND */
    WAITING_ADD_MATCH,        /* FOUND, to add one */
    WAITING_ALIKE,            /* FOUND, to ask which was meant */
    WAITING_FORMS,            /* FOUND, of which one is meant by a property */
    WAITING_FORMS_OF_ALL,     /* FOUND, of all that was read out */
    WAITING_REFINED,          /* FOUND, with a property beside the words of the search */
    WAITING_NEAR,             /* FOUND, to offer one for what is sold out */
    WAITING_WISH_NOTED,       /* NOTED */
    WAITING_TAKE_UP,          /* CART, then the rest of several things */
    WAITING_EXCHANGE,         /* CART, to find what goes out for something else */
    WAITING_SWAPPED,          /* CART, without what something else was put in for */
    WAITING_ADDED,            /* CART */
    WAITING_CHANGE_MATCH,     /* CART, to find the line whose quantity changes */
    WAITING_CHANGED,          /* CART */
    WAITING_CART_SHOWN,       /* CART */
    WAITING_CLEAR_COUNT,      /* CART, to say how much would be lost */
    WAITING_CLEARED,          /* CART */
    WAITING_COUPON,           /* COUPON, that was asked for */
    WAITING_COUPON_WHY,       /* CART, to say what its coupon does */
    WAITING_READBACK,         /* CART */
    WAITING_PLACED,           /* PLACED */
    WAITING_PIN,              /* PIN */
    WAITING_UNDONE,           /* UNDONE */
    WAITING_AGREED,           /* PLACED, after the shop asked another total */
    WAITING_TERMS,            /* CART, after delivery, address or payment was chosen */
    WAITING_WAYS,             /* WAYS, to read out */
    WAITING_PAYMENTS,         /* PAYMENTS, to read out */
    WAITING_OTHER_PAYMENT,    /* PAYMENTS, of which one may do instead */
    WAITING_STATUS_OPEN,      /* ORDERS under way */
    WAITING_STATUS_ANY,       /* ORDERS */
    WAITING_REORDER_MATCH,    /* ORDERS */
    WAITING_USUAL,            /* ORDERS */
    WAITING_INSTEAD,          /* FOUND, to offer one instead of what is gone */
    WAITING_REORDERED,        /* CART, after each thing that is bought again */
    WAITING_HOURS,            /* HOURS */
    WAITING_NOTIFY_ORDER,     /* ORDERS, for one of which somebody wants to be told */
    WAITING_NOTIFY_PRODUCT,   /* FOUND, likewise */
    WAITING_NOTED,            /* NOTED */
    WAITING_NOTICES,          /* NOTICES */
    WAITING_CONTENTS,         /* ORDERS, to say what is in one */
    WAITING_CANCEL_MATCH,     /* ORDERS, of which one is to be cancelled */
    WAITING_CANCELLED,        /* CANCELLED */
    WAITING_ADDRESS_MATCH,    /* ORDERS, of which one is to go elsewhere */
    WAITING_ADDRESSES,        /* ADDRESSES */
    WAITING_READDRESSED,      /* READDRESSED */
    WAITING_RETURN_MATCH,     /* ORDERS, from one of which something goes back */
    WAITING_SENT_BACK,        /* SENT_BACK */
    WAITING_REFUND,           /* REFUND */
    WAITING_ANSWER,           /* ANSWERED, to a question to the shop */
    WAITING_POLICY,           /* ANSWERED, to one about returns */
    WAITING_GUESS,            /* ANSWERED, to words that are no request */
    WAITING_DELIVERY,         /* ANSWERED, to where and how it delivers */
    WAITING_STOPPED_PRICE,    /* CART */
    WAITING_STOPPED_DELIVERY, /* CART */
    WAITING_STOPPED_PAYMENT,  /* ANSWERED */
    WAITING_TICKET,           /* TICKET */
    WAITING_SENT,             /* FAILED, if what was said to a person did not go out */
    WAITING_KNOWN,            /* KNOWN */
    WAITING_FORGOTTEN,        /* FORGOTTEN */
    WAITING_COUNT
};

/* What the shopper was asked last. */
enum question {
    ASKED_NOTHING,
    ASKED_WHICH_RESULT,    /* of `found`: tell more */
    ASKED_WHICH_TO_ADD,    /* of `found` */
    ASKED_WHICH_VARIANT,   /* of `found` */
    ASKED_WHICH_LINE,      /* of `cart`, for `pending` */
    ASKED_WHICH_ORDER,     /* of `orders` */
    ASKED_ORDER_NUMBER,    /* none has the one that was said */
    ASKED_QUANTITY,        /* really so many of `wish`? Else `other_quantity_milli` */
    ASKED_ADD_IT,          /* add `wish`? */
    ASKED_ANYTHING_ELSE,   /* after something was added */
    ASKED_SEARCH_WIDER,    /* without the filters? */
    ASKED_INSTEAD,         /* `current` instead of what is gone? */
    ASKED_REORDER,         /* put `again` into the basket? */
    ASKED_CHECKOUT,        /* check out now? */
    ASKED_CLEAR,           /* empty the basket? */
    ASKED_WHICH_CANCEL,    /* of `orders` */
    ASKED_CANCEL,          /* really cancel `after`? */
    ASKED_WHICH_ADDRESSED, /* of `orders` */
    ASKED_ADDRESS,         /* send `after` to address_next of `addresses`? */
    ASKED_WHICH_BACK,      /* of the lines of `after` */
    ASKED_REASON,          /* why does it go back? */
    ASKED_RETURN,          /* really send line back_line of `after` back? */
    ASKED_WHICH_COUPON,    /* its code */
    ASKED_OTHER_COUPON,    /* use `other_coupon` instead? */
    ASKED_PLACE,           /* the read-back: order it? Only `challenge` does */
    ASKED_PIN,             /* which is the PIN? Then it is ordered */
    ASKED_AGREE,           /* order `agree` for what the shop wants for it now? Only `challenge` does */
    ASKED_OTHER_PAYMENT,   /* `other_payment` instead of the one that was declined? */
    ASKED_SUGGESTED,       /* `suggested`, too? */
    ASKED_PARCEL,          /* hear more of the order of `remark`? */
    ASKED_STOPPED,         /* what kept you from ordering? */
    ASKED_REMARK_ADD,      /* put what `remark` is about into the basket? */
    ASKED_CHEAPER,         /* look for something cheaper, with `search`? */
    ASKED_PERSON,          /* hand over to a person? */
    ASKED_FORGET,          /* forget the talk? */
    ASKED_STARS,           /* one to five? */
    ASKED_COMMENT,         /* anything to add to the stars? */
    ASKED_NEAR,            /* add `wish`, for want of `missing`? */
    ASKED_NEAR_SOME,       /* one of `found`, likewise? */
    ASKED_WISH,            /* tell when `missing` is there? */
    ASKED_OPTION,          /* `wish` without the option that there is not? */
    ASKED_PIECES,          /* so many packs of `wish`, for pieces that do not fill them? */
    ASKED_COUNT
};

/* Something to buy again. */
enum again_note { AGAIN_SAME, AGAIN_FEW, AGAIN_WITHOUT, AGAIN_RENAMED };
struct again {
    struct effect_add add;
    char title[TITLE_MAX], options[OPTIONS_MAX];
    int64_t price_then_minor, price_minor; /* of one; PRICE_NONE: not bought then */
    enum again_note note;                  /* in what it is not as it was */
    char detail[TITLE_MAX];                /* AGAIN_WITHOUT: the option; AGAIN_RENAMED: its name then */
    bool instead;                          /* of something that is gone */
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
enum { CHALLENGES_MAX = 48, CHALLENGE_MAX = 16 };

/* The person of the shop that the shopper was handed over to, and what the assistant takes up again afterwards. */
struct talk_with_person {
    char code[TICKET_CODE_MAX]; /* of the open ticket; "" none. The caller sets it when one is open at the start */
    bool live;                  /* what is said goes to the person; the assistant is silent */
    bool lapsed;                /* nothing was said to the person for long: the assistant answers again, and says so */
    char name[PERSON_NAME_MAX]; /* who wrote last; "" nobody yet */
    char why[8];                /* as in effect_handover */
    enum question held;         /* what was asked when it began, and in which words */
    struct reply held_reply;
    char wanted[UTTERANCE_MAX]; /* the words of the shopper's last request */
};

/* The question that is open while something else is asked in passing. */
struct aside {
    enum question question; /* ASKED_NOTHING: none */
    struct reply asked;     /* in which words */
    struct intent pending;
    bool checking_out;
};

/* Zero it with dialog_init(); only `utc_offset_min`, `sounds_like`, `challenges`, `chance`, `person.code` and `deaf`
 * are the caller's to change afterwards. */
struct dialog {
    struct shop_profile profile;
    struct customer customer;
    uint8_t sounds_like[NUMBERS_MAX + 1]; /* by number: another that sounds like it, 0 none; the caller's to fill */
    char challenges[CHALLENGES_MAX][CHALLENGE_MAX]; /* words of which each read-back asks for another */
    int challenges_n;                               /* without any nothing can be ordered */
    uint32_t chance;                                /* CORE puts another random number here before each event */
    int utc_offset_min; /* of the shop's clock now: CORE keeps it right, for greetings by the time of day */

    char state[STATE_MAX]; /* what is listened for */
    enum waiting waiting;
    enum question question;
    int64_t asked_ms;  /* when */
    bool nudged;       /* silence was answered once already */
    bool checking_out; /* a read-back was heard: what changes the basket now is read back again */
    int failed_turns;
    bool elsewhere; /* the last words were a request, but none to a shop */
    int64_t last_event_ms;
    struct reply last;
    struct reply told;  /* the last one that was not about a misunderstanding: for "repeat" */
    struct reply asked; /* what asked the open question first */
    struct aside aside;

    enum question
        not_among;        /* words that were to choose are looked for as a name; if there is none, it is asked again */
    struct search search; /* the last one, which follow-ups refine */
    struct found found;   /* its results */
    int page_first, page_n;  /* those read out last */
    struct product current;  /* what "it" is; variant 0 none */
    struct product compared; /* the first of two */
    struct intent pending;   /* the request that waits for an answer */
    struct effect_add wish;  /* what is being added */
    char wish_title[TITLE_MAX];
    struct count wish_count;
    char option_missing[OPTION_NAME_MAX]; /* of `wish` */
    int other_quantity_milli;             /* what sounds like the number of them */
    int wish_slot;                        /* which slot of `pending` is being tried as the product's name */

    struct cart cart;     /* as last told */
    int64_t line_variant; /* the line that changed last, what "make it two" means */
    char line_options[OPTIONS_MAX];
    int new_quantity_milli;        /* what the line is to become */
    char challenge[CHALLENGE_MAX]; /* the word that orders what was read back; "" none */
    char other_coupon[COUPON_CODE_MAX], other_payment[PAYMENT_NAME_MAX];
    bool unknown_terms;                 /* what was to be chosen is none of those that are read out now */
    char undo_number[ORDER_NUMBER_MAX]; /* the order that can still be taken back; "" none */
    int64_t undo_until_ms;
    struct order agree; /* for which the shop wants another total; number "" none */
    struct orders orders;
    char order_number[ORDER_NUMBER_MAX]; /* of the order that "it" is; "" none */
    struct order after;                  /* what is cancelled, sent elsewhere or sent back from */
    struct addresses addresses;
    int address_next; /* the one that is asked about */
    int back_line;
    char back_reason[REASON_MAX];
    char parcels[NOTICES_MAX][ORDER_NUMBER_MAX]; /* the orders that notices were about */
    int parcels_n;

    struct several several, held; /* held: those left when something else was asked for; n 0 none */

    struct missing missing;
    struct intent said;               /* the last request, that a correction is of */
    struct put_in put_in[PUT_IN_MAX]; /* what became of it */
    int put_in_n;
    struct put_in swap;   /* goes out of the basket when what is being added is in it */
    struct search before; /* the search before the last one */
    bool narrowed;        /* `found` is but a part of what the search found */

    bool recalls;             /* the store was asked in this session */
    struct recalled recalled; /* what it said */
    bool remark_next;         /* when this reply is over, a remark may follow */
    bool remarked;            /* in this session */
    struct remark remark;     /* the one that was made */
    bool seen[INTENT_COUNT];  /* intents of this session */
    bool greeted;
    struct product suggested; /* what goes with what was added */
    int suggested_n;          /* in this session */
    bool suggestion_declined;
    bool wish_suggested; /* `wish` was our idea: no other one follows it */

    struct again again[ORDER_LINES_MAX]; /* what a reorder puts into the basket, one after the other */
    int again_n, again_next, again_missed;
    bool again_usual;        /* it is "my usual" */
    int64_t again_placed_ms; /* else when it was ordered */
    struct gone gone[GONE_MAX];
    int gone_n, gone_next;
    int gone_untold;            /* for so many there is nothing instead */
    char gone_title[TITLE_MAX]; /* the first of them */
    int current_quantity_milli; /* of `current`, when it is offered instead */

    struct talk_with_person person;
    bool deaf; /* until EVENT_WAKE nothing may be listened to, not even for the wake phrase; CORE keeps it */
};

/* `customer` may be NULL. */
void dialog_init(struct dialog *d, const struct shop_profile *profile, const struct customer *customer);
/* One event to effects (`out` is filled anew). Never fails; an event that does not fit the state is answered or
 * ignored. */
void dialog_step(struct dialog *d, const struct event *e, int64_t now_ms, struct effects *out);
/* Whether a message of a person may be told now: no question waits for its answer. */
bool dialog_can_be_told(const struct dialog *d);
/* Where these words will go instead of being a request: "to_person", "comment"; "" they are one. */
const char *dialog_words_go(const struct dialog *d, const struct intent *in);

#endif
