/* What happens in the voice loop, for a person to read or for a program. `ctx` is the FILE to write to. CORE thread. */
#ifndef SK_APPS_REPORT_H
#define SK_APPS_REPORT_H
#include "apps/core.h"

void report_text(void *ctx, const struct report *r);
void report_json(void *ctx, const struct report *r);

#endif
