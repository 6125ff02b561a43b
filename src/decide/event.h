/* What happens to the dialogue: what the shopper said or did, and what came of the effects. Plain data, copied by
 * value. */
#ifndef SK_DECIDE_EVENT_H
#define SK_DECIDE_EVENT_H
#include <stdbool.h>
#include <stdint.h>
#include "shop/types.h"
#include "understand/intent.h"

enum event_kind {
    EVENT_WAKE,      /* the wake phrase, or push to talk */
    EVENT_INTENT,    /* an accepted intent */
    EVENT_UNCLEAR,   /* something was said that is none of ours; `intent` has its words */
    EVENT_NO_SPEECH, /* nobody spoke after LISTEN */
    EVENT_TOO_LONG,  /* somebody spoke longer than one request can be */
    EVENT_SPOKEN,    /* the reply has been said to its end (not sent when it was cut off) */
    EVENT_FOUND,     /* answer to FIND, ALIKE, FORMS and INSTEAD */
    EVENT_VARIANTS,  /* answer to ADD when the product has several variants and `chosen` is false: nothing was added */
    EVENT_CART,      /* answer to ADD, SET, CLEAR_CART, CART: the basket as it is now */
    EVENT_COUPON,    /* answer to COUPON */
    EVENT_ORDERS,    /* answer to ORDERS and USUAL */
    EVENT_PLACED,    /* answer to PLACE and AGREE */
    EVENT_HOURS,     /* answer to HOURS */
    EVENT_CANCELLED, /* answer to CANCEL: `placed` as it is now; EVENT_FAILED with FAILED_CHANGED: it left already */
    EVENT_ADDRESSES, /* answer to ADDRESSES */
    EVENT_READDRESSED, /* answer to READDRESS; failures as of CANCEL */
    EVENT_WAYS,        /* answer to WAYS */
    EVENT_PAYMENTS,    /* answer to PAYMENTS */
    EVENT_PIN,         /* answer to PIN */
    EVENT_UNDONE,      /* answer to UNDO; EVENT_FAILED with FAILED_CHANGED: it has been sent already */
    EVENT_SENT_BACK,   /* answer to SEND_BACK */
    EVENT_REFUND,      /* answer to REFUND */
    EVENT_NOTED,       /* answer to NOTIFY */
    EVENT_NOTICES,     /* answer to NOTICES */
    EVENT_ANSWERED,    /* answer to ASK */
    EVENT_RECALLED,    /* answer to RECALL */
    EVENT_TICKET,      /* answer to HANDOVER */
    EVENT_PERSON,      /* a person of the shop wrote, or closed the ticket; only when dialog_can_be_told() */
    EVENT_PAIRING,     /* answer to PAIR, and what becomes of it later; the latter only when dialog_can_be_told() */
    EVENT_KNOWN,       /* answer to KNOWN */
    EVENT_FORGOTTEN,   /* answer to FORGET */
    EVENT_MUTED,       /* the microphone was closed by hand, or somebody tries to speak to it then */
    EVENT_UNMUTED,     /* and is open again */
    EVENT_FAILED,      /* an effect failed; `failed` says why */
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
    FAILED_DECLINED,  /* PLACE: the payment; nothing was ordered */
    FAILED_LIMIT,     /* PLACE: more than may be ordered by voice; nothing was ordered */
};

struct found {
    int n, total; /* in v, and in the shop */
    int offset;   /* of v[0] among the total */
    struct product v[FOUND_MAX];
};

struct hours {
    int64_t day_ms;            /* any moment of the day asked about */
    bool today;                /* that day is today */
    bool open;                 /* at some time of that day */
    int64_t from_ms, to_ms;    /* on that day, if open */
    int64_t next_ms;           /* when the shop opens next after now; 0 unknown */
    char holiday[HOLIDAY_MAX]; /* what the day is called, "" nothing */
};

struct answered {
    struct shop_answer answer;
    struct area area;
};

/* What the store remembers when a session begins. */
struct recalled {
    int n; /* remarks that are due, the most pressing first */
    struct remark due[REMARKS_MAX];
    struct product looked; /* what was looked at last; variant 0 nothing */
};

/* A shopper was handed over. */
struct handed {
    char code[TICKET_CODE_MAX]; /* digits */
    bool again;                 /* the ticket was open already */
    struct hours hours;         /* of today: whether somebody is there */
};

struct coupon_told {
    struct coupon coupon;  /* what was asked for */
    struct coupon instead; /* what would count, if that does not; COUPON_NONE */
    struct cart cart;      /* as it is now */
};

struct event {
    enum event_kind kind;
    struct product with; /* CART as answer to ADD: what goes well with what was added; variant 0 nothing */
    union {
        struct intent intent;
        struct found found; /* FOUND, VARIANTS (default first) */
        struct cart cart;
        struct coupon_told coupon;
        struct orders orders;
        struct order placed;
        struct hours hours;
        struct addresses addresses;
        struct send_back send_back;
        struct refund refund;
        struct notices notices;
        struct ways ways;
        struct payments payments;
        struct pin_answer pin;
        struct answered answered;
        struct recalled recalled;
        struct handed handed;
        struct person_message person;
        struct pairing_news pairing;
        struct known_customer known;
        struct {
            enum failure failed;
            struct option_missing missing; /* FAILED_OPTION */
        };
    };
};

#endif
