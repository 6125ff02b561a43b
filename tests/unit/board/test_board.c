#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/str.h"
#include "board/board.h"

#define MS INT64_C(1000000)

static char dir[] = "board-XXXXXX";
static char fifo[64], shown[64];
static struct board_profile profile;
static struct lights lights;
static struct board *board;
static int script = -1;
static int64_t now_ns = 1000 * MS;

/* A talk button (held: mutes), a mute switch, two buttons for the volume; all pull to ground. */
static int open_all(void **state) {
    (void)state;
    snprintf(fifo, sizeof fifo, "%s/lines", dir);
    snprintf(shown, sizeof shown, "%s/shown", dir);
    if (mkfifo(fifo, 0600) || lights_load(&lights, SK_DATA_DIR "/boards/lights.ini")) return -1;
    profile = (struct board_profile){.mute_is_switch = true, .hold_ms = 2000};
    str_copy(profile.gpio_driver, sizeof profile.gpio_driver, "fake");
    str_copy(profile.chip, sizeof profile.chip, fifo);
    str_copy(profile.light_driver, sizeof profile.light_driver, "fake");
    str_copy(profile.light_device, sizeof profile.light_device, shown);
    for (int i = 0; i < BOARD_INPUTS; i++) profile.inputs[i] = (struct board_line){.line = 10 + i, .active_low = true};
    if (board_open(&board, &profile, &lights, now_ns)) return -1;
    script = open(fifo, O_WRONLY | O_CLOEXEC);
    return script < 0;
}

static int close_all(void **state) {
    (void)state;
    board_close(board);
    close(script);
    unlink(shown);
    return unlink(fifo);
}

/* The line has another level. */
static void edge(enum board_input input, int level) {
    int fds[BOARD_FDS_MAX];
    assert_true(dprintf(script, "%d %d\n", 10 + (int)input, level) > 0);
    assert_int_equal(board_fds(board, fds), 2);
    board_wake(board, fds[0], now_ns);
}

/* What there is to tell after so many more milliseconds: -1 nothing. */
static int after(int ms) {
    enum board_event e, more;
    now_ns += ms * MS;
    if (!board_next(board, now_ns, &e)) return -1;
    assert_false(board_next(board, now_ns, &more));
    return (int)e;
}

static void test_a_press_counts_once_and_when_it_has_settled(void **state) {
    (void)state;
    edge(BOARD_TALK, 0);
    assert_int_equal(after(DEBOUNCE_MS - 1), -1);
    assert_int_equal(after(1), BOARD_PRESSED);
    assert_int_equal(after(100), -1);
    edge(BOARD_TALK, 1);
    assert_int_equal(after(DEBOUNCE_MS), -1); /* letting go is nothing */
    edge(BOARD_LOUDER, 0);
    assert_int_equal(after(DEBOUNCE_MS), BOARD_UP);
    edge(BOARD_SOFTER, 0);
    assert_int_equal(after(DEBOUNCE_MS), BOARD_DOWN);
}

static void test_bouncing_is_one_press(void **state) {
    (void)state;
    for (int i = 0; i < 5; i++) {
        edge(BOARD_TALK, 0);
        assert_int_equal(after(3), -1);
        edge(BOARD_TALK, 1);
        assert_int_equal(after(3), -1);
    }
    edge(BOARD_TALK, 0);
    assert_int_equal(after(DEBOUNCE_MS), BOARD_PRESSED);
    assert_int_equal(after(1000), -1);
}

static void test_a_spike_is_no_press(void **state) {
    (void)state;
    edge(BOARD_TALK, 0);
    assert_int_equal(after(5), -1);
    edge(BOARD_TALK, 1);
    assert_int_equal(after(5000), -1);
}

static void test_held_it_mutes(void **state) {
    (void)state;
    edge(BOARD_TALK, 0);
    assert_int_equal(after(DEBOUNCE_MS), BOARD_PRESSED);
    assert_int_equal(after(1999), -1);
    assert_int_equal(after(1), BOARD_MUTE_CHANGE);
    assert_int_equal(after(9000), -1); /* once */
    edge(BOARD_TALK, 1);
    assert_int_equal(after(DEBOUNCE_MS), -1);
    edge(BOARD_TALK, 0);
    assert_int_equal(after(DEBOUNCE_MS), BOARD_PRESSED);
    edge(BOARD_TALK, 1);
    assert_int_equal(after(DEBOUNCE_MS), -1);
    assert_int_equal(after(9000), -1); /* let go in time */
}

static void test_the_switch_has_positions(void **state) {
    (void)state;
    bool muted = true;
    assert_true(board_switch(board, &muted));
    assert_false(muted);
    edge(BOARD_MUTE, 0);
    assert_int_equal(after(DEBOUNCE_MS), BOARD_MUTE_ON);
    assert_true(board_switch(board, &muted) && muted);
    edge(BOARD_MUTE, 1);
    assert_int_equal(after(DEBOUNCE_MS), BOARD_MUTE_OFF);
    assert_true(board_switch(board, &muted) && !muted);
}

static void test_a_button_in_its_place_has_none(void **state) {
    (void)state;
    bool muted;
    profile.mute_is_switch = false;
    assert_false(board_switch(board, &muted));
    edge(BOARD_MUTE, 0);
    assert_int_equal(after(DEBOUNCE_MS), BOARD_MUTE_CHANGE);
    edge(BOARD_MUTE, 1);
    assert_int_equal(after(DEBOUNCE_MS), -1);
}

static void test_lines_of_nobody_and_nonsense_do_nothing(void **state) {
    (void)state;
    int fds[BOARD_FDS_MAX];
    board_fds(board, fds);
    assert_true(dprintf(script, "99 0\nhello\n\n10\n") > 0);
    for (int i = 0; i < 40; i++) assert_true(dprintf(script, "aaaaaaaaaa") > 0); /* a line without end */
    assert_true(dprintf(script, "\n") > 0);
    board_wake(board, fds[0], now_ns);
    assert_int_equal(after(100), -1);
    edge(BOARD_TALK, 0);
    assert_int_equal(after(DEBOUNCE_MS), BOARD_PRESSED);
}

/* The lines that the lights were told, in one string. */
static const char *told(void) {
    static char text[4096];
    FILE *f = fopen(shown, "r");
    assert_non_null(f);
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    return text;
}

static void test_lights_follow_their_pattern(void **state) {
    (void)state;
    board_show(board, BOARD_MUTED, now_ns);
    for (int i = 0; i < 31; i++) assert_int_equal(after(100), -1);
    assert_string_equal(told(), "0 000000\n255 ff0000\n0 ff0000\n255 ff0000\n0 ff0000\n");
    board_show(board, BOARD_LISTENING, now_ns);
    board_show(board, BOARD_LISTENING, now_ns);
    assert_int_equal(after(10000), -1);
    assert_non_null(strstr(told(), "0 ff0000\n255 0000ff\n"));
    board_show(board, BOARD_DARK, now_ns);
    assert_string_equal(told() + strlen(told()) - strlen("0000ff\n0 000000\n"), "0000ff\n0 000000\n");
}

static void test_the_timer_wakes_core_when_something_is_due(void **state) {
    (void)state;
    int fds[BOARD_FDS_MAX];
    int n = board_fds(board, fds);
    struct pollfd timer = {.fd = fds[n - 1], .events = POLLIN};
    assert_int_equal(poll(&timer, 1, 50), 0);
    board_show(board, BOARD_THINKING, clock_monotonic_ns());
    assert_int_equal(poll(&timer, 1, 2000), 1);
    board_wake(board, timer.fd, clock_monotonic_ns());
    enum board_event e;
    assert_false(board_next(board, clock_monotonic_ns(), &e));
    board_show(board, BOARD_DARK, clock_monotonic_ns());
    assert_int_equal(poll(&timer, 1, 300), 0);
}

static void test_what_does_not_open_is_said(void **state) {
    (void)state;
    struct board *b = NULL;
    struct board_profile other = profile;
    str_copy(other.chip, sizeof other.chip, "no-such-fifo");
    assert_int_equal(board_open(&b, &other, &lights, now_ns), ERR_DEVICE);
    assert_non_null(strstr(err_reason(), "no-such-fifo"));
    str_copy(other.gpio_driver, sizeof other.gpio_driver, "gpiod");
    assert_int_equal(board_open(&b, &other, &lights, now_ns), ERR_DEVICE);
    str_copy(other.gpio_driver, sizeof other.gpio_driver, "none");
    str_copy(other.light_driver, sizeof other.light_driver, "apa102");
    str_copy(other.light_device, sizeof other.light_device, "/dev/null");
    assert_int_equal(board_open(&b, &other, &lights, now_ns), ERR_DEVICE);
    assert_non_null(strstr(err_reason(), "no SPI device"));
    str_copy(other.light_driver, sizeof other.light_driver, "gpio");
    other.light_lines_n = 1;
    assert_int_equal(board_open(&b, &other, &lights, now_ns), ERR_DEVICE);
    assert_null(b);
    board_close(NULL);
}

int main(void) {
#define EACH(test) cmocka_unit_test_setup_teardown(test, open_all, close_all)
    const struct CMUnitTest tests[] = {
        EACH(test_a_press_counts_once_and_when_it_has_settled),
        EACH(test_bouncing_is_one_press),
        EACH(test_a_spike_is_no_press),
        EACH(test_held_it_mutes),
        EACH(test_the_switch_has_positions),
        EACH(test_a_button_in_its_place_has_none),
        EACH(test_lines_of_nobody_and_nonsense_do_nothing),
        EACH(test_lights_follow_their_pattern),
        EACH(test_the_timer_wakes_core_when_something_is_due),
        EACH(test_what_does_not_open_is_said),
    };
    if (!mkdtemp(dir)) return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    rmdir(dir);
    return failed;
}
