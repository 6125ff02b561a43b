#include "apps/service.h"

#include <getopt.h>
#include <stdio.h>

#include "base/log.h"
#include "base/str.h"

struct given {
    const char *shop, *db, *config;
    int verbose;
};

static int read_options(struct given *given, const char *name, const char *help, int argc, char **argv) {
    static const struct option options[] = {{"shop", required_argument, NULL, 's'},
                                            {"db", required_argument, NULL, 'd'},
                                            {"config", required_argument, NULL, 'c'},
                                            {"verbose", no_argument, NULL, 'v'},
                                            {"help", no_argument, NULL, 'h'},
                                            {"version", no_argument, NULL, 'V'},
                                            {0}};
    for (int ch; (ch = getopt_long(argc, argv, "hv", options, NULL)) != -1;) {
        switch (ch) {
            case 's':
                given->shop = optarg;
                break;
            case 'd':
                given->db = optarg;
                break;
            case 'c':
                given->config = optarg;
                break;
            case 'v':
                given->verbose++;
                break;
            case 'h':
                puts(help);
                return 0;
            case 'V':
                printf("%s " SK_VERSION "\n", name);
                return 0;
            default:
                fprintf(stderr, "try: %s --help\n", name);
                return 2;
        }
    }
    return -1;
}

int service_start(struct settings *out, const char *name, const char *help, int argc, char **argv) {
    struct given given = {0};
    int code = read_options(&given, name, help, argc, argv);
    if (code >= 0) return code;
    log_set_level(given.verbose == 0 ? LEVEL_WARNING : given.verbose == 1 ? LEVEL_INFO : LEVEL_DEBUG);
    if (settings_load(out, given.config)) {
        log_error("%s", err_reason());
        return 1;
    }
    settings_alsa(out);
    if (given.shop) str_copy(out->shop_dir, sizeof out->shop_dir, given.shop);
    if (given.db) str_copy(out->db, sizeof out->db, given.db);
    return -1;
}
