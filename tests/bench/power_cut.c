/* A library to be loaded before libc (LD_PRELOAD) that remembers what a power cut would take back: whatever was written
 * to a database and its log since they were last flushed. The programs notice nothing of it.
 *
 *   SK_POWER_CUT=/path/shop.db    the file; its log is that name with "-wal"
 *
 * Beside each of the two it keeps FILE.undo: before every write what was there, as a struct undo and its bytes; empty
 * again after every fsync. Several programs may write at once: FILE.undo is locked from the record to the write, and
 * from the flush to its emptying. tests/bench/torture.py kills them all and puts back some of it, at random. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_LEN = 4096, UNDO_MAGIC = 0x4f444e55 };

struct undo {
    uint32_t magic;
    uint32_t n;    /* bytes that follow: what was there of [at, at + n) */
    uint64_t at;   /* where it was written */
    uint64_t size; /* of the file before */
};

static void *next(const char *name) {
    return dlsym(RTLD_NEXT, name);
}

/* The undo file of a descriptor, locked; -1 if it is none of ours. */
static int undo_open(int fd) {
    const char *db = getenv("SK_POWER_CUT");
    char link[64], path[PATH_LEN];
    if (!db) return -1;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 8);
    size_t len = strlen(db);
    if (n < (ssize_t)len || memcmp(path, db, len) != 0) return -1;
    path[n] = '\0';
    if (path[len] && strcmp(path + len, "-wal") != 0) return -1;
    strcat(path, ".undo");
    int undo = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (undo < 0 || flock(undo, LOCK_EX)) abort();
    return undo;
}

static void remember(int undo, int fd, uint64_t at, size_t n) {
    struct stat st;
    if (fstat(fd, &st)) abort();
    uint64_t size = (uint64_t)st.st_size;
    size_t there = at >= size ? 0 : size - at < n ? (size_t)(size - at) : n;
    char *record = malloc(sizeof(struct undo) + there);
    if (!record) abort();
    *(struct undo *)record = (struct undo){.magic = UNDO_MAGIC, .n = (uint32_t)there, .at = at, .size = size};
    if (there && pread(fd, record + sizeof(struct undo), there, (off_t)at) != (ssize_t)there) abort();
    ssize_t (*put)(int, const void *, size_t) = (ssize_t(*)(int, const void *, size_t))next("write");
    if (put(undo, record, sizeof(struct undo) + there) != (ssize_t)(sizeof(struct undo) + there)) abort();
    free(record);
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at) {
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (!real) real = (ssize_t(*)(int, const void *, size_t, off64_t))next("pwrite64");
    int undo = undo_open(fd);
    if (undo >= 0) remember(undo, fd, (uint64_t)at, n);
    ssize_t done = real(fd, bytes, n, at);
    if (undo >= 0) close(undo);
    return done;
}

ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at) {
    return pwrite64(fd, bytes, n, at);
}

int ftruncate64(int fd, off64_t size) {
    static int (*real)(int, off64_t);
    struct stat st;
    if (!real) real = (int (*)(int, off64_t))next("ftruncate64");
    int undo = undo_open(fd);
    if (undo >= 0 && fstat(fd, &st) == 0 && st.st_size > size)
        remember(undo, fd, (uint64_t)size, (size_t)(st.st_size - size));
    int done = real(fd, size);
    if (undo >= 0) close(undo);
    return done;
}

int ftruncate(int fd, off_t size) {
    return ftruncate64(fd, size);
}

static int flush(int fd, const char *name) {
    int (*real)(int) = (int (*)(int))next(name);
    int undo = undo_open(fd);
    int done = real(fd);
    if (undo >= 0) {
        int (*cut)(int, off64_t) = (int (*)(int, off64_t))next("ftruncate64");
        if (done == 0 && cut(undo, 0)) abort();
        close(undo);
    }
    return done;
}

int fsync(int fd) {
    return flush(fd, "fsync");
}

int fdatasync(int fd) {
    return flush(fd, "fdatasync");
}

/* A log that is removed was flushed into its database before. */
int unlink(const char *path) {
    static int (*real)(const char *);
    const char *db = getenv("SK_POWER_CUT");
    char undo[PATH_LEN];
    if (!real) real = (int (*)(const char *))next("unlink");
    if (db && strncmp(path, db, strlen(db)) == 0 && strcmp(path + strlen(db), "-wal") == 0) {
        snprintf(undo, sizeof undo, "%s.undo", path);
        real(undo);
    }
    return real(path);
}
