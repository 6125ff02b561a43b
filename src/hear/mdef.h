/* Which phone and which of its three states each senone of the acoustic model stands for: the model definition in
 * PocketSphinx's binary form (sphinxbase's bin_mdef), of which only that is read. */
#ifndef SK_HEAR_MDEF_H
#define SK_HEAR_MDEF_H
#include <stdint.h>
#include "base/err.h"

enum { MDEF_PHONE_MAX = 8, MDEF_PHONES_MAX = 64, MDEF_STATES = 3 };

struct mdef {
    int n_phones, n_senones;
    char phones[MDEF_PHONES_MAX][MDEF_PHONE_MAX]; /* "AA", "SIL", "+NSN+" */
    uint16_t of[MDEF_PHONES_MAX][MDEF_STATES];    /* the senones of a phone in no particular context */
    uint8_t *phone;                               /* of each senone, an index into phones */
    uint8_t *state;                               /* 0 to 2 */
};

/* ERR_MODEL, ERR_MEMORY. */
SK_MUST_USE err_t mdef_load(struct mdef *out, const char *path);
void mdef_free(struct mdef *m);

#endif
