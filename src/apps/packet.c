#include "apps/packet.h"

#include "apps/json.h"
#include "base/clock.h"
#include "base/str.h"

static json_t *customer(const struct customer *c) {
    return json_pack("{s:s,s:s}", "name", c->name, "address", c->address);
}

static json_t *basket(const struct cart *c) {
    json_t *lines = json_array();
    for (int i = 0; i < c->n_lines; i++) {
        const struct cart_line *l = &c->lines[i];
        json_array_append_new(lines, json_pack("{s:s,s:s,s:o,s:o}", "title", l->title, "options", l->options,
                                               "quantity", json_rounded(l->quantity_milli / 1000.0, 3), "total",
                                               json_money(l->total_minor, c->currency)));
    }
    return json_pack("{s:o,s:o,s:s}", "lines", lines, "total", json_money(c->total_minor, c->currency), "currency",
                     c->currency);
}

struct talk {
    json_t *lines, *tried;
};

static bool has(const json_t *array, const char *text) {
    for (size_t i = 0; i < json_array_size(array); i++) {
        if (str_equal(json_string_value(json_array_get(array, i)), text)) return true;
    }
    return false;
}

static void add_turn(void *ctx, const struct ticket_line *line) {
    struct talk *talk = ctx;
    json_array_append_new(talk->lines, json_pack("{s:o,s:s,s:s,s:s}", "at", json_time(line->at_ms), "who", line->who,
                                                 "text", line->text, "intent", line->intent));
    if (str_equal(line->who, "shopper") && !has(talk->tried, line->intent))
        json_array_append_new(talk->tried, json_string(line->intent));
}

static void add_message(void *ctx, const struct ticket_line *line) {
    json_array_append_new(ctx, json_pack("{s:o,s:s,s:s,s:s,s:o}", "at", json_time(line->at_ms), "who", line->who,
                                         "name", line->name, "text", line->text, "heard", json_time(line->heard_ms)));
}

err_t packet_make(json_t **out, struct shop *shop, const struct ticket *t, int64_t now_ms) {
    struct customer who = {0};
    struct cart cart;
    err_t err = customer_get(shop, &who);
    if (err && err != ERR_NOT_FOUND) return err; /* a guest has no name */
    TRY(cart_get(shop, now_ms, &cart));
    struct talk talk = {.lines = json_array(), .tried = json_array()};
    json_t *messages = json_array();
    err = ticket_transcript(shop, t, add_turn, &talk);
    if (!err) err = ticket_messages(shop, t, add_message, messages);
    if (err) {
        json_decref(talk.lines);
        json_decref(talk.tried);
        json_decref(messages);
        return err;
    }
    *out = json_pack("{s:s,s:s,s:s,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "ticket", t->code, "why", t->why, "question",
                     t->question, "opened", json_time(t->opened_ms), "customer", customer(&who), "basket",
                     basket(&cart), "tried", talk.tried, "transcript", talk.lines, "messages", messages, "closed",
                     json_time(t->closed_ms));
    return *out ? ERR_OK : err_fail(ERR_MEMORY, "not enough memory for the packet of ticket %s", t->code);
}
