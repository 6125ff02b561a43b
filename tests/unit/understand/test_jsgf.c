/* What a grammar file may be, and what is said about one that is wrong. */
#include "folder.h"

/* Loads the text as it stands and expects "<file>:<message>". */
static void check_bad_bytes(const char *text, size_t bytes, err_t code, const char *message) {
    struct grammar *g = NULL;
    char expected[512];
    folder_write_bytes("bad.jsgf", text, bytes);
    snprintf(expected, sizeof(expected), "%s:%s", folder_path("bad.jsgf"), message);
    assert_int_equal(grammar_load(&g, folder_path("bad.jsgf"), NULL), code);
    assert_string_equal(err_reason(), expected);
    assert_null(g);
}

static void check_bad_text(const char *text, const char *message) {
    check_bad_bytes(text, strlen(text), ERR_FORMAT, message);
}

/* Rules behind a header of two lines. */
static void check_bad(const char *rules, const char *message) {
    char text[4096];
    snprintf(text, sizeof(text), HEADER "%s", rules);
    check_bad_text(text, message);
}

static void check_good_text(const char *text) {
    struct grammar *g;
    folder_write("good.jsgf", text);
    err_t err = grammar_load(&g, folder_path("good.jsgf"), NULL);
    if (err) fail_msg("%s", err_reason());
    grammar_free(g);
}

static void check_good(const char *rules) {
    char text[4200];
    snprintf(text, sizeof(text), HEADER "%s", rules);
    check_good_text(text);
}

static void headers(void **state) {
    (void)state;
    check_good_text("#JSGF V1.0;grammar a;");
    check_good_text("#JSGF V1.0 utf-8;\ngrammar a;\n");
    check_good_text("#JSGF V1.0 UTF-8 en-US;\r\n// a comment\r\ngrammar com.shop.a;\r\n");
    check_good_text("\xEF\xBB\xBF#JSGF V1.0 UTF-8 en;\ngrammar a;\n");
    check_bad_text("", "1:1: expected '#JSGF V1.0 UTF-8 en;', found the end of the file");
    check_bad_text("grammar a;", "1:1: expected '#JSGF V1.0 UTF-8 en;', found 'grammar'");
    check_bad_text("#JSGF V2.0;\ngrammar a;", "1:7: expected 'V1.0', found 'V2.0'");
    check_bad_text("#JSGF V1.0 ISO8859-5;\ngrammar a;", "1:12: expected the encoding 'UTF-8', found 'ISO8859-5'");
    check_bad_text("#JSGF V1.0 UTF-8 en\ngrammar a;", "2:1: expected ';' after the header, found 'grammar'");
    check_bad_text("#JSGF V1.0;\n<a> = b;", "2:1: expected 'grammar NAME;', found <a>");
    check_bad_text("#JSGF V1.0;\ngrammar ;", "2:9: expected the grammar's name, found ';'");
    check_bad_text("#JSGF V1.0;\ngrammar ../../etc;", "2:9: expected the grammar's name, found '..'");
    check_bad_text("#JSGF V1.0;\ngrammar a\n<b> = c;", "3:1: expected ';' after the grammar's name, found <b>");
}

static void rules(void **state) {
    (void)state;
    check_good("<a> = b; public <c> = d | e f | (g) | [h] | i* | j+ | <NULL> | <VOID>;");
    check_good("<a> = /3/ b | /0.5/ c | /0/ d; /* between */ <e> = \"quoted \\\"word\\\"\" //end\n;");
    check_good("<a> = one {+1} | two {+2}{=c} | (three {+0.5}) {name#} | four* {name=\\{text\\}} | five { name } ;");
}

static void rules_that_are_wrong(void **state) {
    (void)state;
    check_bad("rule", "3:1: expected a rule '<name>' or 'public', found 'rule'");
    check_bad("public a = b;", "3:8: expected a rule '<name>', found 'a'");
    check_bad("<a b> = c;", "3:1: expected a rule name of letters, digits, '_' and '-', found <a b>");
    check_bad("<x.a> = c;", "3:1: expected a rule name of letters, digits, '_' and '-', found <x.a>");
    check_bad("<NULL> = c;", "3:1: expected a rule name that is not one of JSGF's own, found <NULL>");
    check_bad("<a> b;", "3:5: expected '=' after the rule's name, found 'b'");
    check_bad("<a> = ;", "3:7: expected a word, a rule, '(' or '[', found ';'");
    check_bad("<a> = b\n<c> = d;", "4:5: expected ';' to end the rule before this one, found '='");
    check_bad("<a> = b", "3:8: expected ';' to end the rule, or '|', found the end of the file");
    check_bad("<a> = b | | c;", "3:11: expected a word, a rule, '(' or '[', found '|'");
    check_bad("<a> = (b | c;", "3:13: expected ')' to end the group, or '|', found ';'");
    check_bad("<a> = [b c);", "3:11: expected ']' to end the group, or '|', found ')'");
    check_bad("<a> = ();", "3:8: expected a word, a rule, '(' or '[', found ')'");
    check_bad("<a> = b);", "3:8: expected ';' to end the rule, or '|', found ')'");
    check_bad("<a> = * b;", "3:7: expected a word, a rule, '(' or '[', found '*'");
    check_bad("<a> = b*+;", "3:9: expected one '*' or '+', before the tags: use brackets for more");
    check_bad("<a> = b {x}*;", "3:12: expected one '*' or '+', before the tags: use brackets for more");
    check_bad("<a> = {x} b;", "3:7: expected a word, a rule, '(' or '[', found {x}");
    check_bad("<a> = b & c;", "3:9: expected a word, found '&'");
    check_bad("<a> = \"\" ;", "3:7: expected a word, found \"\"");
    check_bad("<a> = /x/ b;", "3:7: expected a weight from 0 to 1000000, found /x/");
    check_bad("<a> = /-1/ b;", "3:7: expected a weight from 0 to 1000000, found /-1/");
    check_bad("<a> = b /2/ c;", "3:9: expected a word, a rule, '(' or '[', found /2/");
    check_bad("<a> = b;\n\n<a> = c;", "5:1: expected a new rule, but <a> is already defined in line 3");
}

static void what_has_no_end(void **state) {
    (void)state;
    check_bad("<a = b;", "3:1: expected '>' to end this rule name");
    check_bad("<a> = b {x;", "3:9: expected '}' to end this tag");
    check_bad("<a> = \"b;\n", "3:7: expected '\"' to end this quoted word");
    check_bad("<a> = /2 b;", "3:7: expected '/' to end this weight");
    check_bad("/* <a> = b;", "3:1: expected '*/' to end this comment, found the end of the file");
}

#define TAG_FORMS \
    "expected a tag such as {slot}, {slot=text}, {slot#}, {slot$}, {=code}, {+2}, {*12}, {.} or {;}, found "

static void tags_that_are_wrong(void **state) {
    (void)state;
    check_bad("<a> = b {};", "3:9: " TAG_FORMS "{}");
    check_bad("<a> = b {Name};", "3:9: " TAG_FORMS "{Name}");
    check_bad("<a> = b {two words};", "3:9: " TAG_FORMS "{two words}");
    check_bad("<a> = b {+};", "3:9: " TAG_FORMS "{+}");
    check_bad("<a> = b {+1.2345};", "3:9: " TAG_FORMS "{+1.2345}");
    check_bad("<a> = b {*-2};", "3:9: " TAG_FORMS "{*-2}");
    check_bad("<a> = b {=};", "3:9: " TAG_FORMS "{=}");
    check_bad("<a> = b {x=};", "3:9: " TAG_FORMS "{x=}");
    check_bad("<a> = b {..};", "3:9: " TAG_FORMS "{..}");
    check_bad("<a> = b {a23456789012345678901234};", "3:9: expected a slot name of at most 23 bytes");
    check_bad("<a> = b {=a23456789012345678901234};", "3:9: expected a code of at most 23 bytes");
}

static void names_that_are_wrong(void **state) {
    (void)state;
    check_bad("<a> = <b>;", "3:7: expected a rule that exists, but <b> is neither defined here nor imported");
    check_bad("<a> = <x.b>;", "3:7: expected a grammar that is imported, but there is no 'import <x.*>;'");
    check_bad("<a> = <builtin.date>;", "3:7: expected <builtin.numeral>, found <builtin.date>");
    check_bad("<a> = <b%>;", "3:7: expected a rule name of letters, digits, '_', '-' and '.', found <b%>");
    check_bad("<a> = b <a>;", "3:9: expected no recursion, but <a> is part of itself: use '*' or '+'");
    check_bad("<a> = <b>;\n<b> = [c (<d>)*];\n<d> = x | <a> {t};",
              "5:11: expected no recursion, but <a> is part of itself: use '*' or '+'");
}

static void imports_that_are_wrong(void **state) {
    (void)state;
    check_bad("import x;", "3:8: expected '<grammar.*>' or '<grammar.rule>', found 'x'");
    check_bad("import <x>;", "3:8: expected '<grammar.*>' or '<grammar.rule>', found <x>");
    check_bad("import <.*>;", "3:8: expected '<grammar.*>' or '<grammar.rule>', found <.*>");
    check_bad("import <../x.*>;", "3:8: expected '<grammar.*>' or '<grammar.rule>', found <../x.*>");
    check_bad("import <x.*>", "3:13: expected ';' after the import, found the end of the file");
    check_bad_bytes(HEADER "import <nowhere.*>;", strlen(HEADER "import <nowhere.*>;"), ERR_NOT_FOUND,
                    "3:8: cannot find nowhere.jsgf beside this file");
}

static void text_that_is_no_text(void **state) {
    (void)state;
    check_bad_text(HEADER "<a> = \xFF;", "1:1: expected UTF-8 text, found bytes that are not UTF-8");
    check_bad_bytes("#JSGF\0V1.0;", 11, ERR_FORMAT, "1:1: expected UTF-8 text, found a zero byte");
    check_bad("<é> = b;", "3:1: expected a rule name of letters, digits, '_' and '-', found <é>");
    check_bad("<a> = éé (b;", "3:12: expected ')' to end the group, or '|', found ';'"); /* counts characters */
}

/* `n` times `open`, a word, `n` times `close`. */
static void nest(char *out, size_t cap, int n, char open, char close) {
    assert_true(cap > 2 * (size_t)n + 32);
    int used = snprintf(out, cap, "<a> = ");
    memset(out + used, open, (size_t)n);
    out[used + n] = 'b';
    memset(out + used + n + 1, close, (size_t)n);
    snprintf(out + used + 2 * n + 1, 2, ";");
}

static void limits(void **state) {
    (void)state;
    char text[4096], file[4200];
    nest(text, sizeof(text), 64, '(', ')');
    check_good(text);
    nest(text, sizeof(text), 65, '(', ')');
    snprintf(file, sizeof(file), HEADER "%s", text);
    check_bad_bytes(file, strlen(file), ERR_FULL, "3:71: brackets can be nested 64 deep: move a part into a rule");

    int used = 0;
    for (int i = 0; i < 70; i++)
        used += snprintf(text + used, sizeof(text) - (size_t)used, "<r%d> = <r%d>;\n", i, i + 1);
    snprintf(text + used, sizeof(text) - (size_t)used, "<r70> = x;");
    snprintf(file, sizeof(file), HEADER "%s", text);
    check_bad_bytes(file, strlen(file), ERR_FULL, "67:1: rules can be nested 64 deep");

    memset(text, 'x', 600);
    memcpy(text + 600, ";", 2);
    snprintf(file, sizeof(file), HEADER "<a> = %s", text);
    check_bad_text(file, "3:7: expected a word shorter than 512 bytes");
}

static void files_that_cannot_be_read(void **state) {
    (void)state;
    struct grammar *g = NULL;
    char expected[256];
    assert_int_equal(grammar_load(&g, folder_path("none.jsgf"), NULL), ERR_NOT_FOUND);
    snprintf(expected, sizeof(expected), "cannot read the grammar %s: No such file or directory",
             folder_path("none.jsgf"));
    assert_string_equal(err_reason(), expected);
    assert_int_equal(grammar_load(&g, folder, NULL), ERR_IO);

    char *big = malloc(1024 * 1024 + 1);
    assert_non_null(big);
    memset(big, ' ', 1024 * 1024 + 1);
    folder_write_bytes("big.jsgf", big, 1024 * 1024 + 1);
    free(big);
    assert_int_equal(grammar_load(&g, folder_path("big.jsgf"), NULL), ERR_FULL);
    assert_non_null(strstr(err_reason(), "larger than 1 MiB"));
    assert_null(g);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers),
        cmocka_unit_test(rules),
        cmocka_unit_test(rules_that_are_wrong),
        cmocka_unit_test(what_has_no_end),
        cmocka_unit_test(tags_that_are_wrong),
        cmocka_unit_test(names_that_are_wrong),
        cmocka_unit_test(imports_that_are_wrong),
        cmocka_unit_test(text_that_is_no_text),
        cmocka_unit_test(limits),
        cmocka_unit_test(files_that_cannot_be_read),
    };
    return cmocka_run_group_tests(tests, folder_create, folder_remove);
}
