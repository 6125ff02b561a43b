/* Questions to the shop by their words: bench_answers ANSWERS.tsv CLINC.tsv [SCORE]
 *
 * ANSWERS.tsv has text<TAB>id of the answer in catalog/grocer/answers.csv ("-": none); CLINC.tsv text<TAB>intent, of
 * which the intents that no shop has are strangers' sentences. Each is answered as by the dialogue where no intent
 * fits: the best answer if its score is SCORE (0.5) or more. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/assistant.h"
#include "base/str.h"

enum { LINE_BYTES = 1024 };

struct bench {
    struct assistant a;
    double least;
    int n, right, wrong, n_none, false_answers;
    int n_strangers, understood, answered;
};

static err_t ask(struct bench *b, const char *text, struct shop_answer *out) {
    char words[UTTERANCE_MAX];
    common_words_strip(b->a.common_words, text, words, sizeof words);
    TRY(answer_find(b->a.shop, words, out));
    if (out->score < b->least) out->name[0] = '\0';
    return ERR_OK;
}

static err_t question(struct bench *b, const char *text, const char *meant) {
    struct shop_answer got;
    TRY(ask(b, text, &got));
    bool none = str_equal(meant, "-");
    b->n_none += none;
    b->n += !none;
    b->false_answers += none && *got.name;
    b->right += !none && str_equal(got.name, meant);
    b->wrong += !none && *got.name && !str_equal(got.name, meant);
    if (getenv("BENCH_VERBOSE")) printf("  %.2f %s -> %s (%s)\n", got.score, text, got.name, meant);
    return ERR_OK;
}

static bool is_ours(const char *intent) {
    static const char *const ours[] = {"order_status",
                                       "order",
                                       "shopping_list",
                                       "shopping_list_update",
                                       "cancel",
                                       "yes",
                                       "no",
                                       "repeat",
                                       "change_volume",
                                       "greeting",
                                       "are_you_a_bot",
                                       "what_can_i_ask_you",
                                       "redeem_rewards",
                                       "goodbye",
                                       "thank_you"};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
        if (str_equal(ours[i], intent)) return true;
    }
    return false;
}

static err_t stranger(struct bench *b, const char *text, const char *intent) {
    struct intent in;
    struct shop_answer got;
    if (is_ours(intent)) return ERR_OK;
    TRY(assistant_understand(&b->a, "open", text, &in));
    TRY(ask(b, text, &got));
    b->n_strangers++;
    b->understood += in.accepted;
    b->answered += !in.accepted && *got.name;
    return ERR_OK;
}

static err_t each_line(struct bench *b, const char *path, err_t (*fn)(struct bench *, const char *, const char *)) {
    char line[LINE_BYTES];
    FILE *f = fopen(path, "r");
    err_t err = f ? ERR_OK : err_fail(ERR_NOT_FOUND, "there is no %s", path);
    while (!err && fgets(line, sizeof line, f)) {
        char *rest = line, *text = strsep(&rest, "\t"), *second = rest ? strsep(&rest, "\t\r\n") : NULL;
        if (*line != '#' && second) err = fn(b, text, second);
    }
    if (f) fclose(f);
    return err;
}

int main(int argc, char **argv) {
    struct bench b = {.least = argc > 3 ? atof(argv[3]) : 0.5};
    struct settings s;
    if (argc < 3) {
        fprintf(stderr, "usage: bench_answers ANSWERS.tsv CLINC.tsv [SCORE]\n");
        return 2;
    }
    err_t err = settings_load(&s, NULL);
    if (!err) err = settings_path(s.shop_dir, "catalog", "grocer", NULL);
    if (!err) err = assistant_open(&b.a, &s, 0, 0);
    if (!err) err = each_line(&b, argv[1], question);
    if (!err) err = each_line(&b, argv[2], stranger);
    if (err) {
        fprintf(stderr, "bench_answers: %s\n", err_reason());
        return 1;
    }
    printf("questions in other wordings: %d of %d answered right, %d wrong; %d of %d about something else answered\n",
           b.right, b.n, b.wrong, b.false_answers, b.n_none);
    printf("strangers' sentences: %d, of which %d are understood as a request, and %d get an answer (%.1f %%)\n",
           b.n_strangers, b.understood, b.answered, 100.0 * b.answered / b.n_strangers);
    assistant_close(&b.a);
    return 0;
}
