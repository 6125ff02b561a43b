/* Errors that read as a sentence.
 *
 * A fallible function returns err_t and gives its result through `out`, which stays untouched on failure.
 * The reason is kept per thread; each caller may put what it was doing in front of it, so that the last
 * log line reads "cannot start: catalogue grocer.csv: line 7: price 'abc' is not a number".
 * Either return an error or log it, never both. Any thread; the text is the calling thread's own. */
#ifndef SK_BASE_ERR_H
#define SK_BASE_ERR_H

#define SK_MUST_USE          __attribute__((warn_unused_result))
#define SK_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

typedef enum {
    ERR_OK = 0,
    ERR_ARG,       /* the caller or the person gave something that cannot be */
    ERR_FORMAT,    /* a file or message is not what it should be */
    ERR_RANGE,     /* a value beyond its bounds */
    ERR_NOT_FOUND, /* no such file, row, rule, device */
    ERR_IO,        /* the operating system said no */
    ERR_BUSY,      /* somebody else holds it: try again */
    ERR_FULL,      /* no room: disk, ring, queue, table */
    ERR_VERSION,   /* made by a newer program */
    ERR_DEVICE,    /* microphone or loudspeaker */
    ERR_MODEL,     /* acoustic model, dictionary, voice */
    ERR_MEMORY,
    ERR_CLOSED, /* the other side has gone */
    ERR_DENIED, /* somebody who was asked says no: a payment */
} err_t;

/* Sets the thread's reason (at most 511 bytes, cut at a UTF-8 boundary) and returns `code`, which must not be ERR_OK.
 */
err_t err_fail(err_t code, const char *fmt, ...) SK_PRINTF(2, 3);

/* Puts "<text>: " in front of the thread's reason and returns `code`; ERR_OK passes through untouched. */
err_t err_prefix(err_t code, const char *fmt, ...) SK_PRINTF(2, 3);

/* The thread's last reason; "" if none. Borrowed until the next err_ call of this thread. */
const char *err_reason(void);

/* Returns early with the error of `call`. */
#define TRY(call)                      \
    do {                               \
        err_t try_err_ = (call);       \
        if (try_err_) return try_err_; \
    } while (0)

#endif
