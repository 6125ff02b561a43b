/* The recogniser on real speech: the recordings of Debian's pocketsphinx-testdata. Networks are made by hand here. */
#include "hear/hear.h"

#include <math.h>

#include "files.h"

#define MODEL           "/usr/share/pocketsphinx/model/en-us/"
#define HEARING_NETWORK SK_DATA_DIR "/models/en-US/network.bin"
#define DATA            "/usr/share/pocketsphinx/test/data/"

enum { SAMPLES_MAX = 20 * 16000, BLOCK = 320, NODES_MAX = 64, ARCS_MAX = 256, WORDS_MAX = 64 };

/* ---- speech ---- */

struct sound {
    int16_t samples[SAMPLES_MAX];
    size_t n;
};

static struct sound sound;

static void add_silence(int ms) {
    for (int i = 0; i < ms * 16; i++) sound.samples[sound.n++] = (int16_t)(rand() % 9 - 4);
}

/* Appends a headless or WAV recording of 16 kHz; skips the test if the package is not there. */
static void add_recording(const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f) {
        print_message("skipped: %s is missing (apt install pocketsphinx-testdata)\n", path);
        skip();
    }
    if (strstr(path, ".wav")) fseek(f, 44, SEEK_SET);
    sound.n += fread(sound.samples + sound.n, sizeof *sound.samples, SAMPLES_MAX - sound.n, f);
    fclose(f);
}

/* ---- networks ---- */

struct network {
    struct net net;
    struct net_arc arcs[ARCS_MAX];
    int32_t first[NODES_MAX + 1];
    const char *words[WORDS_MAX];
};

static int32_t word_index(struct network *n, const char *word) {
    for (int32_t i = 0; i < n->net.n_words; i++)
        if (strcmp(n->words[i], word) == 0) return i;
    n->words[n->net.n_words] = word;
    return n->net.n_words++;
}

struct step {
    int32_t from, to;
    const char *words; /* separated by blanks, alternatives of one arc each; "" a null arc */
};

/* Steps are to be sorted by `from`. */
static struct network *network_make(int32_t n_nodes, const struct step *steps, size_t n_steps) {
    static char texts[16][512];
    static int n_texts;
    struct network *n = calloc(1, sizeof *n);
    n->net = (struct net){.n_nodes = n_nodes, .arcs = n->arcs, .first = n->first, .words = n->words};
    for (size_t i = 0; i < n_steps; i++) {
        char *rest = texts[n_texts++ % 16];
        strcpy(rest, steps[i].words);
        char *word = strtok(rest, " ");
        do {
            int32_t label = word ? word_index(n, word) : LABEL_EPSILON;
            n->arcs[n->net.n_arcs++] =
                (struct net_arc){.from = steps[i].from, .to = steps[i].to, .label = label, .tag = -1, .weight = 0.5f};
        } while (word && (word = strtok(NULL, " ")));
    }
    for (int32_t i = 0; i < n->net.n_arcs; i++) n->first[n->arcs[i].from + 1]++;
    for (int32_t i = 0; i < n_nodes; i++) n->first[i + 1] += n->first[i];
    return n;
}

#define NETWORK(n_nodes, ...)                                 \
    network_make(n_nodes, (const struct step[]){__VA_ARGS__}, \
                 sizeof((const struct step[]){__VA_ARGS__}) / sizeof(struct step))

#define RANKS "ace two three four five six seven eight nine ten jack queen king"
#define SUITS "clubs hearts diamonds spades"

/* one to three cards; the way back to the start is a chain of null arcs */
static struct network *cards_network(void) {
    return NETWORK(6, {0, 2, RANKS}, {2, 3, "of"}, {2, 4, SUITS}, {3, 4, SUITS}, {4, 1, ""}, {4, 5, ""}, {5, 0, ""});
}

static struct network *move_network(void) {
    return NETWORK(5, {0, 2, "go"}, {2, 3, "forward backward"}, {3, 4, RANKS}, {4, 1, "meter meters"});
}

/* ---- a recogniser ---- */

static struct lexicon *lexicon;

static struct hear *hear_make(const char *wake_phrase) {
    static const char *const words[] = {"ace",   "two",    "three",    "four",   "five",  "six",       "seven",
                                        "eight", "nine",   "ten",      "jack",   "queen", "king",      "of",
                                        "clubs", "hearts", "diamonds", "spades", "go",    "forward",   "backward",
                                        "meter", "meters", "okay",     "yes",    "no",    "shopkeeper"};
    if (access(MODEL "cmudict-en-us.dict", R_OK) != 0) {
        print_message("skipped: no acoustic model (apt install pocketsphinx-en-us)\n");
        skip();
    }
    assert_int_equal(lexicon_load(&lexicon, MODEL "cmudict-en-us.dict", NULL, words, sizeof words / sizeof *words),
                     ERR_OK);
    struct hear_config config = {
        .wake_phrase = wake_phrase, .tuning = SK_DATA_DIR "/models/en-US/hearing.ini", .network = HEARING_NETWORK};
    struct hear *h = NULL;
    if (hear_open(&h, &config, lexicon)) fail_msg("%s", err_reason());
    return h;
}

static void hear_unmake(struct hear *h) {
    hear_close(h);
    lexicon_free(lexicon);
    lexicon = NULL;
}

static void set_state(struct hear *h, const char *state, struct network *n, int left_out_expected) {
    int left_out = -1;
    if (hear_set_state(h, state, &n->net, &left_out)) fail_msg("%s", err_reason());
    assert_int_equal(left_out, left_out_expected);
    free(n); /* it was copied */
}

static int sound_setup(void **state) {
    (void)state;
    sound.n = 0;
    srand(7);
    return 0;
}

/* ---- tests ---- */

static void whole_utterances_are_understood(void **state) {
    (void)state;
    static const struct { const char *file, *words; } said[] = {{"001", "ten of clubs"}, {"003", "seven of clubs"}};
    struct hear *h = hear_make(NULL);
    struct hear_result r;
    set_state(h, "cards", cards_network(), 0);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        char path[PATH_MAX];
        snprintf(path, sizeof path, DATA "cards/%s.wav", said[i].file);
        sound.n = 0;
        add_recording(path);
        if (hear_utterance(h, "cards", sound.samples, sound.n, &r)) fail_msg("%s", err_reason());
        assert_string_equal(r.text, said[i].words);
        assert_int_equal(r.audio_ms, sound.n / 16);
        assert_true(r.confidence > 0 && r.confidence <= 1);
        assert_true(r.decode_ns > 0);
    }
    hear_unmake(h);
}

static void other_speech_is_doubted(void **state) {
    (void)state;
    struct hear *h = hear_make(NULL);
    struct hear_result right, wrong;
    set_state(h, "cards", cards_network(), 0);
    set_state(h, "move", move_network(), 0);
    add_recording(DATA "goforward.raw");
    assert_int_equal(hear_utterance(h, "move", sound.samples, sound.n, &right), ERR_OK);
    assert_string_equal(right.text, "go forward ten meters");
    assert_true(right.confidence > 0.5f);
    assert_int_equal(hear_utterance(h, "cards", sound.samples, sound.n, &wrong), ERR_OK);
    assert_true(wrong.confidence < 0.5f);
    /* the same again gives the same: nothing is left over from one utterance to the next */
    struct hear_result again;
    assert_int_equal(hear_utterance(h, "move", sound.samples, sound.n, &again), ERR_OK);
    assert_string_equal(again.text, right.text);
    assert_true(again.confidence == right.confidence);
    hear_unmake(h);
}

static void silence_has_no_words(void **state) {
    (void)state;
    struct hear *h = hear_make(NULL);
    struct hear_result r;
    set_state(h, "move", move_network(), 0);
    assert_int_equal(hear_utterance(h, "move", sound.samples, 0, &r), ERR_OK);
    assert_string_equal(r.text, "");
    assert_int_equal(r.audio_ms, 0);
    memset(sound.samples, 0, sizeof sound.samples);
    assert_int_equal(hear_utterance(h, "move", sound.samples, 100, &r), ERR_OK);
    assert_int_equal(hear_utterance(h, "move", sound.samples, 3 * 16000, &r), ERR_OK);
    assert_true(r.confidence < 0.5f);
    add_silence(2000);
    assert_int_equal(hear_utterance(h, "move", sound.samples, sound.n, &r), ERR_OK);
    assert_true(r.confidence < 0.5f);
    hear_unmake(h);
}

static void words_nobody_can_say_are_left_out(void **state) {
    (void)state;
    struct hear *h = hear_make(NULL);
    struct hear_result r;
    /* "go xyzzy ten" and all that is behind it goes; "go forward ten meters" stays */
    set_state(h, "move",
              NETWORK(7, {0, 2, "go"}, {2, 3, "forward"}, {2, 5, "xyzzy"}, {3, 4, RANKS}, {4, 1, "meters plugh"},
                      {5, 6, "ten"}, {6, 1, "meters"}),
              2);
    add_recording(DATA "goforward.raw");
    assert_int_equal(hear_utterance(h, "move", sound.samples, sound.n, &r), ERR_OK);
    assert_string_equal(r.text, "go forward ten meters");

    struct network *dead = NETWORK(3, {0, 2, "go"}, {2, 1, "xyzzy"});
    int left_out = 17;
    assert_int_equal(hear_set_state(h, "dead", &dead->net, &left_out), ERR_MODEL);
    assert_int_equal(left_out, 17);
    assert_non_null(strstr(err_reason(), "dead"));
    assert_int_equal(hear_utterance(h, "dead", sound.samples, sound.n, &r), ERR_NOT_FOUND);
    free(dead);
    /* a word that was added later is heard from the next setting on */
    assert_int_equal(lexicon_add(lexicon, "xyzzy", "F AO R W ER D"), ERR_OK);
    set_state(h, "move", NETWORK(5, {0, 2, "go"}, {2, 3, "xyzzy"}, {3, 4, RANKS}, {4, 1, "meters"}), 0);
    assert_int_equal(hear_utterance(h, "move", sound.samples, sound.n, &r), ERR_OK);
    assert_string_equal(r.text, "go xyzzy ten meters");
    hear_unmake(h);
}

static void damaged_networks_are_refused(void **state) {
    (void)state;
    struct hear *h = hear_make(NULL);
    struct network *n = move_network();
    n->arcs[1].to = 99;
    assert_int_equal(hear_set_state(h, "move", &n->net, NULL), ERR_ARG);
    free(n);
    n = move_network();
    n->arcs[1].weight = 0;
    assert_int_equal(hear_set_state(h, "move", &n->net, NULL), ERR_ARG);
    free(n);
    n = move_network();
    char name[] = "state-00";
    for (int i = 0; i < 16; i++) {
        name[7] = (char)('a' + i);
        assert_int_equal(hear_set_state(h, name, &n->net, NULL), ERR_OK);
    }
    assert_int_equal(hear_set_state(h, "one-more", &n->net, NULL), ERR_FULL);
    assert_int_equal(hear_set_state(h, name, &n->net, NULL), ERR_OK); /* one that is there may change */
    assert_int_equal(hear_set_state(h, "a name much longer than any state ought to have", &n->net, NULL), ERR_ARG);
    free(n);
    struct hear_result r;
    assert_int_equal(hear_utterance(h, NULL, sound.samples, 0, &r), ERR_NOT_FOUND);
    assert_int_equal(hear_listen(h, HEAR_COMMAND, "nowhere"), ERR_NOT_FOUND);
    assert_int_equal(hear_listen(h, HEAR_WAKE, NULL), ERR_ARG); /* no wake phrase was given */
    hear_unmake(h);
}

/* Feeds the sound block by block until something happens; the event, and after how many blocks. */
static enum hear_event stream(struct hear *h, size_t *at, struct hear_result *r) {
    while (*at + BLOCK <= sound.n) {
        enum hear_event event = hear_block(h, sound.samples + *at, BLOCK, r);
        *at += BLOCK;
        if (event != HEAR_NOTHING) return event;
    }
    return HEAR_NOTHING;
}

static void commands_in_a_stream(void **state) {
    (void)state;
    struct hear *h = hear_make(NULL);
    struct hear_result r;
    size_t at = 0;
    set_state(h, "move", move_network(), 0);
    set_state(h, "cards", cards_network(), 0);
    add_silence(1000);
    add_recording(DATA "goforward.raw");
    add_silence(1500);
    size_t first = sound.n;
    add_recording(DATA "cards/001.wav");
    add_silence(9000);

    assert_int_equal(stream(h, &at, &r), HEAR_NOTHING); /* off at first */
    at = 0;
    assert_int_equal(hear_listen(h, HEAR_COMMAND, "move"), ERR_OK);
    assert_int_equal(stream(h, &at, &r), HEAR_STARTED);
    struct network *n = move_network();
    assert_int_equal(hear_set_state(h, "move", &n->net, NULL), ERR_BUSY);
    free(n);
    assert_int_equal(stream(h, &at, &r), HEAR_RESULT);
    assert_string_equal(r.text, "go forward ten meters");
    assert_true(r.confidence > 0.5f);
    assert_true(at <= first);
    assert_true(r.audio_ms > 1000 && r.audio_ms < 4000);
    assert_true(r.decode_ns > 0);

    assert_int_equal(hear_listen(h, HEAR_COMMAND, "cards"), ERR_OK);
    assert_int_equal(stream(h, &at, &r), HEAR_STARTED);
    assert_int_equal(stream(h, &at, &r), HEAR_RESULT);
    assert_string_equal(r.text, "ten of clubs");
    assert_int_equal(hear_listen(h, HEAR_COMMAND, "cards"), ERR_OK);
    assert_int_equal(stream(h, &at, &r), HEAR_NO_SPEECH);
    assert_int_equal(stream(h, &at, &r), HEAR_NOTHING); /* and off again */
    hear_unmake(h);
}

/* As a person in thought says it. */
static void a_pause_in_the_middle_is_waited_for(void **state) {
    (void)state;
    struct hear *h = hear_make(NULL);
    struct hear_result r;
    size_t at = 0;
    set_state(h, "cards",
              NETWORK(7, {0, 2, RANKS}, {2, 3, "of"}, {3, 4, SUITS}, {4, 5, RANKS}, {5, 6, "of"}, {6, 1, SUITS}), 0);
    set_state(h, "whole", NETWORK(4, {0, 2, RANKS}, {2, 3, "of"}, {3, 1, SUITS}), 0);
    add_silence(1000);
    add_recording(DATA "cards/001.wav");
    add_silence(400);
    size_t second = sound.n;
    add_recording(DATA "cards/001.wav");
    add_silence(3000);
    /* a card is not enough where more must follow; where it is a sentence, the pause ends it */
    assert_int_equal(hear_listen(h, HEAR_COMMAND, "cards"), ERR_OK);
    assert_int_equal(stream(h, &at, &r), HEAR_STARTED);
    assert_int_equal(stream(h, &at, &r), HEAR_RESULT);
    assert_true(at > second);
    assert_string_equal(r.text, "ten of clubs ten of clubs");
    at = 0;
    assert_int_equal(hear_listen(h, HEAR_COMMAND, "whole"), ERR_OK);
    assert_int_equal(stream(h, &at, &r), HEAR_STARTED);
    assert_int_equal(stream(h, &at, &r), HEAR_RESULT);
    assert_true(at < second);
    assert_string_equal(r.text, "ten of clubs");
    hear_unmake(h);
}

static void heard_as_it_comes_the_same_every_time(void **state) {
    (void)state;
    struct hear *h = hear_make(NULL);
    struct hear_result first = {0}, again;
    set_state(h, "move", move_network(), 0);
    add_silence(600);
    add_recording(DATA "goforward.raw");
    add_silence(1500);
    for (int i = 0; i < 3; i++) {
        size_t at = 0;
        assert_int_equal(hear_listen(h, HEAR_COMMAND, "move"), ERR_OK);
        assert_int_equal(stream(h, &at, &again), HEAR_STARTED);
        if (i == 1) continue; /* forgotten in the middle */
        assert_int_equal(stream(h, &at, &again), HEAR_RESULT);
        assert_false(again.whole);
        assert_string_equal(again.text, "go forward ten meters");
        if (i == 0) first = again;
    }
    assert_true(fabsf(first.confidence - again.confidence) < 0.05f);
    hear_unmake(h);
}

static void who_never_ends_is_cut_short(void **state) {
    (void)state;
    struct hear *h = hear_make(NULL);
    struct hear_result r;
    size_t at = 0;
    set_state(h, "move", move_network(), 0);
    add_silence(500);
    while (sound.n < 14 * 16000) {
        size_t from = sound.n;
        add_recording(DATA "goforward.raw"); /* of which people speak in this part */
        memmove(sound.samples + from, sound.samples + from + 8000, 22400 * sizeof *sound.samples);
        sound.n = from + 22400;
    }
    assert_int_equal(hear_listen(h, HEAR_COMMAND, "move"), ERR_OK);
    assert_int_equal(stream(h, &at, &r), HEAR_STARTED);
    assert_int_equal(stream(h, &at, &r), HEAR_TOO_LONG);
    assert_in_range(at / 16, 12000, 13500);
    assert_int_equal(stream(h, &at, &r), HEAR_NOTHING);
    hear_unmake(h);
}

/* What is left of a reply in the room when listening begins. */
static void the_tail_of_a_reply_is_no_speech(void **state) {
    (void)state;
    struct hear *h = hear_make(NULL);
    struct hear_result r;
    size_t at = 0;
    set_state(h, "move", move_network(), 0);
    add_recording(DATA "goforward.raw");
    memmove(sound.samples, sound.samples + 16000 * 7 / 10, 3200 * sizeof *sound.samples);
    sound.n = 3200; /* 200 ms in the middle of a word */
    add_silence(8000);
    assert_int_equal(hear_listen(h, HEAR_COMMAND, "move"), ERR_OK);
    assert_int_equal(stream(h, &at, &r), HEAR_NO_SPEECH);
    /* but who answers at once is heard */
    sound.n = at = 0;
    add_recording(DATA "goforward.raw");
    memmove(sound.samples, sound.samples + 16000 / 2, (sound.n - 16000 / 2) * sizeof *sound.samples);
    add_silence(1500);
    assert_int_equal(hear_listen(h, HEAR_COMMAND, "move"), ERR_OK);
    assert_int_equal(stream(h, &at, &r), HEAR_STARTED);
    assert_int_equal(stream(h, &at, &r), HEAR_RESULT);
    assert_string_equal(r.text, "go forward ten meters");
    hear_unmake(h);
}

struct detections {
    int n;
    int64_t at_ms;
    double score;
};

static void note(void *ctx, int64_t at_ms, double score) {
    struct detections *d = ctx;
    d->n++;
    d->at_ms = at_ms;
    d->score = score;
}

/* "forward" is said in the recording from 0.6 to 1.1 s or so, and the command goes on in the same breath. */
static void the_wake_phrase_and_what_follows_it(void **state) {
    (void)state;
    struct hear *h = hear_make("go forward");
    struct detections d = {0};
    struct hear_result r;
    size_t at = 0;
    set_state(h, "rest", NETWORK(3, {0, 2, RANKS}, {2, 1, "meter meters"}), 0);
    add_silence(1000);
    size_t begin_ms = sound.n / 16;
    add_recording(DATA "goforward.raw");
    size_t end_ms = sound.n / 16;
    add_silence(2000);

    assert_int_equal(hear_wake_scan(h, sound.samples, sound.n, false, note, &d), ERR_OK);
    assert_int_equal(d.n, 1);
    assert_in_range(d.at_ms, begin_ms + 500, end_ms - 700);
    struct detections all = {0};
    assert_int_equal(hear_wake_scan(h, sound.samples, sound.n, true, note, &all), ERR_OK);
    assert_true(all.n >= 1);

    assert_int_equal(hear_listen(h, HEAR_WAKE, NULL), ERR_OK);
    assert_int_equal(stream(h, &at, &r), HEAR_WOKE);
    assert_int_equal(hear_listen(h, HEAR_COMMAND, "rest"), ERR_OK);
    assert_int_equal(stream(h, &at, &r), HEAR_STARTED);
    assert_int_equal(stream(h, &at, &r), HEAR_RESULT);
    assert_string_equal(r.text, "ten meters");
    hear_unmake(h);
}

static void other_speech_does_not_wake(void **state) {
    (void)state;
    struct hear *h = hear_make("okay shopkeeper");
    struct detections d = {0};
    add_recording(DATA "goforward.raw");
    add_recording(DATA "numbers.raw");
    add_recording(DATA "something.raw");
    assert_int_equal(hear_wake_scan(h, sound.samples, sound.n, false, note, &d), ERR_OK);
    assert_int_equal(d.n, 0);
    assert_int_equal(hear_wake_scan(h, sound.samples, 0, false, note, &d), ERR_OK);
    hear_unmake(h);
}

static void what_cannot_be_opened(void **state) {
    (void)state;
    struct hear *h = (struct hear *)&sound;
    struct lexicon *empty = NULL;
    hear_unmake(hear_make(NULL));
    assert_int_equal(lexicon_load(&empty, MODEL "cmudict-en-us.dict", NULL, NULL, 0), ERR_OK);
    assert_int_equal(hear_open(&h, &(struct hear_config){.model = "/nowhere"}, empty), ERR_MODEL);
    assert_non_null(strstr(err_reason(), "apt install pocketsphinx-en-us"));
    assert_int_equal(
        hear_open(&h, &(struct hear_config){.wake_phrase = "okay xyzzy", .network = HEARING_NETWORK}, empty), ERR_ARG);
    assert_non_null(strstr(err_reason(), "okay"));
    assert_int_equal(hear_open(&h, &(struct hear_config){.wake_phrase = " ", .network = HEARING_NETWORK}, empty),
                     ERR_ARG);
    assert_int_equal(hear_open(&h, &(struct hear_config){.tuning = "/nowhere.ini"}, empty), ERR_NOT_FOUND);
    const char *ini = files_write("ini", "[search]\nbeam = 7\n");
    assert_int_equal(hear_open(&h, &(struct hear_config){.tuning = ini}, empty), ERR_RANGE);
    ini = files_write("ini", "[search]\nbeams = -80\n");
    assert_int_equal(hear_open(&h, &(struct hear_config){.tuning = ini}, empty), ERR_FORMAT);
    assert_ptr_equal(h, &sound);
    lexicon_free(empty);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(whole_utterances_are_understood, sound_setup),
        cmocka_unit_test_setup(other_speech_is_doubted, sound_setup),
        cmocka_unit_test_setup(silence_has_no_words, sound_setup),
        cmocka_unit_test_setup(words_nobody_can_say_are_left_out, sound_setup),
        cmocka_unit_test_setup(damaged_networks_are_refused, sound_setup),
        cmocka_unit_test_setup(commands_in_a_stream, sound_setup),
        cmocka_unit_test_setup(a_pause_in_the_middle_is_waited_for, sound_setup),
        cmocka_unit_test_setup(heard_as_it_comes_the_same_every_time, sound_setup),
        cmocka_unit_test_setup(who_never_ends_is_cut_short, sound_setup),
        cmocka_unit_test_setup(the_tail_of_a_reply_is_no_speech, sound_setup),
        cmocka_unit_test_setup(the_wake_phrase_and_what_follows_it, sound_setup),
        cmocka_unit_test_setup(other_speech_does_not_wake, sound_setup),
        cmocka_unit_test_setup(what_cannot_be_opened, sound_setup),
    };
    return cmocka_run_group_tests(tests, files_setup, files_teardown);
}
