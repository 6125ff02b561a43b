/* Search on a real catalogue: seconds to import it, milliseconds a query, and how well the ten best are ordered.
 *
 * bench_search FOLDER: FOLDER holds icecat-19406.csv.gz and ratings.tsv (query, product, rating 0 to 3), the chorus
 * data of querqy (https://github.com/querqy/chorus). All times are processor time. nDCG@10 with gain 2^rating - 1, over
 * the queries that have a relevant product; a product that nobody judged counts as not relevant. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/str.h"
#include "shop/shop.h"

enum { QUERIES_MAX = 512, RATINGS_MAX = 8192, ROUNDS = 10, TOP = 10 };

struct rating {
    char product[PRODUCT_ID_MAX];
    int grade;
};

struct query {
    char text[TITLE_MAX];
    int first, n; /* its ratings */
};

static struct rating ratings[RATINGS_MAX];
static struct query queries[QUERIES_MAX];
static double times_ms[QUERIES_MAX * ROUNDS];
static int n_ratings, n_queries;

/* ---- the ratings ---- */

static void rating_add(const char *text, const char *product, int grade) {
    bool same = n_queries > 0 && strcmp(queries[n_queries - 1].text, text) == 0;
    if (!same && n_queries == QUERIES_MAX) return;
    if (!same) {
        struct query *q = &queries[n_queries++];
        snprintf(q->text, sizeof q->text, "%s", text);
        q->first = n_ratings;
    }
    snprintf(ratings[n_ratings].product, PRODUCT_ID_MAX, "%s", product);
    ratings[n_ratings++].grade = grade;
    queries[n_queries - 1].n++;
}

static bool ratings_load(const char *folder) {
    char path[512], line[512], text[TITLE_MAX], product[PRODUCT_ID_MAX];
    int grade;
    snprintf(path, sizeof path, "%s/ratings.tsv", folder);
    FILE *f = fopen(path, "r");
    if (!f) return false;
    while (fgets(line, sizeof line, f) && n_ratings < RATINGS_MAX) {
        if (sscanf(line, "%199[^\t]\t%31[^\t]\t%d", text, product, &grade) == 3) rating_add(text, product, grade);
    }
    fclose(f);
    return n_queries > 0;
}

/* ---- nDCG ---- */

static double gain(int grade, int place) {
    return (exp2(grade) - 1) / log2(place + 2);
}

static int grade_of(const struct query *q, const char *product) {
    for (int i = q->first; i < q->first + q->n; i++) {
        if (strcmp(ratings[i].product, product) == 0) return ratings[i].grade;
    }
    return 0;
}

static double ideal(const struct query *q) {
    double sum = 0;
    int place = 0;
    for (int grade = 3; grade > 0; grade--) {
        for (int i = q->first; i < q->first + q->n && place < TOP; i++) {
            if (ratings[i].grade == grade) sum += gain(grade, place++);
        }
    }
    return sum;
}

static double ndcg(const struct query *q, const struct product *found, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n && i < TOP; i++) sum += gain(grade_of(q, found[i].id), (int)i);
    return sum / ideal(q);
}

/* ---- the runs ---- */

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static err_t search_all(struct shop *s) {
    double sum = 0;
    int judged = 0, n_times = 0;
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < n_queries; i++) {
            struct search q = {.min_price_minor = -1, .max_price_minor = -1, .limit = TOP};
            struct product found[TOP];
            size_t n;
            str_copy(q.query, sizeof q.query, queries[i].text);
            int64_t begin = clock_cpu_ns();
            TRY(catalog_search(s, &q, found, TOP, &n, NULL));
            times_ms[n_times++] = (double)(clock_cpu_ns() - begin) / 1e6;
            if (round > 0 || ideal(&queries[i]) <= 0) continue;
            double value = ndcg(&queries[i], found, n);
            if (getenv("BENCH_VERBOSE")) printf("  %.2f %s\n", value, queries[i].text);
            sum += value;
            judged++;
        }
    }
    qsort(times_ms, (size_t)n_times, sizeof *times_ms, by_value);
    printf("search: %d queries, median %.2f ms, 99th percentile %.2f ms\n", n_queries, times_ms[n_times / 2],
           times_ms[n_times * 99 / 100]);
    printf("nDCG@10: %.3f over %d queries\n", sum / judged, judged);
    return ERR_OK;
}

static err_t measure(const char *csv, const char *db) {
    struct shop *s;
    struct import_report report = {0};
    TRY(shop_open(&s, db, SK_DATA_DIR "/catalog/schema"));
    int64_t begin = clock_cpu_ns();
    err_t err = catalog_import(s, csv, NULL, &report);
    if (!err) {
        printf("import: %d products, %d rows rejected, %.2f s\n", report.imported, report.rejected,
               (double)(clock_cpu_ns() - begin) / 1e9);
        err = search_all(s);
    }
    shop_close(s);
    return err;
}

int main(int argc, char **argv) {
    char dir[] = "/tmp/bench_search.XXXXXX", csv[64], db[64], command[1024];
    if (argc != 2 || !ratings_load(argv[1]) || !mkdtemp(dir)) {
        const char *folder = argc == 2 ? argv[1] : "FOLDER";
        fprintf(stderr, "bench_search: %s must hold icecat-19406.csv.gz and ratings.tsv\n", folder);
        return 2;
    }
    snprintf(csv, sizeof csv, "%s/catalog.csv", dir);
    snprintf(db, sizeof db, "%s/shop.db", dir);
    snprintf(command, sizeof command, "gunzip -c '%s/icecat-19406.csv.gz' > %s", argv[1], csv);
    err_t err =
        system(command) ? err_fail(ERR_NOT_FOUND, "cannot unpack %s/icecat-19406.csv.gz", argv[1]) : measure(csv, db);
    if (err) fprintf(stderr, "bench_search: %s\n", err_reason());
    snprintf(command, sizeof command, "rm -r %s", dir);
    return system(command) || err ? 1 : 0;
}
