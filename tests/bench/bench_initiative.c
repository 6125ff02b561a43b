/* What goes with what, and what may be said unasked: bench_initiative FOLDER TAFENG.jsonl.gz
 *
 * A shop of 20,000 products (icecat-19406.csv.gz of FOLDER, which the numbered things of the TaFeng baskets stand for)
 * and 10,000 orders, the baskets of its first customers. Every fifth basket is kept aside: its first product is put
 * into the basket, and the suggestion counts as met if it is among the rest; beside it what the most often bought thing
 * meets. All times are processor time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/str.h"
#include "shop/shop.h"

enum { PRODUCTS = 20000, ORDERS = 10000, KEPT_MAX = 4000, LINE_BYTES = 1 << 20, ITEMS_MAX = ORDER_LINES_MAX };

struct kept {
    int items[ITEMS_MAX], n;
};

static struct kept kept[KEPT_MAX];
static int n_kept, n_orders, n_customers, bought[PRODUCTS];
static double times_ms[4 * KEPT_MAX];
static const int64_t NOW_MS = INT64_C(1795171200000), DAY_MS = 86400000;

/* ---- the shop's folder ---- */

static FILE *file_open(const char *dir, const char *name) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    return fopen(path, "w");
}

static void item_id(char out[16], int item) {
    snprintf(out, 16, "t%d", item % PRODUCTS);
}

static void order_write(FILE *orders, FILE *lines, const struct kept *b, int age_days) {
    fprintf(orders, "%d,c%d,delivered,-%dd\n", 100000 + n_orders, n_customers, age_days);
    for (int i = 0; i < b->n; i++) {
        char id[16];
        item_id(id, b->items[i]);
        fprintf(lines, "%d,%s\n", 100000 + n_orders, id);
        bought[b->items[i] % PRODUCTS]++;
    }
    n_orders++;
}

/* One customer: "history": [[1, 2], [3]] */
static void customer_write(FILE *customers, FILE *orders, FILE *lines, const char *line) {
    const char *at = strstr(line, "\"history\": [");
    n_customers++;
    fprintf(customers, "c%d,Customer %d\n", n_customers, n_customers);
    int age_days = 300;
    for (at = at ? at + 12 : ""; *at && *at != ']';) {
        struct kept b = {0};
        while (*at && *at != '[' && *at != ']') at++;
        if (*at != '[') break;
        for (at++; *at && *at != ']';) {
            char *end;
            long item = strtol(at, &end, 10);
            if (end == at) {
                at++;
                continue;
            }
            if (b.n < ITEMS_MAX) b.items[b.n++] = (int)item;
            at = end;
        }
        if (*at) at++;
        age_days -= 7;
        static int baskets;
        if (++baskets % 5 == 0 && b.n > 1 && n_kept < KEPT_MAX)
            kept[n_kept++] = b;
        else if (n_orders < ORDERS && age_days > 0)
            order_write(orders, lines, &b, age_days);
    }
}

static bool folder_write(const char *dir, const char *catalogue, const char *baskets) {
    static char line[LINE_BYTES];
    char command[1024], title[TITLE_MAX];
    FILE *ini = file_open(dir, "shop.ini"), *products = file_open(dir, "products.csv");
    FILE *customers = file_open(dir, "customers.csv"), *orders = file_open(dir, "orders.csv");
    FILE *lines = file_open(dir, "order_lines.csv");
    fprintf(ini, "[shop]\nname = S\nassistant = A\ncurrency = USD\ntimezone = UTC\n");
    fprintf(products, "id,title,price\n");
    fprintf(customers, "id,name\n");
    fprintf(orders, "number,customer,state,placed\n");
    fprintf(lines, "order,variant\n");
    /* titles as they are in a real shop, for the size of the tables */
    snprintf(command, sizeof command, "gunzip -c '%s/icecat-19406.csv.gz'", catalogue);
    FILE *in = popen(command, "r");
    for (int i = 0; i < PRODUCTS; i++) {
        if (!in || !fgets(line, sizeof line, in)) strcpy(line, "");
        size_t n = 0;
        for (const char *s = line; *s && n < 60; s++)
            if (*s != '"' && *s != ',' && *s != '\n' && *s != '\r') title[n++] = *s;
        title[n] = '\0';
        fprintf(products, "t%d,Thing %d %s,%d.00\n", i, i, title, 1 + i % 90);
    }
    if (in) pclose(in);
    snprintf(command, sizeof command, "gunzip -c '%s'", baskets);
    in = popen(command, "r");
    while (in && fgets(line, sizeof line, in) && (n_orders < ORDERS || n_kept < KEPT_MAX / 2))
        customer_write(customers, orders, lines, line);
    if (in) pclose(in);
    fclose(ini), fclose(products), fclose(customers), fclose(orders), fclose(lines);
    return n_orders > 0;
}

/* ---- the figures ---- */

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_times(const char *what, int n) {
    qsort(times_ms, (size_t)n, sizeof *times_ms, by_value);
    printf("%s: median %.3f ms, 99th percentile %.3f ms, longest %.3f ms (%d times)\n", what, times_ms[n / 2],
           times_ms[n * 99 / 100], times_ms[n - 1], n);
}

static err_t variant_of(struct shop *s, int item, int64_t *out) {
    struct search q = {.min_price_minor = -1, .max_price_minor = -1, .limit = 1};
    struct product p;
    size_t n;
    item_id(q.query, item);
    TRY(catalog_search(s, &q, &p, 1, &n, NULL));
    *out = n ? p.variant : 0;
    return ERR_OK;
}

static bool has(const struct kept *b, const char *id) {
    for (int i = 1; i < b->n; i++) {
        char other[16];
        item_id(other, b->items[i]);
        if (str_equal(id, other)) return true;
    }
    return false;
}

static err_t suggest_all(struct shop *s) {
    char popular[16];
    int best = 0, made = 0, met = 0, met_popular = 0;
    for (int i = 0; i < PRODUCTS; i++) best = bought[i] > bought[best] ? i : best;
    item_id(popular, best);
    for (int i = 0; i < n_kept; i++) {
        int64_t variant;
        struct product p;
        TRY(variant_of(s, kept[i].items[0], &variant));
        int64_t begin = clock_cpu_ns();
        TRY(together_with(s, variant, NOW_MS + 400 * DAY_MS, &p));
        times_ms[i] = (double)(clock_cpu_ns() - begin) / 1e6;
        if (!p.variant) continue;
        made++;
        met += has(&kept[i], p.id);
        met_popular += has(&kept[i], popular);
    }
    print_times("a suggestion", n_kept);
    printf("suggested in %d of %d baskets kept aside; %.1f %% of them hold it, %.1f %% the most bought thing\n", made,
           n_kept, 100.0 * met / made, 100.0 * met_popular / made);
    return ERR_OK;
}

static err_t remark_all(struct shop *s) {
    int n_times = 0;
    int64_t due = 0;
    for (int i = 1; i <= n_customers && n_times < KEPT_MAX; i += 2) {
        char name[32];
        struct remark r[REMARKS_MAX];
        struct product looked;
        size_t n;
        snprintf(name, sizeof name, "Customer %d", i);
        TRY(customer_choose(s, name));
        int64_t begin = clock_cpu_ns();
        TRY(remarks_due(s, NOW_MS, r, REMARKS_MAX, &n));
        TRY(looked_last(s, NOW_MS, &looked));
        times_ms[n_times++] = (double)(clock_cpu_ns() - begin) / 1e6;
        due += n > 0;
    }
    print_times("what is recalled at the wake", n_times);
    printf("something is due for %d of %d customers\n", (int)due, n_times);
    return ERR_OK;
}

static err_t measure(const char *dir) {
    struct shop *s;
    char db[600];
    struct import_report report = {0};
    snprintf(db, sizeof db, "%s/shop.db", dir);
    TRY(shop_open(&s, db, SK_DATA_DIR "/catalog/schema"));
    err_t err = shop_load(s, dir, NULL, &report, NOW_MS);
    printf("%d products, %d orders of %d customers\n", PRODUCTS, n_orders, n_customers);
    int64_t begin = clock_cpu_ns();
    if (!err) err = together_prepare(s);
    printf("counting what goes together: %.2f s\n", (double)(clock_cpu_ns() - begin) / 1e9);
    if (!err) err = suggest_all(s);
    if (!err) err = remark_all(s);
    shop_close(s);
    return err;
}

int main(int argc, char **argv) {
    char dir[] = "/tmp/bench_initiative.XXXXXX", command[128];
    if (argc != 3 || !mkdtemp(dir) || !folder_write(dir, argv[1], argv[2])) {
        fprintf(stderr, "usage: bench_initiative FOLDER TAFENG.jsonl.gz, with icecat-19406.csv.gz in FOLDER\n");
        return 2;
    }
    err_t err = measure(dir);
    if (err) fprintf(stderr, "bench_initiative: %s\n", err_reason());
    snprintf(command, sizeof command, "rm -r %s", dir);
    return system(command) || err ? 1 : 0;
}
