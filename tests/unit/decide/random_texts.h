/* The lint of the replies: whatever the dialogue says has words in every shop, in each manner, and they fit one breath.
 */
#ifndef SK_TESTS_DECIDE_RANDOM_TEXTS_H
#define SK_TESTS_DECIDE_RANDOM_TEXTS_H
#include "play.h"
#include "say/texts.h"

#define REPLIES      SK_DATA_DIR "/models/en-US/replies.txt"
#define REPLIES_CAFE SK_DATA_DIR "/catalog/cafe/replies.txt"

enum {
    VOICES = 4,
    PICKS = 4,         /* two wordings, each asked for twice running */
    BREATH_WORDS = 50, /* some 18 s; what is bought or has changed is read out whole, and takes most */
    LIST_ITEMS = 3,
};

static struct {
    const char *extra, *manner;
    struct texts *texts;
} voices[VOICES] = {{NULL, "", NULL}, {REPLIES_CAFE, "", NULL}, {NULL, "formal", NULL}, {REPLIES_CAFE, "brief", NULL}};

static int voices_open(void **state) {
    (void)state;
    for (int i = 0; i < VOICES; i++) {
        if (texts_load(&voices[i].texts, "en-US", REPLIES, voices[i].extra) ||
            texts_manner(voices[i].texts, voices[i].manner))
            fail_msg("%s", err_reason());
    }
    return 0;
}

static int voices_close(void **state) {
    (void)state;
    for (int i = 0; i < VOICES; i++) texts_free(voices[i].texts);
    return 0;
}

/* What a shop would have said: short names, whole numbers, at most three things. Anything else may be as long as it is.
 */
static bool is_ordinary(const struct reply *r) {
    for (int i = 0; i < r->n_args; i++) {
        const struct arg *a = &r->args[i];
        int items = 1;
        for (const char *c = a->text; *c; c++) items += *c == '\n';
        bool odd_number = a->kind == ARG_NUMBER && (a->number < 0 || a->number > 99000 || a->number % 10);
        bool odd_money = a->kind == ARG_MONEY && (a->number < 0 || a->number > 100000);
        if (odd_number || odd_money || items > LIST_ITEMS || strstr(a->text, "xxx") || strchr(a->text, '.'))
            return false;
    }
    return true;
}

/* In every wording all that it mentions is there, it fits one breath, and no two in a row are the same. */
static void check_texts(struct texts *texts, const struct reply *r) {
    char shown[SAID_MAX], spoken[SAID_MAX], before[SAID_MAX] = "";
    bool ordinary = is_ordinary(r);
    for (unsigned pick = 0; pick < PICKS; pick++) {
        if (texts_format(texts, r, NOW_MS, pick / 2, shown, sizeof shown, spoken, sizeof spoken))
            fail_msg("%s", err_reason());
        assert_true(*shown && *spoken);
        int n = 1;
        for (const char *c = spoken; *c; c++) n += *c == ' ';
        if (ordinary && n > BREATH_WORDS) fail_msg("%s is no breath, %d words: %s", r->id, n, spoken);
        if (pick && texts_wordings(texts, r->id) > 1 && str_equal(shown, before))
            fail_msg("%s twice running: %s", r->id, shown);
        str_copy(before, sizeof before, shown);
    }
}

/* Each time in one of the voices, in turn. */
static void check_in_voices(const struct reply *r) {
    static unsigned said;
    check_texts(voices[said++ % VOICES].texts, r);
}

/* ---- which have been said ---- */

static char said_ids[512][REPLY_ID_MAX];
static int n_said_ids;

static bool was_said(const char *id) {
    for (int i = 0; i < n_said_ids; i++) {
        if (str_equal(said_ids[i], id)) return true;
    }
    return false;
}

static void note_said(const char *id) {
    if (!was_said(id) && n_said_ids < 512) str_copy(said_ids[n_said_ids++], REPLY_ID_MAX, id);
}

static int count_unsaid(bool name_them) {
    char line[2048];
    int unsaid = 0;
    FILE *f = fopen(REPLIES, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        char *end = strchr(line, ']');
        if (*line != '[' || !end) continue;
        *end = '\0';
        line[strcspn(line, ":")] = '\0'; /* said by shops of that manner */
        bool apart = !strncmp(line + 1, "enrol.", 6) || !strncmp(line + 1, "page.", 5); /* said without a dialogue */
        if (was_said(line + 1) || apart) continue;
        if (name_them) print_error("never said: %s\n", line + 1);
        unsaid++;
    }
    fclose(f);
    return unsaid;
}

#endif
