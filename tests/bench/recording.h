/* What the benchmarks that mix recordings share: names, and places that depend on them alone. */
#ifndef SK_BENCH_RECORDING_H
#define SK_BENCH_RECORDING_H
#include <string.h>

/* FNV-1a */
static inline unsigned recording_hash(const char *name) {
    unsigned h = 2166136261u;
    for (; *name; name++) h = (h ^ (unsigned char)*name) * 16777619u;
    return h;
}

static inline const char *recording_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

#endif
