/* What the shopper wants: an intent and its slots. Plain data, copied by value between the stages. */
#ifndef SK_UNDERSTAND_INTENT_H
#define SK_UNDERSTAND_INTENT_H
#include <stdbool.h>
#include <stdint.h>

/* The names are the same in the grammar (public rules), the code, the tests and the documentation. */
#define INTENT_LIST(X)                                                                                              \
    X(search_product)                                                                                               \
    X(product_details)                                                                                              \
    X(compare)                                                                                                      \
    X(add_to_cart)                                                                                                  \
    X(remove_from_cart)                                                                                             \
    X(change_quantity)                                                                                              \
    X(show_cart)                                                                                                    \
    X(clear_cart)                                                                                                   \
    X(checkout)                                                                                                     \
    X(apply_coupon)                                                                                                 \
    X(coupon_problem)                                                                                               \
    X(order_status) X(delivery_time) X(reorder) X(cancel_order) X(return_item) X(store_hours) X(shipping_policy)    \
        X(human_agent) X(notifications) X(recommend) X(feedback) X(yes) X(no) X(repeat) X(stop) X(help) X(volume)   \
            X(greeting) X(are_you_a_robot) X(choose) X(more) X(give_number) X(notify_me) X(order_contents)          \
                X(change_address) X(give_reason) X(shop_question) X(suggestions) X(stopped_by) X(anger)             \
                    X(leave_person) X(rate) X(what_you_know) X(forget_history) X(stop_listening) X(do_you_record)   \
                        X(give_code) X(remove_coupon) X(confirm_order) X(give_pin) X(undo_order) X(choose_delivery) \
                            X(choose_address) X(choose_payment) X(refine) X(correct) X(go_back) X(name_product)     \
                                X(list_products) X(pair_speaker) X(wait) X(elsewhere)

/* name_product, list_products: typed names and nothing more. They become search_product and add_to_cart (typed.h).
 * elsewhere: what is worded like a request and is none of a shop's; the parser refuses it, nobody else sees it. */
enum intent_id {
    INTENT_NONE,
#define X(name) INTENT_##name,
    INTENT_LIST(X)
#undef X
        INTENT_COUNT
};

enum {
    UTTERANCE_MAX = 512, /* bytes of words, with the terminator */
    SLOT_NAME_MAX = 24,
    SLOT_TEXT_MAX = 160,
    SLOT_CODE_MAX = 24,
    SLOTS_MAX = 24,
};

enum slot_kind {
    SLOT_TEXT,   /* words as spoken */
    SLOT_NUMBER, /* `milli` counts */
    SLOT_DIGITS, /* `text` is a string of digits */
};

struct slot {
    char name[SLOT_NAME_MAX]; /* "product"; "product_2" of the second of several things in one breath */
    char text[SLOT_TEXT_MAX]; /* as spoken without the article; digits for SLOT_DIGITS */
    char code[SLOT_CODE_MAX]; /* what a {=code} tag inside says, such as "week-1"; "" if none */
    int64_t milli;            /* SLOT_NUMBER: thousandths, 19.99 is 19990 */
    enum slot_kind kind;
};

struct intent {
    enum intent_id id;
    bool accepted;
    bool elsewhere; /* not accepted: worded like a request, but to somebody else */
    bool unsure;    /* heard too badly to tell it from what sounds like it */
    bool remote;    /* typed by one who need not be in the room, on the companion page: it orders nothing */
    float score;    /* 0 to 1 */
    uint8_t n_slots;
    struct slot slots[SLOTS_MAX];
    char text[UTTERANCE_MAX]; /* the words it was made from */
};

/* "search_product"; "" for INTENT_NONE. Static storage. */
const char *intent_name(enum intent_id id);
/* INTENT_NONE if there is no such name. */
enum intent_id intent_by_name(const char *name);
/* A slot whose name begins with '_' is for the dialogue alone and is not shown to anybody. */
bool slot_is_shown(const struct slot *s);
/* The slot, or NULL. Borrowed from `in`. */
const struct slot *intent_slot(const struct intent *in, const char *name);

#endif
