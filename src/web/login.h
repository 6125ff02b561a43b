/* The code that the speaker says, for who wants to log in: it holds for three minutes, once, and for five tries. So
 * that a stranger in the network cannot make the speaker babble, it says three in ten minutes at most, whoever asks.
 * One thread; times are monotonic milliseconds. */
#ifndef SK_WEB_LOGIN_H
#define SK_WEB_LOGIN_H
#include <stdbool.h>
#include <stdint.h>

enum {
    CODE_DIGITS = 6,
    CODE_TRIES = 5,
    CODE_LASTS_MS = 3 * 60 * 1000,
    CODES_MAX = 3, /* in */
    CODES_WITHIN_MS = 10 * 60 * 1000,
};

struct login {
    char code[CODE_DIGITS + 1]; /* "" none */
    int tries;                  /* that are left */
    int64_t until_ms;
    int64_t said_ms[CODES_MAX]; /* the last ones, the oldest first */
    int n_said;
};

enum login_result { LOGIN_RIGHT, LOGIN_WRONG, LOGIN_GONE /* there is no code, or not any more */ };

/* 0: another code may be said now; else in so many milliseconds. */
int64_t login_wait_ms(const struct login *l, int64_t now_ms);
/* A code was said; it takes the place of one before. False if it is none. */
bool login_said(struct login *l, const char *code, int64_t now_ms);
enum login_result login_try(struct login *l, const char *code, int64_t now_ms);

#endif
