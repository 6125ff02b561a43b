/* The arguments that replies share. No words here: those are in models/<locale>/replies.txt. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "decide/step.h"

enum { LIST_ITEMS_MAX = 5, LOW_STOCK = 5, DAY_MS = 24 * 60 * 60 * 1000, DAY_MINUTES = 24 * 60 };

void option_values(char *out, size_t cap, const char *options) {
    if (cap == 0) return;
    *out = '\0';
    while (*options) {
        size_t n = strcspn(options, ";");
        const char *colon = memchr(options, ':', n);
        const char *value = colon ? colon + 1 : options;
        value += strspn(value, " ");
        char one[OPTIONS_MAX];
        size_t length = value < options + n ? (size_t)(options + n - value) : 0;
        if (length >= sizeof one) length = sizeof one - 1;
        memcpy(one, value, length);
        one[length] = '\0';
        if (*out && *one) str_append(out, cap, ", ");
        str_append(out, cap, str_trim(one));
        options += n;
        options += strspn(options, "; ");
    }
}

static void append_quantity(char *out, size_t cap, int quantity_milli, const char *unit) {
    if (quantity_milli == 1000 && !*unit) return;
    char number[24];
    snprintf(number, sizeof number, "%d.%03d", quantity_milli / 1000, quantity_milli % 1000);
    size_t n = strlen(number);
    while (number[n - 1] == '0') number[--n] = '\0';
    if (number[n - 1] == '.') number[--n] = '\0';
    str_append(out, cap, number);
    str_append(out, cap, " ");
    if (!*unit) return;
    str_append(out, cap, unit);
    str_append(out, cap, " ");
}

void item_text(char *out, size_t cap, const char *title, const char *options, int quantity_milli, const char *unit) {
    char values[OPTIONS_MAX];
    option_values(values, sizeof values, options);
    *out = '\0';
    append_quantity(out, cap, quantity_milli, unit);
    str_append(out, cap, title);
    if (!*values) return;
    str_append(out, cap, " (");
    str_append(out, cap, values);
    str_append(out, cap, ")");
}

void reply_flag(struct reply *r, const char *name, bool value) {
    reply_text(r, name, value ? "yes" : "no");
}

void items_add(struct items *list, const char *item) {
    size_t room = sizeof list->text - strlen(list->text);
    if (list->n == LIST_ITEMS_MAX || list->more || strlen(item) + 2 > room) {
        list->more++;
        return;
    }
    if (list->n++) str_append(list->text, sizeof list->text, "\n");
    str_append(list->text, sizeof list->text, item);
}

void reply_list(struct reply *r, const char *name, const struct items *list) {
    char text[ARG_TEXT_MAX];
    str_copy(text, sizeof text, list->text);
    char *rest = text;
    while (rest) {
        char *item = strsep(&rest, "\n");
        reply_list_add(r, name, item);
    }
}

void reply_items(struct reply *r, const struct items *list) {
    reply_list(r, "items", list);
    reply_number(r, "more", (int64_t)list->more * 1000);
}

void reply_cart_items(struct reply *r, const struct cart *c) {
    struct items list = {0};
    for (int i = 0; i < c->n_lines; i++) {
        const struct cart_line *line = &c->lines[i];
        char item[ARG_TEXT_MAX];
        item_text(item, sizeof item, line->title, line->options, line->quantity_milli, "");
        items_add(&list, item);
    }
    reply_items(r, &list);
}

void reply_names(struct reply *r, const struct dialog *d) {
    reply_text(r, "assistant", d->profile.assistant);
    reply_text(r, "shop", d->profile.name);
}

void reply_phone(struct reply *r, const struct dialog *d) {
    reply_digits(r, "phone", d->profile.phone);
    reply_flag(r, "has_phone", *d->profile.phone);
}

void reply_delivery(struct reply *r, const struct dialog *d) {
    const struct shop_profile *p = &d->profile;
    bool free = p->delivery_minor <= 0, threshold = p->free_delivery_from_minor > 0;
    reply_money(r, "delivery", p->delivery_minor, p->currency);
    reply_money(r, "free_from", p->free_delivery_from_minor, p->currency);
    reply_text(r, "cost", free ? "free" : threshold ? "from" : "always");
}

void reply_product(struct reply *r, const struct product *p) {
    char title[ARG_TEXT_MAX];
    item_text(title, sizeof title, p->title, p->options, 1000, "");
    reply_text(r, "title", title);
    reply_money(r, "price", p->price_minor, p->currency);
    reply_flag(r, "priced", p->price_minor >= 0);
    reply_number(r, "rating", (int64_t)p->rating_centi * 10);
    reply_flag(r, "rated", p->rating_centi > 0);
    reply_number(r, "left", (int64_t)p->stock * 1000);
    bool out = p->stock == 0, low = p->stock > 0 && p->stock <= LOW_STOCK;
    reply_text(r, "stock", out ? "out" : low ? "low" : "in");
}

static int64_t day_of(int64_t ms, int utc_offset_min) {
    int64_t local = ms + (int64_t)utc_offset_min * 60 * 1000;
    return local >= 0 ? local / DAY_MS : -((DAY_MS - 1 - local) / DAY_MS);
}

int day_distance(const struct step *s, int64_t ms) {
    int64_t days = day_of(ms, s->d->utc_offset_min) - day_of(s->now_ms, s->d->utc_offset_min);
    return days < -9999 ? -9999 : days > 9999 ? 9999 : (int)days;
}

int minute_of_day(const struct step *s) {
    int64_t minute = (s->now_ms / 60000 + s->d->utc_offset_min) % DAY_MINUTES;
    return (int)(minute < 0 ? minute + DAY_MINUTES : minute);
}
