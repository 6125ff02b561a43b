/* What the tests of the companion page share. */
#ifndef SK_TEST_WEB_SUPPORT_H
#define SK_TEST_WEB_SUPPORT_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/err.h"

enum { SECOND = 1000, MINUTE = 60 * SECOND };
static const int64_t DAY = INT64_C(24) * 60 * MINUTE;

#define assert_ok(call)                                    \
    do {                                                   \
        if (call) fail_msg("%s: %s", #call, err_reason()); \
    } while (0)

#endif
