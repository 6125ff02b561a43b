/* Learning a voice from known sentences: the recordings of people in Debian's pocketsphinx-testdata. */
#include "hear/enrolment.h"

#include <ctype.h>

#include "audio/audio.h"
#include "files.h"
#include "understand/words.h"

#define MODEL "/usr/share/pocketsphinx/model/en-us/"
#define CARDS "/usr/share/pocketsphinx/test/data/cards/"

static const char *const said[] = {"ten of clubs", "four queen of clubs", "seven of clubs", "five five",
                                   "eight of spades four of clubs seven of hearts"};
enum { SAID = sizeof said / sizeof *said };

static struct lexicon *lexicon;

static struct enrolment *open_enrolment(void) {
    static const char *const words[] = {"ten",  "of",    "clubs", "seven",  "hearts", "five",
                                        "four", "queen", "eight", "spades", "please"};
    static const struct hear_config config = {.network = SK_DATA_DIR "/models/en-US/network.bin",
                                              .tuning = SK_DATA_DIR "/models/en-US/hearing.ini"};
    struct enrolment *e = NULL;
    if (access(MODEL "cmudict-en-us.dict", R_OK) != 0 || access(CARDS "001.wav", R_OK) != 0) {
        print_message("skipped: apt install pocketsphinx-en-us pocketsphinx-testdata\n");
        skip();
    }
    if (lexicon_load(&lexicon, MODEL "cmudict-en-us.dict", NULL, words, sizeof words / sizeof *words) ||
        enrolment_open(&e, &config, lexicon))
        fail_msg("%s", err_reason());
    return e;
}

static void close_enrolment(struct enrolment *e) {
    enrolment_close(e);
    lexicon_free(lexicon);
}

static struct enrolment_reading read_card(struct enrolment *e, int i, const char *sentence) {
    struct enrolment_reading r;
    char path[PATH_MAX];
    int16_t *samples;
    size_t n;
    snprintf(path, sizeof path, CARDS "%03d.wav", i + 1);
    if (audio_load(&samples, &n, path, HEAR_MAX_MS) || enrolment_read(e, sentence, samples, n, &r))
        fail_msg("%s", err_reason());
    free(samples);
    return r;
}

static void what_was_not_said_is_not_read(void **state) {
    (void)state;
    struct enrolment *e = open_enrolment();
    struct enrolment_reading right = read_card(e, 0, said[0]);
    struct enrolment_reading wrong = read_card(e, 0, "please please");
    assert_true(right.read && right.speech_ms > 300);
    assert_false(wrong.read);
    assert_true(right.fit > wrong.fit + 0.5f);
    static int16_t silence[32000];
    struct enrolment_reading none;
    assert_int_equal(enrolment_read(e, said[0], silence, 0, &none), ERR_OK);
    assert_false(none.read);
    assert_int_equal(enrolment_read(e, said[0], silence, 32000, &none), ERR_OK);
    assert_false(none.read);
    assert_int_equal(enrolment_read(e, "ten of xyzzy", silence, 32000, &none), ERR_NOT_FOUND);
    close_enrolment(e);
}

static void a_voice_needs_enough_sentences(void **state) {
    (void)state;
    struct enrolment *e = open_enrolment();
    static struct enrolment_result r, again;
    read_card(e, 0, said[0]);
    assert_int_equal(enrolment_finish(e, &r), ERR_RANGE);
    for (int i = 1; i < SAID; i++) assert_true(read_card(e, i, said[i]).read);
    if (enrolment_finish(e, &r)) fail_msg("%s", err_reason());
    assert_int_equal(r.read, SAID);
    assert_true(r.adaptation.row[0][1][1] > 0.5f && r.adaptation.row[0][1][1] < 2);
    assert_int_equal(enrolment_finish(e, &again), ERR_OK);
    assert_memory_equal(&r, &again, sizeof r); /* the same readings give the same voice */
    close_enrolment(e);
}

/* The sentences of the locale have every sound of the language, twice at least but for the rarest. */
static void the_sentences_have_every_sound(void **state) {
    (void)state;
    static const char phones[] =
        "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W "
        "Y Z ZH ";
    char line[512], text[4096] = "", copy[4096];
    const char *words[256];
    size_t n = 0;
    FILE *f = fopen(SK_DATA_DIR "/models/en-US/enrol.txt", "r");
    if (access(MODEL "cmudict-en-us.dict", R_OK) != 0) skip();
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        if (*line == '#') continue;
        char plain[512];
        assert_true(words_normalise(plain, sizeof plain, line) >= 8);
        strcat(strcat(text, plain), " ");
    }
    fclose(f);
    strcpy(copy, text);
    for (char *w = strtok(copy, " "); w; w = strtok(NULL, " ")) words[n++] = w;
    assert_int_equal(lexicon_load(&lexicon, MODEL "cmudict-en-us.dict", NULL, words, n), ERR_OK);
    assert_null(lexicon_missing(lexicon, 0)); /* everybody knows these words */
    for (const char *p = phones; *p; p = strchr(p, ' ') + 1) {
        char name[8];
        int found = 0;
        snprintf(name, sizeof name, "%.*s", (int)(strchr(p, ' ') - p), p);
        for (size_t i = 0; i < n; i++) {
            char all[256];
            snprintf(all, sizeof all, "%s", lexicon_phones(lexicon, words[i], 0));
            for (char *rest = all, *phone; (phone = strtok_r(rest, " ", &rest));) found += !strcmp(phone, name);
        }
        if (found < 2) fail_msg("%s occurs %d times", name, found);
    }
    lexicon_free(lexicon);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_was_not_said_is_not_read),
                                       cmocka_unit_test(a_voice_needs_enough_sentences),
                                       cmocka_unit_test(the_sentences_have_every_sound)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
