/* What the page shows of now: the speaker, the talk, the basket, a person of the shop, and what its owner is to know.
 */
#include <string.h>

#include "base/log.h"
#include "base/money.h"
#include "base/str.h"
#include "shop/outbox.h"
#include "shop/tickets.h"
#include "web/site.h"

enum { TURNS_SHOWN = 20, REPLY_MAX_BYTES = 1024 };

/* ---- the store ---- */

const char *store_why(err_t err) {
    return err == ERR_NOT_FOUND ? "none" : err == ERR_VERSION ? "version" : err == ERR_BUSY ? "busy" : "broken";
}

/* The operator is told once. */
err_t store_open(struct visit *v, struct shop **out) {
    const struct web_config *config = &v->site->config;
    err_t err = shop_open_to_read(out, config->db, config->schema);
    if (err && err != v->site->trouble) log_warning("%s", err_reason());
    if (!err && v->site->trouble) log_info("the database can be read now");
    v->site->trouble = err;
    return err;
}

json_t *money_json(int64_t minor, const char *currency) {
    return json_pack("{s:I,s:s,s:i}", "minor", (json_int_t)minor, "currency", currency, "digits",
                     currency_digits(currency));
}

json_t *quantity_json(int milli) {
    return milli % 1000 ? json_real(milli / 1000.0) : json_integer(milli / 1000);
}

json_t *time_json(int64_t ms) {
    return ms ? json_integer(ms) : json_null();
}

/* ---- the speaker ---- */

static json_t *speaker_json(struct visit *v) {
    static const char *const shown[] = {"state", "sound", "muted", "mute_switch", "volume"};
    const struct web_config *config = &v->site->config;
    char text[REPLY_MAX_BYTES];
    json_t *told = config->ask(config->ctx, "status", text, sizeof text) ? NULL : json_loads(text, 0, NULL);
    json_t *o = json_pack("{s:b}", "answers", told != NULL);
    for (size_t i = 0; told && i < sizeof shown / sizeof *shown; i++)
        json_object_set(o, shown[i], json_object_get(told, shown[i]));
    json_decref(told);
    return o;
}

/* ---- the talk ---- */

static void add_turn(void *ctx, int64_t id, int64_t at_ms, const char *who, const char *text) {
    json_array_append_new(ctx, json_pack("{s:I,s:I,s:s,s:s}", "id", (json_int_t)id, "at_ms", (json_int_t)at_ms, "who",
                                         who, "text", text));
}

static err_t put_turns(struct visit *v, struct shop *shop) {
    json_t *turns = json_array();
    json_object_set_new(v->answer.json, "turns", turns);
    return conversation_last(shop, TURNS_SHOWN, add_turn, turns);
}

/* ---- the basket ---- */

static json_t *line_json(const struct cart_line *line, const char *currency) {
    return json_pack("{s:s,s:s,s:o,s:o}", "title", line->title, "options", line->options, "quantity",
                     quantity_json(line->quantity_milli), "total", money_json(line->total_minor, currency));
}

static err_t put_basket(struct visit *v, struct shop *shop) {
    struct cart cart;
    TRY(cart_get(shop, v->now_ms, &cart));
    json_t *lines = json_array();
    for (int i = 0; i < cart.n_lines; i++) json_array_append_new(lines, line_json(&cart.lines[i], cart.currency));
    json_t *basket = json_pack(
        "{s:o,s:o,s:o,s:o}", "lines", lines, "delivery", money_json(cart.delivery_minor, cart.currency), "discount",
        money_json(cart.coupon.discount_minor, cart.currency), "total", money_json(cart.total_minor, cart.currency));
    json_object_set_new(v->answer.json, "basket", basket);
    return ERR_OK;
}

/* ---- a person of the shop ---- */

static void add_message(void *ctx, const struct ticket_line *line) {
    json_array_append_new(ctx, json_pack("{s:I,s:s,s:s,s:s}", "at_ms", (json_int_t)line->at_ms, "who", line->who,
                                         "name", line->name, "text", line->text));
}

static err_t put_person(struct visit *v, struct shop *shop) {
    struct ticket t;
    err_t err = ticket_current(shop, &t);
    json_object_set_new(v->answer.json, "person", json_null());
    if (err == ERR_NOT_FOUND) return ERR_OK;
    TRY(err);
    json_t *messages = json_array();
    json_object_set_new(v->answer.json, "person",
                        json_pack("{s:s,s:I,s:s,s:b,s:o}", "ticket", t.code, "opened_ms", (json_int_t)t.opened_ms,
                                  "question", t.question, "answered", t.answered, "messages", messages));
    return ticket_messages(shop, &t, add_message, messages);
}

/* ---- all of it ---- */

static err_t put_shop(struct visit *v, struct shop *shop) {
    struct shop_profile profile;
    bool offline;
    int64_t contact_ms;
    TRY(shop_profile(shop, &profile));
    TRY(sync_contact(shop, &offline, &contact_ms));
    json_object_set_new(
        v->answer.json, "shop",
        json_pack("{s:s,s:s,s:b}", "name", profile.name, "assistant", profile.assistant, "offline", offline));
    return ERR_OK;
}

static err_t put_stored(struct visit *v, struct shop *shop) {
    TRY(put_shop(v, shop));
    TRY(put_turns(v, shop));
    TRY(put_basket(v, shop));
    return put_person(v, shop);
}

/* Either half may be missing: the page says so, and shows the other. */
void answer_now(struct visit *v) {
    struct shop *shop;
    v->answer.json = json_pack("{s:o}", "speaker", speaker_json(v));
    err_t err = store_open(v, &shop);
    if (!err) {
        err = put_stored(v, shop);
        shop_close(shop);
    }
    json_object_set_new(v->answer.json, "store", err ? json_string(store_why(err)) : json_string("ok"));
}

/* ---- the owner ---- */

static void add_finding(void *to, const char *what, bool ok, const char *text) {
    json_array_append_new(to, json_pack("{s:s,s:b,s:s}", "what", what, "ok", ok, "text", text));
}

void answer_owner(struct visit *v) {
    const struct web_config *config = &v->site->config;
    struct shop *shop;
    json_t *list = json_array();
    err_t err = store_open(v, &shop);
    if (!err) {
        err = config->findings(config->ctx, shop, v->now_ms, add_finding, list);
        shop_close(shop);
    }
    if (err) {
        json_decref(list);
        v->answer = answer_error(503, store_why(err));
        return;
    }
    v->answer.json = json_pack("{s:o}", "findings", list);
}
