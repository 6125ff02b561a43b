#include "fuzz.h"
#include "sync/decimal.h"
#include "sync/json.h"

/* Whatever a server answers: it is read within its bounds, or refused with a sentence. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *text = fuzz_text(data, size), value[32];
    struct node *root = NULL;
    if (!node_parse(&root, text, size)) {
        const struct node *list, *o;
        size_t n = 0;
        int64_t number = 0;
        bool flag;
        static const char *const keys[] = {"items", "cursor", "more", "total", "order", "id", "placed_at", "lines"};
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
            if (!node_text(root, keys[i], value, sizeof value) && !memchr(value, '\0', sizeof value)) abort();
            if (!node_money(root, keys[i], "USD", &number) && (number < 0 || number > 1000000000000)) abort();
            if (!node_time_if(root, keys[i], &number) && number < 0) abort();
            if (!node_bool_if(root, keys[i], false, &flag) && !node_object(root, keys[i], &o)) n = node_has(o, keys[i]);
            if (!node_array(root, keys[i], 10, &list, &n))
                for (size_t k = 0; k < n && k < 10; k++)
                    if (!node_at(list, k, &o) && node_int(o, "position", 1, 64, &number) && !*err_reason()) abort();
        }
        node_free(root);
    } else if (!*err_reason()) {
        abort();
    }
    int64_t minor;
    if (!decimal_minor(&minor, text, "USD") && (minor > 1000000000000 || minor < -1000000000000)) abort();
    free(text);
    return 0;
}
