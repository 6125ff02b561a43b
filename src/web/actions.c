/* What a visitor does: gets in and out, and speaks to shopkeeperd. */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"
#include "web/posted.h"
#include "web/site.h"

enum { WORDS_MAX = 400, LINE_MAX_BYTES = WORDS_MAX + 16, REPLY_MAX_BYTES = 1024 };

/* ---- shopkeeperd ---- */

/* Its answer, to be freed; NULL if it gives none, or says no: then the visitor is told why. */
static json_t *speaker_asked(struct visit *v, const char *line) {
    const struct web_config *config = &v->site->config;
    char text[REPLY_MAX_BYTES];
    json_t *told = config->ask(config->ctx, line, text, sizeof text) ? NULL : json_loads(text, 0, NULL);
    const char *why = json_string_value(json_object_get(told, "why"));
    if (told && !json_object_get(told, "error")) return told;
    v->answer = told ? answer_error(409, why ? why : "failed") : answer_error(503, "away");
    json_decref(told);
    return NULL;
}

static void pass_on(struct visit *v, const char *line) {
    json_t *told = speaker_asked(v, line);
    if (told) v->answer.json = json_pack("{s:b}", "ok", 1);
    json_decref(told);
}

static void refuse_body(struct visit *v) {
    v->answer = answer_error(400, "body");
}

void action_type(struct visit *v) {
    char words[WORDS_MAX], line[LINE_MAX_BYTES];
    if (!posted_text(v->request->body, v->request->body_n, "text", words, sizeof words)) {
        refuse_body(v);
        return;
    }
    snprintf(line, sizeof line, "type %s", words);
    pass_on(v, line);
}

void action_wake(struct visit *v) {
    pass_on(v, "wake");
}

void action_mute(struct visit *v) {
    bool muted;
    if (posted_bool(v->request->body, v->request->body_n, "muted", &muted))
        pass_on(v, muted ? "mute" : "unmute");
    else
        refuse_body(v);
}

void action_volume(struct visit *v) {
    int tenths;
    char line[32];
    if (!posted_int(v->request->body, v->request->body_n, "tenths", 1, 10, &tenths)) {
        refuse_body(v);
        return;
    }
    snprintf(line, sizeof line, "volume %d", tenths);
    pass_on(v, line);
}

/* ---- in and out ---- */

static void refuse_to_say(struct visit *v, int64_t wait_ms) {
    v->answer = answer_error(429, "wait");
    json_object_set_new(v->answer.json, "seconds", json_integer((wait_ms + 999) / 1000));
}

void action_code(struct visit *v) {
    struct login *login = &v->site->login;
    int64_t wait_ms = login_wait_ms(login, v->monotonic_ms);
    if (wait_ms) {
        refuse_to_say(v, wait_ms);
        return;
    }
    json_t *told = speaker_asked(v, "code");
    if (!told) return;
    const char *code = json_string_value(json_object_get(told, "code"));
    v->answer = login_said(login, code ? code : "", v->monotonic_ms)
                    ? (struct answer){.status = 200, .json = json_pack("{s:i}", "seconds", CODE_LASTS_MS / 1000)}
                    : answer_error(503, "away");
    json_decref(told);
}

static void let_in(struct visit *v) {
    char token[TOKEN_MAX];
    if (sessions_begin(&v->site->sessions, v->monotonic_ms, token)) {
        log_error("nobody is let in: %s", err_reason());
        v->answer = answer_error(503, "failed");
        return;
    }
    log_info("somebody has logged in");
    snprintf(v->answer.cookie, COOKIE_MAX, "shopkeeper=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%d", token,
             SESSION_DAYS * 24 * 60 * 60);
    v->answer.json = json_pack("{s:b}", "ok", 1);
}

void action_login(struct visit *v) {
    char code[16] = "";
    struct login *login = &v->site->login;
    if (!posted_text(v->request->body, v->request->body_n, "code", code, sizeof code)) {
        refuse_body(v);
        return;
    }
    switch (login_try(login, code, v->monotonic_ms)) {
        case LOGIN_RIGHT:
            let_in(v);
            break;
        case LOGIN_WRONG:
            v->answer = answer_error(403, "wrong");
            json_object_set_new(v->answer.json, "left", json_integer(login->tries));
            break;
        default:
            v->answer = answer_error(403, "gone");
    }
}

void action_logout(struct visit *v) {
    session_end(v->session);
    str_copy(v->answer.cookie, COOKIE_MAX, "shopkeeper=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    v->answer.json = json_pack("{s:b}", "ok", 1);
}
