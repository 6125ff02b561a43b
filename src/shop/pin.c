/* The PIN that orders: a salted slow hash of it (crypt(3), the system's best method), and a lock after wrong tries. */
#include <crypt.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "shop/customer.h"
#include "shop/shop.h"

enum { HASH_MAX_BYTES = CRYPT_OUTPUT_SIZE };

/* Hashes into `out`; what was worked on is wiped. ERR_IO if the system knows no such method. */
static err_t hash(const char *digits, const char *setting, char out[HASH_MAX_BYTES]) {
    struct crypt_data *data = calloc(1, sizeof *data);
    if (!data) return err_fail(ERR_MEMORY, "no memory to hash a PIN");
    const char *made = crypt_r(digits, setting, data);
    bool good = made && *made != '*' && str_copy(out, HASH_MAX_BYTES, made);
    explicit_bzero(data, sizeof *data);
    free(data);
    return good ? ERR_OK : err_fail(ERR_IO, "the system cannot hash a PIN");
}

err_t pin_set(struct shop *s, const char *digits) {
    char setting[CRYPT_GENSALT_OUTPUT_SIZE], made[HASH_MAX_BYTES];
    int64_t customer;
    TRY(customer_id(s, &customer));
    if (!digits) return sql_run(s, SQL_PIN_FORGET, "i", customer);
    size_t n = strlen(digits);
    if (n < PIN_MIN || n > PIN_MAX || strspn(digits, "0123456789") != n)
        return err_fail(ERR_ARG, "a PIN has %d to %d digits", PIN_MIN, PIN_MAX);
    if (!crypt_gensalt_rn(NULL, 0, NULL, 0, setting, sizeof setting))
        return err_fail(ERR_IO, "the system gives no salt for a PIN");
    TRY(hash(digits, setting, made));
    TRY(customer_keep(s, &customer));
    return sql_run(s, SQL_PIN_PUT, "it", customer, made);
}

/* Every byte is looked at, wherever the first difference is. */
static bool same(const char *a, const char *b) {
    size_t n = strlen(a);
    unsigned difference = n != strlen(b);
    for (size_t i = 0; i < n && !difference; i++) difference |= (unsigned)(a[i] ^ b[i]) << 1;
    return !difference;
}

static err_t try(struct shop *s, int64_t customer, const char *kept, int64_t wrong, const char *digits, int64_t now_ms,
                 struct pin_answer *out) {
    char made[HASH_MAX_BYTES];
    TRY(hash(digits, kept, made));
    if (same(made, kept)) {
        *out = (struct pin_answer){.state = PIN_RIGHT};
        return sql_run(s, SQL_PIN_TRIED, "iii", customer, (int64_t)0, (int64_t)0);
    }
    bool locks = wrong + 1 >= PIN_TRIES;
    int64_t locked_ms = locks ? now_ms + PIN_LOCK_MS : 0;
    *out = (struct pin_answer){
        .state = locks ? PIN_LOCKED : PIN_WRONG, .tries_left = (int)(PIN_TRIES - wrong - 1), .locked_ms = locked_ms};
    return sql_run(s, SQL_PIN_TRIED, "iii", customer, locks ? 0 : wrong + 1, locked_ms);
}

static err_t check_in_tx(struct shop *s, const char *digits, int64_t now_ms, struct pin_answer *out) {
    char kept[HASH_MAX_BYTES];
    int64_t customer;
    sqlite3_stmt *q;
    bool row;
    TRY(customer_id(s, &customer));
    TRY(sql_start(s, &q, SQL_PIN_GET, "i", customer));
    TRY(sql_next(s, q, &row));
    if (!row) {
        *out = (struct pin_answer){.state = PIN_UNSET};
        return ERR_OK;
    }
    sql_text(q, 0, kept, sizeof kept);
    int64_t wrong = sqlite3_column_int64(q, 1), locked_ms = sqlite3_column_int64(q, 2);
    sql_stop(q);
    /* a clock that was set back does not lock for longer than a lock lasts */
    if (locked_ms > now_ms && locked_ms - now_ms <= PIN_LOCK_MS) {
        *out = (struct pin_answer){.state = PIN_LOCKED, .locked_ms = locked_ms};
        return ERR_OK;
    }
    return try(s, customer, kept, wrong, digits, now_ms, out);
}

err_t pin_check(struct shop *s, const char *digits, int64_t now_ms, struct pin_answer *out) {
    struct pin_answer answer;
    TRY(tx_begin(s));
    TRY(tx_end(s, check_in_tx(s, digits, now_ms, &answer)));
    *out = answer;
    return ERR_OK;
}
