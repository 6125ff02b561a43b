/* A question to the shop in the middle of a question of its own: it is answered, and the open one is asked again. */
#include "decide/step.h"

/* What money or goods hang on, or was begun by the shopper. A list of products is not read out again ("the second one"
 * is understood without that), and neither is what was offered unasked. */
static bool is_worth_asking(enum question q) {
    switch (q) {
        case ASKED_ORDER_NUMBER:
        case ASKED_CLEAR:
        case ASKED_WHICH_CANCEL:
        case ASKED_CANCEL:
        case ASKED_WHICH_ADDRESSED:
        case ASKED_ADDRESS:
        case ASKED_WHICH_BACK:
        case ASKED_REASON:
        case ASKED_RETURN:
        case ASKED_WHICH_COUPON:
        case ASKED_PLACE:
        case ASKED_AGREE:
        case ASKED_OTHER_PAYMENT:
        case ASKED_FORGET:
        case ASKED_STARS:
            return true;
        default:
            return false;
    }
}

void aside_begin(struct step *s) {
    struct dialog *d = s->d;
    if (!is_worth_asking(d->question)) return;
    d->aside = (struct aside){d->question, d->asked, d->pending, d->checking_out};
}

bool aside_end(struct step *s) {
    struct dialog *d = s->d;
    struct aside aside = d->aside;
    if (aside.question == ASKED_NOTHING) return false;
    d->aside.question = ASKED_NOTHING;
    d->pending = aside.pending;
    d->checking_out = aside.checking_out;
    d->question = aside.question;
    talk_ask_again(s, &aside.asked);
    return true;
}
