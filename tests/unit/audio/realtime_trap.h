/* Calls that a real-time thread must not make, replaced by ones that count. Include it in one .c file of a program: its
 * definitions take the place of the C library's for every shared library too, PortAudio and speexdsp among them. */
#ifndef SK_TESTS_REALTIME_TRAP_H
#define SK_TESTS_REALTIME_TRAP_H
#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>
#include <unistd.h>

static _Thread_local int realtime_depth __attribute__((tls_model("initial-exec"))); /* no malloc at first use */
static atomic_int realtime_count;

static inline void realtime_enter(void) {
    realtime_depth++;
}

static inline void realtime_leave(void) {
    realtime_depth--;
}

/* How many were counted since the last call. */
static inline int realtime_sins(void) {
    return atomic_exchange(&realtime_count, 0);
}

/* ThreadSanitizer starts too late to be stood in front of: there nothing is trapped. */
#if defined(__SANITIZE_THREAD__)
static const bool realtime_trapped = false;
#else
static const bool realtime_trapped = true;

static inline void realtime_note(void) {
    if (realtime_depth > 0) atomic_fetch_add(&realtime_count, 1);
}

/* Where the real ones are: under AddressSanitizer its own, else the C library's by their inner names, as dlsym() itself
 * allocates. */
#if defined(__SANITIZE_ADDRESS__)
#define REAL_ALLOC(name) __interceptor_##name
/* The leak checker lets the loader keep its memory, but knows it only as the direct caller. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) {
    return "leak:ld-linux";
}
#else
#define REAL_ALLOC(name) __libc_##name
#endif
extern void *REAL_ALLOC(malloc)(size_t);
extern void *REAL_ALLOC(calloc)(size_t, size_t);
extern void *REAL_ALLOC(realloc)(void *, size_t);
extern void REAL_ALLOC(free)(void *);

void *malloc(size_t n) {
    realtime_note();
    return REAL_ALLOC(malloc)(n);
}

void *calloc(size_t n, size_t size) {
    realtime_note();
    return REAL_ALLOC(calloc)(n, size);
}

void *realloc(void *p, size_t n) {
    realtime_note();
    return REAL_ALLOC(realloc)(p, n);
}

void free(void *p) {
    realtime_note();
    REAL_ALLOC(free)(p);
}

/* What the C library calls those that take a time: with 64 bits of it on a machine of 32 (_TIME_BITS) another name. */
#if defined(__USE_TIME_BITS64)
#define REALTIME_NANOSLEEP       "__nanosleep64"
#define REALTIME_CLOCK_NANOSLEEP "__clock_nanosleep_time64"
#else
#define REALTIME_NANOSLEEP       "nanosleep"
#define REALTIME_CLOCK_NANOSLEEP "clock_nanosleep"
#endif

/* The rest are found by dlsym() before main(): it allocates. */
#define REALTIME_TRAPPED(X)                                                                             \
    X(int, pthread_mutex_lock, "pthread_mutex_lock", (pthread_mutex_t * m), (m))                        \
    X(int, pthread_cond_wait, "pthread_cond_wait", (pthread_cond_t * c, pthread_mutex_t * m), (c, m))   \
    X(int, pthread_cond_signal, "pthread_cond_signal", (pthread_cond_t * c), (c))                       \
    X(ssize_t, read, "read", (int fd, void *buf, size_t n), (fd, buf, n))                               \
    X(ssize_t, write, "write", (int fd, const void *buf, size_t n), (fd, buf, n))                       \
    X(int, nanosleep, REALTIME_NANOSLEEP, (const struct timespec *t, struct timespec *left), (t, left)) \
    X(int, clock_nanosleep, REALTIME_CLOCK_NANOSLEEP,                                                   \
      (clockid_t k, int flags, const struct timespec *t, struct timespec *left), (k, flags, t, left))

#define REALTIME_DEFINE(type, name, symbol, parameters, arguments) \
    static __typeof__(&name) realtime_##name;                      \
    type name parameters {                                         \
        realtime_note();                                           \
        if (!realtime_##name) realtime_find();                     \
        return realtime_##name arguments;                          \
    }
#define REALTIME_FIND(type, name, symbol, parameters, arguments) \
    realtime_##name = (__typeof__(&name))dlsym(RTLD_NEXT, symbol);

static void realtime_find(void);
REALTIME_TRAPPED(REALTIME_DEFINE)

/* Before any thread there is. */
__attribute__((constructor)) static void realtime_find(void) {
    REALTIME_TRAPPED(REALTIME_FIND)
}

#endif
#endif
