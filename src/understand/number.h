/* What number tags add up to, as a number or as a string of digits. See grammar.h for their meaning.
 * Values are thousandths; beyond a million million they stay there. */
#ifndef SK_UNDERSTAND_NUMBER_H
#define SK_UNDERSTAND_NUMBER_H
#include <stdbool.h>
#include <stdint.h>

#include "understand/intent.h"

/* "two hundred five thousand and ten" is the closed group 205,000 and the open group 10. */
struct number {
    struct {
        int64_t closed, group;
        bool begun; /* the group has a value, be it zero */
    } part[2];      /* the whole and the hundredths */
    int at;
    bool any;
};

void number_add(struct number *n, int64_t milli);
void number_times(struct number *n, int64_t milli);
void number_point(struct number *n);
int64_t number_milli(const struct number *n);

/* Digits as people say them: "forty five twelve" is 4512, "one oh five" 105, "two hundred six" 206. A value that is
 * said after a round one goes into its zeros; otherwise it is written behind. */
struct digits {
    char text[SLOT_TEXT_MAX];
    bool begun;
    int64_t value, last; /* being written; what was added to it last */
    int64_t room;        /* a smaller value still goes into its zeros */
    int64_t outer_room;  /* what `room` was before `last` went in */
    int repeat;          /* "double": the next value is written so often */
};

void digits_add(struct digits *d, int64_t milli);
void digits_times(struct digits *d, int64_t milli);
/* A written number: its digits as they stand. */
void digits_numeral(struct digits *d, const char *numeral);
/* Writes what is still open; the text is then whole. */
void digits_finish(struct digits *d);

/* "12", "19.99", ".5" and nothing else. */
bool numeral_is(const char *word);
int64_t numeral_milli(const char *word);

#endif
