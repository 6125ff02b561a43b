/* Questions to the shop: its own text, found by words; and where it delivers.
 *
 * An answer's score is how much of the question it covers: the words that it has, each weighing the more the fewer
 * answers have it (one that none has as much as one that a single answer has); a word that stands in the answer only
 * counts half. So "can i pay with bitcoin" leads to the answer about paying, and "which planets have rings" to none.
 * bm25 has no such bounds: a good best row is not told from a bad one by its value. A question that stands in the
 * shop's text as it was asked is sought first: "where are you" has no word that tells it from others. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "shop/csv.h"
#include "shop/shop.h"
#include "shop/store.h"
#include "shop/text.h"

enum { ANSWERS_MAX = 256, WORDS_MAX = 16, MATCH_BYTES = 256 };

static const double IN_TEXT_ONLY = 0.5;

struct scores {
    int64_t id[ANSWERS_MAX];
    double value[ANSWERS_MAX];
    bool asked[ANSWERS_MAX]; /* a word of it is in its questions */
    int n;
};

static int score_place(struct scores *all, int64_t id) {
    for (int i = 0; i < all->n; i++) {
        if (all->id[i] == id) return i;
    }
    if (all->n == ANSWERS_MAX) return -1;
    all->id[all->n] = id;
    return all->n++;
}

/* The answers that match. */
static err_t rows_with(struct shop *s, const char *match, int64_t ids[ANSWERS_MAX], int *n) {
    sqlite3_stmt *q;
    bool row;
    *n = 0;
    TRY(sql_start(s, &q, SQL_ANSWERS_WITH, "t", match));
    TRY(sql_next(s, q, &row));
    while (row && *n < ANSWERS_MAX) {
        ids[(*n)++] = sqlite3_column_int64(q, 0);
        TRY(sql_next(s, q, &row));
    }
    if (row) sql_stop(q);
    return ERR_OK;
}

static void word_score(struct scores *all, const int64_t *ids, int n, double weight, bool asked) {
    for (int i = 0; i < n; i++) {
        int at = score_place(all, ids[i]);
        if (at < 0) continue;
        all->value[at] += weight;
        all->asked[at] = all->asked[at] || asked;
    }
}

static err_t word_add(struct shop *s, const char *word, int64_t n_answers, struct scores *all, double *most) {
    char quoted[MATCH_BYTES], match[MATCH_BYTES + 16];
    int64_t anywhere[ANSWERS_MAX], asked[ANSWERS_MAX];
    int n_anywhere, n_asked;
    if (text_match(quoted, sizeof quoted, word, " ") != 1) return ERR_OK;
    TRY(rows_with(s, quoted, anywhere, &n_anywhere));
    snprintf(match, sizeof match, "questions : %s", quoted);
    TRY(rows_with(s, match, asked, &n_asked));
    int n = n_anywhere ? n_anywhere : 1;
    double weight = log(1 + ((double)n_answers - n + 0.5) / (n + 0.5));
    *most += weight;
    word_score(all, anywhere, n_anywhere, IN_TEXT_ONLY * weight, false);
    word_score(all, asked, n_asked, (1 - IN_TEXT_ONLY) * weight, true);
    return ERR_OK;
}

static err_t answer_read(struct shop *s, int64_t id, struct shop_answer *out) {
    sqlite3_stmt *q;
    bool row;
    TRY(sql_start(s, &q, SQL_ANSWER_GET, "i", id));
    TRY(sql_next(s, q, &row));
    if (!row) return ERR_OK;
    sql_text(q, 0, out->name, sizeof out->name);
    sql_text(q, 1, out->text, sizeof out->text);
    sql_stop(q);
    return ERR_OK;
}

static bool is_among(char *questions, const char *words) {
    for (char *question; (question = strsep(&questions, "|"));) {
        char asked[512];
        text_words(asked, sizeof asked, question);
        if (str_equal(asked, words)) return true;
    }
    return false;
}

err_t answer_as_asked(struct shop *s, const char *words, struct shop_answer *out) {
    char asked[512];
    struct shop_answer found = {0};
    sqlite3_stmt *q;
    bool row;
    int64_t id = 0;
    text_words(asked, sizeof asked, words);
    TRY(sql_start(s, &q, SQL_ANSWER_QUESTIONS, ""));
    TRY(sql_next(s, q, &row));
    while (row) {
        char questions[CSV_FIELD_MAX_BYTES];
        sql_text(q, 1, questions, sizeof questions);
        if (!id && is_among(questions, asked)) id = sqlite3_column_int64(q, 0);
        TRY(sql_next(s, q, &row));
    }
    if (id) {
        TRY(answer_read(s, id, &found));
        found.score = 1;
    }
    *out = found;
    return ERR_OK;
}

err_t answer_find(struct shop *s, const char *words, struct shop_answer *out) {
    char copy[512], *rest = copy, *word;
    struct scores all = {0};
    struct shop_answer found = {0};
    double most = 0, best = 0;
    int64_t n_answers, best_id = 0;
    TRY(sql_int(s, &n_answers, SQL_ANSWERS_COUNT, ""));
    text_words(copy, sizeof copy, words);
    for (int n = 0; n < WORDS_MAX && (word = str_next_word(&rest)); n++) TRY(word_add(s, word, n_answers, &all, &most));
    for (int i = 0; i < all.n; i++) {
        if (!all.asked[i] || all.value[i] <= best) continue;
        best = all.value[i];
        best_id = all.id[i];
    }
    if (best > 0) {
        TRY(answer_read(s, best_id, &found));
        found.score = best / most;
    }
    *out = found;
    return ERR_OK;
}

err_t answer_for(struct shop *s, const char *intent, struct shop_answer *out) {
    struct shop_answer found = {0};
    int64_t id;
    err_t err = sql_int(s, &id, SQL_ANSWER_BY_INTENT, "t", intent);
    if (err && err != ERR_NOT_FOUND) return err;
    if (!err) TRY(answer_read(s, id, &found));
    if (*found.name) found.score = 1;
    *out = found;
    return ERR_OK;
}

/* ---- where to ---- */

/* How many words of the name stand in `words` side by side: all of them, or 0. */
static int name_within(const char *name, const char *words) {
    char padded[512], wanted[AREA_NAME_MAX + 3], part[AREA_NAME_MAX];
    text_words(part, sizeof part, name);
    if (!*part) return 0;
    snprintf(padded, sizeof padded, " %.500s ", words);
    snprintf(wanted, sizeof wanted, " %s ", part);
    return strstr(padded, wanted) ? text_count_words(part) : 0;
}

struct area_row {
    char names[CSV_FIELD_MAX_BYTES];
    const char *shown; /* in `names`, cut up */
    int fits;          /* words of the longest of its names that were said */
};

static void area_row_read(struct area_row *r, sqlite3_stmt *q, const char *words) {
    sql_text(q, 0, r->names, sizeof r->names);
    char *rest = r->names, *part;
    r->shown = r->names;
    r->fits = 0;
    while ((part = strsep(&rest, "|"))) {
        int fits = name_within(part, words);
        if (fits > r->fits) r->fits = fits;
    }
}

static void area_list(struct area *a, const char *name) {
    if (strlen(a->all) + strlen(name) + 2 > sizeof a->all) return;
    if (*a->all) str_append(a->all, sizeof a->all, "\n");
    str_append(a->all, sizeof a->all, name);
}

err_t area_find(struct shop *s, const char *words, struct area *out) {
    struct area_row r;
    char said[512];
    sqlite3_stmt *q;
    bool row;
    int best = 0;
    struct area found = {0};
    text_words(said, sizeof said, words);
    TRY(sql_start(s, &q, SQL_AREAS, ""));
    TRY(sql_next(s, q, &row));
    for (; row; found.listed++) {
        bool delivers = sqlite3_column_int(q, 1) != 0;
        area_row_read(&r, q, said);
        if (delivers) area_list(&found, r.shown);
        if (r.fits > best) {
            best = r.fits;
            str_copy(found.name, sizeof found.name, r.shown);
            found.delivers = delivers;
            sql_text(q, 2, found.note, sizeof found.note);
        }
        TRY(sql_next(s, q, &row));
    }
    *out = found;
    return ERR_OK;
}
