#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "board/driver.h"
#include "board/lights.h"

static struct lights lights;

static int load(void **state) {
    (void)state;
    return lights_load(&lights, SK_DATA_DIR "/boards/lights.ini") ? -1 : 0;
}

/* As a plain light has it: on or off. */
static bool is_on(const struct light_pattern *p, int step) {
    return p->level[step % p->n] > LIGHT_FULL / 2;
}

/* Whether one, begun anywhere, goes on as the other for ever. */
static bool look_alike(const struct light_pattern *a, const struct light_pattern *b) {
    int together = a->n * b->n;
    for (int begin = 0; begin < b->n; begin++) {
        int step = 0;
        while (step < together && is_on(a, step) == is_on(b, step + begin)) step++;
        if (step == together) return true;
    }
    return false;
}

static void test_no_two_lights_look_alike_without_colour(void **state) {
    (void)state;
    for (int a = BOARD_DARK + 1; a < BOARD_LIGHTS; a++) {
        for (int b = a + 1; b < BOARD_LIGHTS; b++) {
            if (look_alike(&lights.patterns[a], &lights.patterns[b]))
                fail_msg("%s looks like %s", board_light_name((enum board_light)a),
                         board_light_name((enum board_light)b));
        }
    }
}

static void test_each_light_shines_and_none_flickers(void **state) {
    (void)state;
    int second = 1000 / lights.step_ms;
    for (int i = BOARD_DARK + 1; i < BOARD_LIGHTS; i++) {
        const struct light_pattern *p = &lights.patterns[i];
        int on = 0;
        for (int begin = 0; begin < p->n; begin++) {
            int flashes = 0;
            on += is_on(p, begin);
            for (int s = begin; s < begin + second; s++) flashes += !is_on(p, s) && is_on(p, s + 1);
            if (flashes > 3) fail_msg("%s flashes %d times a second", board_light_name((enum board_light)i), flashes);
        }
        assert_true(on > 0);
    }
}

static void test_the_level_changes_when_it_says(void **state) {
    (void)state;
    for (int i = BOARD_DARK; i < BOARD_LIGHTS; i++) {
        enum board_light light = (enum board_light)i;
        int64_t at = 0, next, ignored;
        for (int changes = 0; changes < 20; changes++, at = next) {
            uint8_t level = lights_level(&lights, light, at, &next);
            if (!next) { /* for good: dark and listening */
                assert_int_equal(lights_level(&lights, light, at + 100000, &ignored), level);
                break;
            }
            assert_true(next > at);
            assert_int_equal(lights_level(&lights, light, next - 1, &ignored), level);
            assert_int_not_equal(lights_level(&lights, light, next, &ignored), level);
        }
    }
    int64_t next;
    assert_int_equal(lights_level(&lights, BOARD_DARK, 5, &next), 0);
    assert_int_equal(next, 0);
    assert_int_equal(lights_level(&lights, BOARD_LISTENING, 5, &next), LIGHT_FULL);
    assert_int_equal(next, 0);
}

static err_t parse(const char *text) {
    struct lights l;
    FILE *f = fopen("lights-test.ini", "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    err_t err = lights_load(&l, "lights-test.ini");
    unlink("lights-test.ini");
    return err;
}

static void test_mistakes(void **state) {
    (void)state;
    assert_int_equal(parse("[lights]\nstep_ms = 100\n[listening]\npattern = #\n"), ERR_FORMAT);
    assert_non_null(strstr(err_reason(), "[thinking] has no pattern"));
    assert_int_equal(parse("[listening]\npattern = #x\n"), ERR_FORMAT);
    assert_non_null(strstr(err_reason(), "lights-test.ini:2: pattern"));
    assert_int_equal(parse("[listening]\npattern = #\ncolour = blue\n"), ERR_FORMAT);
    assert_non_null(strstr(err_reason(), "lights-test.ini:3: colour"));
    assert_int_equal(parse("[listening]\npattern = "
                           "#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#\n"),
                     ERR_FORMAT);
    assert_int_equal(lights_load(&lights, "no-such.ini"), ERR_NOT_FOUND);
}

static void test_apa102(void **state) {
    (void)state;
    uint8_t out[APA102_BYTES_MAX];
    static const uint8_t full[] = {0, 0, 0, 0, 0xff, 0x33, 0x22, 0x11, 0xff, 0x33, 0x22, 0x11, 0xff, 0xff, 0xff, 0xff};
    assert_int_equal(apa102_frame(out, 2, 255, 0x112233, 100), sizeof full);
    assert_memory_equal(out, full, sizeof full);
    static const uint8_t dark[] = {0, 0, 0, 0, 0xe0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff};
    assert_int_equal(apa102_frame(out, 1, 0, 0x112233, 100), sizeof dark);
    assert_memory_equal(out, dark, sizeof dark);
    apa102_frame(out, 1, 255, 0xffffff, 20);
    assert_int_equal(out[4], 0xe0 | 7);
    apa102_frame(out, 1, 1, 0xffffff, 1);
    assert_int_equal(out[4], 0xe0 | 1); /* the least light is one */
    assert_int_equal(apa102_frame(out, BOARD_LEDS_MAX, 255, 0, 100), APA102_BYTES_MAX);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_two_lights_look_alike_without_colour),
        cmocka_unit_test(test_each_light_shines_and_none_flickers),
        cmocka_unit_test(test_the_level_changes_when_it_says),
        cmocka_unit_test(test_apa102),
        cmocka_unit_test(test_mistakes),
    };
    return cmocka_run_group_tests(tests, load, NULL);
}
