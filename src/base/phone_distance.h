/* How alike two strings of phones sound ("OW T M IH L K" and "G OW T M IH L K"). Pure; any thread.
 *
 * The least that turns one into the other (Levenshtein, 1966), where a phone is exchanged for a similar one at less
 * than for any other, and a weak one comes or goes at less than a strong one. In thousandths of a phone: 1000 is one
 * phone that has nothing to do with the one in its place. Similar is what shares articulation: manner, place and voice
 * of consonants; height, backness, rounding and glide of vowels. */
#ifndef SK_BASE_PHONE_DISTANCE_H
#define SK_BASE_PHONE_DISTANCE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PHONE_KINDS = 39, PHONE_RUN_MAX = 96, PHONE_DISTANCE_FAR = 1000000 };
/* No phone comes or goes at less. */
enum { PHONE_GAP_LEAST = 450 };

/* Phones as numbers, 0 to PHONE_KINDS - 1 in the order of their names. */
struct phone_run {
    uint8_t n;
    uint8_t v[PHONE_RUN_MAX];
};

/* Reads "OW T M IH L K". False, and *out is empty, for a phone that is none of CMU's 39, or too many. */
bool phone_run_read(struct phone_run *out, const char *phones);
/* Adds the phones of another; false, and nothing is added, if they do not fit. */
bool phone_run_append(struct phone_run *to, const struct phone_run *more);
/* "OW"; NULL if there is no such phone. Static storage. */
const char *phone_name(int phone);

/* What it costs to hear one phone for another, 0 to 1000, and to lose or to gain one. */
int phone_exchange_cost(int a, int b);
int phone_gap_cost(int phone);

/* The distance; symmetric, 0 for the same phones. As soon as it is sure to be more than `limit`, PHONE_DISTANCE_FAR. */
int phone_run_distance(const struct phone_run *a, const struct phone_run *b, int limit);
/* The same of two strings without a limit. PHONE_DISTANCE_FAR if one is not a string of phones; "" is one. */
int phone_distance(const char *a, const char *b);

#endif
