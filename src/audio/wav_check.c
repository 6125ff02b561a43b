#include "audio/wav_check.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

enum { RIFF_HEADER_BYTES = 12, CHUNK_HEADER_BYTES = 8, CHUNKS_MAX = 4096 };

/* Writers that do not know the length yet put one of the largest numbers. */
#define STREAMED_LENGTH 0x7fff0000u

struct chunk {
    char id[4];
    uint32_t size;
    int64_t start; /* of its content */
};

static uint32_t little_endian(const unsigned char *b) {
    return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static bool has_id(const struct chunk *c, const char *id) {
    return memcmp(c->id, id, sizeof c->id) == 0;
}

static bool looks_like_chunk(const struct chunk *c) {
    for (size_t i = 0; i < sizeof c->id; i++)
        if (!isprint((unsigned char)c->id[i])) return false;
    return true;
}

/* False where the file ends before a whole header. */
static bool chunk_read(struct chunk *c, int fd, int64_t at) {
    unsigned char header[CHUNK_HEADER_BYTES];
    if (pread(fd, header, sizeof header, at) != (ssize_t)sizeof header) return false;
    memcpy(c->id, header, sizeof c->id);
    c->size = little_endian(header + 4);
    c->start = at + CHUNK_HEADER_BYTES;
    return true;
}

/* Chunks begin at even places. */
static int64_t chunk_end(const struct chunk *c) {
    return c->start + c->size + (c->size & 1);
}

static err_t data_check(const struct chunk *data, int fd, int64_t size, const char *path) {
    int64_t left = size - data->start;
    if (data->size > left && data->size >= STREAMED_LENGTH)
        return err_fail(ERR_FORMAT, "%s was written as a stream and never got its length: save it again as a file",
                        path);
    if (data->size > left)
        return err_fail(
            ERR_FORMAT,
            "%s was cut off: its header promises %u bytes of samples, there are %lld; record or copy it again", path,
            data->size, (long long)left);
    struct chunk next;
    if (chunk_read(&next, fd, chunk_end(data)) && !looks_like_chunk(&next))
        return err_fail(ERR_FORMAT,
                        "%s has a wrong length in its header: %u bytes of samples, but %lld follow; save it again",
                        path, data->size, (long long)left);
    if (data->size == 0) return err_fail(ERR_FORMAT, "%s holds no sound: record it again", path);
    return ERR_OK;
}

err_t wav_check(int fd, int64_t size, const char *path) {
    int64_t at = RIFF_HEADER_BYTES;
    struct chunk c;
    for (int i = 0; i < CHUNKS_MAX && chunk_read(&c, fd, at); i++) {
        if (has_id(&c, "data")) return data_check(&c, fd, size, path);
        at = chunk_end(&c);
    }
    return err_fail(ERR_FORMAT, "%s is a WAV file without samples: it was cut off or is damaged; copy it again", path);
}
