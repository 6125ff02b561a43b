/* Puts the shop's own words into the grammar and the recogniser. Main thread, at start. */
#ifndef SK_APPS_FILL_H
#define SK_APPS_FILL_H
#include "apps/settings.h"
#include "hear/hear.h"
#include "hear/lexicon.h"
#include "say/voice.h"
#include "shop/shop.h"
#include "understand/grammar.h"

/* Fills every <shop.*> rule that the grammar mentions from the catalogue. */
SK_MUST_USE err_t fill_grammar(struct grammar *g, struct shop *shop);

/* Pronunciations of all words of the networks and of `phrase` (may be NULL). A word that neither the dictionary, the
 * locale's additions nor the store (may be NULL) knows is pronounced by `voice` and kept in the store. Caller frees
 * *out. */
SK_MUST_USE err_t fill_lexicon(struct lexicon **out, const struct settings *s, struct shop *shop, struct voice *voice,
                               const struct net *const *nets, size_t n_nets, const char *phrase);

/* Adds to the words of `net` how other accents say them (models/<locale>/accents.map, which may be missing). Words of
 * `phrase` (may be NULL) stay as they are: how the wake phrase is heard was measured without. */
SK_MUST_USE err_t fill_accents(struct lexicon *lexicon, const struct settings *s, const struct net *net,
                               const char *phrase);

/* The pronunciations of the settings' wake phrase, and of the words of `net` (may be NULL). Caller frees *out. */
SK_MUST_USE err_t fill_phrase(struct lexicon **out, const struct settings *s, const struct net *net);

/* What the settings say of the recogniser, with the paths and the voice that it borrows. */
struct fill_hear {
    struct hear_config config;
    char tuning[PATH_MAX], network[PATH_MAX];
    struct adaptation voice;
};
SK_MUST_USE err_t fill_hear_config(struct fill_hear *out, const struct settings *s);

/* The recogniser of the settings, with the household's own voice if there is one that fits, with the wake phrase if
 * `phrase` is not NULL, at its threshold (calibration.h). Borrows the lexicon. */
SK_MUST_USE err_t fill_open_hear(struct hear **out, const struct settings *s, struct lexicon *lexicon,
                                 const char *phrase);

#endif
