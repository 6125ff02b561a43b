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
    OPTIONS_MAX = 160, /* "size: large; roast: dark roast" */
    FOUND_MAX = 12,
    CART_LINES_MAX = 32,
    ORDER_NUMBER_MAX = 16,
    ORDERS_MAX = 8,
    ORDER_LINES_MAX = 16,
    RATING_NONE = -1,
    STOCK_UNLIMITED = -1,
    PRICE_NONE = -1, /* can be found, not ordered */
    COUPON_CODE_MAX = 32,
};

struct product { /* a product in its default variant, or the variant asked for */
    int64_t variant; /* row id; 0 none */
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
    int rating_centi; /* 0 to 500, RATING_NONE */
    int stock;        /* STOCK_UNLIMITED */
    double score;     /* of the search, higher is better; below 1: only some of the words fit */
};

enum sort { SORT_BEST, SORT_PRICE_UP, SORT_PRICE_DOWN, SORT_RATING, SORT_NEWEST };

struct search {
    char query[TITLE_MAX]; /* words; "" everything */
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

struct cart {
    int n_lines;
    struct cart_line lines[CART_LINES_MAX];
    int64_t subtotal_minor, delivery_minor;
    struct coupon coupon; /* its discount is in the total */
    int64_t total_minor;
    char currency[4];
};

enum order_state { ORDER_SAVED, ORDER_PLACED, ORDER_PACKED, ORDER_SHIPPED, ORDER_PART_SHIPPED, ORDER_OUT_FOR_DELIVERY,
                   ORDER_DELIVERED, ORDER_DELAYED, ORDER_CANCELLED, ORDER_RETURNED, ORDER_REFUNDED };

struct order_line {
    int64_t variant; /* 0: no longer sold */
    char title[TITLE_MAX];
    char options[OPTIONS_MAX];
    int quantity_milli;
    int64_t price_minor; /* paid */
    int64_t price_now_minor; /* of the same with the same options; PRICE_NONE if it is not sold */
    int stock; /* now */
    bool shipped;
};

struct order {
    char number[ORDER_NUMBER_MAX]; /* digits, as people say it */
    enum order_state state;
    int64_t placed_ms, expected_ms, delivered_ms; /* 0 unknown */
    int64_t as_of_ms;                             /* when the shop last told */
    char carrier[32];
    char place[64]; /* where it was left */
    int n_lines;
    struct order_line lines[ORDER_LINES_MAX];
    int64_t total_minor;
    char currency[4];
};

struct orders {
    int n;     /* filled, newest first */
    int total; /* that fit the question */
    struct order v[ORDERS_MAX];
};

struct customer {
    int64_t id;
    char name[64];
    char address[160];
};

struct shop_profile { /* what the shop says of itself */
    char name[64];        /* "Corner Grocer" */
    char assistant[64];   /* the assistant's name */
    char currency[4];
    char timezone[40];    /* "Europe/Berlin" */
    char phone[40];
    int64_t delivery_minor, free_delivery_from_minor; /* -1 never free */
    char confirm[16];     /* "off" no ordering by voice, "confirm" yes/no after the read-back */
    char locale[16];      /* "en-US" */
    char voice[32];       /* persona: eSpeak NG voice; "" the default */
    int rate_wpm, pitch;  /* 0 the default */
};

/* "placed", "out_for_delivery" ...: the names in the database, the replies and the JSON. Static storage. */
const char *order_state_name(enum order_state s);
/* False if there is no such name. */
bool order_state_by_name(enum order_state *out, const char *name);

#endif
