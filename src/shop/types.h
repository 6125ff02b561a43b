/* What the shop knows, as plain structs copied by value. Money is in minor units of the shop's currency. */
#ifndef SK_SHOP_TYPES_H
#define SK_SHOP_TYPES_H
#include <stdbool.h>
#include <stdint.h>

enum {
    PRODUCT_ID_MAX = 32,
    TITLE_MAX = 200,
    BRAND_MAX = 64,
    CATEGORY_MAX = 64,
    OPTION_GONE_MAX = 64,
    OPTIONS_MAX = 160, /* "size: large; roast: dark roast" */
    FOUND_MAX = 12,
    CART_LINES_MAX = 32,
    ORDER_NUMBER_MAX = 16,
    ORDERS_MAX = 8,
    ORDER_LINES_MAX = 16,
    RATING_NONE = -1,
    STOCK_UNLIMITED = -1,
    RETURN_DAYS_UNKNOWN = -1,
    ADDRESS_MAX = 160,
    PRICE_NONE = -1, /* can be found, not ordered */
    SIZE_OF_MAX = 12,
    COUPON_CODE_MAX = 32,
    WAY_NAME_MAX = 48,
    WAYS_MAX = 4, /* of delivery */
    PAYMENT_NAME_MAX = 40,
    PAYMENTS_MAX = 6,
    LIMIT_NONE = 0,
};

struct product {             /* a product in its default variant, or the variant asked for */
    int64_t variant;         /* row id; 0 none */
    char id[PRODUCT_ID_MAX]; /* the shop's own id */
    char title[TITLE_MAX];
    char spoken[TITLE_MAX]; /* as a person says it, lower-case words */
    char brand[BRAND_MAX];
    char category[CATEGORY_MAX];
    char options[OPTIONS_MAX]; /* of the variant: "size: one litre"; "" if it is the only one */
    char unit[16];             /* what a quantity counts: "" pieces, "kg" */
    char description[240];
    int64_t price_minor; /* PRICE_NONE */
    char currency[4];
    int rating_centi;          /* 0 to 500, RATING_NONE */
    int stock;                 /* STOCK_UNLIMITED */
    int pieces;                /* that a pack has; 0: it is no pack, or nobody counts */
    double score;              /* of the search, higher is better; below 1: only some of the words fit */
    char size_of[SIZE_OF_MAX]; /* what its size measures, "volume"; "" unknown. The store knows nothing of it: */
    int64_t size_milli;        /* apps/sizes.h fills both in, to tell the bigger of two by */
};

enum { ANSWER_TEXT_MAX = 240, AREA_NAME_MAX = 64, AREA_NOTE_MAX = 120, AREA_LIST_MAX = 240, HOLIDAY_MAX = 64 };

struct shop_answer {           /* of the shop, in its own words */
    char name[PRODUCT_ID_MAX]; /* "" none was found */
    char text[ANSWER_TEXT_MAX];
    double score; /* how much of the question it covers, 0 to 1 */
};

struct area {                 /* where it delivers, or does not */
    char name[AREA_NAME_MAX]; /* "" it was asked for none that the shop lists */
    bool delivers;
    char note[AREA_NOTE_MAX]; /* a sentence of the shop's, "" none */
    int listed;               /* areas that the shop lists */
    char all[AREA_LIST_MAX];  /* those it delivers to, '\n' between them */
};

enum sort { SORT_BEST, SORT_PRICE_UP, SORT_PRICE_DOWN, SORT_RATING, SORT_NEWEST };

/* What may be said unasked, the most pressing first. */
enum remark_kind {
    REMARK_NONE,
    REMARK_ORDER,   /* what became of an order that was not placed at once; said even to who wants no suggestions */
    REMARK_PARCEL,  /* an order of the customer's arrives today */
    REMARK_WISH,    /* what the customer asked to be told of (notices.c) is there, or cheaper */
    REMARK_BASKET,  /* a basket was left at checkout */
    REMARK_BACK,    /* what was sold out when it was looked at is back */
    REMARK_CHEAPER, /* what was looked at or bought costs less now */
    REMARK_USUAL,   /* what is bought again and again is due */
    REMARK_WITH,    /* a suggestion of what goes with something */
    REMARK_COUNT
};

enum { REMARKS_MAX = 4 };

struct remark {
    enum remark_kind kind;
    int64_t subject;               /* of the ledger: an order, a product, a notice, the variant of a suggestion, 0 */
    int64_t variant;               /* of a product; 0 none */
    char title[TITLE_MAX];         /* of a product, or of what is first in the basket */
    char number[ORDER_NUMBER_MAX]; /* PARCEL */
    int count;                     /* PARCEL: how many; BASKET: things in it */
    int64_t price_minor, before_minor; /* ORDER: what the shop wants for it */
    char currency[4];
};

enum { OPTION_NAME_MAX = 24, OPTION_VALUE_MAX = 64, OPTION_VALUES_MAX = 8 };

/* An option that was wanted and that the product does not come with, and what there is of it. */
struct option_missing {
    char name[OPTION_NAME_MAX]; /* "milk"; "" none */
    char said[OPTION_VALUE_MAX];
    int n;
    char values[OPTION_VALUES_MAX][OPTION_VALUE_MAX];
};

struct search {
    char query[TITLE_MAX]; /* words; "" everything */
    bool beside;           /* not what is called so, but what is ordered together with it */
    char brand[BRAND_MAX];
    char category[CATEGORY_MAX];
    int64_t min_price_minor, max_price_minor; /* -1 no limit */
    enum sort sort;
    int offset, limit; /* limit at most FOUND_MAX for found lists */
};

/* What became of a coupon, and why not. */
enum coupon_state {
    COUPON_NONE,
    COUPON_COUNTS,
    COUPON_BELOW,     /* the basket is worth too little, by short_minor */
    COUPON_NOT_THESE, /* nothing of its category is in the basket */
    COUPON_EXPIRED,   /* since until_ms */
    COUPON_EARLY,     /* until from_ms */
    COUPON_USED,
    COUPON_UNKNOWN,
};

struct coupon {
    enum coupon_state state;
    char code[COUPON_CODE_MAX];
    char spoken[TITLE_MAX];      /* as a person says it */
    char category[CATEGORY_MAX]; /* "" the whole basket */
    char description[160];
    int64_t discount_minor; /* what it takes off the basket now */
    int64_t minimum_minor, short_minor;
    int64_t from_ms, until_ms; /* 0 no limit */
};

struct cart_line {
    int64_t variant;
    char title[TITLE_MAX];
    char category[CATEGORY_MAX];
    char options[OPTIONS_MAX]; /* variant and chosen options */
    int quantity_milli;        /* 1000 is one */
    int64_t price_minor;       /* of one */
    int64_t total_minor;
    int stock;
};

enum payment_state { PAYMENT_OK, PAYMENT_DECLINED, PAYMENT_EXPIRED };

struct payment {                     /* a method of payment by what its owner calls it */
    char nickname[PAYMENT_NAME_MAX]; /* "blue card"; "" none is known */
    enum payment_state state;
};

struct payments {
    int n; /* the usual first */
    struct payment v[PAYMENTS_MAX];
};

struct way {                 /* of delivery */
    char name[WAY_NAME_MAX]; /* "express delivery"; "" the shop has but one and gives it no name */
    int64_t price_minor;     /* for the basket as it is */
    int days;                /* 0 unknown */
    bool pickup;             /* the customer comes for it */
};

struct ways {
    int n;
    struct way v[WAYS_MAX];
    char currency[4];
};

struct cart {
    int n_lines;
    struct cart_line lines[CART_LINES_MAX];
    struct coupon coupon; /* its discount is in the total */
    struct way way;
    char address[ADDRESS_MAX]; /* another than the customer's; "" that */
    struct payment payment;
    int64_t subtotal_minor, delivery_minor, total_minor;
    bool quoted;          /* the total is what the shop's server wants, with its taxes */
    int64_t lately_minor; /* ordered here within the last day */
    char currency[4];
};

enum { PIN_MIN = 4, PIN_MAX = 8 }; /* digits */
enum pin_state { PIN_RIGHT, PIN_WRONG, PIN_LOCKED, PIN_UNSET };
struct pin_answer {
    enum pin_state state;
    int tries_left;    /* PIN_WRONG */
    int64_t locked_ms; /* PIN_LOCKED: until then */
};

enum order_state {
    ORDER_SAVED,
    ORDER_PLACED,
    ORDER_PACKED,
    ORDER_SHIPPED,
    ORDER_PART_SHIPPED,
    ORDER_OUT_FOR_DELIVERY,
    ORDER_DELIVERED,
    ORDER_DELAYED,
    ORDER_CANCELLED,
    ORDER_REFUSED, /* by the shop: it was never placed */
    ORDER_RETURNED,
    ORDER_REFUNDED,
    ORDER_UNCERTAIN /* nobody knows whether the shop has it: it is never sent again */
};

struct order_line {
    int64_t variant; /* 0: no longer sold */
    char title[TITLE_MAX];
    char options[OPTIONS_MAX];
    int quantity_milli;
    int64_t price_minor;     /* paid */
    int64_t price_now_minor; /* of the same with the same options; PRICE_NONE if it is not sold */
    int stock;               /* now */
    bool shipped, delivered;
    int64_t variant_then;              /* `variant` when it was bought, sold or not; 0 unknown */
    char title_now[TITLE_MAX];         /* "": as then, or not sold */
    char options_now[OPTIONS_MAX];     /* those of `options` that can still be had */
    char option_gone[OPTION_GONE_MAX]; /* one that cannot: "soy milk"; "" none */
};

struct order {
    char number[ORDER_NUMBER_MAX]; /* digits, as people say it */
    enum order_state state;
    int64_t placed_ms, expected_ms, delivered_ms; /* 0 unknown */
    int64_t as_of_ms;                             /* when the shop last told */
    char carrier[32];
    char place[64];    /* where it was left */
    char address[160]; /* where it goes; "" to the customer's */
    int n_lines;
    struct order_line lines[ORDER_LINES_MAX];
    int64_t discount_minor; /* of the goods, taken off `total_minor` already */
    int64_t total_minor;
    char currency[4];
    char trouble[16];    /* REFUSED: "stock", "gone", "payment" ... (sync/backend.h) */
    int64_t asked_minor; /* SAVED: what the shop wants for it, if the shopper agrees; 0 it has not asked */
    bool offline;        /* the shop could not be reached when it was tried last */
};

struct orders {
    int n;     /* filled, newest first */
    int total; /* that fit the question */
    struct order v[ORDERS_MAX];
};

/* What somebody is told about: an order by its number, a variant by its id, what is wished for by its words. */
enum notice_kind {
    NOTICE_SHIPPED,
    NOTICE_OUT_FOR_DELIVERY,
    NOTICE_DELIVERED,
    NOTICE_DELAYED,
    NOTICE_PLACED,    /* it was saved, and the shop has it now */
    NOTICE_REFUSED,   /* the shop did not take it */
    NOTICE_UNCERTAIN, /* nobody knows whether it did */
    NOTICE_ASKED,     /* the shop wants another total */
    NOTICE_KEPT,      /* it could not be cancelled or sent elsewhere any more */
    NOTICE_NOT_BACK,  /* something of it cannot be sent back */
    NOTICE_STOCK,     /* from here on of products */
    NOTICE_PRICE,
    NOTICE_WISH, /* something with these words, which the shop did not have */
};
enum { NOTICES_MAX = 3, NOTICE_KIND_MAX = 24, NOTICE_SUBJECT_MAX = 160, ADDRESSES_MAX = 4, REASON_MAX = 16 };

struct notice {
    int64_t id;
    enum notice_kind kind;
    char subject[NOTICE_SUBJECT_MAX];
    bool wished; /* asked for; else news that anybody would want */
    int64_t due_ms;
    struct order order;     /* as it is now; of the first four kinds */
    struct product product; /* as it is now; of the others */
};

struct notices {
    int n, total; /* in v, and that are due */
    struct notice v[NOTICES_MAX];
};

struct address {
    char nickname[32]; /* "your office" */
    char text[160];
};

struct addresses {
    int n;
    struct address v[ADDRESSES_MAX];
};

/* Something that goes back to the shop. */
struct send_back {
    char number[ORDER_NUMBER_MAX]; /* digits */
    char title[TITLE_MAX];
    int quantity_milli;
    int64_t amount_minor, made_ms;
    char currency[4];
};

struct refund {
    char state[16]; /* registered, returned, refunded, cancelled; "" none */
    char title[TITLE_MAX];
    char number[ORDER_NUMBER_MAX]; /* of the order */
    int64_t amount_minor;
    int64_t since_ms, as_of_ms;
    char currency[4];
};

struct customer {
    int64_t id;
    char name[64];
    char address[ADDRESS_MAX];
};

struct shop_profile {   /* what the shop says of itself */
    char name[64];      /* "Corner Grocer" */
    char assistant[64]; /* the assistant's name */
    char currency[4];
    char timezone[40]; /* "Europe/Berlin" */
    char phone[40];
    int64_t delivery_minor, free_delivery_from_minor; /* -1 never free */
    char confirm[16]; /* "off" no ordering by voice, "confirm" by a word of the read-back, "pin" by a PIN, too */
    int64_t max_order_minor, max_day_minor; /* by voice, of one order and within a day; LIMIT_NONE */
    int undo_s;                             /* how long an order that was placed can be taken back; 0 not at all */
    char locale[16];                        /* "en-US" */
    int return_days;                        /* how long things are taken back; 0 never, RETURN_DAYS_UNKNOWN */
    int refund_days;                        /* how long the money takes; 0 unknown */
    char return_how[160];                   /* "hand it to our driver": how things go back; "" unknown */
    char manner[64];                        /* persona: how it talks (say/texts.h); "" as most do */
    char voice[32];                         /* eSpeak NG voice; "" the default */
    int rate_wpm, pitch;                    /* 0 the default */
    int quiet_from_min, quiet_to_min;       /* of the day: nothing is said unasked; equal: never quiet */
};

enum { TICKET_CODE_MAX = 12, PERSON_NAME_MAX = 48, MESSAGE_MAX = 240 /* bytes: what one breath can tell */ };

/* What a person of the shop writes to the shopper. */
struct person_message {
    int64_t id;
    char code[TICKET_CODE_MAX]; /* of the ticket, digits */
    bool closed;                /* the ticket is closed; no text */
    char name[PERSON_NAME_MAX];
    char text[MESSAGE_MAX];
};

/* Being introduced to the shop's server (pairing.h). */
enum pairing_state {
    PAIRING_NONE,    /* there is no server */
    PAIRING_UNKNOWN, /* the server has not heard of this speaker yet, or not any more */
    PAIRING_WANTED,  /* a code was asked for */
    PAIRING_CODE,    /* it is there, and holds for some minutes */
    PAIRING_PAIRED,
    PAIRING_EXPIRED, /* nobody typed it in time */
    PAIRING_FAILED   /* the server cannot be reached, or gives none */
};

struct pairing_news {
    enum pairing_state state;
    char code[16]; /* digits */
    char page[200];
    char name[64]; /* PAIRED: whose it is now; "" unknown */
};

/* What this speaker knows about its customer. */
struct known_customer {
    int orders, turns, items; /* turns of talk that are kept; lines of the basket */
    int64_t since_ms;         /* of the oldest of them; 0 none */
};

/* "placed", "out_for_delivery" ...: the names in the database, the replies and the JSON. Static storage. */
const char *remark_name(enum remark_kind k);
const char *order_state_name(enum order_state s);
/* False if there is no such name. */
bool order_state_by_name(enum order_state *out, const char *name);

#endif
