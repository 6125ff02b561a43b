/* Tells whether what something was made of has changed, no more: FNV-1a of 64 bits (G. Fowler, L. C. Noll, K.-P. Vo,
 * http://www.isthe.com/chongo/tech/comp/fnv/). Any thread. */
#ifndef SK_BASE_FINGERPRINT_H
#define SK_BASE_FINGERPRINT_H
#include <stddef.h>
#include <stdint.h>

#define FINGERPRINT_BEGIN UINT64_C(0xcbf29ce484222325)

/* The fingerprint of what `print` is of, and of these bytes behind it. */
uint64_t fingerprint_add(uint64_t print, const void *bytes, size_t n);
/* Of a string with its end, so that "a", "bc" is not "ab", "c". */
uint64_t fingerprint_add_text(uint64_t print, const char *text);

#endif
