#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <time.h>

#include "base/clock.h"

static void wall_time_is_that_of_the_system(void **state) {
    (void)state;
    int64_t before_s = time(NULL);
    int64_t now_ms = clock_now_ms();
    assert_true(now_ms >= (before_s - 1) * 1000);
    assert_true(now_ms <= (time(NULL) + 1) * 1000);
}

static void durations_never_run_backwards(void **state) {
    (void)state;
    int64_t last_ns = clock_monotonic_ns(), last_cpu_ns = clock_cpu_ns();
    for (int i = 0; i < 10000; i++) {
        int64_t now_ns = clock_monotonic_ns(), cpu_ns = clock_cpu_ns();
        assert_true(now_ns >= last_ns);
        assert_true(cpu_ns >= last_cpu_ns);
        last_ns = now_ns;
        last_cpu_ns = cpu_ns;
    }
}

static void sleeping_takes_time_but_no_processor(void **state) {
    (void)state;
    int64_t began_ns = clock_monotonic_ns(), began_cpu_ns = clock_cpu_ns();
    const struct timespec pause = {.tv_nsec = 30000000};
    nanosleep(&pause, NULL);
    assert_true(clock_monotonic_ns() - began_ns >= 30000000);
    assert_true(clock_cpu_ns() - began_cpu_ns < 30000000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wall_time_is_that_of_the_system),
        cmocka_unit_test(durations_never_run_backwards),
        cmocka_unit_test(sleeping_takes_time_but_no_processor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
