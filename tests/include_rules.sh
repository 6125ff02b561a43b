#!/bin/sh
# Checks who includes whom under src/ (CONTRIBUTING.md draws the map), and that no file outgrows 600 lines.
#
#   include_rules.sh ROOT         prints each breach as file:line: reason; exit status 1 if there is one
#   include_rules.sh --self-test  breaks every rule once in a scratch folder and expects it to be found
set -eu
export LC_ALL=C

check() {
    (
        cd "$1"
        find src tests -name '*.[ch]' | sort | xargs awk '
        BEGIN {
            lines_max = 600

            # Everyone sees base/ and their own folder, apps/ sees all; beyond that only these.
            n = split("decide:understand/intent.h decide:shop/types.h decide:say/reply.h" \
                      " hear:understand/grammar.h sync:shop/* web:shop/*", list, " ")
            for (i = 1; i <= n; i++) may_see[list[i]] = 1

            # Third-party headers, by prefix. Each library lives in one folder, but for the resampler and JSON, of two and three.
            n = split("portaudio.h sndfile.h kiss_fft speex/ pocketsphinx sphinxbase/ sqlite3.h unicode/ espeak-ng/" \
                      " crypt.h ini.h jansson.h curl/ gpiod.h microhttpd.h nettle/", list, " ")
            for (i = 1; i <= n; i++) library[i] = list[i]
            libraries = n
            shared["speex/"] = "audio/ and say/"
            shared["jansson.h"] = "apps/, sync/ and web/"

            # Who speaks to a network does it in one file.
            only_file["curl/"] = "src/sync/http.c"
            only_file["microhttpd.h"] = "src/web/server.c"

            # What comes with the compiler and the system. A header of neither list has to be put into one.
            n = split("assert ctype dirent errno fcntl float fnmatch ftw getopt glob inttypes langinfo libgen limits locale" \
                      " malloc math poll pthread pwd regex sched semaphore setjmp signal spawn stdalign stdarg stdatomic" \
                      " stdbool stddef stdint stdio stdlib stdnoreturn string strings syslog termios tgmath time unistd" \
                      " wchar wctype", list, " ")
            for (i = 1; i <= n; i++) system_header[list[i] ".h"] = 1
        }

        function breach(reason) {
            printf "%s:%d: %s\n", FILENAME, FNR, reason
            breaches++
        }

        function check_own(header,   folder) {
            folder = header
            if (!sub(/\/[^\/]*$/, "", folder) || folder ~ /[.\/]/)
                breach("\"" header "\" should be named by its folder, as in \"base/err.h\"")
            else if (folder != stage && folder != "base" && stage != "apps" &&
                     !((stage ":" header) in may_see) && !((stage ":" folder "/*") in may_see))
                breach(stage "/ may not include " header)
        }

        function check_library(name) {
            if (name in shared) {
                if (!index(shared[name], stage "/")) breach("<" name "...> is for " shared[name] " only")
            } else if (!(name in home)) home[name] = stage
            else if (home[name] != stage)
                breach("<" name "...> is used by " home[name] "/ already: keep it in one folder")
            if (name in only_file && FILENAME != only_file[name])
                breach("<" name "> is for " only_file[name] " alone")
        }

        function check_foreign(header,   i) {
            if (header in system_header || header ~ /^(sys|linux|netinet|arpa|net)\//) return
            for (i = 1; i <= libraries; i++)
                if (index(header, library[i]) == 1) { check_library(library[i]); return }
            breach("<" header "> is unknown: put it into a list of tests/include_rules.sh")
        }

        FNR == 1 { split(FILENAME, path, "/"); in_src = path[1] == "src"; stage = path[2] }
        FNR == lines_max + 1 { breach("the file is longer than " lines_max " lines: one idea a file") }
        in_src && /^[ \t]*#[ \t]*include/ {
            header = $0
            sub(/^[ \t]*#[ \t]*include[ \t]*/, "", header)
            quote = substr(header, 1, 1)
            header = substr(header, 2)
            sub(/[">].*/, "", header)
            if (quote == "\"") check_own(header)
            else if (quote == "<") check_foreign(header)
            else breach("an include has to be readable without the preprocessor")
        }
        END { exit breaches > 0 }'
    )
}

# ---- the check of the check ----

scratch=
remove_scratch() { [ -z "$scratch" ] || rm -r "$scratch"; }

# A good house, as small as can be.
lay_out() {
    for stage in base audio understand hear shop sync say decide web apps; do mkdir -p "$scratch/src/$stage"; done
    mkdir -p "$scratch/tests"
    echo '#include <stdio.h>' >"$scratch/src/base/err.h"
    echo '#include <ini.h>' >"$scratch/src/base/config.c"
    printf '#include "audio/audio.h"\n#include "base/err.h"\n#include <speex/speex_resampler.h>\n' >"$scratch/src/audio/a.c"
    printf '#include "understand/grammar.h"\n#include <pocketsphinx.h>\n' >"$scratch/src/hear/hear.c"
    printf '#include "shop/shop.h"\n' >"$scratch/src/sync/s.c"
    printf '#include "shop/shop.h"\n#include <jansson.h>\n#include <microhttpd.h>\n#include <nettle/sha2.h>\n' >"$scratch/src/web/server.c"
    printf '#include "shop/types.h"\n#include "understand/intent.h"\n#include "say/reply.h"\n' >"$scratch/src/decide/d.c"
    printf '#include <speex/speex_resampler.h>\n#include <unicode/unum.h>\n' >"$scratch/src/say/s.c"
    printf '#include "hear/hear.h"\n#include "decide/dialog.h"\n' >"$scratch/src/apps/main.c"
}

failures=0
fail() {
    echo "self-test: $1"
    failures=$((failures + 1))
}

# expect REASON FILE LINE: adds the line to the file, expects exactly that breach, takes it away again.
expect() {
    printf '%s\n' "$3" >"$scratch/$2"
    if found=$(check "$scratch"); then
        fail "not found: $2: $3"
    elif [ "$found" != "$2:1: $1" ]; then
        fail "$2: $3: expected '$1' but got '$found'"
    fi
    rm "$scratch/$2"
}

self_test() {
    scratch=$(mktemp -d)
    trap remove_scratch EXIT
    lay_out
    found=$(check "$scratch") || fail "a good house is called bad: $found"

    expect 'base/ may not include shop/shop.h' src/base/x.c '#include "shop/shop.h"'
    expect 'audio/ may not include hear/hear.h' src/audio/x.c '  #  include "hear/hear.h" // why not'
    expect 'decide/ may not include shop/shop.h' src/decide/x.c '#include "shop/shop.h"'
    expect 'decide/ may not include understand/parse.h' src/decide/x.h '#include "understand/parse.h"'
    expect 'hear/ may not include understand/intent.h' src/hear/x.c '#include "understand/intent.h"'
    expect 'shop/ may not include sync/sync.h' src/shop/x.c '#include "sync/sync.h"'
    expect 'say/ may not include apps/cli.h' src/say/x.c '#include "apps/cli.h"'
    expect '"err.h" should be named by its folder, as in "base/err.h"' src/base/x.c '#include "err.h"'
    expect '"../shop/shop.h" should be named by its folder, as in "base/err.h"' src/say/x.c '#include "../shop/shop.h"'
    expect '<ini.h...> is used by base/ already: keep it in one folder' src/shop/x.c '#include <ini.h>'
    expect '<unicode/...> is used by say/ already: keep it in one folder' src/shop/x.c \
        '#include <unicode/ucol.h>'
    expect '<zlib.h> is unknown: put it into a list of tests/include_rules.sh' src/shop/x.c '#include <zlib.h>'
    expect 'an include has to be readable without the preprocessor' src/shop/x.c '#include HEADER'

    expect '<speex/...> is for audio/ and say/ only' src/shop/x.c '#include <speex/speex_preprocess.h>'
    expect '<jansson.h...> is for apps/, sync/ and web/ only' src/shop/x.c '#include <jansson.h>'
    expect 'web/ may not include sync/sync.h' src/web/x.c '#include "sync/sync.h"'
    expect 'web/ may not include decide/dialog.h' src/web/x.c '#include "decide/dialog.h"'
    expect '<microhttpd.h> is for src/web/server.c alone' src/web/x.c '#include <microhttpd.h>'
    expect '<curl/> is for src/sync/http.c alone' src/sync/x.c '#include <curl/curl.h>'

    awk 'BEGIN { for (i = 0; i < 600; i++) print "" }' >"$scratch/tests/long.c"
    found=$(check "$scratch") || fail "600 lines are called too many: $found"
    echo >>"$scratch/tests/long.c"
    if found=$(check "$scratch"); then fail 'a file of 601 lines is not found'; fi

    [ "$failures" -eq 0 ] || exit 1
}

case "${1-}" in
--self-test) self_test ;;
'') echo "usage: $0 ROOT | --self-test" >&2; exit 2 ;;
*) check "$1" ;;
esac
