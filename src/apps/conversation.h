/* The wiring of one conversation: events to the dialogue, its effects to the store, the answers back, and what is to be
 * said and listened for to whoever runs it (chat, the voice loop, the tests). CORE thread; time is handed in. */
#ifndef SK_APPS_CONVERSATION_H
#define SK_APPS_CONVERSATION_H
#include "apps/assistant.h"
#include "decide/dialog.h"

/* What the conversation wants done in the world. Any may be NULL. */
struct conversation_sink {
    void (*say)(void *ctx, const char *shown, const char *spoken);
    void (*listen)(void *ctx, const char *state); /* once all is said; "" waits for the wake phrase */
    void (*light)(void *ctx, enum light light);
    void (*silence)(void *ctx);
    void (*volume)(void *ctx, const struct effect_volume *volume);
    void *ctx;
};

struct conversation {
    struct assistant *assistant;
    struct dialog dialog;
    struct conversation_sink sink;
    unsigned picks; /* turns so far, to vary the wording */
};

/* Borrows the assistant. ERR_ of the store. */
SK_MUST_USE err_t conversation_begin(struct conversation *c, struct assistant *a, const struct conversation_sink *sink);
/* One event and all that follows from it. */
void conversation_event(struct conversation *c, const struct event *e, int64_t now_ms);
/* Tells the next message of a person of the shop, or what the shop's server says about this speaker, if there is any
 * and it may be told now; true if it was. For whoever runs the conversation to call now and then, while nobody speaks.
 */
bool conversation_news(struct conversation *c, int64_t now_ms);
/* Words that were typed or heard, already understood: noted, then dealt with as EVENT_INTENT or EVENT_UNCLEAR. */
void conversation_understood(struct conversation *c, const struct intent *in, int64_t now_ms);
/* Whether what is said now is a secret: it may neither be shown nor kept. */
bool conversation_is_secret(const struct conversation *c);
/* What may be shown of words that were said, by themselves or as an intent: "***" and no slot where they are secret. */
const char *conversation_shown(const struct conversation *c, const char *text);
struct intent conversation_shown_intent(const struct conversation *c, const struct intent *in);
/* "off", "listening", "thinking", "speaking", "error", "notice". */
const char *light_name(enum light light);

#endif
