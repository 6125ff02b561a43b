/* The two adapters of Medusa: "medusa" speaks to the plug-in of catalog/backends/medusa, whose README has the routes,
 * "medusa-store" to the Store API that every Medusa shop has. Private to sync/medusa*.c. */
#ifndef SK_SYNC_MEDUSA_H
#define SK_SYNC_MEDUSA_H
#include "sync/backend.h"
#include "sync/http.h"
#include "sync/json.h"

enum { MEDUSA_PATH_MAX = 1024 };

/* What tells the two apart on the wire. */
struct medusa_face {
    const char *root;     /* what all paths begin with */
    const char *currency; /* the field of that name */
    bool publishable;     /* the token is the publishable key of a web shop, and not a speaker's own */
    const char *absent;   /* why there may be nothing at the address */
    const char *unknown;  /* and why it does not know us */
    /* What a status of 400 or more means; DOUBTFUL without a reason if it is not of this shop. */
    struct outcome (*refusal)(const struct node *root, int status);
};

struct medusa {
    struct backend backend; /* first: a struct backend * is one of these */
    const struct medusa_face *face;
    struct http *http;
    char token[HTTP_HEADER_MAX], token_file[HTTP_URL_MAX];
    char currency[4];
};

/* An answer and what is in it. */
struct medusa_answer {
    struct node *root; /* NULL unless it is DONE, or a refusal that says more; medusa_free() */
    char etag[HTTP_HEADER_MAX];
    int status;
};

struct medusa_ask {
    const char *method, *path; /* below the face's root */
    const char *etag;          /* NULL none */
    struct body *body;         /* NULL none */
    bool open;                 /* without the token */
    bool once;                 /* as in http.h */
};

/* Opens what begins with a struct medusa and has `size` bytes, all else of it zero; medusa_close() frees it. */
SK_MUST_USE err_t medusa_open(struct backend **out, const struct backend_config *config, const struct backend_ops *ops,
                              const struct medusa_face *face, size_t size);
void medusa_close(struct backend *b);
struct outcome medusa_send(struct medusa *m, const struct medusa_ask *ask, struct medusa_answer *out);
void medusa_free(struct medusa_answer *a);
/* "/orders/" and what is escaped; false if it does not fit, which an id of REMOTE_MAX bytes always does. */
bool medusa_path(char path[MEDUSA_PATH_MAX], const char *before, const char *part, const char *after);
/* An answer that cannot be read: nobody knows what the server did. */
struct outcome medusa_unreadable(void);
/* One of a quote's problems. */
enum refusal medusa_problem(const char *code);
/* ERR_FORMAT unless the node's currency is the shop's. */
SK_MUST_USE err_t medusa_currency(const struct medusa *m, const struct node *o);
/* {"order": {"id", "total" and its currency}}: an order that is there; not `repeated`. (medusa_orders.c) */
SK_MUST_USE err_t medusa_placed(const struct medusa *m, const struct node *root, struct placed *out);

/* medusa_catalogue.c */
struct outcome medusa_account(struct backend *b, const char *etag, struct account *out, char etag_now[ETAG_MAX]);
struct outcome medusa_changes(struct backend *b, const char *cursor, const char *etag, feed_fn *fn, void *ctx,
                              struct page *out, err_t *err);
/* medusa_orders.c */
struct outcome medusa_quote(struct backend *b, const struct outgoing_order *o, struct quote *out);
struct outcome medusa_place(struct backend *b, const struct outgoing_order *o, struct placed *out, struct quote *now);
struct outcome medusa_find(struct backend *b, const struct outgoing_order *o, struct placed *out);
struct outcome medusa_cancel(struct backend *b, const char *key);
struct outcome medusa_readdress(struct backend *b, const char *key, const char *address);
struct outcome medusa_send_back(struct backend *b, const struct outgoing_return *r);
/* medusa_status.c */
struct outcome medusa_status(struct backend *b, const struct tracked *t, struct tracking *out, char etag_now[ETAG_MAX]);
struct outcome medusa_list(struct backend *b, int limit, void (*fn)(void *ctx, const struct tracking *t), void *ctx);
/* medusa_desk.c */
struct outcome medusa_pair(struct backend *b, const char *name, struct pairing *out);
struct outcome medusa_pair_token(struct backend *b, const struct pairing *p);
struct outcome medusa_hand_over(struct backend *b, const struct outgoing_ticket *t, const char *packet);
struct outcome medusa_say(struct backend *b, const char *ticket, const char *key, const char *text, int64_t at_ms);
struct outcome medusa_heard(struct backend *b, const char *message, int64_t at_ms);
struct outcome medusa_hang_up(struct backend *b, const char *ticket, int64_t at_ms);
struct outcome medusa_messages(struct backend *b, const char *after, struct desk_page *out);

#endif
