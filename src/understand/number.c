#include "understand/number.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

#define MILLI      INT64_C(1000)
#define VALUE_MAX  (INT64_C(1000000000000) * MILLI)
#define HUNDREDTHS 100

static int64_t bounded(int64_t value) {
    return value > VALUE_MAX ? VALUE_MAX : value < -VALUE_MAX ? -VALUE_MAX : value;
}

/* value * factor / 1000, bounded. */
static int64_t times(int64_t value, int64_t factor) {
    int64_t product;
    if (__builtin_mul_overflow(value, factor, &product)) return VALUE_MAX;
    return bounded(product / MILLI);
}

void number_add(struct number *n, int64_t milli) {
    n->part[n->at].group = bounded(n->part[n->at].group + bounded(milli));
    n->part[n->at].begun = true;
    n->any = true;
}

void number_times(struct number *n, int64_t milli) {
    if (!n->part[n->at].begun) number_add(n, MILLI);
    n->part[n->at].group = times(n->part[n->at].group, milli);
    if (milli < 1000 * MILLI) return;
    n->part[n->at].closed = bounded(n->part[n->at].closed + n->part[n->at].group);
    n->part[n->at].group = 0;
    n->part[n->at].begun = false;
}

void number_point(struct number *n) {
    n->at = 1;
}

int64_t number_milli(const struct number *n) {
    int64_t hundredths = n->part[1].closed + n->part[1].group;
    return bounded(n->part[0].closed + n->part[0].group + (hundredths + HUNDREDTHS / 2) / HUNDREDTHS);
}

static void write_out(struct digits *d) {
    char text[32];
    snprintf(text, sizeof(text), "%" PRId64, d->value);
    for (int i = d->repeat > 1 ? d->repeat : 1; i > 0 && d->begun; i--)
        (void)str_append(d->text, sizeof(d->text), text);
    if (d->begun) d->repeat = 1;
    d->begun = false;
}

/* The zeros at the end of what is said as one word: "forty" leaves room for one digit, "ten" and "seven" for none. */
static int64_t room_of(int64_t value) {
    return value >= 20 && value < 100 && value % 10 == 0 ? 10 : 1;
}

void digits_add(struct digits *d, int64_t milli) {
    int64_t value = milli / MILLI;
    if (d->begun && value > 0 && value < d->room && d->repeat <= 1) {
        d->outer_room = d->room == 10 ? d->outer_room : d->room;
        d->last = d->room == 10 ? d->last + value : value;
        d->value += value;
    } else {
        write_out(d);
        d->begun = true;
        d->value = d->last = value;
        d->outer_room = VALUE_MAX;
    }
    d->room = room_of(value);
}

void digits_times(struct digits *d, int64_t milli) {
    int64_t factor = milli / MILLI;
    if (factor < 2) return;
    if (factor < 10) { /* "double", "triple" */
        write_out(d);
        d->repeat = (int)factor;
        return;
    }
    if (!d->begun) digits_add(d, MILLI);
    if (factor >= 1000) { /* counts all that came before it: "one hundred forty thousand" */
        d->last = d->value;
        d->outer_room = VALUE_MAX;
    }
    int64_t product = times(d->last, milli);
    if (product < d->outer_room) {
        d->value = bounded(d->value - d->last + product);
    } else { /* "four hundred five hundred": the five was the next value */
        d->value -= d->last;
        write_out(d);
        d->begun = true;
        d->value = product;
        d->outer_room = VALUE_MAX;
    }
    d->last = product;
    d->room = factor;
}

void digits_numeral(struct digits *d, const char *numeral) {
    digits_finish(d);
    for (; *numeral; numeral++)
        if (*numeral != '.') (void)str_append(d->text, sizeof(d->text), (char[]){*numeral, '\0'});
}

void digits_finish(struct digits *d) {
    write_out(d);
    d->repeat = 1;
}

bool numeral_is(const char *word) {
    size_t whole = strspn(word, "0123456789");
    if (whole == 0 || word[whole] == '\0') return whole > 0;
    const char *decimals = word + whole + 1;
    size_t n = strspn(decimals, "0123456789");
    return word[whole] == '.' && n > 0 && decimals[n] == '\0';
}

int64_t numeral_milli(const char *word) {
    int64_t value = 0;
    for (; *word >= '0' && *word <= '9'; word++) value = bounded(value * 10 + (*word - '0') * MILLI);
    if (*word != '.') return value;
    for (int64_t place = MILLI / 10; *++word && place > 0; place /= 10) value += (*word - '0') * place;
    return bounded(value);
}
