/* A bounded queue of fixed-size messages, copied by value, with an eventfd to poll().
 * Any number of writers and readers; no pointer may cross inside a message. Not for the audio callback. */
#ifndef SK_BASE_QUEUE_H
#define SK_BASE_QUEUE_H
#include <stdbool.h>
#include <stddef.h>
#include "base/err.h"

struct queue;

/* Room for `capacity` messages of `size` bytes each. ERR_ARG, ERR_MEMORY, ERR_IO. */
SK_MUST_USE err_t queue_create(struct queue **out, size_t size, size_t capacity);
void queue_destroy(struct queue *q);

/* Copies the message in. ERR_FULL if there is no room; nothing is lost that was in it. */
SK_MUST_USE err_t queue_push(struct queue *q, const void *message);
/* Copies the oldest message out; false if there is none. */
bool queue_pop(struct queue *q, void *message);
/* Blocks until a message comes or `timeout_ms` passes (-1: no limit); false on time-out. */
bool queue_wait(struct queue *q, void *message, int timeout_ms);
/* Messages waiting now. */
size_t queue_length(struct queue *q);
/* Readable while messages wait. Borrowed. */
int queue_fd(const struct queue *q);

#endif
