#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "board/profile.h"

#define BOARDS SK_DATA_DIR "/boards"

static char scratch[] = "profile-XXXXXX";

static int make_scratch(void **state) {
    (void)state;
    if (!mkdtemp(scratch)) return -1;
    char path[64];
    snprintf(path, sizeof path, "%s/x", scratch);
    if (mkdir(path, 0700)) return -1;
    snprintf(path, sizeof path, "%s/kits", scratch);
    return mkdir(path, 0700);
}

static int remove_scratch(void **state) {
    (void)state;
    char command[64];
    snprintf(command, sizeof command, "rm -r %s", scratch);
    return system(command);
}

static void write_file(const char *name, const char *text) {
    char path[64];
    snprintf(path, sizeof path, "%s/%s", scratch, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
}

static struct board_profile p;

static err_t load(const char *board_ini) {
    write_file("x/board.ini", board_ini);
    return board_profile_load(&p, scratch, "x", "");
}

/* Refused with a sentence that has `part` in it. */
static void refuse(const char *board_ini, const char *part) {
    err_t err = load(board_ini);
    if (!err) fail_msg("taken: %s", board_ini);
    if (!strstr(err_reason(), part)) fail_msg("'%s' is not in: %s", part, err_reason());
}

/* ---- the profiles there are ---- */

static void check_one(const char *board, const char *kit) {
    if (board_profile_load(&p, BOARDS, board, kit)) fail_msg("%s, %s: %s", board, kit, err_reason());
    assert_true(*p.name);
    if (*p.kit) assert_true(*p.kit_name);
    /* what Shopkeeper may take is there, and so is what the table in boards/README.md is worked out from */
    if (p.memory_mb) assert_in_range(p.resident_mb, 1, p.memory_mb / 2);
    if (p.mhz) assert_true(p.ipc > 0 && p.cores > 0 && p.core_percent > 0);
    /* a device that the profile names is one that it defines */
    if (str_equal(p.capture, "shopkeeper")) assert_true(*p.alsa);
    /* SPI lights need the bus */
    if (str_equal(p.light_driver, "apa102")) {
        assert_non_null(strstr(p.parameters, "spi=on"));
        assert_non_null(strstr(p.modules, "spidev"));
    }
}

static void test_every_board_with_every_kit_loads(void **state) {
    (void)state;
    DIR *dir = opendir(BOARDS);
    assert_non_null(dir);
    int boards = 0, together = 0;
    for (struct dirent *e; (e = readdir(dir));) {
        char path[sizeof BOARDS + 300];
        snprintf(path, sizeof path, "%s/%s/board.ini", BOARDS, e->d_name);
        if (access(path, R_OK)) continue;
        boards++;
        check_one(e->d_name, "");
        char kits[BOARD_TEXT_MAX];
        str_copy(kits, sizeof kits, p.kits);
        char *rest = kits;
        for (const char *kit; (kit = str_next_word(&rest)); together++) check_one(e->d_name, kit);
    }
    closedir(dir);
    assert_true(boards >= 6);
    assert_true(together >= 8);
}

static void test_a_kit_adds_to_its_board(void **state) {
    (void)state;
    assert_int_equal(board_profile_load(&p, BOARDS, "rpi5", "respeaker-2mics"), ERR_OK);
    assert_string_equal(p.name, "Raspberry Pi 5");
    assert_string_equal(p.kit_name, "ReSpeaker 2-Mics Pi HAT");
    assert_string_equal(p.chip, "pinctrl-rp1");
    assert_string_equal(p.modules, "spidev snd-soc-wm8960");
    assert_string_equal(p.overlays, "wm8960-soundcard");
    assert_string_equal(p.parameters, "spi=on i2s=on i2c_arm=on");
    assert_string_equal(p.alsa, BOARDS "/kits/respeaker-2mics.conf");
    assert_true(p.one_clock);
    assert_int_equal(p.inputs[BOARD_TALK].line, 17);
    assert_true(p.inputs[BOARD_TALK].active_low);
    assert_int_equal(p.inputs[BOARD_TALK].pull, PULL_UP);
    assert_int_equal(p.inputs[BOARD_MUTE].line, -1);
    assert_int_equal(p.light_count, 3);
    /* without a choice it is the board's first */
    assert_int_equal(board_profile_load(&p, BOARDS, "rpi5", ""), ERR_OK);
    assert_string_equal(p.kit, "usb");
    assert_true(p.mute_is_switch);
}

/* ---- mistakes ---- */

static void test_a_typing_error_is_named_with_its_line(void **state) {
    (void)state;
    refuse("[board]\nname = X\n\n[audio]\ncaptur = x\n", "x/board.ini:5: unknown key 'captur' in [audio]");
    refuse("[board]\nname = X\n[audoi]\ncapture = x\n", "x/board.ini:4: ");
    refuse("[board]\nname = X\n[audio]\ncapture_rate_hz = fast\n", "x/board.ini:4: ");
    refuse("[board]\nname = X\n[audio]\ncapture_rate_hz = 1000000\n", "x/board.ini:4: ");
    refuse("[board]\nname = X\n[audio]\nalsa = none.conf\n", "x/board.ini:4: ");
    refuse("[board]\nname = X\n[audio]\nalsa = ../x/board.ini\n", "x/board.ini:4: ");
    refuse("[board]\nname = X\n[gpio]\ndriver = gpoid\n", "x/board.ini:4: driver should be one of: gpiod fake none");
    refuse("[board]\nname = X\n[inputs]\ntalk = seventeen\n", "x/board.ini:4: talk should be a line");
    refuse("[board]\nname = X\n[inputs]\ntalk = 17 lwo\n", "x/board.ini:4: ");
    refuse("[board]\nname = X\n[inputs]\ntalk = 17 18\n", "x/board.ini:4: ");
    refuse("[board]\nname = X\n[inputs]\ntalk = 70000\n", "x/board.ini:4: ");
    refuse("[board]\nname = X\n[inputs]\ntalk = low\n", "x/board.ini:4: ");
    refuse("[board]\nname = X\n[inputs]\nhold_ms = 20\n", "x/board.ini:4: ");
    refuse("[board]\nname = X\n[inputs]\nmute_is = lever\n", "x/board.ini:4: ");
    refuse("[board]\nname = X\n[lights]\nlines = 1, 2, 3, 4, 5, 6, 7, 8, 9\n", "x/board.ini:4: ");
    refuse("[board]\nname = X\n[lights]\npercent = 0\n", "x/board.ini:4: ");
    refuse("[board]\nname = X\nseen = maybe\n", "x/board.ini:3: ");
}

static void test_what_does_not_go_together_is_refused(void **state) {
    (void)state;
    refuse("[board]\narchitecture = any\n", "has no name");
    refuse("[board]\nname = X\n[audio]\ncapture = a\nplayback = b\none_clock = yes\n", "x/board.ini:6: one_clock");
    refuse("[board]\nname = X\n[audio]\ncapture_rate_hz = 16000\none_clock = yes\n", "x/board.ini:5: one_clock");
    refuse("[board]\nname = X\n[inputs]\ntalk = 17\n", "[gpio] has no driver");
    refuse("[board]\nname = X\n[gpio]\ndriver = gpiod\n[inputs]\ntalk = 17\n", "no chip");
    refuse("[board]\nname = X\n[gpio]\ndriver = gpiod\nchip = c\n[inputs]\ntalk = 17\nmute = 17 low\n",
           "talk and mute are both on line 17");
    refuse("[board]\nname = X\n[lights]\ndriver = apa102\n", "no device");
    refuse("[board]\nname = X\n[gpio]\nchip = c\n[lights]\ndriver = gpio\n", "no lines");
    refuse("[board]\nname = X\n[inputs]\nhold_ms = 2000\n", "talk button");
}

static void test_boards_and_kits_that_are_not_there(void **state) {
    (void)state;
    assert_int_equal(board_profile_load(&p, BOARDS, "rpi9", ""), ERR_NOT_FOUND);
    assert_int_equal(board_profile_load(&p, BOARDS, "../boards/rpi4", ""), ERR_ARG);
    assert_int_equal(board_profile_load(&p, BOARDS, "", ""), ERR_ARG);
    assert_int_equal(board_profile_load(&p, BOARDS, "rpi4", "tin-can"), ERR_NOT_FOUND);
    assert_non_null(strstr(err_reason(), "usb respeaker-2mics"));
    assert_int_equal(board_profile_load(&p, BOARDS, "generic-pc", "usb"), ERR_NOT_FOUND);
    refuse("[board]\nname = X\nkits = ../x\n", "no name of a kit");
    /* a mistake in a kit is one with its own file and line */
    write_file("kits/k.ini", "[kit]\nname = K\n[lights]\ncuont = 3\n");
    refuse("[board]\nname = X\nkits = k\n", "kits/k.ini:4: unknown key 'cuont'");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_board_with_every_kit_loads),
        cmocka_unit_test(test_a_kit_adds_to_its_board),
        cmocka_unit_test(test_a_typing_error_is_named_with_its_line),
        cmocka_unit_test(test_what_does_not_go_together_is_refused),
        cmocka_unit_test(test_boards_and_kits_that_are_not_there),
    };
    return cmocka_run_group_tests(tests, make_scratch, remove_scratch);
}
