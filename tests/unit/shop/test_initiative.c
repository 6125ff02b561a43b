/* What may be said unasked: remarks, what goes together, what was looked at. */
#include "support.h"

#include "base/str.h"

static const int64_t HOUR = INT64_C(3600000);

static const char *const PRODUCTS =
    "id,title,price,stock\ncoffee,Coffee,10.00,\nfilter,Filters,3.00,\nmilk,Milk,2.00,\n"
    "cake,Cake,5.00,\nlamp,Lamp,20.00,0\ntea,Tea,4.00,\n";

/* Nine orders: coffee and filters go together, milk goes with everything. `orders` is more of orders.csv, `lines` of
 * order_lines.csv. */
static struct shop *load(const char *orders, const char *lines) {
    char text[4096];
    struct shop *s = shop_in_memory();
    struct import_report report = report_make();
    file_write("shop.ini", "[shop]\nname = Shop\nassistant = Ada\ncurrency = USD\ntimezone = UTC\n");
    file_write("products.csv", PRODUCTS);
    file_write("customers.csv", "id,name\na,Ann\nb,Bob\n");
    snprintf(text, sizeof text,
             "number,customer,state,placed\n101,b,delivered,-90d\n102,b,delivered,-80d\n103,b,delivered,-70d\n"
             "104,b,delivered,-60d\n105,b,delivered,-50d\n106,b,cancelled,-40d\n107,b,cancelled,-30d\n%s",
             orders);
    file_write("orders.csv", text);
    snprintf(
        text, sizeof text,
        "order,variant,price\n101,coffee,\n101,filter,\n101,milk,\n102,coffee,\n102,filter,\n103,milk,\n103,cake,\n"
        "104,milk,\n105,milk,\n105,tea,\n106,tea,\n106,cake,\n107,tea,\n107,cake,\n%s",
        lines);
    file_write("order_lines.csv", text);
    assert_ok(shop_load(s, folder, NULL, &report, NOW));
    assert_string_equal(complaints, "");
    assert_ok(together_prepare(s));
    return s;
}

static int64_t with(struct shop *s, int64_t variant) {
    struct product p;
    assert_ok(together_with(s, variant, NOW, &p));
    return p.variant;
}

static void what_goes_together(void **state) {
    (void)state;
    struct shop *s = load("", "");
    int64_t coffee = product_find(s, "coffee").variant, filter = product_find(s, "filters").variant;
    assert_int_equal(with(s, coffee), filter);
    assert_int_equal(with(s, filter), coffee);
    /* once is chance, and what was cancelled does not count */
    assert_int_equal(with(s, product_find(s, "cake").variant), 0);
    assert_int_equal(with(s, product_find(s, "tea").variant), 0);
    assert_int_equal(with(s, 12345), 0);
    shop_close(s);
}

static size_t beside(struct shop *s, const char *name, int64_t max_minor, struct product *out) {
    struct search q = {.beside = true, .min_price_minor = -1, .max_price_minor = max_minor};
    size_t n;
    str_copy(q.query, sizeof q.query, name);
    assert_ok(catalog_search(s, &q, out, FOUND_MAX, &n, NULL));
    return n;
}

/* Asked for, it is told whatever was suggested before; but not what is in the basket, or costs too much. */
static void what_is_ordered_beside_it_is_searched(void **state) {
    (void)state;
    struct shop *s = load("201,b,delivered,-20d\n202,b,delivered,-19d\n203,b,delivered,-18d\n204,b,delivered,-17d\n",
                          "201,coffee,\n201,cake,\n202,coffee,\n202,cake,\n203,coffee,\n203,cake,\n204,tea,\n");
    struct product found[FOUND_MAX];
    assert_int_equal(beside(s, "Coffee", -1, found), 2);
    assert_string_equal(found[0].title, "Cake"); /* three orders, filters two */
    assert_string_equal(found[1].title, "Filters");
    assert_int_equal(beside(s, "coffee", 400, found), 1);
    assert_string_equal(found[0].title, "Filters");
    assert_int_equal(beside(s, "tea", -1, found), 0);
    assert_int_equal(beside(s, "unicorn", -1, found), 0);
    assert_ok(suggestions_allow(s, false));
    assert_ok(cart_add(s, product_find(s, "cake").variant, "", 0, 1000, NOW));
    assert_int_equal(beside(s, "coffee", -1, found), 1);
    assert_string_equal(found[0].title, "Filters");
    shop_close(s);
}

/* What is counted order by order is what a fresh count would give. */
static void together_follows_the_orders(void **state) {
    (void)state;
    struct shop *s = load("201,b,delivered,-20d\n", "201,tea,\n201,cake,\n");
    struct order o;
    int64_t tea = product_find(s, "tea").variant, cake = product_find(s, "cake").variant;
    assert_int_equal(with(s, tea), 0); /* once is chance */
    assert_ok(customer_choose(s, "Bob"));
    assert_ok(cart_add(s, tea, "", 0, 1000, NOW));
    assert_ok(cart_add(s, cake, "", 0, 1000, NOW));
    assert_ok(order_place(s, "key", NOW, &o));
    assert_ok(customer_choose(s, "Ann"));
    assert_int_equal(with(s, tea), 0); /* not counted yet */
    assert_ok(together_prepare(s));
    assert_int_equal(with(s, tea), cake);
    assert_ok(together_prepare(s)); /* nor twice */
    assert_ok(customer_choose(s, "Bob"));
    assert_ok(order_cancel(s, o.number, NOW, &o));
    assert_ok(customer_choose(s, "Ann"));
    assert_ok(together_prepare(s));
    assert_int_equal(with(s, tea), 0);
    shop_close(s);
}

static void not_what_is_there_or_was_declined(void **state) {
    (void)state;
    struct shop *s = load("", "");
    int64_t coffee = product_find(s, "coffee").variant, filter = product_find(s, "filters").variant;
    assert_ok(cart_add(s, filter, "", 0, 1000, NOW));
    assert_int_equal(with(s, coffee), 0);
    assert_ok(cart_clear(s, NOW));
    assert_int_equal(with(s, coffee), filter);
    assert_ok(remark_note(s, REMARK_WITH, filter, true, NOW));
    assert_int_equal(with(s, coffee), 0);
    assert_int_equal(with(s, filter), coffee);
    assert_ok(suggestions_allow(s, false));
    assert_int_equal(with(s, filter), 0);
    assert_ok(suggestions_allow(s, true));
    assert_int_equal(with(s, filter), coffee);
    shop_close(s);
}

static void not_what_is_at_home(void **state) {
    (void)state;
    struct shop *s = load("201,a,delivered,-10d\n", "201,filter,\n");
    assert_int_equal(with(s, product_find(s, "coffee").variant), 0);
    shop_close(s);
    s = load("201,a,delivered,-20d\n", "201,filter,\n");
    assert_int_equal(with(s, product_find(s, "coffee").variant), product_find(s, "filters").variant);
    shop_close(s);
}

static size_t due(struct shop *s, int64_t now, struct remark out[REMARKS_MAX]) {
    size_t n;
    assert_ok(remarks_due(s, now, out, REMARKS_MAX, &n));
    return n;
}

static void a_parcel_once(void **state) {
    (void)state;
    struct remark r[REMARKS_MAX];
    struct shop *s = load("201,a,out_for_delivery,-1d\n202,b,out_for_delivery,-1d\n", "201,tea,\n202,tea,\n");
    assert_int_equal(due(s, NOW, r), 1);
    assert_int_equal(r[0].kind, REMARK_PARCEL);
    assert_string_equal(r[0].number, "201");
    assert_int_equal(r[0].count, 1);
    assert_ok(remark_note(s, REMARK_PARCEL, r[0].subject, false, NOW));
    assert_int_equal(due(s, NOW + DAY, r), 0);
    shop_close(s);
}

static void a_basket_left_at_checkout(void **state) {
    (void)state;
    struct remark r[REMARKS_MAX];
    struct shop *s = load("", "");
    assert_ok(cart_add(s, product_find(s, "tea").variant, "", 0, 1000, NOW));
    assert_ok(cart_add(s, product_find(s, "cake").variant, "", 0, 1000, NOW));
    assert_int_equal(due(s, NOW + DAY, r), 0); /* it never came to a checkout */
    assert_ok(checkout_left_note(s, NOW));
    assert_int_equal(due(s, NOW + HOUR / 2, r), 0);
    assert_int_equal(due(s, NOW + 2 * HOUR, r), 1);
    assert_int_equal(r[0].kind, REMARK_BASKET);
    assert_string_equal(r[0].title, "Tea");
    assert_int_equal(r[0].count, 2);
    assert_int_equal(due(s, NOW + 15 * DAY, r), 0);
    /* said: not for a week; declined: never */
    assert_ok(remark_note(s, REMARK_BASKET, 0, false, NOW + 2 * HOUR));
    assert_int_equal(due(s, NOW + DAY, r), 0);
    assert_int_equal(due(s, NOW + 8 * DAY, r), 1);
    assert_ok(remark_note(s, REMARK_BASKET, 0, true, NOW + 8 * DAY));
    assert_ok(remark_note(s, REMARK_BASKET, 0, false, NOW + 8 * DAY)); /* takes nothing back */
    assert_ok(checkout_left_note(s, NOW + 30 * DAY));
    assert_int_equal(due(s, NOW + 32 * DAY, r), 0);
    /* an order leaves nothing */
    shop_close(s);
}

static void back_and_cheaper(void **state) {
    (void)state;
    struct remark r[REMARKS_MAX];
    struct import_report report = report_make();
    struct shop *s = load("201,a,delivered,-30d\n", "201,tea,4.50\n");
    int64_t lamp = product_find(s, "lamp").variant, cake = product_find(s, "cake").variant;
    assert_int_equal(due(s, NOW, r), 1); /* tea was 4.50 */
    assert_int_equal(r[0].kind, REMARK_CHEAPER);
    assert_string_equal(r[0].title, "Tea");
    assert_int_equal(r[0].before_minor, 450);
    assert_int_equal(r[0].price_minor, 400);
    assert_string_equal(r[0].currency, "USD");
    assert_ok(looked_note(s, lamp, NOW));
    assert_ok(looked_note(s, cake, NOW));
    assert_int_equal(due(s, NOW, r), 1);
    assert_ok(catalog_import(s, file_write("new.csv", "id,title,price,stock\nlamp,Lamp,20.00,3\ncake,Cake,4.00,\n"),
                             NULL, &report));
    assert_int_equal(due(s, NOW + HOUR, r), 2);
    assert_int_equal(r[0].kind, REMARK_BACK);
    assert_string_equal(r[0].title, "Lamp");
    assert_int_equal(r[1].kind, REMARK_CHEAPER);
    assert_string_equal(r[1].title, "Cake"); /* the larger difference */
    /* one remark, and then an hour none at all */
    assert_ok(remark_note(s, REMARK_BACK, r[0].subject, false, NOW + HOUR));
    assert_int_equal(due(s, NOW + HOUR + HOUR / 2, r), 0);
    assert_int_equal(due(s, NOW + 3 * HOUR, r), 1);
    assert_ok(suggestions_allow(s, false));
    assert_int_equal(due(s, NOW + 3 * HOUR, r), 0);
    shop_close(s);
}

static void notices_count(struct shop *s, int64_t now, int n) {
    static struct notices due_now;
    assert_ok(notice_due(s, now, &due_now));
    assert_int_equal(due_now.total, n);
}

/* What was asked to be told is told once, by whichever comes first: a remark, or the notices. */
static void what_was_wished_for(void **state) {
    (void)state;
    struct remark r[REMARKS_MAX];
    struct import_report report = report_make();
    struct shop *s = load("201,a,out_for_delivery,-1d\n", "201,tea,\n");
    int64_t lamp = product_find(s, "lamp").variant;
    char subject[24];
    snprintf(subject, sizeof subject, "%lld", (long long)lamp);
    assert_ok(looked_note(s, lamp, NOW));
    assert_ok(notice_add(s, NOTICE_STOCK, subject, NOW));
    assert_ok(notice_add(s, NOTICE_WISH, "green scarf", NOW));
    assert_int_equal(due(s, NOW + HOUR, r), 1);
    assert_int_equal(r[0].kind, REMARK_PARCEL);
    notices_count(s, NOW + HOUR, 1); /* the parcel */
    assert_ok(remark_note(s, REMARK_PARCEL, r[0].subject, false, NOW + HOUR));
    notices_count(s, NOW + HOUR, 0);

    file_write("new.csv", "id,title,price,stock\nlamp,Lamp,20.00,5\nscarf,Green Scarf,9.00,\n");
    char path[256];
    snprintf(path, sizeof path, "%s/new.csv", folder);
    assert_ok(catalog_import(s, path, NULL, &report));
    assert_int_equal(due(s, NOW + 3 * HOUR, r), 1); /* and not that it is back, besides */
    assert_int_equal(r[0].kind, REMARK_WISH);
    assert_string_equal(r[0].title, "Lamp");
    assert_int_equal(r[0].variant, lamp);
    assert_ok(remark_note(s, REMARK_WISH, r[0].subject, false, NOW + 3 * HOUR));
    notices_count(s, NOW + 3 * HOUR, 1);
    assert_int_equal(due(s, NOW + 5 * HOUR, r), 1);
    assert_string_equal(r[0].title, "Green Scarf");
    static struct notices told;
    assert_ok(notice_due(s, NOW + 5 * HOUR, &told));
    assert_int_equal(told.v[0].kind, NOTICE_WISH);
    assert_ok(notice_told(s, told.v[0].id, NOW + 5 * HOUR));
    assert_int_equal(due(s, NOW + 7 * HOUR, r), 0);
    shop_close(s);
}

static void a_twentieth_is_no_news_below(void **state) {
    (void)state;
    struct remark r[REMARKS_MAX];
    struct shop *s = load("201,a,delivered,-30d\n202,a,cancelled,-5d\n", "201,tea,4.10\n202,cake,9.00\n");
    assert_int_equal(due(s, NOW, r), 0);
    shop_close(s);
}

static void the_usual_is_due(void **state) {
    (void)state;
    struct remark r[REMARKS_MAX];
    struct shop *s = load("201,a,delivered,-40d\n202,a,delivered,-30d\n203,a,delivered,-20d\n204,a,delivered,-1d\n",
                          "201,tea,\n202,tea,\n203,tea,\n204,milk,\n");
    assert_int_equal(due(s, NOW, r), 1); /* every ten days, twenty days ago */
    assert_int_equal(r[0].kind, REMARK_USUAL);
    assert_string_equal(r[0].title, "Tea");
    assert_int_equal(due(s, NOW - 11 * DAY, r), 0); /* nine days ago */
    assert_int_equal(due(s, NOW + 12 * DAY, r), 0); /* given up */
    assert_ok(cart_add(s, product_find(s, "tea").variant, "", 0, 1000, NOW));
    assert_int_equal(due(s, NOW, r), 0);
    shop_close(s);
}

static void what_was_looked_at_last(void **state) {
    (void)state;
    struct product p;
    struct shop *s = load("", "");
    int64_t cake = product_find(s, "cake").variant, tea = product_find(s, "tea").variant;
    assert_ok(looked_last(s, NOW, &p));
    assert_int_equal(p.variant, 0);
    assert_ok(looked_note(s, cake, NOW));
    assert_ok(looked_note(s, tea, NOW + 1000));
    assert_ok(looked_last(s, NOW + 60000, &p)); /* the same talk */
    assert_int_equal(p.variant, 0);
    assert_ok(looked_last(s, NOW + HOUR, &p));
    assert_string_equal(p.title, "Tea");
    assert_ok(cart_add(s, tea, "", 0, 1000, NOW + HOUR));
    assert_ok(looked_last(s, NOW + 2 * HOUR, &p));
    assert_string_equal(p.title, "Cake");
    assert_ok(looked_last(s, NOW + 15 * DAY, &p));
    assert_int_equal(p.variant, 0);
    struct order o;
    assert_ok(cart_add(s, cake, "", 0, 1000, NOW + HOUR));
    assert_ok(order_place(s, "key", NOW + HOUR, &o));
    assert_ok(looked_last(s, NOW + 2 * HOUR, &p)); /* both were ordered */
    assert_int_equal(p.variant, 0);
    assert_ok(looked_note(s, 4711, NOW)); /* nothing */
    assert_int_equal(remark_note(s, REMARK_NONE, 0, false, NOW), ERR_ARG);
    shop_close(s);
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup_teardown(f, folder_make, folder_remove)
    const struct CMUnitTest tests[] = {
        TEST(what_goes_together),
        TEST(what_is_ordered_beside_it_is_searched),
        TEST(together_follows_the_orders),
        TEST(not_what_is_there_or_was_declined),
        TEST(not_what_is_at_home),
        TEST(a_parcel_once),
        TEST(a_basket_left_at_checkout),
        TEST(back_and_cheaper),
        TEST(what_was_wished_for),
        TEST(a_twentieth_is_no_news_below),
        TEST(the_usual_is_due),
        TEST(what_was_looked_at_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
