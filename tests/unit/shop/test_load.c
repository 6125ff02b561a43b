#include "support.h"

static const char INI[] =
    "[shop]\nname = Corner Grocer\nassistant = Robin\ncurrency = EUR\ntimezone = Europe/Berlin\n"
    "phone = +49 30 1234\ndelivery = 4.90\nfree_delivery_from = 35\nconfirm = off\n"
    "[persona]\nvoice = en-gb\nrate = 170\npitch = 40\n";

/* A small shop with every kind of file. */
static void shop_write(void) {
    file_write("shop.ini", INI);
    file_write("products.csv",
               "id,title,category,price,stock,added\n"
               "tea,Green Tea,drinks,3.50,20,-30d\ncup,Tea Cup,kitchen,5.00,4,-2d\npot,Tea Pot,kitchen,19.00,2,-9d\n");
    file_write("variants.csv",
               "product,id,options,price,stock,pieces\n"
               "tea,tea-s,size: fifty grams,,,\ntea,tea-l,size: two hundred grams,11.00,5,20\n");
    file_write("options.csv",
               "product,category,name,value,price,amounts\n,kitchen,colour,blue,0.50,\n,kitchen,colour,red,,\n"
               "tea,,wrap,gift wrap,1.00,some|lots of\n");
    file_write("hours.csv", "day,open,close\nmonday,08:00,20:00\n12-24,08:00,13:00\n12-25,,\n2026-12-25,10:00,12:00\n");
    file_write("coupons.csv",
               "code,percent,amount,minimum,from,until,description\nSPRING,10,,20,-3d,+3d,Ten percent\n"
               "FIVE,,5.00,,,,Five off\n");
    file_write("customers.csv", "id,name,address\nc1,Ada,1 Hill\n");
    file_write("orders.csv",
               "number,customer,state,placed,expected,delivered,as_of,carrier,place,delivery\n"
               "1001,c1,,-5d,,,,,,4.90\n1002,c1,,-4d,,,,,,\n1003,c1,,-3d,,,,,,\n1004,c1,,-2d,,,,,,\n"
               "1005,c1,returned,-20d,,-17d,-10m,Post,at the door,\n");
    file_write("order_lines.csv",
               "order,variant,quantity,price,title,options\n"
               "1001,tea-l,1,,,\n1001,cup,2,4.50,,colour: blue\n1002,cup,,,,\n1002,pot,,,,\n1003,tea,3,,,\n"
               "1004,cup,,,,colour: blue\n1005,,1,7.00,Old Kettle,\n");
    file_write("shipments.csv",
               "order,lines,carrier,shipped,expected,delivered,place\n"
               "1001,2,Parcel Post,-4d,+1d 14:00,,\n1001,1,Courier,,+2d,,\n"
               "1002,,Courier,-3d,-2d,-2d,with a neighbour\n1003,,Courier,-1d,+1d,,\n");
}

static struct shop *loaded(struct import_report *report) {
    struct shop *s = shop_in_memory();
    *report = report_make();
    assert_ok(shop_load(s, folder, NULL, report, NOW));
    return s;
}

static void the_profile_is_that_of_shop_ini(void **state) {
    (void)state;
    shop_write();
    struct import_report report;
    struct shop *s = loaded(&report);
    assert_string_equal(complaints, "");
    assert_int_equal(report.rejected, 0);
    struct shop_profile p;
    assert_ok(shop_profile(s, &p));
    assert_string_equal(p.name, "Corner Grocer");
    assert_string_equal(p.assistant, "Robin");
    assert_string_equal(p.locale, "en-US");
    assert_string_equal(p.currency, "EUR");
    assert_string_equal(p.timezone, "Europe/Berlin");
    assert_string_equal(p.phone, "+49 30 1234");
    assert_string_equal(p.confirm, "off");
    assert_int_equal(p.delivery_minor, 490);
    assert_int_equal(p.free_delivery_from_minor, 3500);
    assert_string_equal(p.voice, "en-gb");
    assert_int_equal(p.rate_wpm, 170);
    assert_int_equal(p.pitch, 40);
    shop_close(s);
}

static void a_profile_may_be_short(void **state) {
    (void)state;
    struct shop *s = shop_in_memory();
    struct shop_profile p;
    assert_ok(shop_profile(s, &p)); /* before anything is loaded */
    assert_string_equal(p.name, "");
    assert_string_equal(p.currency, "USD");
    assert_string_equal(p.confirm, "confirm");
    assert_int_equal(p.free_delivery_from_minor, -1);
    shop_close(s);
}

static void variants_replace_their_product(void **state) {
    (void)state;
    shop_write();
    struct import_report report;
    struct shop *s = loaded(&report);
    struct product tea = product_find(s, "green tea"), others[4];
    size_t n;
    assert_string_equal(tea.options, "size: fifty grams");
    assert_int_equal(tea.price_minor, 350); /* its product's */
    assert_int_equal(tea.stock, 20);
    assert_ok(catalog_variants(s, tea.variant, others, 4, &n));
    assert_int_equal(n, 1);
    assert_string_equal(others[0].options, "size: two hundred grams");
    assert_int_equal(others[0].price_minor, 1100);
    assert_int_equal(others[0].stock, 5);
    assert_string_equal(others[0].id, "tea");
    assert_string_equal(others[0].currency, "EUR");
    struct search newest = {.min_price_minor = -1, .max_price_minor = -1, .sort = SORT_NEWEST, .limit = 4};
    assert_ok(catalog_search(s, &newest, others, 4, &n, NULL));
    assert_int_equal(n, 3);
    assert_string_equal(others[0].id, "cup");
    assert_string_equal(others[1].id, "pot");
    shop_close(s);
}

static struct order order_of(struct shop *s, const char *number) {
    static struct orders found;
    struct order_query q = {.which = ORDERS_ALL};
    strcpy(q.number, number);
    assert_ok(orders_find(s, &q, &found));
    assert_int_equal(found.n, 1);
    return found.v[0];
}

static void states_follow_from_shipments(void **state) {
    (void)state;
    shop_write();
    struct import_report report;
    struct shop *s = loaded(&report);
    struct order o = order_of(s, "1001");
    assert_int_equal(o.state, ORDER_PART_SHIPPED);
    assert_false(o.lines[0].shipped);
    assert_true(o.lines[1].shipped);
    assert_string_equal(o.carrier, "Parcel Post");
    assert_int_equal(o.expected_ms, NOW + DAY); /* 14:00 in Berlin is noon UTC */
    assert_int_equal(o.total_minor, 1100 + 2 * 450 + 490);
    assert_int_equal(o.lines[1].price_now_minor, 550);
    assert_int_equal(o.as_of_ms, NOW);
    o = order_of(s, "1002");
    assert_int_equal(o.state, ORDER_DELIVERED);
    assert_int_equal(o.delivered_ms, NOW - 2 * DAY);
    assert_string_equal(o.place, "with a neighbour");
    assert_int_equal(order_of(s, "1003").state, ORDER_SHIPPED);
    assert_int_equal(order_of(s, "1003").lines[0].quantity_milli, 3000);
    o = order_of(s, "1004");
    assert_int_equal(o.state, ORDER_PLACED);
    assert_int_equal(o.lines[0].price_minor, 550);
    o = order_of(s, "1005");
    assert_int_equal(o.state, ORDER_RETURNED);
    assert_string_equal(o.lines[0].title, "Old Kettle");
    assert_int_equal(o.lines[0].variant, 0);
    assert_int_equal(o.lines[0].price_now_minor, PRICE_NONE);
    assert_int_equal(o.as_of_ms, NOW - 600000);
    assert_string_equal(o.place, "at the door");
    struct orders found;
    struct order_query kettle = {.which = ORDERS_ALL, .words = "kettles"};
    assert_ok(orders_find(s, &kettle, &found));
    assert_int_equal(found.n, 1);
    shop_close(s);
}

static void hours_of_a_day(void **state) {
    (void)state;
    shop_write();
    struct import_report report;
    struct shop *s = loaded(&report);
    bool open;
    int from, to;
    assert_ok(shop_hours(s, "2026-05-18", 1, &open, &from, &to));
    assert_true(open);
    assert_int_equal(from, 480);
    assert_int_equal(to, 1200);
    assert_ok(shop_hours(s, "2026-05-19", 2, &open, &from, &to));
    assert_false(open); /* a day that is not there */
    assert_ok(shop_hours(s, "2027-12-25", 6, &open, &from, &to));
    assert_false(open);
    assert_ok(shop_hours(s, "2026-12-25", 5, &open, &from, &to));
    assert_true(open); /* the date of that year beats that of every year */
    assert_int_equal(from, 600);
    assert_ok(shop_hours(s, "2028-12-24", 1, &open, &from, &to));
    assert_int_equal(to, 780);
    assert_int_equal(shop_hours(s, "12-25", 1, &open, &from, &to), ERR_ARG);
    assert_int_equal(shop_hours(s, "2026-05-18", 7, &open, &from, &to), ERR_ARG);
    shop_close(s);
}

static void an_unchanged_folder_is_not_loaded_again(void **state) {
    (void)state;
    shop_write();
    struct import_report report, again = report_make();
    struct shop *s = loaded(&report);
    assert_true(report.rows > 20);
    assert_ok(shop_load(s, folder, NULL, &again, NOW + DAY));
    assert_int_equal(again.rows, 0);
    assert_int_equal(order_of(s, "1004").placed_ms, NOW - 2 * DAY);

    assert_ok(cart_add(s, product_find(s, "tea pot").variant, "", 0, 1000, NOW));
    struct order placed;
    assert_ok(order_place(s, "mine", NOW, &placed));
    file_write("products.csv", "id,title,price\ncup,Tea Cup,5.50\npot,Tea Pot,20.00\n");
    assert_int_equal(unlink(path_of("variants.csv")), 0);
    assert_ok(shop_load(s, folder, NULL, &again, NOW + DAY));
    int64_t n;
    assert_ok(catalog_count(s, &n));
    assert_int_equal(n, 2); /* what is gone from the folder is no longer sold */
    assert_int_equal(product_find(s, "tea cup").price_minor, 550);
    assert_string_equal(order_of(s, placed.number).lines[0].title, "Tea Pot"); /* what was ordered here stays */
    shop_close(s);
}

static void bad_rows_of_every_file_are_named(void **state) {
    (void)state;
    shop_write();
    file_write("variants.csv", "product,id,options,pieces\nnone,x,a: b,\ntea,cup,a: b,\ntea,,a: b,\ntea,y,a: b,1\n");
    file_write("options.csv",
               "product,category,name,value,price\nx,,a,b,\n,,a,b,\ntea,kitchen,a,b,\n,kitchen,Big One,b,\n"
               ",kitchen,a,,\n,kitchen,a,b,x\n,kitchen,a,b,\n,kitchen,a,B,\n");
    file_write("hours.csv", "day,open,close\nsomeday,08:00,09:00\nmonday,08:00,\ntuesday,20:00,08:00\nfriday,8,9\n");
    file_write("coupons.csv", "code,percent,amount\nA,10,5\nB,,\nC,101,\nD,,0\n,10,\n");
    file_write("customers.csv", "id,name\nc1,Ada\nc2,\n");
    file_write("orders.csv",
               "number,customer,state,placed\n12,c1,,-1d\n123x,c1,,-1d\n1001,c9,,-1d\n1001,c1,lost,-1d\n"
               "1001,c1,,soon\n1001,c1,,\n1001,c1,,-1d\n");
    file_write("order_lines.csv",
               "order,variant,quantity,price,title\n999,tea,1,,\n1001,none,1,,\n1001,,1,,Kettle\n"
               "1001,tea,0,,\n1001,tea,1.2345,,\n1001,tea,100,,\n1001,tea,1,,\n");
    file_write("shipments.csv", "order,lines,shipped\n999,,-1d\n1001,2,-1d\n1001,one,-1d\n1001,,never\n");
    struct import_report report;
    struct shop *s = loaded(&report);
    static const char *const expected[] = {
        "variants.csv:2: there is no product 'none'",
        "variants.csv:3: id 'cup' is that of a product",
        "variants.csv:4: there is no id",
        "variants.csv:5: a pack has 2 to 1000 pieces",
        "options.csv:2: there is no product 'x'",
        "options.csv:3: either product or category must be filled",
        "options.csv:4: either product or category must be filled",
        "options.csv:5: option name 'Big One' is not a word",
        "options.csv:6: there is no value",
        "options.csv:7: price: amount 'x' is not a number",
        "options.csv:9: a 'b' is there twice",
        "hours.csv:2: day 'someday' is neither",
        "hours.csv:3: open and close are both filled or both empty",
        "hours.csv:4: it closes at 08:00 before it opens at 20:00",
        "hours.csv:5: '8' is not a time of day",
        "coupons.csv:2: either percent or amount",
        "coupons.csv:3: either percent or amount",
        "coupons.csv:4: percent is not 1 to 100",
        "coupons.csv:5: amount is nothing",
        "coupons.csv:6: there is no code",
        "customers.csv:3: there is no name",
        "orders.csv:2: number '12' is not of 3 to 15 digits",
        "orders.csv:3: number '123x'",
        "orders.csv:4: there is no customer 'c9'",
        "orders.csv:5: state 'lost' is not known",
        "orders.csv:6: placed: 'soon' is not a time",
        "orders.csv:7: there is no time for placed",
        "order_lines.csv:2: there is no order '999'",
        "order_lines.csv:3: there is no variant or product 'none'",
        "order_lines.csv:4: a line without a variant needs title and price",
        "order_lines.csv:5: quantity is nothing",
        "order_lines.csv:6: quantity: '1.2345' has more than 3 decimals",
        "order_lines.csv:7: quantity: '100' is too large",
        "shipments.csv:2: there is no order '999'",
        "shipments.csv:3: the order has no line 2",
        "shipments.csv:4: lines: 'one' is not a number",
        "shipments.csv:5: shipped: 'never' is not a time",
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        if (!strstr(complaints, expected[i])) fail_msg("no '%s' in:\n%s", expected[i], complaints);
    }
    assert_int_equal(report.rejected, sizeof expected / sizeof *expected);
    assert_int_equal(order_of(s, "1001").n_lines, 1);
    shop_close(s);
}

static void load_fails(const char *reason) {
    struct shop *s = shop_in_memory();
    struct import_report report = report_make();
    err_t err = shop_load(s, folder, NULL, &report, NOW);
    assert_true(err == ERR_FORMAT || err == ERR_NOT_FOUND);
    assert_reason(reason);
    int64_t n;
    assert_ok(catalog_count(s, &n));
    assert_int_equal(n, 0); /* all of it or nothing */
    shop_close(s);
}

static void a_folder_that_cannot_be_loaded_says_why(void **state) {
    (void)state;
    shop_write();
    file_write("hours.csv", "day,opens,close\n");
    load_fails("hours.csv: column 'opens' is not known");
    shop_write();
    file_write("shop.ini", "[shop]\nname = A\n");
    load_fails("section [shop] has no assistant");
    file_write("shop.ini", "[shop]\nname = A\nassistant = B\ncurrency = EUR\ntimezone = Europe/Atlantis\n");
    load_fails("timezone 'Europe/Atlantis' is not known");
    file_write("shop.ini", "[shop]\nname = A\nassistant = B\ncurrency = EUR\ntimezone = ../../../etc/passwd\n");
    load_fails("is not known");
    file_write("shop.ini", "[shop]\nname = A\nassistant = B\ncurrency = EUR\ntimezone = UTC\nconfirm = maybe\n");
    load_fails("confirm is 'maybe'");
    file_write("shop.ini", "[shop]\nname = A\nassistant = B\ncurrency = EUR\ntimezone = UTC\ndelivery = lots\n");
    load_fails("delivery: amount 'lots'");
    file_write("shop.ini", "[shop]\nname = A\nassistant = B\ncurrency = EUR\ntimezone = UTC\nfone = 1\n");
    load_fails("fone");
    assert_int_equal(unlink(path_of("shop.ini")), 0);
    load_fails("shop.ini");
    shop_write();
    assert_int_equal(unlink(path_of("products.csv")), 0);
    load_fails("products.csv: cannot open it");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_profile_is_that_of_shop_ini),
        cmocka_unit_test(a_profile_may_be_short),
        cmocka_unit_test(variants_replace_their_product),
        cmocka_unit_test(states_follow_from_shipments),
        cmocka_unit_test(hours_of_a_day),
        cmocka_unit_test(an_unchanged_folder_is_not_loaded_again),
        cmocka_unit_test(bad_rows_of_every_file_are_named),
        cmocka_unit_test(a_folder_that_cannot_be_loaded_says_why),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
