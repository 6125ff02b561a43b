/* Everything that a conversation needs, loaded and wired: the store, the grammar with the shop's own words in it, a
 * parser a dialogue state, the reply texts, and, for those who listen, the recogniser.
 *
 * Opened by one thread; afterwards `hear` may belong to HEAR and `voice` to SAY, everything else to CORE. */
#ifndef SK_APPS_ASSISTANT_H
#define SK_APPS_ASSISTANT_H
#include "apps/challenge.h"
#include "apps/common_words.h"
#include "apps/settings.h"
#include "apps/sizes.h"
#include "hear/hear.h"
#include "say/texts.h"
#include "say/voice.h"
#include "shop/shop.h"
#include "understand/grammar.h"
#include "understand/states.h"
#include "understand/typed.h"

struct assistant {
    struct settings settings;
    struct shop *shop;
    struct shop_profile profile;
    struct texts *texts;
    struct common_words *common_words;
    struct sizes *sizes;
    struct grammar *grammar; /* all wordings that are understood */
    struct grammar *heard;   /* those that are listened for; NULL unless ASSISTANT_HEARS */
    struct cues *cues; /* of typed words */
    struct states states;
    struct challenges challenges; /* words that order */
    struct parser *parser;        /* of all states */
    struct lexicon *lexicon;
    struct hear *hear;   /* NULL unless ASSISTANT_HEARS */
    struct voice *voice; /* NULL unless ASSISTANT_SPEAKS or ASSISTANT_HEARS (it pronounces unknown words) */
};

enum {
    ASSISTANT_HEARS = 1, /* a search for every dialogue state */
    ASSISTANT_WAKES = 2, /* and the wake phrase */
    ASSISTANT_SPEAKS = 4,
};

/* ERR_ as its parts say. On failure nothing is left open. */
SK_MUST_USE err_t assistant_open(struct assistant *out, const struct settings *settings, unsigned parts,
                                 int64_t now_ms);
void assistant_close(struct assistant *a);

/* Opens only the store and the shop (catalogue, orders); `report` may be NULL. */
SK_MUST_USE err_t assistant_open_shop(struct assistant *out, const struct settings *settings,
                                      struct import_report *report, int64_t now_ms);

/* How the store is to say names, for an import. Borrows the reply texts. */
struct shop_hooks assistant_hooks(const struct assistant *a);

/* Finds which names of the catalogue and which quantities sound alike and keeps them in the store, unless they are
 * those of this catalogue already. Opens the voice if there is none. */
SK_MUST_USE err_t assistant_find_alike(struct assistant *a);

/* Text to intent, in a dialogue state ("idle" and "" count as "open"). ERR_NOT_FOUND for an unknown state. */
SK_MUST_USE err_t assistant_understand(struct assistant *a, const char *state, const char *text, struct intent *out);
/* The same for words that were heard: accepted only if the recogniser is sure enough for that state too; the score is
 * the lower of both. */
SK_MUST_USE err_t assistant_heard(struct assistant *a, const char *state, const struct hear_result *heard,
                                  struct intent *out);
#endif
