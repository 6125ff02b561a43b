/* A shopper who never stops: what shopkeeperd writes into the store for one, as fast as it goes, so that it can be
 * killed at any moment. Before each step it notes what the basket will be, after it that it is so, and the orders that
 * the store has promised to keep.
 *
 *   bench_shopper DB SCHEMA JOURNAL SEED [PAUSE_MS]
 *   journal: "want BASKET", "have BASKET", "order KEY"; a basket is "3:2 7:1", variants and how many */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "shop/shop.h"

enum { VARIANTS = 5, LINES = 4 };

static int journal;

static void note(const char *what, const char *text) {
    char line[512];
    int n = snprintf(line, sizeof line, "%s %s\n", what, text);
    if (write(journal, line, (size_t)n) != n) exit(3);
}

static unsigned roll(unsigned n) {
    return (unsigned)random() % n;
}

static void basket_text(struct shop *s, int64_t more, char out[256]) {
    struct cart cart;
    bool there = false;
    out[0] = '\0';
    if (cart_get(s, clock_now_ms(), &cart)) exit(4);
    for (int i = 0; i < cart.n_lines; i++) {
        int n = cart.lines[i].quantity_milli / 1000 + (cart.lines[i].variant == more);
        there = there || cart.lines[i].variant == more;
        snprintf(out + strlen(out), 256 - strlen(out), "%" PRId64 ":%d ", cart.lines[i].variant, n);
    }
    if (more && !there) snprintf(out + strlen(out), 256 - strlen(out), "%" PRId64 ":1 ", more);
}

/* ERR_BUSY: the other program writes; so would a shopper hear, and ask again. */
static bool done(err_t err) {
    if (err && err != ERR_BUSY) {
        fprintf(stderr, "bench_shopper: %s\n", err_reason());
        exit(5);
    }
    return !err;
}

static void add(struct shop *s, const int64_t *variants) {
    char text[256];
    int64_t variant = variants[roll(VARIANTS)];
    basket_text(s, variant, text);
    note("want", text);
    if (done(cart_add(s, variant, "", 0, 1000, clock_now_ms())) && done(shop_flush(s))) note("have", text);
}

static void place(struct shop *s) {
    struct order o;
    char key[40], text[256];
    basket_text(s, 0, text);
    if (!*text) return;
    snprintf(key, sizeof key, "%08lx-%08lx-%08lx", random(), random(), (long)clock_monotonic_ns() & 0x7fffffff);
    note("want", "");
    if (!done(order_place(s, key, clock_now_ms(), &o))) return;
    note("order", key);
    note("have", "");
}

int main(int argc, char **argv) {
    struct shop *s;
    struct search q = {.min_price_minor = 100, .max_price_minor = 2000, .limit = VARIANTS};
    struct product found[VARIANTS];
    int64_t variants[VARIANTS];
    size_t n;
    if (argc != 5 && argc != 6) return 2;
    srandom((unsigned)atoi(argv[4]));
    unsigned pause_ms = argc == 6 ? (unsigned)atoi(argv[5]) + 1 : 60;
    journal = open(argv[3], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (journal < 0 || !done(shop_open(&s, argv[1], argv[2]))) return 1;
    if (catalog_search(s, &q, found, VARIANTS, &n, NULL) || n < VARIANTS) return 1;
    for (int i = 0; i < VARIANTS; i++) variants[i] = found[i].variant;
    for (;;) {
        unsigned ms = roll(pause_ms);
        struct timespec pause = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000L};
        if (roll(3))
            add(s, variants);
        else
            place(s);
        nanosleep(&pause, NULL);
    }
}
