/* The catalogue page by page, where orders are, who buys: as the shop's server tells it. */
#include "support.h"

#include "shop/account.h"
#include "shop/desk.h"
#include "shop/feed.h"
#include "shop/outbox.h"
#include "shop/quoted.h"
#include "shop/tickets.h"
#include "shop/tracking.h"

static struct feed_product product(const char *id, const char *title, int64_t price_minor) {
    struct feed_product p = {.n_variants = 1, .rating_centi = RATING_NONE};
    snprintf(p.id, sizeof p.id, "%s", id);
    snprintf(p.title, sizeof p.title, "%s", title);
    p.variants[0] = (struct feed_variant){.price_minor = price_minor, .stock = STOCK_UNLIMITED};
    snprintf(p.variants[0].id, sizeof p.variants[0].id, "v_%.40s", id);
    return p;
}

/* A page of these products. */
static err_t page(struct shop *s, const char *from, const char *to, bool more, const struct feed_product *v, int n,
                  struct feed_report *report) {
    struct feed *f;
    assert_ok(feed_open(&f, s, NULL, NOW));
    assert_ok(feed_begin(f, from));
    err_t err = ERR_OK;
    for (int i = 0; i < n && !err; i++) err = feed_put(f, &v[i]);
    err = feed_end(f, err, to, "e", more);
    feed_report(f, report);
    feed_close(f);
    return err;
}

static int64_t sold(struct shop *s) {
    return count(s, "SELECT count(*) FROM variant WHERE position = 0");
}

static void filled_and_changed(void **state) {
    static struct feed_product v[2];
    struct shop *s = shop_with("id,title,price\nsample,Sample Soap,1.00\n");
    struct feed_report r;
    char cursor[CURSOR_MAX], etag[64];
    (void)state;
    v[0] = product("p1", "Oat Milk", 249);
    v[1] = product("p2", "Green Tea", 505);
    assert_ok(page(s, "", "c1", true, v, 1, &r));
    assert_ok(feed_where(s, cursor, etag, sizeof etag));
    assert_string_equal(cursor, "c1"); /* a fill that is broken off goes on here */
    assert_string_equal(etag, "");
    assert_int_equal(sold(s), 2); /* the sample stays until all is here */
    assert_ok(page(s, "c1", "c2", false, v + 1, 1, &r));
    assert_int_equal(sold(s), 2);
    assert_int_equal(count(s, "SELECT count(*) FROM sold WHERE shop_id = 'sample'"), 0);
    assert_true(r.names);
    assert_ok(feed_where(s, cursor, etag, sizeof etag));
    assert_string_equal(etag, "e");

    v[0].variants[0].price_minor = 299; /* a price is no name */
    assert_ok(page(s, "c2", "c3", false, v, 1, &r));
    assert_false(r.names);
    assert_int_equal(product_find(s, "oat milk").price_minor, 299);
    snprintf(v[0].title, sizeof v[0].title, "Barley Milk");
    assert_ok(page(s, "c3", "c4", false, v, 1, &r));
    assert_true(r.names);
    assert_int_equal(product_find(s, "barley milk").price_minor, 299);
    v[0].gone = true;
    assert_ok(page(s, "c4", "c5", false, v, 1, &r));
    assert_int_equal(r.gone, 1);
    assert_int_equal(sold(s), 1);
    shop_close(s);
}

static void variants_come_and_go(void **state) {
    static struct feed_product p;
    struct shop *s = shop_in_memory();
    struct feed_report r;
    (void)state;
    p = product("p1", "Oat Milk", 249);
    p.n_variants = 2;
    p.variants[1] = (struct feed_variant){
        .id = "v_big", .options = "size: two litres", .price_minor = 399, .stock = 3, .pieces = 6};
    assert_ok(page(s, "", "c1", false, &p, 1, &r));
    assert_int_equal(count(s, "SELECT count(*) FROM sold"), 2);
    struct product big;
    assert_ok(catalog_variant(s, count(s, "SELECT id FROM variant WHERE shop_id = 'v_big'"), &big));
    assert_int_equal(big.stock, 3);
    assert_int_equal(big.pieces, 6);
    p.variants[0] = p.variants[1];
    p.n_variants = 1;
    assert_ok(page(s, "c1", "c2", false, &p, 1, &r));
    assert_int_equal(count(s, "SELECT count(*) FROM sold"), 1);
    assert_int_equal(count(s, "SELECT position FROM variant WHERE shop_id = 'v_big'"), 0);
    shop_close(s);
}

static void a_bad_page_leaves_everything(void **state) {
    static struct feed_product v[2];
    struct shop *s = shop_in_memory();
    struct feed_report r;
    char cursor[CURSOR_MAX], etag[64];
    (void)state;
    v[0] = product("p1", "Oat Milk", 249);
    assert_ok(page(s, "", "c1", false, v, 1, &r));
    v[0] = product("p1", "Changed", 1);
    v[1] = product("p2", "", 1);
    assert_int_equal(page(s, "c1", "c2", false, v, 2, &r), ERR_FORMAT);
    assert_reason("has no title");
    assert_int_equal(product_find(s, "oat milk").price_minor, 249);
    assert_ok(feed_where(s, cursor, etag, sizeof etag));
    assert_string_equal(cursor, "c1");
    v[0].n_variants = 0;
    assert_int_equal(page(s, "c1", "c2", false, v, 1, &r), ERR_FORMAT);
    v[0] = product("p1", "Changed", 1);
    snprintf(v[0].variants[0].id, FEED_ID_MAX, "p1"); /* the id of a product */
    assert_int_equal(page(s, "c1", "c2", false, v, 1, &r), ERR_FORMAT);
    assert_int_equal(r.products, 0);
    shop_close(s);
}

/* A server that lost its products is not believed. */
static void an_empty_shop_is_a_fault(void **state) {
    static struct feed_product v[40];
    struct shop *s = shop_in_memory();
    struct feed_report r;
    (void)state;
    for (int i = 0; i < 40; i++) {
        char id[16];
        snprintf(id, sizeof id, "p%d", i);
        v[i] = product(id, "Something", 100);
    }
    assert_ok(page(s, "", "c1", false, v, 40, &r));
    assert_ok(feed_restart(s));
    assert_int_equal(page(s, "", "c2", false, v, 1, &r), ERR_RANGE);
    assert_reason("stays as it is");
    assert_int_equal(sold(s), 40);
    assert_ok(page(s, "", "c2", false, v, 30, &r));
    assert_int_equal(sold(s), 30);
    shop_close(s);
}

/* ---- where orders are ---- */

static struct tracking told(const char *remote, const char *key, enum order_state state) {
    struct tracking t = {.state = state, .placed_ms = NOW, .total_minor = 748, .delivery_minor = 499, .n_lines = 1};
    snprintf(t.remote, sizeof t.remote, "%s", remote);
    snprintf(t.key, sizeof t.key, "%s", key);
    snprintf(t.number, sizeof t.number, "555");
    t.lines[0] = (struct tracked_line){.title = "Oat Milk", .quantity_milli = 1000, .price_minor = 249};
    return t;
}

static struct order placed_order(struct shop *s) {
    struct order o;
    assert_ok(cart_add(s, product_find(s, "oat milk").variant, "", 0, 2000, NOW));
    assert_ok(order_place(s, "key-1", NOW, &o));
    struct outgoing row;
    bool any;
    assert_ok(outbox_due(s, 0, NOW, &row, &any));
    assert_true(any);
    assert_ok(order_settle_placed(s, &row, "order_1", false, NOW));
    return o;
}

static void orders_move(void **state) {
    struct shop *s = shop_with("id,title,price\nmilk,Oat Milk,2.49\n");
    struct tracked t;
    struct orders found;
    bool any, moved;
    (void)state;
    placed_order(s);
    assert_ok(tracking_due(s, NOW, &t, &any));
    assert_false(any);
    assert_ok(tracking_due(s, NOW + 60000, &t, &any));
    assert_true(any);
    assert_string_equal(t.order, "key-1");
    struct tracking where = told("order_1", "key-1", ORDER_SHIPPED);
    where.n_parcels = 1;
    where.parcels[0] = (struct tracked_parcel){.carrier = "Parcel Star", .shipped_ms = NOW, .n = 1, .positions = {1}};
    assert_ok(tracking_put(s, &where, "\"e1\"", NOW + 1, &moved));
    assert_true(moved);
    assert_ok(tracking_put(s, &where, "\"e1\"", NOW + 2, &moved));
    assert_false(moved);
    assert_ok(orders_find(s, &(struct order_query){.which = ORDERS_ALL}, &found));
    assert_int_equal(found.n, 1);
    assert_int_equal(found.v[0].state, ORDER_SHIPPED);
    assert_string_equal(found.v[0].carrier, "Parcel Star");
    assert_true(found.v[0].lines[0].shipped);
    assert_int_equal(found.v[0].as_of_ms, NOW + 2);
    assert_ok(tracking_same(s, t.id, NOW + 9));
    assert_ok(tracking_polled(s, t.id, NOW + 5000, 3));
    assert_ok(tracking_due(s, NOW, &t, &any));
    assert_false(any);
    assert_ok(tracking_due(s, NOW + 5000, &t, &any));
    assert_string_equal(t.etag, "\"e1\"");
    assert_int_equal(t.polls, 3);
    assert_ok(tracking_due(s, NOW - 400 * DAY, &t, &any)); /* the clock was wrong */
    assert_true(any);
    where.state = ORDER_DELIVERED;
    assert_ok(tracking_put(s, &where, "", NOW + 10, &moved));
    assert_ok(tracking_due(s, NOW + DAY, &t, &any)); /* over */
    assert_false(any);
    shop_close(s);
}

static void orders_made_elsewhere(void **state) {
    struct shop *s = shop_with("id,title,price\nmilk,Oat Milk,2.49\n");
    struct orders found;
    bool moved;
    (void)state;
    struct tracking web = told("order_9", "", ORDER_PACKED);
    web.lines[0].position = 1;
    web.lines[1] = (struct tracked_line){.position = 3, .title = "Rolls", .quantity_milli = 1000}; /* 2 was taken out */
    web.n_lines = 2;
    web.n_parcels = 1;
    web.parcels[0] = (struct tracked_parcel){.shipped_ms = NOW, .n = 1, .positions = {3}};
    for (int i = 0; i < 2; i++) assert_ok(tracking_put(s, &web, NULL, NOW, &moved));
    assert_ok(orders_find(s, &(struct order_query){.which = ORDERS_ALL}, &found));
    assert_int_equal(found.n, 1);
    assert_int_equal(found.v[0].state, ORDER_PACKED);
    assert_int_equal(found.v[0].total_minor, 748);
    assert_int_equal(found.v[0].n_lines, 2);
    assert_false(found.v[0].lines[0].shipped);
    assert_true(found.v[0].lines[1].shipped);
    snprintf(web.remote, sizeof web.remote, "order_10"); /* another one, with a number that is taken */
    assert_ok(tracking_put(s, &web, NULL, NOW, &moved));
    assert_int_equal(count(s, "SELECT count(*) FROM orders"), 1);
    shop_close(s);
}

static void a_cancelled_order_stays_cancelled(void **state) {
    struct shop *s = shop_with("id,title,price\nmilk,Oat Milk,2.49\n");
    struct order o = placed_order(s);
    bool moved = false;
    (void)state;
    assert_ok(order_cancel(s, o.number, NOW, &o));
    struct tracking where = told("order_1", "key-1", ORDER_PLACED); /* the shop has not heard of it yet */
    assert_ok(tracking_put(s, &where, "", NOW, &moved));
    assert_int_equal(count(s, "SELECT count(*) FROM orders WHERE state = 'cancelled'"), 1);
    shop_close(s);
}

/* ---- who buys ---- */

static void the_account(void **state) {
    struct shop *s = shop_with("id,title,price\nmilk,Oat Milk,2.49\n");
    struct account a = {
        .customer = "cus_1", .name = "Ann", .address = "1 Elm Street", .n_addresses = 1, .n_payments = 1, .n_ways = 1};
    struct ways ways;
    struct payments payments;
    struct addresses addresses;
    struct customer c;
    (void)state;
    a.addresses[0] = (struct address){.nickname = "your office", .text = "9 High Street"};
    a.payments[0] = (struct payment){.nickname = "blue card"};
    a.ways[0] = (struct account_way){
        .id = "so_1", .name = "standard delivery", .price_minor = 499, .free_from_minor = 3500, .days = 2};
    for (int i = 0; i < 2; i++) assert_ok(account_put(s, &a));
    assert_ok(customer_get(s, &c));
    assert_string_equal(c.name, "Ann");
    assert_ok(delivery_ways(s, &ways));
    assert_int_equal(ways.n, 1);
    assert_int_equal(ways.v[0].price_minor, 499);
    assert_ok(payment_methods(s, &payments));
    assert_int_equal(payments.n, 1);
    assert_ok(customer_addresses(s, &addresses));
    assert_int_equal(addresses.n, 1);
    struct order o;
    struct outgoing_order out;
    assert_ok(cart_add(s, product_find(s, "oat milk").variant, "", 0, 2000, NOW));
    assert_ok(cart_send_to(s, "office", NOW));
    assert_ok(order_place(s, "key-2", NOW, &o));
    assert_ok(outgoing_order_read(s, count(s, "SELECT id FROM orders WHERE key = 'key-2'"), &out));
    assert_string_equal(out.way, "so_1");
    assert_string_equal(out.address, "your office");
    assert_string_equal(out.payment, "blue card");
    assert_string_equal(out.lines[0].variant, "milk");
    assert_int_equal(out.lines[0].quantity_milli, 2000);
    assert_int_equal(out.agreed_minor, o.total_minor);
    a.customer[0] = '\0';
    assert_int_equal(account_put(s, &a), ERR_FORMAT);
    shop_close(s);
}

/* ---- the basket in hand ---- */

static void the_total_of_the_shop(void **state) {
    struct shop *s = shop_with("id,title,price\nmilk,Oat Milk,2.49\n");
    struct outgoing_order basket;
    struct feed_report r;
    static struct feed_product p;
    struct cart cart;
    struct order o;
    int64_t version;
    bool any;
    (void)state;
    assert_ok(basket_unquoted(s, NOW, &basket, &version, &any));
    assert_false(any);
    assert_ok(cart_add(s, product_find(s, "oat milk").variant, "", 0, 2000, NOW));
    assert_ok(basket_unquoted(s, NOW, &basket, &version, &any));
    assert_true(any);
    assert_int_equal(basket.n_lines, 1);
    assert_string_equal(basket.lines[0].variant, "milk");
    assert_ok(cart_add(s, product_find(s, "oat milk").variant, "", 0, 1000, NOW));
    assert_ok(basket_quote_keep(s, version, 600, 50)); /* of a basket that is another now */
    assert_ok(cart_get(s, NOW, &cart));
    assert_false(cart.quoted);
    assert_int_equal(cart.total_minor, 747);
    assert_ok(basket_unquoted(s, NOW, &basket, &version, &any));
    assert_ok(basket_quote_keep(s, version, 800, 50));
    assert_ok(cart_get(s, NOW, &cart));
    assert_true(cart.quoted);
    assert_int_equal(cart.total_minor, 800);
    assert_int_equal(cart.delivery_minor, 50);
    assert_ok(basket_unquoted(s, NOW, &basket, &version, &any));
    assert_false(any);
    p = product("p9", "Green Tea", 505);
    assert_ok(page(s, "c", "d", false, &p, 1, &r)); /* prices may have changed */
    assert_ok(cart_get(s, NOW, &cart));
    assert_int_equal(cart.total_minor, 747);
    assert_ok(basket_unquoted(s, NOW, &basket, &version, &any));
    assert_ok(basket_quote_keep(s, version, 810, 50));
    assert_ok(order_place(s, "key-3", NOW, &o));
    assert_int_equal(o.total_minor, 810);
    assert_ok(cart_get(s, NOW, &cart));
    assert_false(cart.quoted);
    shop_close(s);
}

/* ---- the desk ---- */

static void messages_once(void **state) {
    struct shop *s = shop_in_memory();
    struct ticket t;
    struct outgoing row;
    struct outgoing_ticket out;
    struct desk_unsent unsent;
    struct person_message heard;
    bool again, any;
    int64_t open;
    (void)state;
    assert_ok(ticket_open(s, "ticket-key-1", "asked", "help", NOW, &t, &again));
    assert_ok(ticket_say(s, t.code, "my milk was sour", NOW));
    assert_ok(desk_unsent(s, 0, &unsent, &any));
    assert_false(any); /* the packet goes first */
    assert_ok(outbox_due(s, 0, NOW, &row, &any));
    assert_int_equal(row.kind, OUTGOING_HANDOVER);
    assert_ok(outgoing_ticket_read(s, row.subject, &out));
    assert_string_equal(out.key, "ticket-key-1");
    assert_ok(ticket_settle(s, &row));
    assert_ok(desk_open_tickets(s, &open));
    assert_int_equal(open, 1);
    assert_ok(desk_unsent(s, 0, &unsent, &any));
    assert_true(any);
    assert_string_equal(unsent.text, "my milk was sour");
    assert_string_equal(unsent.ticket, "ticket-key-1");
    assert_ok(desk_sent(s, unsent.id));
    struct desk_reply replies[] = {{.id = "1", .ticket = "ticket-key-1", .name = "Alex", .text = "Sorry!"},
                                   {.id = "2", .ticket = "nobody's", .name = "Alex", .text = "?"},
                                   {.id = "3", .ticket = "ticket-key-1", .name = "Alex", .closed = true, .text = ""}};
    for (int i = 0; i < 2; i++) assert_ok(desk_take(s, replies, 3, "3", NOW));
    assert_int_equal(count(s, "SELECT count(*) FROM ticket_message WHERE who <> 'shopper'"), 2);
    assert_ok(desk_open_tickets(s, &open));
    assert_int_equal(open, 0);
    assert_ok(ticket_unheard(s, &heard, &any));
    assert_string_equal(heard.text, "Sorry!");
    assert_ok(ticket_heard(s, heard.id, NOW + 5));
    assert_ok(desk_unsent(s, 0, &unsent, &any));
    assert_true(any);
    assert_string_equal(unsent.heard, "1");
    assert_int_equal(unsent.at_ms, NOW + 5);
    shop_close(s);
}

static void closed_by_the_shopper(void **state) {
    struct shop *s = shop_in_memory();
    struct ticket t;
    struct outgoing row;
    char key[KEY_MAX_BYTES];
    bool again, any;
    int64_t ticket, at_ms;
    (void)state;
    assert_ok(ticket_open(s, "ticket-key-1", "asked", "help", NOW, &t, &again));
    assert_ok(outbox_due(s, 0, NOW, &row, &any));
    assert_ok(ticket_settle(s, &row));
    assert_ok(ticket_close(s, t.code, NULL, NOW + 7));
    assert_ok(desk_unclosed(s, 0, &ticket, key, &at_ms, &any));
    assert_true(any);
    assert_string_equal(key, "ticket-key-1");
    assert_int_equal(at_ms, NOW + 7);
    assert_ok(desk_closed(s, ticket));
    assert_ok(desk_unclosed(s, 0, &ticket, key, &at_ms, &any));
    assert_false(any);
    shop_close(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(filled_and_changed),
        cmocka_unit_test(variants_come_and_go),
        cmocka_unit_test(a_bad_page_leaves_everything),
        cmocka_unit_test(an_empty_shop_is_a_fault),
        cmocka_unit_test(orders_move),
        cmocka_unit_test(orders_made_elsewhere),
        cmocka_unit_test(a_cancelled_order_stays_cancelled),
        cmocka_unit_test(the_account),
        cmocka_unit_test(the_total_of_the_shop),
        cmocka_unit_test(messages_once),
        cmocka_unit_test(closed_by_the_shopper),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
