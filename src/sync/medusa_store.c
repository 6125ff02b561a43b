#include "sync/medusa_store.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"

enum { REGIONS_MAX = 100, COUNTRIES_MAX = 300 };

/* ---- what the answers mean ---- */

/* {"type": "not_allowed", "code": "insufficient_inventory", "message": "..."}; the code is not always there. */
static struct outcome refusal_of(const struct node *root, int status) {
    char type[32], code[40], message[160];
    if (node_text(root, "type", type, sizeof type) || node_text_if(root, "code", code, sizeof code, true) ||
        node_text_if(root, "message", message, sizeof message, true))
        return medusa_unreadable();
    bool key = status == 401 || status == 403 || strcasestr(message, "publishable") != NULL;
    if (status >= 500 || status == 409 || status == 429) return outcome_of(OUTCOME_DOUBTFUL, REFUSAL_NONE, message);
    if (status == 404 && str_equal(type, "not_found")) return outcome_of(OUTCOME_MISSING, REFUSAL_NONE, message);
    if (key) return outcome_of(OUTCOME_REFUSED, REFUSAL_TOKEN, message);
    if (str_equal(code, "insufficient_inventory")) return outcome_of(OUTCOME_REFUSED, REFUSAL_STOCK, message);
    return outcome_of(OUTCOME_REFUSED, strstr(message, "ariant") ? REFUSAL_GONE : REFUSAL_OTHER, message);
}

static const char how_known[] =
    "the shop does not know this speaker: put the publishable API key of its web shop (pk_...) into the token file";

static const struct medusa_face store_api = {
    .root = "/store",
    .currency = "currency_code",
    .publishable = true,
    .absent = "the server has no Store API of Medusa at this address",
    .unknown = how_known,
    .refusal = refusal_of,
};

struct outcome store_ask(struct store *s, const char *method, const char *path, struct body *body,
                         struct medusa_answer *a) {
    struct outcome o = medusa_send(&s->medusa, &(struct medusa_ask){.method = method, .path = path, .body = body}, a);
    if (body) body_free(body);
    return o;
}

/* ---- where the shop is ---- */

static err_t read_country(struct store *s, const struct node *region) {
    const struct node *countries, *country;
    size_t n;
    if (*s->country) return ERR_OK;
    TRY(node_array(region, "countries", COUNTRIES_MAX, &countries, &n));
    if (n != 1)
        return err_fail(ERR_FORMAT, "the shop delivers to %zu countries: name one in the settings, [server] country",
                        n);
    TRY(node_at(countries, 0, &country));
    return node_text(country, "iso_2", s->country, sizeof s->country);
}

static bool is_it(const struct store *s, const char *id, const char *currency) {
    return *s->region ? str_equal(id, s->region) : strcasecmp(currency, s->medusa.currency) == 0;
}

static err_t read_region(struct store *s, const struct node *root) {
    const struct node *regions, *o, *found = NULL;
    char id[SHOP_ID_MAX], currency[8];
    size_t n, many = 0;
    TRY(node_array(root, "regions", REGIONS_MAX, &regions, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(node_at(regions, i, &o));
        TRY(node_text(o, "id", id, sizeof id));
        TRY(node_text(o, "currency_code", currency, sizeof currency));
        if (!is_it(s, id, currency)) continue;
        many++;
        found = o;
    }
    if (many != 1)
        return err_fail(ERR_FORMAT,
                        "the shop has %zu regions that sell in %s: name one in the settings, [server] region", many,
                        s->medusa.currency);
    TRY(medusa_currency(&s->medusa, found));
    TRY(read_country(s, found));
    return node_text(found, "id", s->region, sizeof s->region);
}

struct outcome store_region(struct store *s) {
    struct medusa_answer a;
    if (s->region_known) return outcome_of(OUTCOME_DONE, REFUSAL_NONE, "");
    struct outcome o = store_ask(s, "GET", "/regions?limit=100&fields=id,currency_code,countries.iso_2", NULL, &a);
    if (o.kind == OUTCOME_DONE && read_region(s, a.root)) o = medusa_unreadable();
    s->region_known = o.kind == OUTCOME_DONE;
    medusa_free(&a);
    return o;
}

/* ---- what it cannot do ---- */

static struct outcome cannot(const char *what) {
    char why[200];
    snprintf(why, sizeof why, "the shop has no plug-in for speakers, so %s: its people have to be asked", what);
    return outcome_of(OUTCOME_REFUSED, REFUSAL_NEVER, why);
}

static struct outcome nothing_new(void) {
    return outcome_of(OUTCOME_UNCHANGED, REFUSAL_NONE, "");
}

static struct outcome no_pair(struct backend *b, const char *name, struct pairing *out) {
    (void)b, (void)name, (void)out;
    return outcome_of(OUTCOME_REFUSED, REFUSAL_NEVER, how_known);
}

static struct outcome no_token(struct backend *b, const struct pairing *p) {
    (void)b, (void)p;
    return outcome_of(OUTCOME_REFUSED, REFUSAL_NEVER, how_known);
}

static struct outcome no_list(struct backend *b, int limit, void (*fn)(void *ctx, const struct tracking *t),
                              void *ctx) {
    (void)b, (void)limit, (void)fn, (void)ctx;
    return nothing_new(); /* nobody has asked for it */
}

static struct outcome no_cancel(struct backend *b, const char *key) {
    (void)b, (void)key;
    return cannot("an order cannot be cancelled from here");
}

static struct outcome no_readdress(struct backend *b, const char *key, const char *address) {
    (void)b, (void)key, (void)address;
    return cannot("an order cannot be sent elsewhere from here");
}

static struct outcome no_send_back(struct backend *b, const struct outgoing_return *r) {
    (void)b, (void)r;
    return cannot("nothing can be sent back from here");
}

static struct outcome no_hand_over(struct backend *b, const struct outgoing_ticket *t, const char *packet) {
    (void)b, (void)t, (void)packet;
    return cannot("nobody there gets messages of a speaker");
}

static struct outcome no_say(struct backend *b, const char *ticket, const char *key, const char *text, int64_t at_ms) {
    (void)b, (void)ticket, (void)key, (void)text, (void)at_ms;
    return cannot("nobody there gets messages of a speaker");
}

static struct outcome no_heard(struct backend *b, const char *message, int64_t at_ms) {
    (void)b, (void)message, (void)at_ms;
    return nothing_new();
}

static struct outcome no_hang_up(struct backend *b, const char *ticket, int64_t at_ms) {
    (void)b, (void)ticket, (void)at_ms;
    return nothing_new();
}

static struct outcome no_messages(struct backend *b, const char *after, struct desk_page *out) {
    (void)b, (void)after, (void)out;
    return nothing_new();
}

/* ---- life ---- */

static err_t open_store(struct backend **out, const struct backend_config *config) {
    struct backend *b;
    TRY(medusa_open(&b, config, &backend_medusa_store, &store_api, sizeof(struct store)));
    struct store *s = (struct store *)b;
    if (str_copy(s->region, sizeof s->region, config->region ? config->region : "") &&
        str_copy(s->country, sizeof s->country, config->country ? config->country : "") &&
        str_copy(s->email, sizeof s->email, config->email ? config->email : "")) {
        *out = b;
        return ERR_OK;
    }
    medusa_close(b);
    return err_fail(ERR_RANGE, "region, country or email in the settings of the server is too long");
}

const struct backend_ops backend_medusa_store = {
    .name = "medusa-store",
    .needs_server = true,
    .limits =
        "without the plug-in: orders cannot be cancelled, sent elsewhere or sent back from here, there are no parcel "
        "numbers, no orders of the web shop and no messages, prices and stock are up to an hour old, payment is on "
        "delivery or by invoice, and an order during which the server dies is left to the shop's people",
    .open = open_store,
    .close = medusa_close,
    .pair = no_pair,
    .pair_token = no_token,
    .account = store_account,
    .changes = store_changes,
    .quote = store_quote,
    .prepare = store_prepare,
    .place = store_place,
    .find = store_find,
    .status = store_status,
    .list = no_list,
    .cancel = no_cancel,
    .readdress = no_readdress,
    .send_back = no_send_back,
    .hand_over = no_hand_over,
    .say = no_say,
    .heard = no_heard,
    .hang_up = no_hang_up,
    .messages = no_messages,
};
