#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "apps/cli.h"
#include "apps/json.h"
#include "apps/tally.h"
#include "base/str.h"

typedef err_t write_fn(const struct tally *t, FILE *f);

static err_t write_csv(const struct tally *t, FILE *f) {
    tally_csv(t, f);
    return ERR_OK;
}

static err_t write_html(const struct tally *t, FILE *f) {
    char frame[PATH_MAX];
    TRY(settings_path(frame, "models", "report.html", NULL));
    return tally_html(t, frame, f);
}

static err_t write_file(const struct tally *t, const char *path, write_fn *fn) {
    if (str_equal(path, "-")) return fn(t, stdout);
    FILE *f = fopen(path, "we");
    if (!f) return err_fail(ERR_IO, "cannot write %s: %s", path, strerror(errno));
    err_t err = fn(t, f);
    bool bad = ferror(f) != 0;
    if ((fclose(f) || bad) && !err) err = err_fail(ERR_IO, "cannot write all of %s: %s", path, strerror(errno));
    return err;
}

static err_t write_all(const struct tally *t, const struct cli *cli) {
    if (cli->csv) TRY(write_file(t, cli->csv, write_csv));
    if (cli->html) TRY(write_file(t, cli->html, write_html));
    if (cli->csv || cli->html) return ERR_OK;
    if (cli->json)
        json_print(tally_json(t));
    else
        tally_text(t, stdout);
    return ERR_OK;
}

static int run(struct cli *cli) {
    static struct tally t;
    struct assistant a;
    if (!*cli->settings.db) return cli_usage("report needs --db FILE, or a configuration with the speaker's database");
    if (cli_open_shop(&a, cli)) return cli_fail();
    err_t err = tally_load(&t, a.shop, cli->since, cli->until);
    if (!err) err = write_all(&t, cli);
    assistant_close(&a);
    return err ? cli_fail() : EXIT_OK;
}

const struct command command_report = {
    .name = "report",
    .usage = "",
    .summary = "what shoppers asked for, and where it went wrong",
    .help =
        "Requests by day and intent, what was not understood (the words), where baskets were left, trouble with\n"
        "coupons and payment, hand-overs to a person, and feedback; of the talk that is still kept on the speaker.\n"
        "As text, or with --csv and --html into files. The page has its charts in itself and opens anywhere.\n\n"
        "  shopkeeper --db shop.db report --since 2026-11-01 --until 2026-11-30 --html november.html\n",
    .options = OPT_SINCE | OPT_UNTIL | OPT_CSV | OPT_HTML,
    .run = run,
};
