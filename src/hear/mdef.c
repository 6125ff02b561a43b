#include "hear/mdef.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

enum { FORMAT_MAX = 1 << 16, SENONES_MAX = 1 << 15, TRIPHONES_MAX = 1 << 22, NODE_BYTES = 8, ENTRY_BYTES = 12 };

struct numbers {
    int32_t phones, triphones, states, ci_senones, senones, matrices, sequences, context, nodes, silence;
};

static bool read_int(FILE *f, int32_t *out, int32_t min, int32_t max) {
    return fread(out, sizeof *out, 1, f) == 1 && *out >= min && *out <= max;
}

/* Magic, version, a description of the format, and the sizes. */
static bool read_head(FILE *f, struct numbers *n) {
    char magic[4];
    int32_t version, text;
    return fread(magic, sizeof magic, 1, f) == 1 && !memcmp(magic, "BMDF", 4) && read_int(f, &version, 1, 1) &&
           read_int(f, &text, 0, FORMAT_MAX) && fseek(f, text, SEEK_CUR) == 0 &&
           read_int(f, &n->phones, 1, MDEF_PHONES_MAX) && read_int(f, &n->triphones, n->phones, TRIPHONES_MAX) &&
           read_int(f, &n->states, MDEF_STATES, MDEF_STATES) && read_int(f, &n->ci_senones, 1, SENONES_MAX) &&
           read_int(f, &n->senones, n->ci_senones, SENONES_MAX) && read_int(f, &n->matrices, 1, SENONES_MAX) &&
           read_int(f, &n->sequences, 1, TRIPHONES_MAX) && read_int(f, &n->context, 0, 16) &&
           read_int(f, &n->nodes, 0, TRIPHONES_MAX) && read_int(f, &n->silence, -1, n->phones - 1);
}

/* Names one after the other, each ended by a zero, filled up to whole words of four bytes. */
static bool read_names(FILE *f, struct mdef *m) {
    size_t bytes = 0;
    for (int i = 0; i < m->n_phones; i++) {
        int c, at = 0;
        while ((c = fgetc(f)) > 0 && at < MDEF_PHONE_MAX - 1) m->phones[i][at++] = (char)c;
        if (c != 0) return false;
        bytes += (size_t)at + 1;
    }
    return fseek(f, (long)((4 - bytes % 4) % 4), SEEK_CUR) == 0;
}

/* What a triphone says: its sequence of senones, and the phone in its middle. */
static bool read_senones(FILE *f, struct mdef *m, const struct numbers *n, uint8_t (*entries)[ENTRY_BYTES],
                         uint16_t *sequences) {
    int32_t size;
    size_t all = (size_t)n->sequences * MDEF_STATES;
    if (fseek(f, (long)n->nodes * NODE_BYTES, SEEK_CUR) != 0 ||
        fread(entries, ENTRY_BYTES, (size_t)n->triphones, f) != (size_t)n->triphones ||
        !read_int(f, &size, 1, INT32_MAX) || (size_t)size != all || fread(sequences, sizeof *sequences, all, f) != all)
        return false;
    for (int32_t i = 0; i < n->triphones; i++) {
        int32_t sequence;
        memcpy(&sequence, entries[i], sizeof sequence);
        int phone = i < n->phones ? i : entries[i][9];
        if (sequence < 0 || sequence >= n->sequences || phone >= n->phones) return false;
        for (int k = 0; k < MDEF_STATES; k++) {
            uint16_t senone = sequences[sequence * MDEF_STATES + k];
            if (senone >= m->n_senones) return false;
            if (i < n->phones) m->of[i][k] = senone;
            m->phone[senone] = (uint8_t)phone;
            m->state[senone] = (uint8_t)k;
        }
    }
    return true;
}

static bool read_all(FILE *f, struct mdef *m) {
    struct numbers n;
    if (!read_head(f, &n)) return false;
    m->n_phones = n.phones;
    m->n_senones = n.senones;
    m->phone = calloc((size_t)n.senones, 1);
    m->state = calloc((size_t)n.senones, 1);
    uint8_t(*entries)[ENTRY_BYTES] = malloc((size_t)n.triphones * ENTRY_BYTES);
    uint16_t *sequences = malloc((size_t)n.sequences * MDEF_STATES * sizeof *sequences);
    bool good =
        m->phone && m->state && entries && sequences && read_names(f, m) && read_senones(f, m, &n, entries, sequences);
    free(sequences);
    free(entries);
    return good;
}

err_t mdef_load(struct mdef *out, const char *path) {
    struct mdef m = {0};
    FILE *f = fopen(path, "rbe");
    bool good = f && read_all(f, &m);
    if (f) fclose(f);
    if (!good) {
        mdef_free(&m);
        return err_fail(ERR_MODEL,
                        "%s is no model definition that this program can read (Debian: apt install "
                        "pocketsphinx-en-us)",
                        path);
    }
    *out = m;
    return ERR_OK;
}

void mdef_free(struct mdef *m) {
    free(m->phone);
    free(m->state);
    *m = (struct mdef){0};
}
