#include "understand/meaning.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "understand/number.h"

enum { CAPTURES_MAX = 16 };

struct capture { /* a slot that has begun */
    int begin;
    bool missing; /* a word of the grammar was not said in it */
    struct number number;
    struct digits digits;
    char code[SLOT_CODE_MAX];
};

struct reader {
    struct intent *out;
    const struct net *net;
    struct heard *words;
    bool skipped[HEARD_MAX];
    struct capture captures[CAPTURES_MAX];
    int item;  /* which of several things slots are of, from 0 */
    int depth; /* may exceed CAPTURES_MAX: what is nested deeper is not read */
};

/* The words from the capture's first to before `end` that were not passed over; false if there are none. */
static bool words_join(const struct reader *r, const struct capture *c, int end, char *out, size_t cap) {
    out[0] = '\0';
    for (int i = c->begin; i < end; i++) {
        if (r->skipped[i]) continue;
        if (out[0]) (void)str_append(out, cap, " ");
        (void)str_append(out, cap, r->words[i].text);
    }
    return out[0] != '\0';
}

/* What a slot gets from its tag; false if it gets nothing. */
static bool slot_fill(const struct reader *r, struct slot *slot, struct capture *c, const struct net_action *a,
                      int end) {
    bool said = words_join(r, c, end, slot->text, sizeof(slot->text));
    if (!said && c->missing) return false;
    switch (a->kind) {
        case ACTION_CLOSE_VALUE:
            (void)str_copy(slot->text, sizeof(slot->text), a->text);
            return true;
        case ACTION_CLOSE_NUMBER:
            slot->kind = SLOT_NUMBER;
            slot->milli = number_milli(&c->number);
            return c->number.any;
        case ACTION_CLOSE_DIGITS:
            digits_finish(&c->digits);
            slot->kind = SLOT_DIGITS;
            (void)str_copy(slot->text, sizeof(slot->text), c->digits.text);
            return slot->text[0] != '\0';
        default:
            return said;
    }
}

/* The slot of that name if it was set before, or a new one; NULL if all are taken. */
static struct slot *slot_place(struct intent *out, const char *name) {
    for (int i = 0; i < out->n_slots; i++)
        if (str_equal(out->slots[i].name, name)) return &out->slots[i];
    return out->n_slots < SLOTS_MAX ? &out->slots[out->n_slots++] : NULL;
}

/* "product", and "product_2" of the second thing. */
static void slot_name(char out[SLOT_NAME_MAX], const char *name, int item) {
    (void)str_copy(out, SLOT_NAME_MAX, name);
    if (item == 0) return;
    char number[SLOT_NAME_MAX];
    snprintf(number, sizeof(number), "_%d", item + 1);
    (void)str_append(out, SLOT_NAME_MAX, number);
}

static void capture_open(struct reader *r, int word) {
    if (r->depth < CAPTURES_MAX) r->captures[r->depth] = (struct capture){.begin = word};
    r->depth++;
}

static void capture_close(struct reader *r, const struct net_action *a, int word) {
    struct slot slot = {0};
    r->depth--;
    if (r->depth >= CAPTURES_MAX || !slot_fill(r, &slot, &r->captures[r->depth], a, word)) return;
    slot_name(slot.name, a->name, r->item);
    (void)str_copy(slot.code, sizeof(slot.code), r->captures[r->depth].code);
    struct slot *place = slot_place(r->out, slot.name);
    if (place) *place = slot;
}

/* Numbers and codes are said to every slot that is open; it knows at its end whether it counts. */
static void capture_tell(struct capture *c, const struct net_action *a, bool innermost) {
    if (a->kind == ACTION_CODE && innermost) (void)str_copy(c->code, sizeof(c->code), a->text);
    if (a->kind == ACTION_ADD) number_add(&c->number, a->milli), digits_add(&c->digits, a->milli);
    if (a->kind == ACTION_TIMES) number_times(&c->number, a->milli), digits_times(&c->digits, a->milli);
    if (a->kind == ACTION_POINT) number_point(&c->number);
}

static void action_read(struct reader *r, const struct net_action *a, int word) {
    if (a->kind == ACTION_INTENT)
        r->out->id = intent_by_name(a->name);
    else if (a->kind == ACTION_ITEM)
        r->item++;
    else if (a->kind == ACTION_OPEN)
        capture_open(r, word);
    else if (a->kind <= ACTION_CLOSE_DIGITS)
        capture_close(r, a, word);
    else
        for (int i = 0; i < r->depth && i < CAPTURES_MAX; i++) capture_tell(&r->captures[i], a, i + 1 == r->depth);
}

static void numeral_read(struct reader *r, const char *numeral) {
    for (int i = 0; i < r->depth && i < CAPTURES_MAX; i++) {
        number_add(&r->captures[i].number, numeral_milli(numeral));
        digits_numeral(&r->captures[i].digits, numeral);
    }
}

static void step_read(struct reader *r, const struct step *step) {
    switch ((enum step_kind)step->kind) {
        case STEP_ACTION:
            action_read(r, &r->net->actions[step->value], step->word);
            break;
        case STEP_SKIPPED:
            r->skipped[step->word] = true;
            break;
        case STEP_MISSING:
            for (int i = 0; i < r->depth && i < CAPTURES_MAX; i++) r->captures[i].missing = true;
            break;
        case STEP_TYPO:
            r->words[step->word].text = r->net->words[step->value];
            break;
        case STEP_NUMERAL:
            numeral_read(r, r->words[step->word].text);
            break;
    }
}

void meaning_read(struct intent *out, struct search *s, const struct net *net, struct heard *words) {
    struct reader r = {.out = out, .net = net, .words = words};
    out->n_slots = 0;
    for (const struct step *step = NULL; (step = search_next_step(s, step));) step_read(&r, step);
}
