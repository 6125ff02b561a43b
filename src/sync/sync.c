#include "sync/sync.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"

bool sync_is_stopped(const struct sync *y) {
    return y->stopped && y->stopped(y->ctx);
}

bool sync_heard(struct sync_report *r, const struct outcome *o, const char *what) {
    bool answered = o->kind == OUTCOME_DONE || o->kind == OUTCOME_UNCHANGED || o->kind == OUTCOME_REFUSED ||
                    o->kind == OUTCOME_MISSING;
    bool token = o->kind == OUTCOME_REFUSED && o->refusal == REFUSAL_TOKEN;
    if (answered && !token) r->reached = true;
    if (o->retry_s > r->retry_s) r->retry_s = o->retry_s;
    if (*o->why) snprintf(r->trouble, sizeof r->trouble, "%s: %s", what, o->why);
    if (token) r->unpaired = true;
    if (o->kind == OUTCOME_OFFLINE) r->offline = true;
    return token || o->kind == OUTCOME_OFFLINE;
}

static const struct {
    enum sync_part part;
    err_t (*run)(struct sync *y, struct sync_report *r);
} steps[] = {
    {SYNC_OUTBOX, send_outbox},       {SYNC_DESK, follow_desk},     {SYNC_ACCOUNT, follow_account},
    {SYNC_CATALOGUE, take_catalogue}, {SYNC_ORDERS, follow_orders}, {SYNC_LIST, follow_list},
    {SYNC_BASKET, follow_basket},
};

err_t sync_pass(struct sync *y, unsigned parts, struct sync_report *out) {
    struct sync_report r = {0};
    err_t err = ERR_OK;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && !err; i++) {
        if (!(parts & steps[i].part) || sync_is_stopped(y)) continue;
        if (r.offline || r.unpaired) break;
        err = steps[i].run(y, &r);
    }
    if (!err && (r.reached || *r.trouble)) /* nothing but stalls and faults is as good as nobody there */
        err = sync_note_contact(y->shop, r.reached && !r.offline && !r.unpaired, r.trouble, y->now_ms());
    if (!err) *out = r;
    return err;
}
