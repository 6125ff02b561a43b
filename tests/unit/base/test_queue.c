#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>

#include "base/clock.h"
#include "base/queue.h"

struct message {
    int from, number;
};

static struct queue *new_queue(size_t capacity) {
    struct queue *q = NULL;
    assert_int_equal(queue_create(&q, sizeof(struct message), capacity), ERR_OK);
    return q;
}

static bool readable(struct queue *q) {
    struct pollfd p = {.fd = queue_fd(q), .events = POLLIN};
    return poll(&p, 1, 0) == 1 && (p.revents & POLLIN);
}

static void first_in_first_out(void **state) {
    (void)state;
    struct queue *q = new_queue(3);
    struct message m;
    for (int round = 0; round < 10; round++) {
        for (int i = 0; i < 2; i++) assert_int_equal(queue_push(q, &(struct message){round, i}), ERR_OK);
        assert_int_equal(queue_length(q), 2);
        for (int i = 0; i < 2; i++) {
            assert_true(queue_pop(q, &m));
            assert_int_equal(m.from, round);
            assert_int_equal(m.number, i);
        }
        assert_false(queue_pop(q, &m));
    }
    queue_destroy(q);
    queue_destroy(NULL);
}

static void a_full_queue_keeps_what_it_has(void **state) {
    (void)state;
    struct queue *q = new_queue(2);
    struct message m = {1, 1};
    assert_int_equal(queue_push(q, &m), ERR_OK);
    m.number = 2;
    assert_int_equal(queue_push(q, &m), ERR_OK);
    m.number = 3;
    assert_int_equal(queue_push(q, &m), ERR_FULL);
    assert_int_equal(queue_length(q), 2);
    assert_true(queue_pop(q, &m));
    assert_int_equal(m.number, 1);
    assert_true(queue_pop(q, &m));
    assert_int_equal(m.number, 2);
    queue_destroy(q);
}

static void the_fd_is_readable_while_messages_wait(void **state) {
    (void)state;
    struct queue *q = new_queue(4);
    struct message m = {0, 0};
    assert_false(readable(q));
    for (int round = 0; round < 3; round++) {
        assert_int_equal(queue_push(q, &m), ERR_OK);
        assert_int_equal(queue_push(q, &m), ERR_OK);
        assert_true(readable(q));
        assert_true(queue_pop(q, &m));
        assert_true(readable(q));
        assert_true(queue_pop(q, &m));
        assert_false(readable(q));
    }
    queue_destroy(q);
}

static void impossible_sizes_are_refused(void **state) {
    (void)state;
    struct queue *q = NULL;
    assert_int_equal(queue_create(&q, 0, 4), ERR_ARG);
    assert_int_equal(queue_create(&q, 4, 0), ERR_ARG);
    assert_int_equal(queue_create(&q, SIZE_MAX / 2, 4), ERR_ARG);
    assert_int_equal(queue_create(&q, 1 << 20, SIZE_MAX / 4), ERR_ARG);
    assert_null(q);
}

static void waiting_ends(void **state) {
    (void)state;
    struct queue *q = new_queue(2);
    struct message m = {4, 5};
    assert_false(queue_wait(q, &m, 0));
    int64_t began_ns = clock_monotonic_ns();
    assert_false(queue_wait(q, &m, 20));
    assert_true(clock_monotonic_ns() - began_ns >= 20 * 1000000);
    assert_int_equal(m.from, 4); /* untouched */
    assert_int_equal(queue_push(q, &m), ERR_OK);
    assert_true(queue_wait(q, &m, 0));
    queue_destroy(q);
}

/* ---- several threads ---- */

enum { WRITERS = 3, READERS = 2, EACH = 5000 };

struct writer {
    struct queue *queue;
    int number;
};

static void *write_each(void *arg) {
    struct writer *w = arg;
    for (int i = 0; i < EACH; i++) {
        struct message m = {w->number, i};
        while (queue_push(w->queue, &m)) sched_yield();
    }
    return NULL;
}

struct reader {
    struct queue *queue;
    int received[WRITERS];
    int out_of_order;
};

static void *read_until_told(void *arg) {
    struct reader *r = arg;
    int last[WRITERS] = {-1, -1, -1};
    struct message m;
    while (queue_wait(r->queue, &m, -1) && m.from >= 0) {
        r->out_of_order += m.number <= last[m.from];
        last[m.from] = m.number;
        r->received[m.from]++;
    }
    return NULL;
}

static void threads_lose_nothing_and_keep_the_order(void **state) {
    (void)state;
    struct queue *q = new_queue(16);
    pthread_t write_threads[WRITERS], read_threads[READERS];
    struct writer writers[WRITERS];
    struct reader readers[READERS] = {{.queue = q}, {.queue = q}};
    for (int i = 0; i < READERS; i++)
        assert_int_equal(pthread_create(&read_threads[i], NULL, read_until_told, &readers[i]), 0);
    for (int i = 0; i < WRITERS; i++) {
        writers[i] = (struct writer){q, i};
        assert_int_equal(pthread_create(&write_threads[i], NULL, write_each, &writers[i]), 0);
    }
    for (int i = 0; i < WRITERS; i++) pthread_join(write_threads[i], NULL);
    for (int i = 0; i < READERS; i++) {
        while (queue_push(q, &(struct message){-1, 0})) sched_yield();
    }
    for (int i = 0; i < READERS; i++) pthread_join(read_threads[i], NULL);

    for (int w = 0; w < WRITERS; w++) {
        int received = 0;
        for (int i = 0; i < READERS; i++) received += readers[i].received[w];
        assert_int_equal(received, EACH);
    }
    for (int i = 0; i < READERS; i++) assert_int_equal(readers[i].out_of_order, 0);
    assert_int_equal(queue_length(q), 0);
    assert_false(readable(q));
    queue_destroy(q);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_in_first_out),
        cmocka_unit_test(a_full_queue_keeps_what_it_has),
        cmocka_unit_test(the_fd_is_readable_while_messages_wait),
        cmocka_unit_test(impossible_sizes_are_refused),
        cmocka_unit_test(waiting_ends),
        cmocka_unit_test(threads_lose_nothing_and_keep_the_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
