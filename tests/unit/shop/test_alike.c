#include "support.h"

#include "base/str.h"

static char seen[512];

static void note_name(void *ctx, int64_t product, const char *name, bool known) {
    int64_t *ids = ctx;
    size_t i = 0;
    while (ids[i]) i++;
    ids[i] = product;
    assert_true(str_append(seen, sizeof seen, known ? "+" : ""));
    assert_true(str_append(seen, sizeof seen, name));
    assert_true(str_append(seen, sizeof seen, ";"));
}

static void note_pair(void *ctx, const char *one, const char *other, int distance) {
    (void)ctx;
    size_t n = strlen(seen);
    snprintf(seen + n, sizeof seen - n, "%s/%s/%d;", one, other, distance);
}

static void pairs_are_kept_both_ways(void **state) {
    (void)state;
    struct shop *s = shop_with("id,title,price\n1,Oat Milk,1\n2,Goat Milk,2\n3,Rice,1\n");
    int64_t ids[8] = {0}, total;
    struct product found[4], oat;
    size_t n;
    seen[0] = '\0';
    assert_ok(catalog_names(s, note_name, ids));
    assert_string_equal(seen, "oat milk;goat milk;rice;");
    bool kept;
    assert_ok(catalog_alike_kept(s, "mark", &kept));
    assert_false(kept);
    struct alike pairs[] = {{ids[0], ids[1], 750}};
    for (int i = 0; i < 2; i++) assert_ok(catalog_alike_keep(s, pairs, 1, "15:50"));
    assert_ok(catalog_alike_kept(s, "mark", &kept));
    assert_true(kept);
    assert_ok(catalog_alike_numbers(s, seen, sizeof seen));
    assert_string_equal(seen, "15:50");
    seen[0] = '\0';
    assert_ok(catalog_alike_pairs(s, note_pair, NULL, &total));
    assert_int_equal(total, 1);
    assert_string_equal(seen, "oat milk/goat milk/750;");

    struct search q = {.query = "oat milk", .min_price_minor = -1, .max_price_minor = -1, .limit = 4};
    assert_ok(catalog_search(s, &q, found, 4, &n, NULL));
    oat = found[0];
    assert_ok(catalog_alike(s, oat.variant, found, 4, &n));
    assert_int_equal(n, 1);
    assert_string_equal(found[0].title, "Goat Milk");
    assert_ok(catalog_alike(s, found[0].variant, found, 4, &n));
    assert_int_equal(n, 1);
    assert_string_equal(found[0].title, "Oat Milk");
    assert_ok(catalog_alike_kept(s, "other mark", &kept));
    assert_false(kept);
    assert_ok(catalog_alike(s, oat.variant, found, 4, &n));
    assert_int_equal(n, 0);
    shop_close(s);
}

static void expect_names(struct shop *s, const char *names, bool kept) {
    int64_t ids[8] = {0};
    bool all;
    seen[0] = '\0';
    assert_ok(catalog_names(s, note_name, ids));
    assert_string_equal(seen, names);
    assert_ok(catalog_alike_kept(s, "mark", &all));
    assert_int_equal(all, kept);
}

static void expect_pairs(struct shop *s, const char *pairs) {
    int64_t total;
    seen[0] = '\0';
    assert_ok(catalog_alike_pairs(s, note_pair, NULL, &total));
    assert_string_equal(seen, pairs);
}

static void only_what_changed_is_forgotten(void **state) {
    (void)state;
    struct shop *s = shop_with("id,title,price\n1,Oat Milk,1\n2,Goat Milk,2\n3,Rice,1\n4,Ice,1\n");
    int64_t ids[8] = {0};
    assert_ok(catalog_names(s, note_name, ids));
    expect_names(s, "oat milk;goat milk;rice;ice;", false);
    struct alike pairs[] = {{ids[0], ids[1], 750}, {ids[2], ids[3], 600}};
    assert_ok(catalog_alike_keep(s, pairs, 2, ""));
    expect_names(s, "+oat milk;+goat milk;+rice;+ice;", true);

    /* another price is another name to nobody */
    file_write("more.csv", "id,title,price\n1,Oat Milk,3\n");
    assert_ok(catalog_import(s, path_of("more.csv"), NULL, NULL));
    expect_names(s, "+oat milk;+goat milk;+rice;+ice;", true);

    file_write("more.csv", "id,title,price\n2,Tea,3\n5,Dice,1\n");
    assert_ok(catalog_import(s, path_of("more.csv"), NULL, NULL));
    expect_names(s, "+oat milk;tea;+rice;+ice;dice;", false);
    assert_ok(catalog_names(s, note_name, memset(ids, 0, sizeof ids)));
    struct alike more = {ids[3], ids[4], 700};
    assert_ok(catalog_alike_keep(s, &more, 1, ""));
    expect_names(s, "+oat milk;+tea;+rice;+ice;+dice;", true);
    expect_pairs(s, "rice/ice/600;ice/dice/700;");
    shop_close(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(pairs_are_kept_both_ways),
                                       cmocka_unit_test(only_what_changed_is_forgotten)};
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
