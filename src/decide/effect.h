/* What the dialogue wants done; each names the event that answers it. Plain data, copied by value. */
#ifndef SK_DECIDE_EFFECT_H
#define SK_DECIDE_EFFECT_H
#include <stdbool.h>
#include <stdint.h>
#include "say/reply.h"
#include "shop/types.h"
#include "understand/intent.h"

enum effect_kind {
    EFFECT_FIND,        /* find -> FOUND */
    EFFECT_USUAL,       /* usual: what the customer buys most, as the lines of one order -> ORDERS */
    EFFECT_INSTEAD,     /* instead: what may be taken for something that is gone, nearest first -> FOUND */
    EFFECT_ALIKE,       /* add: what sounds like the product -> FOUND, itself first */
    EFFECT_FORMS,       /* forms: what some products come as -> FOUND */
    EFFECT_ADD,         /* add: to the basket -> CART or VARIANTS */
    EFFECT_SET,         /* set: quantity of a line -> CART */
    EFFECT_CLEAR_CART,  /* -> CART */
    EFFECT_CART,        /* -> CART */
    EFFECT_COUPON,      /* coupon: its code as typed or said, onto the basket; "" takes one off -> COUPON */
    EFFECT_ORDERS,      /* orders -> ORDERS */
    EFFECT_PLACE,       /* place: order what is in the basket -> PLACED */
    EFFECT_DELIVER,     /* words: a way of delivery -> CART, or FAILED_NOT_FOUND */
    EFFECT_SEND_TO,     /* words: an address, "" the usual one; likewise */
    EFFECT_PAY_WITH,    /* words: a method of payment; likewise */
    EFFECT_WAYS,        /* -> WAYS */
    EFFECT_PAYMENTS,    /* -> PAYMENTS */
    EFFECT_PIN,         /* pin: is it right? -> PIN */
    EFFECT_UNDO,        /* number: takes back what was just ordered -> UNDONE */
    EFFECT_AGREE,       /* place: agrees to what the shop wants for an order -> PLACED */
    EFFECT_HOURS,       /* when: code of a day, or `holiday` the name of one, both "" today -> HOURS */
    EFFECT_ASK,         /* ask: what the shop's own text says -> ANSWERED */
    EFFECT_CANCEL,      /* number -> CANCELLED */
    EFFECT_ADDRESSES,   /* the customer's other addresses -> ADDRESSES */
    EFFECT_READDRESS,   /* readdress -> READDRESSED */
    EFFECT_SEND_BACK,   /* send_back: a line of an order goes back -> SENT_BACK */
    EFFECT_REFUND,      /* words of a product, "" any -> REFUND */
    EFFECT_NOTIFY,      /* notify: to be told when it happens -> NOTED */
    EFFECT_NOTICES,     /* what is due to be told -> NOTICES */
    EFFECT_TOLD,        /* notice: was told */
    EFFECT_HANDOVER,    /* handover: a ticket with what led to it -> TICKET */
    EFFECT_TO_PERSON,   /* text: what the shopper says to the person; answered only by FAILED */
    EFFECT_LEAVE,       /* the shopper closes the ticket */
    EFFECT_PAIR,        /* the shop's server is asked for a code, unless it knows this speaker -> PAIRING */
    EFFECT_KNOWN,       /* what is known about the customer -> KNOWN */
    EFFECT_FORGET,      /* forgets the talk -> FORGOTTEN */
    EFFECT_FEEDBACK,    /* feedback: stars or a comment */
    EFFECT_SAY,         /* say */
    EFFECT_LISTEN,      /* state, once what is said has been heard; "" waits for the wake phrase */
    EFFECT_LIGHT,       /* light */
    EFFECT_SILENCE,     /* stop speaking at once */
    EFFECT_VOLUME,      /* volume */
    EFFECT_RECALL,      /* what is worth a remark or a greeting -> RECALLED, whatever else is waited for */
    EFFECT_REMARKED,    /* remarked: into the ledger; no answer */
    EFFECT_SUGGESTIONS, /* suggestions: whether there may be any, for good; no answer */
    EFFECT_LOOKED,      /* looked: the shopper heard about that variant; no answer */
};

enum { ADD_OPTIONS_MAX = 8, STATE_MAX = 24 };

struct option_choice {
    char name[SLOT_NAME_MAX];
    char value[OPTION_VALUE_MAX]; /* as spoken: "a bit of soy milk" */
};

struct effect_add {
    int64_t variant;
    bool chosen;  /* the shopper chose this very variant: do not answer VARIANTS */
    bool divides; /* the quantity may be of pieces: answer VARIANTS even if it is the only one */
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
    bool several;                  /* all that fit, and not the latest alone when nothing is named */
    bool open_only;                /* those under way; else the latest first */
    char number[ORDER_NUMBER_MAX]; /* "" any */
    char words[TITLE_MAX];         /* a product in it, "" any */
    char when[SLOT_CODE_MAX];      /* the slot's code, such as "week-1", "day-1"; "" any. CORE turns it into dates */
};

struct effect_usual {
    char words[TITLE_MAX]; /* only what has them; "" any */
    int max_lines;
};

struct effect_instead {
    int64_t variant; /* sold or not; 0 unknown */
    char title[TITLE_MAX];
};

struct effect_forms {
    int n;
    int64_t variants[FOUND_MAX]; /* of each product one; it comes first among its kinds */
    char words[SLOT_TEXT_MAX];   /* only kinds whose options have them; "" all */
};

struct effect_readdress {
    char number[ORDER_NUMBER_MAX];
    char address[160];
};

struct effect_send_back {
    char number[ORDER_NUMBER_MAX];
    int line; /* from 0 */
    char reason[REASON_MAX];
};

struct effect_notify {
    char kind[NOTICE_KIND_MAX];       /* "out_for_delivery", "stock" ... */
    char subject[NOTICE_SUBJECT_MAX]; /* the order's number or the variant's id */
};

struct effect_place {
    int64_t total_minor;           /* as read back: another total now means FAILED_CHANGED */
    char number[ORDER_NUMBER_MAX]; /* AGREE: of the order */
};

struct effect_ask {
    char words[UTTERANCE_MAX]; /* of the question; "" only what is written for `intent` */
    char intent[32];           /* what the shop has written for it comes first; "" none */
    char area[ADDRESS_MAX];    /* a place, or an address in it; "" none */
};

struct effect_remarked {
    enum remark_kind kind;
    int64_t subject;
    bool declined;
};

struct effect_handover {
    char why[8];                  /* "asked", "failed", "anger" */
    char question[UTTERANCE_MAX]; /* what the shopper wanted, as they said it */
};

struct effect_feedback {
    int stars; /* 1 to 5, 0 none */
    char comment[UTTERANCE_MAX];
};

struct effect_volume {
    bool absolute; /* set to `tenths` of full volume; else change by that many */
    int tenths;
};

enum light {
    LIGHT_OFF,
    LIGHT_LISTENING,
    LIGHT_THINKING,
    LIGHT_SPEAKING,
    LIGHT_ERROR,
    LIGHT_NOTICE /* something is to be told */
};

struct effect {
    enum effect_kind kind;
    union {
        struct search find;
        struct effect_add add;
        struct effect_set set;
        struct effect_orders orders;
        struct effect_usual usual;
        struct effect_instead instead;
        struct effect_place place;
        char number[ORDER_NUMBER_MAX];
        char words[TITLE_MAX];
        char pin[PIN_MAX + 1];
        struct effect_readdress readdress;
        struct effect_send_back send_back;
        struct effect_notify notify;
        int64_t notice;
        struct effect_forms forms;
        struct {
            char when[SLOT_CODE_MAX];
            char holiday[HOLIDAY_MAX];
        };
        struct effect_ask ask;
        struct effect_remarked remarked;
        bool suggestions;
        int64_t looked;
        char coupon[SLOT_TEXT_MAX];
        struct reply say;
        char state[STATE_MAX];
        enum light light;
        struct effect_volume volume;
        struct effect_handover handover;
        struct effect_feedback feedback;
        char text[UTTERANCE_MAX];
    };
};

enum { EFFECTS_MAX = 8 };
struct effects {
    int n;
    struct effect v[EFFECTS_MAX];
};

#endif
