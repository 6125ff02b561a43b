/* The packet of a ticket: all that a person needs to go on without asking again, as one JSON object (Jansson). The
 * body of an outbox row of kind "handover" is this, made from the store at the moment it is sent:
 *
 *   {"ticket","why","question","opened","customer":{"name","address"},"basket":{"lines":[],"total","currency"},
 *    "tried":["search_product",...],"transcript":[{"at","who","text","intent"}],
 *    "messages":[{"at","who","name","text","heard"}],"closed"}
 *
 * `tried` are the intents of the talk, each once, in their order; those that were not understood are "". CORE thread,
 * or a subcommand's main. */
#ifndef SK_APPS_PACKET_H
#define SK_APPS_PACKET_H
#include <jansson.h>
#include "shop/tickets.h"

/* A new reference. ERR_ of the store. */
SK_MUST_USE err_t packet_make(json_t **out, struct shop *shop, const struct ticket *t, int64_t now_ms);

#endif
