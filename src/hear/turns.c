#include "hear/turns.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/clock.h"

struct turns {
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t passed; /* the turn, to whom `working` says */
    bool working;          /* it is the other thread's turn */
    bool over;             /* `work` has returned */
    int64_t cpu_ns;
    void (*work)(void *ctx);
    void *ctx;
};

static void wait_until(struct turns *t, bool working) {
    while (t->working != working) pthread_cond_wait(&t->passed, &t->mutex);
}

static void pass(struct turns *t, bool working) {
    t->working = working;
    pthread_cond_signal(&t->passed);
}

static void *run(void *arg) {
    struct turns *t = arg;
    pthread_mutex_lock(&t->mutex);
    wait_until(t, true);
    pthread_mutex_unlock(&t->mutex);
    t->work(t->ctx);
    pthread_mutex_lock(&t->mutex);
    t->cpu_ns = clock_cpu_ns();
    t->over = true;
    pass(t, false);
    pthread_mutex_unlock(&t->mutex);
    return NULL;
}

err_t turns_begin(struct turns **out, void (*work)(void *ctx), void *ctx) {
    struct turns *t = calloc(1, sizeof *t);
    if (!t) return err_fail(ERR_MEMORY, "out of memory for a thread");
    t->work = work;
    t->ctx = ctx;
    pthread_mutex_init(&t->mutex, NULL);
    pthread_cond_init(&t->passed, NULL);
    if (pthread_create(&t->thread, NULL, run, t)) {
        pthread_cond_destroy(&t->passed);
        pthread_mutex_destroy(&t->mutex);
        free(t);
        return err_fail(ERR_MEMORY, "cannot start a thread");
    }
    *out = t;
    return ERR_OK;
}

bool turns_give(struct turns *t) {
    pthread_mutex_lock(&t->mutex);
    if (!t->over) {
        pass(t, true);
        wait_until(t, false);
    }
    bool over = t->over;
    pthread_mutex_unlock(&t->mutex);
    return !over;
}

void turns_take(struct turns *t) {
    pthread_mutex_lock(&t->mutex);
    t->cpu_ns = clock_cpu_ns();
    pass(t, false);
    wait_until(t, true);
    pthread_mutex_unlock(&t->mutex);
}

int64_t turns_end(struct turns *t) {
    if (!t) return 0;
    while (turns_give(t)) {
    }
    int64_t cpu_ns = t->cpu_ns;
    pthread_join(t->thread, NULL);
    pthread_cond_destroy(&t->passed);
    pthread_mutex_destroy(&t->mutex);
    free(t);
    return cpu_ns;
}

int64_t turns_cpu_ns(const struct turns *t) {
    return t->cpu_ns;
}
