#include "hear/hypothesis.h"

void hypothesis_take(struct hypothesis *h, struct decoder *d) {
    decoder_result(d, &h->decoded);
    decoder_text(d, h->text, sizeof h->text);
}
