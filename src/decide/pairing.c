/* "Pair with the shop": the shop's server gives a code, which the owner of this speaker types into the shop's page. The
 * code is said when it is there; so is what became of it. */
#include <string.h>

#include "base/str.h"
#include "decide/step.h"

void pairing_intent(struct step *s) {
    step_emit(s, EFFECT_PAIR);
}

/* As it is read out: nobody types "https". */
static const char *page_said(const char *page) {
    const char *host = strstr(page, "://");
    return host ? host + 3 : page;
}

/* Whatever was asked before is dropped: what is said next is no answer to it. */
void pairing_told(struct step *s) {
    static const char *const ids[] = {
        [PAIRING_NONE] = "pairing.none",     [PAIRING_UNKNOWN] = "pairing.failed",
        [PAIRING_WANTED] = "pairing.wait",   [PAIRING_CODE] = "pairing.code",
        [PAIRING_PAIRED] = "pairing.paired", [PAIRING_EXPIRED] = "pairing.expired",
        [PAIRING_FAILED] = "pairing.failed",
    };
    const struct pairing_news *n = &s->e->pairing;
    struct reply r = reply_make(ids[n->state]);
    reply_names(&r, s->d);
    reply_digits(&r, "code", n->code);
    reply_text(&r, "page", page_said(n->page));
    reply_text(&r, "name", n->name);
    reply_flag(&r, "has_name", *n->name);
    s->d->question = ASKED_NOTHING;
    s->d->checking_out = false;
    step_done(s, &r);
}
