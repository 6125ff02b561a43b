#include "support.h"

#include "shop/csv.h"

static const struct csv_column columns[] = {{"id", true}, {"title", true}, {"note", false}, {NULL, false}};

/* All rows of a file as "1[a|b|c] 2!reason": line, then the values or what is wrong. */
static const char *rows_of(const void *bytes, size_t n) {
    static char text[8192];
    struct csv *c = NULL;
    text[0] = '\0';
    if (csv_open(&c, file_write_bytes("t.csv", bytes, n), columns, true)) return err_reason();
    for (;;) {
        const char *const *v = NULL;
        err_t err = csv_next(c, &v);
        char one[512];
        if (err) {
            assert_int_equal(err, ERR_FORMAT);
            snprintf(one, sizeof one, "%d!%s ", csv_line(c), err_reason());
        } else if (v) {
            snprintf(one, sizeof one, "%d[%.80s|%.80s|%.80s] ", csv_line(c), v[0], v[1], v[2]);
        } else {
            break;
        }
        strncat(text, one, sizeof text - strlen(text) - 1);
    }
    csv_close(c);
    return text;
}

#define assert_rows(csv, expected) assert_string_equal(rows_of(csv, sizeof(csv) - 1), expected)
#define assert_rows_have(csv, part)                                             \
    do {                                                                        \
        const char *rows_ = rows_of(csv, sizeof(csv) - 1);                      \
        if (!strstr(rows_, part)) fail_msg("'%s' is not in '%s'", part, rows_); \
    } while (0)

static void reads_what_rfc_4180_allows(void **state) {
    (void)state;
    assert_rows("id,title\na,b\n", "2[a|b|] ");
    assert_rows("id,title\r\na,b\r\nc,d", "2[a|b|] 3[c|d|] ");
    assert_rows("\xEF\xBB\xBFid,title\na,b\n", "2[a|b|] ");
    assert_rows("note,Title,other,ID\nn,t,x,i\n", "2[i|t|n] ");
    assert_rows("id,title\na,\"b, \"\"c\"\"\"\n", "2[a|b, \"c\"|] ");
    assert_rows("id,title\n\"a\",\"two\nlines\"\nb,c\n", "2[a|two\nlines|] 4[b|c|] ");
    assert_rows("id,title\n\n\r\na,b\n\n", "4[a|b|] ");
    assert_rows("id,title\n a , b \n,\n", "2[a|b|] 3[||] ");
    assert_rows("id,title\na,\"\"\n", "2[a||] ");
    assert_rows("id,title\n", "");
    assert_rows("id,title\na,M\xC3\xBCsli\n", "2[a|M\xC3\xBCsli|] ");
}

static void a_bad_row_costs_its_line_only(void **state) {
    (void)state;
    assert_rows("id,title\na\nb,c\n", "2!it has 1 fields, the header has 2 3[b|c|] ");
    assert_rows("id,title\na,b,c\nd,e\n", "2!it has 3 fields, the header has 2 3[d|e|] ");
    assert_rows_have("id,title\na,b\"c\nd,e\n", "2!there is a quote inside field 2");
    assert_rows_have("id,title\na,b\"c\nd,e\n", "3[d|e|]");
    assert_rows_have("id,title\na,\"b\"c\nd,e\n", "2!there is text after the closing quote of field 2");
    assert_rows_have("id,title\na,\"b\nd,e\nf,g\n", "2!the quote that opens field 2 is never closed");
    assert_rows_have("id,title\na,\"b\nd,e\nf,g\n", "3[d|e|] 4[f|g|]");
    assert_rows_have("id,title\na,b\rc\nd,e\n", "2!there is a carriage return that ends no line");
    assert_rows_have("id,title\na,b\rc\nd,e\n", "3[d|e|]");
    assert_rows_have("id,title\na,\xC3(\nd,e\n", "2!field 2 is not UTF-8");
    assert_rows_have("id,title\na,\xED\xA0\x80\nd,e\n", "2!field 2 is not UTF-8");
    assert_rows_have("id,title\na,b\0c\nd,e\n", "2!there is a zero byte");
    assert_rows_have("id,title\na,b\0c\nd,e\n", "3[d|e|]");
    /* the line that follows a good field of two lines is counted right */
    assert_rows_have("id,title\na,\"1\n2\"\nb,\"3\nc,d\n", "4!the quote that opens field 2");
}

static void a_field_has_a_bound(void **state) {
    (void)state;
    static char csv[300000];
    int n = snprintf(csv, sizeof csv, "id,title\n");
    memset(csv + n, 'x', CSV_FIELD_MAX_BYTES);
    strcpy(csv + n + CSV_FIELD_MAX_BYTES, ",ok\n");
    assert_memory_equal(rows_of(csv, strlen(csv)), "2[xxx", 5);

    memset(csv + n, 'x', 200000);
    strcpy(csv + n + 200000, ",b\nc,d\n");
    assert_string_equal(rows_of(csv, strlen(csv)),
                        "2!a field is longer than 4096 bytes; a quote may be missing 3[c|d|] ");

    memset(csv + n, ',', 200);
    strcpy(csv + n + 200, "\nc,d\n");
    assert_string_equal(rows_of(csv, strlen(csv)), "2!there are more than 64 fields 3[c|d|] ");
}

static void the_header_must_name_the_columns(void **state) {
    (void)state;
    struct csv *c = NULL;
    assert_int_equal(csv_open(&c, file_write("t.csv", ""), columns, true), ERR_FORMAT);
    assert_reason("it is empty");
    assert_int_equal(csv_open(&c, file_write("t.csv", "\xEF\xBB\xBF\n"), columns, true), ERR_FORMAT);
    assert_reason("it is empty");
    assert_int_equal(csv_open(&c, file_write("t.csv", "id;title\na;b\n"), columns, true), ERR_FORMAT);
    assert_reason("there is no column 'id'");
    assert_int_equal(csv_open(&c, file_write("t.csv", "id,title,id\n"), columns, true), ERR_FORMAT);
    assert_reason("column 'id' is there twice");
    assert_int_equal(csv_open(&c, file_write("t.csv", "id,title,colour\n"), columns, false), ERR_FORMAT);
    assert_reason("column 'colour' is not known");
    assert_int_equal(csv_open(&c,
                              file_write_bytes("t.csv",
                                               "\x7f"
                                               "ELF\0\1\2",
                                               7),
                              columns, true),
                     ERR_FORMAT);
    assert_reason("zero byte");
    assert_int_equal(csv_open(&c, path_of("missing.csv"), columns, true), ERR_NOT_FOUND);
    assert_reason("missing.csv: cannot open it");
    assert_int_equal(csv_open(&c, folder, columns, true), ERR_FORMAT);
    assert_reason("it is not a file");
    assert_null(c);
}

static void a_file_has_a_bound(void **state) {
    (void)state;
    struct csv *c = NULL;
    const char *path = file_write("huge.csv", "id,title\n");
    assert_int_equal(truncate(path, (off_t)CSV_FILE_MAX_BYTES + 1), 0); /* sparse */
    assert_int_equal(csv_open(&c, path, columns, true), ERR_FORMAT);
    assert_reason("larger than 256 MiB");
}

/* Whatever the bytes, every line is a row, a bad row or blank, and reading ends. */
static void random_bytes_do_no_harm(void **state) {
    (void)state;
    static const char alphabet[] = "a,\"\n\r \xC3\xBC\xFF;b1.\"\"\n,";
    unsigned seed = 1;
    for (int round = 0; round < 400; round++) {
        char csv[400] = "id,title\n";
        size_t n = strlen(csv), length = n + (size_t)(rand_r(&seed) % 380);
        for (; n < length; n++) csv[n] = alphabet[rand_r(&seed) % (int)sizeof alphabet]; /* with its zero byte */
        assert_non_null(rows_of(csv, n));
        assert_non_null(rows_of(csv + 9, n - 9)); /* a header of it, too */
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_rfc_4180_allows), cmocka_unit_test(a_bad_row_costs_its_line_only),
        cmocka_unit_test(a_field_has_a_bound),        cmocka_unit_test(the_header_must_name_the_columns),
        cmocka_unit_test(a_file_has_a_bound),         cmocka_unit_test(random_bytes_do_no_harm),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
