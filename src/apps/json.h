/* The JSON that the programs print: one object a line (Jansson). Any one thread. */
#ifndef SK_APPS_JSON_H
#define SK_APPS_JSON_H
#include <jansson.h>
#include "shop/types.h"
#include "understand/intent.h"

/* {"text","intent","slots","score","accepted"} of a result; the intent is null and the slots are empty if it is not
 * accepted. */
json_t *json_intent(const struct intent *in);
/* A finite number rounded to `decimals`. */
json_t *json_rounded(double value, int decimals);
/* "3.49" as a string of minor units with the point set: money is never a float. */
json_t *json_money(int64_t minor, const char *currency);
json_t *json_product(const struct product *p);
json_t *json_order(const struct order *o);
/* "2026-11-22T10:40:00Z", null for 0. */
json_t *json_time(int64_t ms);
/* Prints the object on a line of standard output, flushes, and frees it. */
void json_print(json_t *object);

#endif
