/* answers.csv and areas.csv of a shop folder: what the shop says of itself. */
#include <string.h>

#include "base/str.h"
#include "shop/load.h"
#include "shop/text.h"

/* ---- answers.csv ---- */

enum { A_ID, A_QUESTIONS, A_ANSWER, A_INTENT };
const struct csv_column load_answer_columns[] = {
    {"id", true}, {"questions", true}, {"answer", true}, {"intent", false}, {NULL, false}};

/* "Can I pay with PayPal? | Cards" -> "can i pay with paypal|cards" */
static void parts_normalise(char *out, size_t cap, const char *text) {
    char copy[CSV_FIELD_MAX_BYTES], *rest = copy, *part;
    str_copy(copy, sizeof copy, text);
    *out = '\0';
    while ((part = strsep(&rest, "|"))) {
        char words[TITLE_MAX];
        text_words(words, sizeof words, part);
        if (!*words) continue;
        if (*out) str_append(out, cap, "|");
        str_append(out, cap, words);
    }
}

err_t load_answer(struct import *in, const char *const *v) {
    char questions[CSV_FIELD_MAX_BYTES], text[CSV_FIELD_MAX_BYTES];
    TRY(import_id(v[A_ID], "id", PRODUCT_ID_MAX));
    str_copy(text, sizeof text, v[A_ANSWER]);
    text_clean(text);
    TRY(import_id(text, "answer", ANSWER_TEXT_MAX));
    if (strspn(v[A_INTENT], "abcdefghijklmnopqrstuvwxyz_") != strlen(v[A_INTENT]))
        return err_fail(ERR_FORMAT, "intent '%.40s' is not a word of letters a to z and '_'", v[A_INTENT]);
    parts_normalise(questions, sizeof questions, v[A_QUESTIONS]);
    if (!*questions && !*v[A_INTENT]) return err_fail(ERR_FORMAT, "there is neither a question nor an intent");
    err_t err = sql_run(in->shop, SQL_ANSWER_PUT, "tttt", v[A_ID], v[A_INTENT], questions, text);
    return err == ERR_ARG ? err_fail(err, "id '%.40s' is there twice", v[A_ID]) : err;
}

/* ---- areas.csv ---- */

enum { R_AREA, R_ALSO, R_DELIVERS, R_NOTE };
const struct csv_column load_area_columns[] = {
    {"area", true}, {"also", false}, {"delivers", false}, {"note", false}, {NULL, false}};

err_t load_area(struct import *in, const char *const *v) {
    char names[CSV_FIELD_MAX_BYTES + AREA_NAME_MAX], also[CSV_FIELD_MAX_BYTES];
    bool no = str_equal(v[R_DELIVERS], "no");
    TRY(import_id(v[R_AREA], "area", AREA_NAME_MAX));
    if (!no && *v[R_DELIVERS] && !str_equal(v[R_DELIVERS], "yes"))
        return err_fail(ERR_FORMAT, "delivers is '%.40s', it may be 'yes' or 'no'", v[R_DELIVERS]);
    if (strlen(v[R_NOTE]) >= AREA_NOTE_MAX)
        return err_fail(ERR_FORMAT, "note is longer than %d bytes", AREA_NOTE_MAX - 1);
    /* the first is shown as it is written */
    str_copy(names, sizeof names, v[R_AREA]);
    parts_normalise(also, sizeof also, v[R_ALSO]);
    if (*also) {
        str_append(names, sizeof names, "|");
        str_append(names, sizeof names, also);
    }
    return sql_run(in->shop, SQL_AREA_ADD, "tit", names, (int64_t)!no, v[R_NOTE]);
}
