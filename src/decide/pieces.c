/* Packs and pieces: "two dozen eggs" are two packs of twelve. What does not fill its packs is asked about. */
#include "base/str.h"
#include "decide/step.h"

enum { ONE = 1000, PIECES_MAX = 9999 };

void pieces_begin(struct step *s) {
    const struct slot *slot = intent_slot(s->in, "quantity");
    struct count *c = &s->d->wish_count;
    *c = (struct count){0};
    if (!slot || slot->kind != SLOT_NUMBER || *step_slot(s->in, "unit")) return;
    if (slot->milli <= ONE || slot->milli > PIECES_MAX * (int64_t)ONE || slot->milli % ONE) return;
    *c = (struct count){.milli = slot->milli, .pieces = str_equal(slot->code, "pieces")};
}

/* Fewer than a pack has are packs, unless pieces were said: nobody buys two eggs. */
bool pieces_divide(struct step *s, const struct product *p) {
    struct dialog *d = s->d;
    const struct count *c = &d->wish_count;
    int64_t count = c->milli / ONE;
    if (p->pieces < 2 || count == 0 || (!c->pieces && count < p->pieces)) return false;
    int64_t packs = (count + p->pieces - 1) / p->pieces;
    d->wish.quantity_milli = (int)(packs * ONE);
    if (packs * p->pieces == count) return false;
    struct reply r = reply_make("pieces.check");
    reply_text(&r, "title", p->title);
    reply_number(&r, "pieces", (int64_t)p->pieces * ONE);
    reply_number(&r, "packs", packs * ONE);
    reply_number(&r, "count", packs * p->pieces * ONE);
    step_ask(s, &r, ASKED_PIECES);
    return true;
}

/* "A dozen eggs": the pack that has just those, if it is one alone; -1 if not. */
int pieces_exact(const struct dialog *d) {
    int exact = -1;
    for (int i = 0; i < d->found.n; i++) {
        if (!d->wish_count.pieces || d->found.v[i].pieces * (int64_t)ONE != d->wish_count.milli) continue;
        if (exact >= 0) return -1;
        exact = i;
    }
    return exact;
}

void pieces_yes(struct step *s) {
    s->d->wish_count.milli = 0;
    cart_add_wish(s);
}

/* Another number is of packs (lines.c). */
void pieces_no(struct step *s) {
    s->d->wish_count.milli = 0;
    several_declined(s);
}
