#include "hear/hypothesis.h"

void hypothesis_take(struct hypothesis *h, struct decoder *d, const struct senones *s) {
    decoder_result(d, senones_loops(s), &h->decoded);
    decoder_text(d, h->text, sizeof h->text);
}
