/* Time. Wall time is milliseconds since 1970 in UTC; elapsed time is monotonic nanoseconds. Any thread. */
#ifndef SK_BASE_CLOCK_H
#define SK_BASE_CLOCK_H
#include <stdint.h>

int64_t clock_now_ms(void);      /* wall clock */
int64_t clock_monotonic_ns(void); /* for durations only */
int64_t clock_cpu_ns(void);      /* processor time of the calling thread */

#endif
