/* How well "my usual" foresees the next purchase: bench_usual FOLDER
 *
 * FOLDER holds tafeng.jsonl.gz: customers with their past baskets, in their order, and the basket that came next. All
 * past baskets become orders of a shop, a week apart since they have no dates, and orders_usual() is asked for each
 * customer. Its weights were chosen on the customers with an even number; those with an odd one are measured. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "shop/shop.h"

enum { TOP = 10, LINE_MAX_BYTES = 1 << 20, PRODUCTS_MAX = 65536, CUSTOMERS_MAX = 8192, NEXT_MAX = 200, WEEK_DAYS = 7 };

static const int64_t NOW_MS = INT64_C(1790000000000);

static struct buyer {
    int number, n_next;
    int next[NEXT_MAX];
} buyers[CUSTOMERS_MAX];
static int n_buyers;
static bool known[PRODUCTS_MAX];
static double times_ms[CUSTOMERS_MAX];

/* ---- the data as a shop folder ---- */

struct folder {
    FILE *products, *customers, *orders, *lines;
    int next_order;
};

static const char *number_after(const char *s, int *out) {
    char *end;
    *out = (int)strtol(s, &end, 10);
    return end;
}

/* "[1, 2]" -> products; returns what follows. */
static const char *basket_read(const char *s, int *out, int *n, int cap) {
    for (*n = 0, s++; *s && *s != ']';) {
        int product;
        s = number_after(s, &product);
        if (product >= 0 && product < PRODUCTS_MAX && *n < cap) out[(*n)++] = product;
        while (*s == ',' || *s == ' ') s++;
    }
    return *s ? s + 1 : s;
}

static void product_write(struct folder *f, int product) {
    if (known[product]) return;
    known[product] = true;
    fprintf(f->products, "p%d,product %d,1.00\n", product, product);
}

/* An order has a limited number of lines: a big basket becomes several orders of the same day. */
static void basket_write(struct folder *f, int customer, int days_ago, const int *products, int n) {
    for (int i = 0; i < n; i++) {
        if (i % ORDER_LINES_MAX == 0)
            fprintf(f->orders, "%d,c%d,delivered,-%dd\n", ++f->next_order, customer, days_ago);
        product_write(f, products[i]);
        fprintf(f->lines, "%d,p%d\n", f->next_order, products[i]);
    }
}

static int baskets_count(const char *s) {
    int n = 0;
    for (s++; *s && !(s[0] == ']' && s[1] == ']'); s++) n += *s == '[';
    return n;
}

/* {"customer": "1", "history": [[0, 1], [2]], "next": [3]} */
static void buyer_read(struct folder *f, const char *line) {
    const char *number = strstr(line, "\"customer\": \""), *history = strstr(line, "\"history\": ["),
               *next = strstr(line, "\"next\": [");
    if (!number || !history || !next || n_buyers == CUSTOMERS_MAX) return;
    struct buyer *b = &buyers[n_buyers++];
    number_after(number + strlen("\"customer\": \""), &b->number);
    fprintf(f->customers, "c%d,buyer%d\n", b->number, b->number);
    const char *s = history + strlen("\"history\": ");
    int left = baskets_count(s), products[NEXT_MAX], n;
    for (s++; *s == '[' || *s == ',' || *s == ' ';) {
        if (*s != '[') {
            s++;
            continue;
        }
        s = basket_read(s, products, &n, NEXT_MAX);
        basket_write(f, b->number, WEEK_DAYS * left--, products, n);
    }
    basket_read(next + strlen("\"next\": "), b->next, &b->n_next, NEXT_MAX);
    for (int i = 0; i < b->n_next; i++) product_write(f, b->next[i]);
}

static FILE *file_make(const char *dir, const char *name, const char *header) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "w");
    if (f) fprintf(f, "%s\n", header);
    return f;
}

static bool folder_write(const char *dir, const char *baskets) {
    static char line[LINE_MAX_BYTES];
    struct folder f = {.next_order = 1000000};
    FILE *ini = file_make(dir, "shop.ini", "[shop]\nname = Bench\nassistant = Robin\ncurrency = USD\ntimezone = UTC");
    FILE *in = fopen(baskets, "r");
    f.products = file_make(dir, "products.csv", "id,title,price");
    f.customers = file_make(dir, "customers.csv", "id,name");
    f.orders = file_make(dir, "orders.csv", "number,customer,state,placed");
    f.lines = file_make(dir, "order_lines.csv", "order,variant");
    bool ok = ini && in && f.products && f.customers && f.orders && f.lines;
    while (ok && fgets(line, sizeof line, in)) buyer_read(&f, line);
    FILE *const all[] = {ini, in, f.products, f.customers, f.orders, f.lines};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (all[i] && fclose(all[i])) ok = false;
    }
    return ok && n_buyers > 0;
}

/* ---- measuring ---- */

static double recall(const struct buyer *b, const struct product *foreseen, size_t n) {
    int hits = 0;
    for (size_t i = 0; i < n; i++) {
        int product = atoi(foreseen[i].id + 1);
        for (int k = 0; k < b->n_next; k++) hits += b->next[k] == product;
    }
    return b->n_next ? (double)hits / b->n_next : 0;
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static err_t ask_all(struct shop *s, int parity) {
    double sum = 0;
    int n = 0;
    for (int i = 0; i < n_buyers; i++) {
        struct product foreseen[TOP];
        size_t n_foreseen;
        char name[32];
        if (buyers[i].number % 2 != parity) continue;
        snprintf(name, sizeof name, "buyer%d", buyers[i].number);
        TRY(customer_choose(s, name));
        int64_t begin = clock_cpu_ns();
        TRY(orders_usual(s, foreseen, TOP, &n_foreseen, NOW_MS));
        times_ms[n++] = (double)(clock_cpu_ns() - begin) / 1e6;
        sum += recall(&buyers[i], foreseen, n_foreseen);
    }
    qsort(times_ms, (size_t)n, sizeof *times_ms, by_value);
    printf(
        "customers with an %s number%s: Recall@10 %.4f over %d; median %.2f ms, 99th percentile %.2f ms, longest "
        "%.2f\n",
        parity ? "odd" : "even", parity ? "" : " (chosen on)", sum / n, n, times_ms[n / 2], times_ms[n * 99 / 100],
        times_ms[n - 1]);
    return ERR_OK;
}

static err_t measure(const char *dir) {
    struct shop *s;
    struct import_report report = {0};
    char db[128];
    snprintf(db, sizeof db, "%s/shop.db", dir);
    TRY(shop_open(&s, db, SK_DATA_DIR "/catalog/schema"));
    int64_t begin = clock_cpu_ns();
    err_t err = shop_load(s, dir, NULL, &report, NOW_MS);
    if (!err)
        printf("loaded: %d rows, %d rejected, %.1f s\n", report.rows, report.rejected,
               (double)(clock_cpu_ns() - begin) / 1e9);
    if (!err) err = ask_all(s, 1);
    if (!err) err = ask_all(s, 0);
    shop_close(s);
    return err;
}

int main(int argc, char **argv) {
    char dir[] = "/tmp/bench_usual.XXXXXX", baskets[128], command[1024];
    if (argc != 2 || !mkdtemp(dir)) {
        fprintf(stderr, "usage: bench_usual FOLDER\n");
        return 2;
    }
    snprintf(baskets, sizeof baskets, "%s/baskets.jsonl", dir);
    snprintf(command, sizeof command, "gunzip -c '%s/tafeng.jsonl.gz' > %s", argv[1], baskets);
    bool there = system(command) == 0 && folder_write(dir, baskets);
    err_t err = there ? measure(dir) : err_fail(ERR_NOT_FOUND, "%s must hold tafeng.jsonl.gz", argv[1]);
    if (err) fprintf(stderr, "bench_usual: %s\n", err_reason());
    snprintf(command, sizeof command, "rm -r %s", dir);
    return system(command) || err ? 1 : 0;
}
