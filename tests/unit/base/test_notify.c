#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/notify.h"

static int manager = -1;
static struct sockaddr_un address = {.sun_family = AF_UNIX};

/* The test is the service manager. */
static int open_manager(void **state) {
    (void)state;
    snprintf(address.sun_path, sizeof address.sun_path, "notify-%ld.sock", (long)getpid());
    manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    setenv("NOTIFY_SOCKET", address.sun_path, 1);
    unsetenv("WATCHDOG_USEC");
    unsetenv("WATCHDOG_PID");
    return manager < 0 ? -1 : bind(manager, (struct sockaddr *)&address, sizeof address);
}

static int close_manager(void **state) {
    (void)state;
    close(manager);
    unsetenv("NOTIFY_SOCKET");
    return unlink(address.sun_path);
}

static const char *told(void) {
    static char text[512];
    ssize_t n = recv(manager, text, sizeof text - 1, 0);
    text[n < 0 ? 0 : n] = '\0';
    return text;
}

static void test_it_tells(void **state) {
    (void)state;
    notify_ready();
    assert_string_equal(told(), "READY=1");
    notify_status("waits for a microphone\nREADY=1");
    assert_string_equal(told(), "STATUS=waits for a microphone READY=1");
    notify_stopping();
    assert_string_equal(told(), "STOPPING=1");
}

static void test_a_status_is_cut(void **state) {
    (void)state;
    char text[1000];
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    notify_status(text);
    assert_in_range(strlen(told()), 200, 210);
}

static void test_alive_is_told_as_often_as_the_manager_needs(void **state) {
    (void)state;
    notify_alive();
    assert_string_equal(told(), ""); /* nobody watches */
    setenv("WATCHDOG_USEC", "80000", 1);
    setenv("WATCHDOG_PID", "1", 1);
    assert_int_equal(notify_watchdog_ms(), 0); /* somebody else is watched */
    char pid[16];
    snprintf(pid, sizeof pid, "%ld", (long)getpid());
    setenv("WATCHDOG_PID", pid, 1);
    assert_int_equal(notify_watchdog_ms(), 80);
    notify_alive();
    assert_string_equal(told(), "WATCHDOG=1");
    notify_alive();
    assert_string_equal(told(), ""); /* too soon */
    usleep(25000);
    notify_alive();
    assert_string_equal(told(), "WATCHDOG=1");
}

static void test_without_a_manager_nothing_happens(void **state) {
    (void)state;
    unsetenv("NOTIFY_SOCKET");
    notify_ready();
    setenv("NOTIFY_SOCKET", "no-such.sock", 1);
    notify_ready();
    assert_string_equal(told(), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_it_tells, open_manager, close_manager),
        cmocka_unit_test_setup_teardown(test_a_status_is_cut, open_manager, close_manager),
        cmocka_unit_test_setup_teardown(test_alive_is_told_as_often_as_the_manager_needs, open_manager, close_manager),
        cmocka_unit_test_setup_teardown(test_without_a_manager_nothing_happens, open_manager, close_manager),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
