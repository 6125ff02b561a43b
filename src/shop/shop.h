/* The store: one SQLite file with catalogue, baskets, orders, customer, outbox and conversation log.
 *
 * One thread (CORE, or a subcommand's main). All statements live in one table (statements.c). Writes that belong
 * together are one transaction. Times are handed in. Errors: ERR_BUSY (locked, after 2 s), ERR_FULL (disk),
 * ERR_VERSION (made by a newer program), ERR_FORMAT (not a database, damaged), ERR_NOT_FOUND; each reason says what to
 * do. */
#ifndef SK_SHOP_SHOP_H
#define SK_SHOP_SHOP_H
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include "base/err.h"
#include "shop/types.h"

struct shop;

/* Opens or creates `db` (":memory:" for a private one) and brings it to the newest schema with the migrations
 * in `schema_dir` (NNN-name.sql, append-only). */
SK_MUST_USE err_t shop_open(struct shop **out, const char *db, const char *schema_dir);
/* For a program that only looks: writes nothing, neither to the database nor beside it, and waits for nobody who
 * writes. ERR_NOT_FOUND: there is none yet; ERR_VERSION: it is of another version than `schema_dir`, newer or older. */
SK_MUST_USE err_t shop_open_to_read(struct shop **out, const char *db, const char *schema_dir);
void shop_close(struct shop *s);
/* Whatever this program has written is on the disk when it returns: for the end of a turn, since the shopper has been
 * told. Costs nothing if nothing was written. */
SK_MUST_USE err_t shop_flush(struct shop *s);

/* ---- loading (load.c, import.c) ---- */

/* How text becomes what is said, given by apps/ so that the store needs neither eSpeak NG nor ICU. Either may be NULL.
 */
struct shop_hooks {
    /* "Oat Milk 1 l" -> "oat milk one litre": lower-case words. NULL: words of letters and digits as they are. */
    void (*spoken)(void *ctx, const char *title, char *out, size_t cap);
    void *ctx;
};

struct import_report {
    int rows, imported, rejected;
    void (*bad_row)(void *ctx, const char *file, int line, const char *why); /* may be NULL */
    void (*progress)(void *ctx, const char *what, int done);                 /* may be NULL; about every 1000 rows */
    void *ctx;
};

/* Imports products from a CSV with a header, in one transaction: a row with an id that exists is updated. Bad rows are
 * reported by line and left out. ERR_NOT_FOUND, ERR_FORMAT (no header, no id or title column, binary, over 256 MiB). */
SK_MUST_USE err_t catalog_import(struct shop *s, const char *csv, const struct shop_hooks *hooks,
                                 struct import_report *report);
/* Loads a shop folder (shop.ini, products.csv, and what else is there: variants.csv options.csv hours.csv coupons.csv
 * deliveries.csv customers.csv addresses.csv payments.csv orders.csv order_lines.csv shipments.csv); dates in them are
 * relative to now_ms ("-3d"), so that a sample shop is always fresh. A folder already loaded unchanged into this
 * database is not loaded again. */
SK_MUST_USE err_t shop_load(struct shop *s, const char *dir, const struct shop_hooks *hooks,
                            struct import_report *report, int64_t now_ms);

/* ---- catalogue (catalog.c, search.c) ---- */

SK_MUST_USE err_t shop_profile(struct shop *s, struct shop_profile *out);
SK_MUST_USE err_t catalog_count(struct shop *s, int64_t *out);
/* Best match first; *total (may be NULL) counts all. out has room for `cap`. Nothing found is *n = 0, not an error.
 * Where fewer than three products have all the words, up to FOUND_MAX follow that have at least half of them; their
 * score is below 1. In any order but SORT_BEST, what is far behind the best match stays behind. */
SK_MUST_USE err_t catalog_search(struct shop *s, const struct search *q, struct product *out, size_t cap, size_t *n,
                                 int64_t *total);
SK_MUST_USE err_t catalog_variant(struct shop *s, int64_t variant, struct product *out);
/* The other variants of the same product, default first. */
SK_MUST_USE err_t catalog_variants(struct shop *s, int64_t variant, struct product *out, size_t cap, size_t *n);
/* What may be taken instead of a variant that is sold out or no longer sold, nearest first, in stock: another variant
 * of the product, products of its category whose names share words with `title`, the rest of the category by price.
 * When the shop does not know the variant any more (0): products with at least half of the words, or the last one.
 * (instead.c) */
SK_MUST_USE err_t catalog_instead(struct shop *s, int64_t variant, const char *title, struct product *out, size_t cap,
                                  size_t *n);
/* Price added by the options of a made-to-order product, given as (name, spoken value) pairs, and their normal form in
 * `options` ("size: large; milk: a bit of soy milk"). ERR_NOT_FOUND names an option the product does not have. */
SK_MUST_USE err_t catalog_options(struct shop *s, int64_t variant, const char *const (*pairs)[2], size_t n,
                                  char *options, size_t cap, int64_t *extra_minor);
/* The first of the pairs that the product does not come with, and what there is of that name; its `name` is "" if there
 * is none such. */
SK_MUST_USE err_t catalog_option_missing(struct shop *s, int64_t variant, const char *const (*pairs)[2], size_t n,
                                         struct option_missing *out);
/* Calls fn with each phrase of a rule: "product" (spoken titles), "query" (spoken titles, and the shorter names that
 * lead to them: head nouns, brand and noun, categories), "brand", "category", "drink" (what is made to order),
 * "option_<name>" (spoken values, with the amounts they may take), "question" (wordings that the shop has an answer
 * to), "asked" (the first of each answer), "area", "holiday" (names of days), "coupon" (codes as they are said),
 * "quality" (what tells the variants of a product apart, "blue"), "word" (every word of a title, written or spoken);
 * each once, sorted. ERR_NOT_FOUND for another rule. catalog_rules() gives the names of all of them. */
SK_MUST_USE err_t catalog_phrases(struct shop *s, const char *rule, void (*fn)(void *ctx, const char *phrase),
                                  void *ctx);
SK_MUST_USE err_t catalog_rules(struct shop *s, void (*fn)(void *ctx, const char *rule), void *ctx);
/* Calls fn with the title of each product as it is written: lower-case words of letters and digits, "," between
 * stretches that do not belong together; with what else is said of it, and with how often it is asked for beside the
 * others: 1, and more for what this customer and others ordered. */
SK_MUST_USE err_t catalog_titles(struct shop *s,
                                 void (*fn)(void *ctx, const char *title, const char *about, double weight), void *ctx);
/* Words of spoken titles and phrases that have no pronunciation yet are kept with one, or several, by the caller; those
 * of one word are given one after the other, the best first. */
SK_MUST_USE err_t catalog_pronunciation_add(struct shop *s, const char *word, const char *phones);
SK_MUST_USE err_t catalog_pronunciations(struct shop *s, void (*fn)(void *ctx, const char *word, const char *phones),
                                         void *ctx);

/* ---- names that sound alike (alike.c) ---- */

enum { ALIKE_NUMBERS_MAX = 512 /* bytes */, ALIKE_PAIRS_MAX = 20000 };

struct alike {
    int64_t product, other; /* as catalog_names() gives them */
    int distance;           /* thousandths of a phone */
};

/* Each product that is sold with the name that people call it by, "oat milk"; `known`: the pairs of known names with
 * each other are kept. */
SK_MUST_USE err_t catalog_names(struct shop *s, void (*fn)(void *ctx, int64_t product, const char *name, bool known),
                                void *ctx);
/* Whether the pairs of all names are kept. `mark` tells what counts as alike; with another one than it was, no name is
 * known any more. */
SK_MUST_USE err_t catalog_alike_kept(struct shop *s, const char *mark, bool *out);
/* Adds the pairs that have a name in them which was not known, each once; those of names that have changed or are gone
 * are forgotten, and beyond ALIKE_PAIRS_MAX those that are furthest apart. `numbers` are those that sound alike,
 * "15:50 16:60". */
SK_MUST_USE err_t catalog_alike_keep(struct shop *s, const struct alike *v, size_t n, const char *numbers);
SK_MUST_USE err_t catalog_alike_numbers(struct shop *s, char *out, size_t cap);
/* Products that sound like this one, the nearest first. */
SK_MUST_USE err_t catalog_alike(struct shop *s, int64_t variant, struct product *out, size_t cap, size_t *n);
/* All pairs by their names, the nearest first. */
SK_MUST_USE err_t catalog_alike_pairs(struct shop *s,
                                      void (*fn)(void *ctx, const char *one, const char *other, int distance),
                                      void *ctx, int64_t *total);

/* ---- customer, basket, orders (customer.c, cart.c, orders.c) ---- */

/* The customer of this speaker: the first of the shop until another is chosen. */
SK_MUST_USE err_t customer_get(struct shop *s, struct customer *out);
SK_MUST_USE err_t customer_choose(struct shop *s, const char *name);

/* The basket with its coupon, delivery and payment, at the prices of now. */
SK_MUST_USE err_t cart_get(struct shop *s, int64_t now_ms, struct cart *out);
/* Adds to a line of the same variant and options. ERR_RANGE over stock or 99 of one, ERR_FULL over CART_LINES_MAX. */
SK_MUST_USE err_t cart_add(struct shop *s, int64_t variant, const char *options, int64_t extra_minor,
                           int quantity_milli, int64_t now_ms);
/* 0 removes the line. ERR_NOT_FOUND. */
SK_MUST_USE err_t cart_set(struct shop *s, int64_t variant, const char *options, int quantity_milli, int64_t now_ms);
SK_MUST_USE err_t cart_clear(struct shop *s, int64_t now_ms);

/* Lays the coupon onto the basket that is called so: by its code, or as a person says it. It stays there, in place of
 * another, if it counts or may come to count with more in the basket; otherwise nothing changes. "" takes one off. */
SK_MUST_USE err_t coupon_apply(struct shop *s, const char *words, int64_t now_ms, struct coupon *out);
/* The coupon that takes most off this basket, of those that the shop lets be told; COUPON_NONE if there is none. */
SK_MUST_USE err_t coupon_best(struct shop *s, const struct cart *cart, int64_t now_ms, struct coupon *out);

/* ---- delivery and payment of the basket (choices.c) ---- */

/* Takes what the words name best: a way of delivery, another address of the customer ("" the usual one), a method of
 * payment. ERR_NOT_FOUND: none is called that, or more than one may be meant. */
SK_MUST_USE err_t cart_deliver(struct shop *s, const char *words, int64_t now_ms);
SK_MUST_USE err_t cart_send_to(struct shop *s, const char *words, int64_t now_ms);
SK_MUST_USE err_t cart_pay_with(struct shop *s, const char *words, int64_t now_ms);
/* What there is to choose from, for the basket as it is; of the methods that which is taken for it first. */
SK_MUST_USE err_t delivery_ways(struct shop *s, struct ways *out);
SK_MUST_USE err_t payment_methods(struct shop *s, struct payments *out);

/* ---- the PIN that orders (pin.c) ---- */

enum { PIN_TRIES = 3, PIN_LOCK_MS = 15 * 60 * 1000 };

/* Keeps a salted slow hash of the digits, 4 to 8 of them; NULL forgets it. ERR_ARG. */
SK_MUST_USE err_t pin_set(struct shop *s, const char *digits);
/* Each wrong try is counted on the disk before it is told; after three there is none for PIN_LOCK_MS. */
SK_MUST_USE err_t pin_check(struct shop *s, const char *digits, int64_t now_ms, struct pin_answer *out);

enum order_which { ORDERS_OPEN, ORDERS_LATEST, ORDERS_ALL };
struct order_query {
    enum order_which which;
    char number[ORDER_NUMBER_MAX]; /* "" any; a tail of at least three digits will do */
    char words[TITLE_MAX];         /* a product in it, as spoken; "" any */
    int64_t from_ms, to_ms;        /* placed within; 0 any */
};
/* Orders of the customer, newest first. None is n = 0. */
SK_MUST_USE err_t orders_find(struct shop *s, const struct order_query *q, struct orders *out);
/* What the customer will buy next, likeliest first, in stock: their own products by how often and how lately, filled up
 * with what all customers buy most. `score` is the number of their orders that it was in; 0 never. (usual.c) */
SK_MUST_USE err_t orders_usual(struct shop *s, struct product *out, size_t cap, size_t *n, int64_t now_ms);
/* "My usual" as the lines of one order, with the options and the quantity that the customer mostly takes: at most
 * `max_lines` of what was bought more than once (or once, if nothing was), sold out or not, that have `words` ("" any).
 * None is n = 0. */
SK_MUST_USE err_t orders_usual_lines(struct shop *s, const char *words, int max_lines, struct orders *out,
                                     int64_t now_ms);
/* Basket -> order, lines and outbox row in one transaction, the basket is empty then. `key` is the idempotency key
 * made by the caller (1 to 36 characters): the same key again gives the same order. ERR_NOT_FOUND: basket empty,
 * ERR_DENIED: the payment was declined. */
SK_MUST_USE err_t order_place(struct shop *s, const char *key, int64_t now_ms, struct order *out);
/* Within shop_profile.undo_s of order_place(), in which it is not sent: takes the order back whole, with its outbox row
 * and coupon, and what was in it lies in the basket again. ERR_RANGE: too late. */
SK_MUST_USE err_t order_undo(struct shop *s, const char *number, int64_t now_ms);

/* ---- after the order (after.c, notices.c) ---- */

/* Whether an order can still be cancelled or sent elsewhere: it is saved or placed, and not yet packed. */
bool order_can_change(enum order_state state);
/* Cancels the customer's order; the shop is told by the outbox, and what it took of the stock here comes back.
 * ERR_RANGE once it is packed, ERR_NOT_FOUND. */
SK_MUST_USE err_t order_cancel(struct shop *s, const char *number, int64_t now_ms, struct order *out);
/* The shop wants another total than the shopper agreed to (order.asked_minor), and now they agree to it: it is sent
 * again. ERR_RANGE: it is not asked, or something else. */
SK_MUST_USE err_t order_agree(struct shop *s, const char *number, int64_t total_minor, int64_t now_ms,
                              struct order *out);
/* The customer's addresses beside the one of struct customer. */
SK_MUST_USE err_t customer_addresses(struct shop *s, struct addresses *out);
/* Sends the order to another address; the errors of order_cancel(). */
SK_MUST_USE err_t order_readdress(struct shop *s, const char *number, const char *address, int64_t now_ms);
/* Registers that a line (from 0) of a delivered order goes back: once, the same line again has the same number. */
SK_MUST_USE err_t order_send_back(struct shop *s, const char *number, int position, const char *reason, int64_t now_ms,
                                  struct send_back *out);
/* The latest money that is to come back, or has; of an order with these words, "" any. state "": there is none. */
SK_MUST_USE err_t refund_find(struct shop *s, const char *words, struct refund *out);

/* Keeps that the customer wants to be told when that happens to an order (subject: its number) or a variant (its id,
 * written out), or when something can be bought that has the words (wish). Once is enough. ERR_NOT_FOUND; ERR_ARG no
 * words, ERR_FULL too many wishes. */
SK_MUST_USE err_t notice_add(struct shop *s, enum notice_kind kind, const char *subject, int64_t now_ms);
/* What has happened and was not told yet: what was wished for, and parcels that are out for delivery, late, or have
 * arrived lately. One an order, the latest first. */
SK_MUST_USE err_t notice_due(struct shop *s, int64_t now_ms, struct notices *out);
/* It was told, and with it whatever else was due about the same order or product. */
SK_MUST_USE err_t notice_told(struct shop *s, int64_t id, int64_t now_ms);
/* "out_for_delivery"; static storage. False if there is no such name. */
const char *notice_kind_name(enum notice_kind kind);
bool notice_kind_by_name(enum notice_kind *out, const char *name);
/* ---- what is said unasked (initiative.c, together.c) ---- */

/* Remarks that may be made to the customer now, the most pressing first: none that was declined or said before, or that
 * another has just been made (an hour); none at all if suggestions are switched off. */
SK_MUST_USE err_t remarks_due(struct shop *s, int64_t now_ms, struct remark *out, size_t cap, size_t *n);
/* It was said, or (`declined`) is never to be said again. */
SK_MUST_USE err_t remark_note(struct shop *s, enum remark_kind kind, int64_t subject, bool declined, int64_t now_ms);
/* Whether anything may be said or suggested unasked; allowed until it is switched off. */
SK_MUST_USE err_t suggestions_allowed(struct shop *s, bool *out);
SK_MUST_USE err_t suggestions_allow(struct shop *s, bool allowed);

/* The customer has heard about a product; a read-back was not followed by an order so far. */
SK_MUST_USE err_t looked_note(struct shop *s, int64_t variant, int64_t now_ms);
SK_MUST_USE err_t checkout_left_note(struct shop *s, int64_t now_ms);
/* What was looked at last, half an hour to two weeks ago, and was not ordered since; variant 0 nothing. */
SK_MUST_USE err_t looked_last(struct shop *s, int64_t now_ms, struct product *out);

/* Counts what is ordered together in the orders that have come, gone or changed since it was called last. */
SK_MUST_USE err_t together_prepare(struct shop *s);
/* What goes best with the variant, in stock, not in the basket, not bought within two weeks, never declined; variant 0
 * nothing, or suggestions are switched off. */
SK_MUST_USE err_t together_with(struct shop *s, int64_t variant, int64_t now_ms, struct product *out);

/* ---- conversation log (conversation.c) ---- */

/* One turn: who is "shopper" or "assistant". */
SK_MUST_USE err_t conversation_note(struct shop *s, const char *who, const char *text, const char *intent,
                                    int64_t now_ms);
/* The last `n` turns, the oldest first; strings are borrowed for the call. */
SK_MUST_USE err_t conversation_last(struct shop *s, int n,
                                    void (*fn)(void *ctx, int64_t id, int64_t at_ms, const char *who, const char *text),
                                    void *ctx);

/* ---- about the shop (answers.c, hours.c) ---- */

/* The answer to a question that stands in the shop's text in just these words; name "" if there is none. */
SK_MUST_USE err_t answer_as_asked(struct shop *s, const char *words, struct shop_answer *out);
/* What the shop's own text says to the words: the answer that has most of them, the rarer ones counting more; its score
 * says how many. Words that say nothing ("do", "you") are to be left out before. None is name "", not an error. */
SK_MUST_USE err_t answer_find(struct shop *s, const char *words, struct shop_answer *out);
/* The answer that the shop has written for a request, whatever its words. */
SK_MUST_USE err_t answer_for(struct shop *s, const char *intent, struct shop_answer *out);
/* The area whose name is in the words ("9 chapel hill, old town"), and which there are. */
SK_MUST_USE err_t area_find(struct shop *s, const char *words, struct area *out);
/* The next day called so, today ("2026-11-20") included. ERR_NOT_FOUND. */
SK_MUST_USE err_t holiday_date(struct shop *s, const char *name, const char *today, char date[11]);
/* What the day is called; "" nothing. */
SK_MUST_USE err_t holiday_name(struct shop *s, const char *date, char *out, size_t cap);
/* Opening hours of a day (0 is Sunday) of date "2026-12-25" in minutes after midnight; *open false if closed. */
SK_MUST_USE err_t shop_hours(struct shop *s, const char *date, int weekday, bool *open, int *from_min, int *to_min);

#endif
