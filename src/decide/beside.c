/* "What goes with that?": what customers of the shop order together with it. */
#include "decide/step.h"

/* "That" is what was talked about, else what was put into the basket last; "" nothing. */
static const char *beside_what(const struct step *s) {
    const struct dialog *d = s->d;
    const char *name = step_slot(s->in, "query");
    if (*name) return name;
    if (d->current.variant) return d->current.title;
    const struct cart_line *line = cart_find_line(&d->cart, d->line_variant, d->line_options);
    return line ? line->title : "";
}

void beside_intent(struct step *s) {
    if (!intent_slot(s->in, "_beside")) {
        search_recommend(s);
        return;
    }
    const char *what = beside_what(s);
    if (!*what) {
        step_open_id(s, "beside.what");
        return;
    }
    search_begin(s->d, what);
    s->d->search.beside = true;
    search_find(s);
}

void beside_none(struct step *s, bool filtered) {
    struct reply r = reply_make(filtered ? "beside.none_such" : "beside.none");
    reply_text(&r, "title", s->d->search.query);
    step_open(s, &r);
}
