#include "base/queue.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock.h"

enum { BYTES_MAX = 1 << 26 };

struct queue {
    pthread_mutex_t lock; /* guards first, length and messages, and that fd is readable exactly while length > 0 */
    int fd;
    size_t size, capacity;
    size_t first, length;
    unsigned char *messages;
};

err_t queue_create(struct queue **out, size_t size, size_t capacity) {
    if (size == 0 || capacity == 0 || size > BYTES_MAX / capacity)
        return err_fail(ERR_ARG, "a queue of %zu messages of %zu bytes cannot be", capacity, size);
    struct queue *q = calloc(1, sizeof *q);
    unsigned char *messages = calloc(capacity, size);
    if (!q || !messages) {
        free(q);
        free(messages);
        return err_fail(ERR_MEMORY, "no memory for a queue of %zu messages of %zu bytes", capacity, size);
    }
    q->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (q->fd < 0) {
        free(q);
        free(messages);
        return err_fail(ERR_IO, "cannot make an eventfd: %s", strerror(errno));
    }
    pthread_mutex_init(&q->lock, NULL); /* cannot fail without attributes */
    q->size = size;
    q->capacity = capacity;
    q->messages = messages;
    *out = q;
    return ERR_OK;
}

void queue_destroy(struct queue *q) {
    if (!q) return;
    pthread_mutex_destroy(&q->lock);
    close(q->fd);
    free(q->messages);
    free(q);
}

static void *slot(struct queue *q, size_t i) {
    return q->messages + (q->first + i) % q->capacity * q->size;
}

err_t queue_push(struct queue *q, const void *message) {
    pthread_mutex_lock(&q->lock);
    bool full = q->length == q->capacity;
    if (!full) {
        memcpy(slot(q, q->length), message, q->size);
        if (q->length++ == 0) eventfd_write(q->fd, 1); /* from 0 to 1: cannot block */
    }
    pthread_mutex_unlock(&q->lock);
    return full ? err_fail(ERR_FULL, "the queue already holds %zu messages", q->capacity) : ERR_OK;
}

bool queue_pop(struct queue *q, void *message) {
    pthread_mutex_lock(&q->lock);
    bool any = q->length > 0;
    if (any) {
        memcpy(message, slot(q, 0), q->size);
        q->first = (q->first + 1) % q->capacity;
        eventfd_t count;
        if (--q->length == 0) eventfd_read(q->fd, &count);
    }
    pthread_mutex_unlock(&q->lock);
    return any;
}

bool queue_wait(struct queue *q, void *message, int timeout_ms) {
    int64_t end_ns = clock_monotonic_ns() + (int64_t)timeout_ms * 1000000;
    int left_ms = timeout_ms;
    for (;;) {
        if (queue_pop(q, message)) return true;
        if (timeout_ms >= 0) {
            int64_t left_ns = end_ns - clock_monotonic_ns();
            if (left_ns <= 0) return false;
            left_ms = (int)((left_ns + 999999) / 1000000);
        }
        /* another reader may be faster, or a signal may come: hence the loop */
        struct pollfd p = {.fd = q->fd, .events = POLLIN};
        poll(&p, 1, left_ms);
    }
}

size_t queue_length(struct queue *q) {
    pthread_mutex_lock(&q->lock);
    size_t length = q->length;
    pthread_mutex_unlock(&q->lock);
    return length;
}

int queue_fd(const struct queue *q) {
    return q->fd;
}
