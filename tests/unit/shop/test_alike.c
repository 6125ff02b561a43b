#include "support.h"

#include "base/str.h"

static char seen[512];

static void note_name(void *ctx, int64_t product, const char *name) {
    int64_t *ids = ctx;
    size_t i = 0;
    while (ids[i]) i++;
    ids[i] = product;
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
    for (int i = 0; i < 2; i++) assert_ok(catalog_alike_keep(s, pairs, 1, "15:50", "mark"));
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
    assert_ok(catalog_alike_keep(s, NULL, 0, "", "other"));
    assert_ok(catalog_alike(s, oat.variant, found, 4, &n));
    assert_int_equal(n, 0);
    shop_close(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(pairs_are_kept_both_ways)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
