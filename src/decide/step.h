/* One step of the dialogue from the inside: what the subjects (search.c, cart.c, checkout.c, orders.c, talk.c) share.
 * Only src/decide includes this. */
#ifndef SK_DECIDE_STEP_H
#define SK_DECIDE_STEP_H
#include <stddef.h>

#include "decide/dialog.h"

enum { PAGE_MAX = 3 }; /* what fits one breath */

struct step {
    struct dialog *d;
    const struct event *e;
    const struct intent *in; /* the request: of this event, or that which waits for its answer; never NULL */
    int64_t now_ms;
    struct effects *out;
    bool stuck;   /* this turn led nowhere */
    bool passing; /* what is said is not what "say that again" is for */
};

/* ---- effects ---- */

/* A new effect at the end, zeroed. */
struct effect *step_emit(struct step *s, enum effect_kind kind);
/* Emits an effect whose answer will be used for `what`. */
struct effect *step_request(struct step *s, enum effect_kind kind, enum waiting what);
/* Says it; the microphone stays as it is. */
void step_say(struct step *s, const struct reply *r);
void step_listen(struct step *s, const char *state);
/* Nothing is asked any more; waits for the wake phrase. */
void step_idle(struct step *s);

/* The four ways a turn ends: that was all; something may follow; a question; something went wrong. */
void step_done(struct step *s, const struct reply *r);
void step_open(struct step *s, const struct reply *r);
void step_ask(struct step *s, const struct reply *r, enum question q);
void step_trouble(struct step *s, const struct reply *r);
/* The same for replies without arguments. */
void step_say_id(struct step *s, const char *id);
void step_done_id(struct step *s, const char *id);
void step_open_id(struct step *s, const char *id);
void step_trouble_id(struct step *s, const char *id);

/* The request of this event becomes the one that later answers are for. */
void step_adopt(struct step *s);

/* ---- words ---- */

/* The text of a slot, "" if it is not there. */
const char *step_slot(const struct intent *in, const char *name);
/* The number of a slot in thousandths, or `fallback`. */
int64_t step_number(const struct intent *in, const char *name, int64_t fallback);
enum { WORDS_ALL = 1000, WORDS_EXACT = 1001 };
/* How much of `words` is in `title`, 0 to WORDS_ALL; words are alike if one begins the other and little is left over.
 */
int words_within(const char *words, const char *title);
/* The same for a product by its title, spoken name, brand and options. WORDS_EXACT: its name and nothing else. */
int words_match(const char *words, const struct product *p);

/* ---- replies ---- */

/* "Oat Milk", "2 Oat Milk", "1.5 kg Bananas", "Latte (large, light roast)". */
void item_text(char *out, size_t cap, const char *title, const char *options, int quantity_milli, const char *unit);
/* "large, light roast" of "size: large; roast: light roast". */
void option_values(char *out, size_t cap, const char *options);
/* "yes" or "no", for select. */
void reply_flag(struct reply *r, const char *name, bool value);
void items_add(struct items *list, const char *item);
/* A list argument. */
void reply_list(struct reply *r, const char *name, const struct items *list);
/* The arguments `items` and `more`. */
void reply_items(struct reply *r, const struct items *list);
void reply_cart_items(struct reply *r, const struct cart *c);
/* What assistant and shop are called: `assistant`, `shop`. */
void reply_names(struct reply *r, const struct dialog *d);
/* The shop's telephone: `phone`, and `has_phone` for select. */
void reply_phone(struct reply *r, const struct dialog *d);
/* What delivery costs: `delivery`, `free_from`, and `cost` for select: free, from, always. */
void reply_delivery(struct reply *r, const struct dialog *d);
/* What the shopper may be told of a product: title, price, priced, rating, rated, left, and stock: in, low, out. */
void reply_product(struct reply *r, const struct product *p);
/* Since midnight, on the shop's clock. */
int minute_of_day(const struct step *s);
/* Days from today until then, on the shop's calendar. */
int day_distance(const struct step *s, int64_t ms);

/* ---- questions (dialog.c) ---- */

typedef void (*step_fn)(struct step *s);
typedef void (*pick_fn)(struct step *s, int index); /* one of those that were asked about, from 0 */

/* The state in which the answer is listened for, and the ids of what is said after silence ("" nothing), after words
 * that are no answer, the second time that happens, and for "help". */
const char *question_state(enum question q);
const char *question_nudge(enum question q);
const char *question_unclear(enum question q);
const char *question_examples(enum question q);
const char *question_help(enum question q);
/* What a choice does; NULL if there is nothing to choose from. */
pick_fn question_pick(enum question q);
/* The request answers no question: the open one is dropped. */
void dialog_begin(struct step *s);
/* Does what the request is for. */
void dialog_request(struct step *s);
/* Everything that was talked about is forgotten: a new conversation begins. */
void dialog_forget(struct dialog *d);

/* ---- choosing (choose.c) ---- */

/* Which of those that question `q` offers the slots `index` or `product` mean; -1 none, or not one alone. */
int pick_index(const struct step *s, enum question q);
void choose_intent(struct step *s);
/* Found is nothing for words that were to choose, and that are too many for a name: then it is asked again. */
bool choose_missed(struct step *s);

/* ---- products (search.c) ---- */

void search_intent(struct step *s);
/* "The cheaper one" of those that were read out last, "the cheapest" if that is all there are; -1 none. */
int search_sorted_one(const struct step *s);
void search_recommend(struct step *s);
void search_wider(struct step *s);
void search_more(struct step *s);
void search_details(struct step *s);
void search_compare(struct step *s);
void search_results(struct step *s);
/* Reads out `found` from page_first on. */
void search_read(struct step *s);
/* The page that begins at page_first, as reply `subject`.two or .three, without prices `subject`.unpriced_two. */
struct reply search_page(struct dialog *d, const char *subject);
/* The page where it is, as question `q` reads it. */
void search_back(struct step *s, enum question q);
/* Tells about the product in the words of reply `id`, and offers it. */
void search_tell(struct step *s, const char *id, const struct product *p);
void search_details_found(struct step *s);
void search_compare_a(struct step *s);
void search_compare_b(struct step *s);
void search_chosen(struct step *s, int index);
/* Asks which of `found`. */
void search_which(struct step *s, enum question q);
/* Asks which of `found`, which sound alike, is to be added. */
void search_which_alike(struct step *s);
/* A new search, by these words and nothing else; "" by none. Not of the dialogue's own `search.query`. */
void search_begin(struct dialog *d, const char *query);
/* Looks for the dialogue's own `search`; what is found is read out. */
void search_find(struct step *s);
/* A FIND by name alone, that leaves the shopper's search as it is. */
void search_by_name(struct step *s, const char *words, enum waiting what);
/* Takes over results, none of them read out yet. */
void found_keep(struct dialog *d, const struct found *f);

/* ---- what goes with it (beside.c) ---- */

/* What goes with something, or what is best rated. */
void beside_intent(struct step *s);
/* That nothing goes with it, or nothing of what was asked for. */
void beside_none(struct step *s, bool filtered);

/* ---- the basket (cart.c, lines.c) ---- */

void cart_add_intent(struct step *s);
/* The request to add so many of what is called so. */
struct intent cart_add_request(const char *name, int quantity_milli);
/* Looks for the one thing that is asked for. */
void cart_add_named(struct step *s);
void cart_add_found(struct step *s);
void cart_alike_found(struct step *s);
void cart_alike_unknown(struct step *s);
void cart_other_quantity(struct step *s);
void cart_added(struct step *s);
void cart_failed(struct step *s);
void cart_variants(struct step *s);
void cart_add_chosen(struct step *s, int index);
void cart_variant_chosen(struct step *s, int index);
/* Emits ADD for `wish`. */
void cart_add_wish(struct step *s);
/* Says it and asks whether to add one, if the product can be had. */
void cart_offer(struct step *s, const struct reply *r, const struct product *p);
/* Takes over the basket as it is now. */
void cart_keep(struct dialog *d, const struct cart *c);
/* In the middle of a checkout the read-back comes again, with the change in it; then true. */
bool cart_back_to_checkout(struct step *s);
/* The line that changed last, which "make it two" means; NULL none. */
void cart_remember_line(struct dialog *d, const struct cart_line *line);
/* Those of the basket's lines that the words may mean, as indices; how many. */
int cart_lines_meant(const struct cart *c, const char *words, int lines[CART_LINES_MAX]);
const struct cart_line *cart_find_line(const struct cart *c, int64_t variant, const char *options);
/* Quantities that can be bought: at least something, at most a little too many; whole pieces unless there is a unit. */
int cart_quantity(int64_t milli, const char *unit);

void cart_change_intent(struct step *s);
void cart_remove_intent(struct step *s);
void cart_line_found(struct step *s);
void cart_line_chosen(struct step *s, int index);
void cart_changed(struct step *s);
void cart_show_intent(struct step *s);
void cart_shown(struct step *s);
void cart_clear_intent(struct step *s);
void cart_clear_count(struct step *s);
void cart_clear_yes(struct step *s);
void cart_kept(struct step *s);
void cart_all(struct step *s);
void cart_cleared(struct step *s);

/* ---- made to order (options.c) ---- */

/* Slots that mean the same in every shop; any other is an option of the product. */
bool options_is_general(const char *slot);
/* The options of `wish` are those of the request, but for slot `product_slot` (-1 none). */
void options_of_wish(struct effect_add *wish, const struct intent *in, int product_slot);
/* Another option, or one less, of what is offered or was just added; false if that is not what is asked for. */
bool options_refine(struct step *s);
/* The product does not come with one that was wanted; then without it, or which else. */
void options_missing(struct step *s);
void options_without(struct step *s);
void options_which(struct step *s);

/* ---- packs and pieces (pieces.c) ---- */

/* The quantity of `wish` is what the slots say. */
void pieces_begin(struct step *s);
/* Makes packs of pieces, by what product `p` has in one; asks if they do not fill them: then true. */
bool pieces_divide(struct step *s, const struct product *p);
int pieces_exact(const struct dialog *d);
void pieces_yes(struct step *s);
void pieces_no(struct step *s);

/* ---- by a property (refine.c), corrections and going back (correct.c) ---- */

void refine_intent(struct step *s);
void refine_forms_found(struct step *s);
void refine_forms_of_all(struct step *s);
void refine_found(struct step *s);
/* Of `found`, those that have the words or of which they are a part of the name; as indices, how many. */
int refine_matches(const struct found *f, const char *words, int which[FOUND_MAX]);
/* Asks again which one, of these of `found` alone. */
void refine_keep(struct step *s, enum question q, const int *which, int n);

void correct_intent(struct step *s);
void correct_go_back(struct step *s);
/* Something else for what is in the basket (exchange.c); false if that is not what is asked for. */
bool exchange_intent(struct step *s);
void exchange_found(struct step *s);
/* A request begins: what corrections are of. */
void correct_begin(struct step *s);
/* The quantity of a line was changed. */
void correct_requantify(struct dialog *d, const struct cart_line *line);
/* Remembers what the request put into the basket. */
void correct_put_in(struct dialog *d, const struct cart_line *line);
/* What was just added is instead of something, which goes out; false if it is not. */
bool correct_swap(struct step *s);
void correct_swapped(struct step *s);

/* ---- several things in one breath (several.c) ---- */

/* Which thing a slot is of, from 1; and the request for one of them alone. */
int several_thing(const struct slot *slot);
struct intent several_request(const struct intent *in, int thing);
/* Something else is asked for in the middle of them: they wait, or it is said that they are left. */
void several_hold(struct step *s);
/* What was asked for in between is done: goes on where it was. False if nothing waits. */
bool several_take_up(struct step *s);
void several_taken_up(struct step *s);
/* Begins with the first of them. False if the request is for one thing. */
bool several_begin(struct step *s);
/* The next of them, or what became of all. */
void several_go_on(struct step *s);
/* One is in the basket, or cannot be; then the next. False if there are not several. */
bool several_added(struct step *s, const char *item);
bool several_missed(struct step *s, const char *name);
/* "No" to a question about one: it is left out, and the others are still wanted. */
void several_declined(struct step *s);

/* ---- coupons (coupons.c) ---- */

void coupon_intent(struct step *s);
void coupon_remove(struct step *s);
void coupon_problem(struct step *s);
void coupon_told(struct step *s);
void coupon_why(struct step *s);
void coupon_other(struct step *s);
void coupon_declined(struct step *s);
/* What the basket's coupon takes off: `discount`, and `discounted` for select. */
void reply_discount(struct reply *r, const struct cart *c);

/* ---- ordering (checkout.c, undo.c) ---- */

void checkout_intent(struct step *s);
void checkout_readback(struct step *s);
void checkout_confirm(struct step *s);
void checkout_yes(struct step *s);
void checkout_no(struct step *s);
/* "Stop": nothing is ordered, and that was all. */
void checkout_stop(struct step *s);
void checkout_placed(struct step *s);
void checkout_failed(struct step *s);
void checkout_pin(struct step *s);
void checkout_pin_told(struct step *s);
/* Reads the basket back in the words of reply `id`, and asks for a fresh word. */
void checkout_read(struct step *s, const char *id);
/* Where nothing is ordered by voice, says so. */
bool checkout_tell_off(struct step *s);
/* Another word than the last, that alone orders. */
void checkout_new_word(struct dialog *d);

/* ---- another total (agree.c) ---- */

void agree_ask(struct step *s, const struct order *o);
void agree_read(struct step *s, const char *id);
void agree_send(struct step *s);
void agree_no(struct step *s);
void agree_done(struct step *s);
void agree_failed(struct step *s);

/* An answer that does not order: once more in the words of `id`, then with examples, then a person. */
void talk_insist(struct step *s, const char *id);
/* The open question once more: what `asked` says, or the read-back as it is now. */
void talk_ask_again(struct step *s, const struct reply *asked);

/* Keeps the open question while a request in passing is answered. */
void aside_begin(struct step *s);
/* True: asked it again. */
bool aside_end(struct step *s);

/* Remembers that it can be taken back, and adds `undo`, `unit`: how long. */
void undo_remember(struct step *s, const struct order *o, struct reply *r);
void undo_intent(struct step *s);
/* "Cancel", said right after an order was placed; false if none was. */
bool undo_at_once(struct step *s);
void undo_done(struct step *s);
void undo_failed(struct step *s);

/* ---- delivery, address and payment (terms.c) ---- */

void terms_intent(struct step *s);
void terms_chosen(struct step *s);
void terms_failed(struct step *s);
void terms_ways(struct step *s);
void terms_payments(struct step *s);
/* The payment of the basket was declined: offers another. */
void payment_declined(struct step *s);
void payment_other(struct step *s);
void payment_other_yes(struct step *s);
void payment_other_no(struct step *s);

/* ---- orders (orders.c, reorder.c) ---- */

void orders_status_intent(struct step *s);
void orders_status_open(struct step *s);
void orders_status_any(struct step *s);
void orders_chosen(struct step *s, int index);
/* Asks the store for the orders that the slots name. */
struct effect_orders *orders_request(struct step *s, enum waiting what);
/* Takes them over; false if there are none. */
bool orders_keep(struct dialog *d, const struct orders *o);
/* That there is none such, in the words of reply `id`. */
struct reply orders_none(const struct step *s, const char *id);

/* Says it and offers to look for the words in the shop. */
void orders_offer_search(struct step *s, const struct reply *r, const char *words);
/* ---- what is bought again, before it is asked about (again.c) ---- */
void again_forget(struct dialog *d);
/* A line to buy again, or one that is gone; so many as asked, 0 as then. */
void again_keep(struct dialog *d, const struct order_line *line, int64_t asked_milli);
/* "Not the bananas", said to what is about to be bought again; false if it is not about that. */
bool again_leave_out(struct step *s);
/* "Make it two", said to one thing that is about to be bought again; false if there are several. */
bool again_set_quantity(struct step *s, int quantity_milli);
/* Offers something instead of the next that is gone; after the last, asks about all. */
void again_next_gone(struct step *s);
void again_instead_found(struct step *s);
void again_instead_none(struct step *s);
void again_instead_yes(struct step *s);
void again_instead_no(struct step *s);

void orders_reorder_intent(struct step *s);
void orders_reorder_found(struct step *s);
void orders_usual_found(struct step *s);
void orders_reorder_yes(struct step *s);
void orders_reorder_chosen(struct step *s, int index);
void orders_reordered(struct step *s);
void orders_reorder_failed(struct step *s);

/* Tells where the order is; it is "it" from then on. */
void orders_tell(struct step *s, const struct order *o);
/* What tells the i-th of the first n orders from the others. Borrowed. */
const char *orders_telling_title(const struct orders *o, int n, int i);
/* How old news is: `fresh`, `as_of`, `as_of_day`. */
void orders_reply_freshness(struct reply *r, const struct step *s, int64_t as_of_ms);
/* Like orders_request(), for all that fit; without a name those under way. */
struct effect_orders *orders_request_it(struct step *s, enum waiting what);
/* Which of `orders` was talked about last, if the request names none; -1 none of them. */
int orders_it(const struct step *s);

/* ---- being told, and what is in it (notices.c) ---- */

void notify_intent(struct step *s);
void notify_order_found(struct step *s);
void notify_product(struct step *s, const struct product *p);
void notify_product_found(struct step *s);
void notify_noted(struct step *s);
void notices_intent(struct step *s);
void notices_told(struct step *s);
void contents_intent(struct step *s);
void contents_found(struct step *s);

/* ---- what cannot be had (wish.c) ---- */

/* Says it and asks whether to tell when there is something with the words, or when the product is back. */
void wish_offer(struct step *s, const struct reply *r, const char *words);
void wish_offer_back(struct step *s, const struct reply *r, const struct product *p);
void wish_yes(struct step *s);
void wish_no(struct step *s);
void wish_noted(struct step *s);
void wish_not_noted(struct step *s);
/* "Tell me when you have it", after it was not found; false if nothing is missing. */
bool wish_it(struct step *s);
void wish_named(struct step *s, const char *words);
/* Nothing of what was found has all the words. */
bool wish_is_near(const struct found *f, const char *words);
void wish_near_one(struct step *s, const char *words, const struct product *p);
/* The first page of `found`; `adding`: what is chosen goes into the basket, as `wish` says. */
void wish_near_some(struct step *s, const char *words, bool adding);
void wish_near_yes(struct step *s);
void wish_near_chosen(struct step *s, int index);
void wish_near_no(struct step *s);
/* Looks for something instead. */
void wish_sold_out(struct step *s, const struct product *p, int64_t quantity_milli);
void wish_sold_out_near(struct step *s);
void wish_sold_out_none(struct step *s);

/* ---- after the order (after.c, returns.c) ---- */

/* Whether a yes comes right after the question. */
bool after_is_fresh(const struct step *s);
/* item, others, total, placed, number */
void after_reply_order(struct reply *r, const struct order *o);
void cancel_intent(struct step *s);
void cancel_found(struct step *s);
void cancel_chosen(struct step *s, int index);
void cancel_yes(struct step *s);
void cancel_no(struct step *s);
void cancel_done(struct step *s);
void cancel_failed(struct step *s);
void address_intent(struct step *s);
void address_found(struct step *s);
void address_order_chosen(struct step *s, int index);
void address_told(struct step *s);
void address_yes(struct step *s);
void address_no(struct step *s);
void address_done(struct step *s);
void address_failed(struct step *s);
void returns_intent(struct step *s);
void returns_policy_told(struct step *s);
void returns_found(struct step *s);
void returns_line_chosen(struct step *s, int index);
void returns_reason(struct step *s);
void returns_yes(struct step *s);
void returns_no(struct step *s);
void returns_done(struct step *s);
void returns_refund(struct step *s);
void returns_refund_told(struct step *s);

/* ---- the talk itself (talk.c), the shop (service.c, answers.c), what is said unasked (initiative.c) ---- */

void talk_yes(struct step *s);
void talk_no(struct step *s);
void talk_declined(struct step *s);
void talk_go_on(struct step *s);
void talk_repeat(struct step *s);
void talk_stop(struct step *s);
/* "Hang on": the question stays as it is. */
void talk_wait(struct step *s);
void talk_help(struct step *s);
void talk_volume(struct step *s);
/* The volume without a word about it. */
void talk_set_volume(struct step *s);
void talk_unclear(struct step *s);
void talk_no_speech(struct step *s);
void talk_too_long(struct step *s);
void talk_failed(struct step *s);
/* A turn that led nowhere though the words were understood: says `r`, or offers a person the third time. */
void talk_stuck(struct step *s, const struct reply *r, enum question q);

/* What may be said unasked now; NULL nothing. */
const struct remark *initiative_due(const struct step *s);
/* The light of a speaker that waits: that there is something to tell, or none. */
enum light initiative_rest_light(const struct step *s);
/* Asks the store once a session. */
void initiative_recall(struct step *s);
void initiative_recalled(struct step *s);
/* The conversation would end with this reply: a remark may follow it. */
void initiative_after(struct step *s);
/* Says the remark that follows what has just been said, then true. */
bool initiative_follow(struct step *s);
/* Makes the remark that is due and asks its question; false if there is none. */
bool initiative_speak(struct step *s);
void initiative_remark_yes(struct step *s);
void initiative_declined(struct step *s);
void initiative_parcel_yes(struct step *s);
void initiative_stopped(struct step *s);
void initiative_stopped_price(struct step *s);
void initiative_stopped_delivery(struct step *s);
void initiative_stopped_payment(struct step *s);
void initiative_cheaper_yes(struct step *s);
/* Ends the reply to something added: with what goes with it, or with "anything else?". */
void initiative_suggest(struct step *s, struct reply *added);
void initiative_suggested_yes(struct step *s);
void initiative_suggested_no(struct step *s);
void initiative_switch(struct step *s);

void answers_question(struct step *s);
void answers_told(struct step *s);
/* Asks the shop's text how it takes returns. */
void answers_policy(struct step *s);
/* Says what that text has; false if it has nothing. */
bool answers_tell(struct step *s);
/* Words that no intent fits: asks the shop's text, then true. */
bool answers_guess(struct step *s);
void answers_guessed(struct step *s);
void answers_delivery(struct step *s);
void answers_delivery_told(struct step *s);

void service_greeting(struct step *s);
void service_robot(struct step *s);
void service_hours(struct step *s);
void service_hours_told(struct step *s);
void service_hours_failed(struct step *s);
void service_shipping(struct step *s);
void service_by_person(struct step *s);

/* ---- a person of the shop (person.c) ---- */

void person_intent(struct step *s);
void person_anger(struct step *s);
/* Offers one after turns that led nowhere, in the words of reply `id`. */
void person_offer(struct step *s, const char *id);
void person_yes(struct step *s);
void person_no(struct step *s);
void person_handed(struct step *s);
void person_not_handed(struct step *s);
void person_unsent(struct step *s);
/* A message of theirs. */
void person_wrote(struct step *s);
void person_leave(struct step *s);
/* What the shopper does while a person answers; false if it is the assistant's. */
bool person_takes(struct step *s);
/* The shopper speaks after the talk with a person has lapsed; true if that was all that is to be done. */
bool person_lapsed(struct step *s);

/* ---- about what is known, kept and heard (honest.c) ---- */

void honest_known(struct step *s);
void honest_known_told(struct step *s);
void honest_forget(struct step *s);
void honest_forget_yes(struct step *s);
void honest_forget_no(struct step *s);
void honest_forgotten(struct step *s);
void honest_deaf(struct step *s);
void honest_record(struct step *s);

/* ---- the microphone, closed and opened by hand (mute.c) ---- */

void mute_closed(struct step *s);
void mute_opened(struct step *s);

/* ---- being introduced to the shop's server (pairing.c) ---- */

void pairing_intent(struct step *s);
void pairing_told(struct step *s);

/* ---- feedback (feedback.c) ---- */

void feedback_intent(struct step *s);
void feedback_rated(struct step *s);
void feedback_comment_yes(struct step *s);
void feedback_done(struct step *s);
/* Words that are none of ours, and a second opinion, after the question for a comment; false if there was none. */
bool feedback_takes(struct step *s);

#endif
