/* The text between { and } to an action. */
#ifndef SK_UNDERSTAND_TAG_H
#define SK_UNDERSTAND_TAG_H
#include "understand/jsgf.h"

/* ERR_FORMAT with the place and the forms that there are. */
SK_MUST_USE err_t tag_parse(struct net_action *out, const char *text, struct place at, struct arena *arena);

#endif
