#include "web/login.h"

#include <string.h>

#include "base/str.h"
#include "web/secret.h"

int64_t login_wait_ms(const struct login *l, int64_t now_ms) {
    int64_t again_ms = l->n_said < CODES_MAX ? now_ms : l->said_ms[0] + CODES_WITHIN_MS;
    return again_ms > now_ms ? again_ms - now_ms : 0;
}

static void note_said(struct login *l, int64_t now_ms) {
    if (l->n_said == CODES_MAX) memmove(l->said_ms, l->said_ms + 1, sizeof l->said_ms - sizeof *l->said_ms);
    if (l->n_said < CODES_MAX) l->n_said++;
    l->said_ms[l->n_said - 1] = now_ms;
}

static bool is_code(const char *code) {
    return strlen(code) == CODE_DIGITS && strspn(code, "0123456789") == CODE_DIGITS;
}

bool login_said(struct login *l, const char *code, int64_t now_ms) {
    note_said(l, now_ms);
    if (!is_code(code)) return false;
    str_copy(l->code, sizeof l->code, code);
    l->tries = CODE_TRIES;
    l->until_ms = now_ms + CODE_LASTS_MS;
    return true;
}

enum login_result login_try(struct login *l, const char *code, int64_t now_ms) {
    if (!*l->code || l->tries == 0 || now_ms >= l->until_ms) return LOGIN_GONE;
    l->tries--;
    bool right = is_code(code) && secret_same(code, l->code, CODE_DIGITS);
    if (right || l->tries == 0) l->code[0] = '\0';
    return right ? LOGIN_RIGHT : LOGIN_WRONG;
}
