/* What to say, before it has words: a reply id and named arguments. Plain data, copied by value. */
#ifndef SK_SAY_REPLY_H
#define SK_SAY_REPLY_H
#include <stdint.h>

enum { REPLY_ID_MAX = 40, ARG_NAME_MAX = 20, ARG_TEXT_MAX = 240, REPLY_ARGS_MAX = 20 };

enum arg_kind {
    ARG_TEXT,   /* text */
    ARG_NUMBER, /* number in thousandths: 2000 is two, 500 a half */
    ARG_MONEY,  /* number in minor units, text is the currency */
    ARG_DATE,   /* number in milliseconds since 1970; said relative to today: "tomorrow", "last Tuesday", "the third of
                   May" */
    ARG_TIME,   /* likewise, the time of day */
    ARG_DIGITS, /* text, said digit by digit */
    ARG_LIST,   /* text with items separated by '\n': "a, b and c" */
};

struct arg {
    char name[ARG_NAME_MAX];
    enum arg_kind kind;
    int64_t number;
    char text[ARG_TEXT_MAX];
};

struct reply {
    char id[REPLY_ID_MAX];
    int n_args;
    struct arg args[REPLY_ARGS_MAX];
};

/* An empty reply of that id. */
struct reply reply_make(const char *id);
/* Adds an argument; beyond REPLY_ARGS_MAX it is a bug (assert). Text is cut at the cap. */
void reply_text(struct reply *r, const char *name, const char *text);
void reply_number(struct reply *r, const char *name, int64_t milli);
void reply_money(struct reply *r, const char *name, int64_t minor, const char *currency);
void reply_date(struct reply *r, const char *name, int64_t ms);
void reply_time(struct reply *r, const char *name, int64_t ms);
void reply_digits(struct reply *r, const char *name, const char *digits);
void reply_list_add(struct reply *r, const char *name, const char *item);

#endif
