/* JSGF text to tokens. */
#ifndef SK_UNDERSTAND_JSGF_LEX_H
#define SK_UNDERSTAND_JSGF_LEX_H
#include "understand/jsgf.h"

enum token_kind {
    TOKEN_END,
    TOKEN_WORD,   /* text */
    TOKEN_QUOTED, /* text without quotes and escapes */
    TOKEN_RULE,   /* <text> */
    TOKEN_TAG,    /* {text} without escapes and outer blanks */
    TOKEN_WEIGHT, /* /text/ */
    TOKEN_SIGN,   /* one of ; = | * + ( ) [ ] */
};

enum { TOKEN_MAX = 512 };

struct token {
    enum token_kind kind;
    char sign;
    char text[TOKEN_MAX]; /* for TOKEN_SIGN the sign */
    struct place place;
};

struct lexer {
    const char *at, *end;
    struct place place;
};

/* ERR_FORMAT if what comes is no token: not UTF-8, a quote or comment without its end, a token too long. */
SK_MUST_USE err_t lexer_next(struct lexer *l, struct token *out);

#endif
