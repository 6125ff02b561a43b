#!/usr/bin/env bash
# Do the programs of another architecture hear the same as the native ones: words, intent, slots, scores, confidence? Called by script/cross compare, with the architecture.
# Recordings: those of people in pocketsphinx-testdata (cards, a reader), and tests/e2e/features.tsv said by eSpeak NG. -n COUNT: only so many.
. "$(dirname "$0")/../../script/lib.sh"
arch=$1 count=0
shift
while getopts n: option; do case $option in n) count=$OPTARG ;; *) die "usage: script/cross [--for ARCH] compare [-n COUNT]" ;; esac; done
need "${build_packages[@]}" pocketsphinx-testdata jq sox
build_native() { cmake -S "$root" --preset release && cmake --build "$root/build/release" --target shopkeeper; }
step "Building (release)" build_native
work=$root/build/cross/compare.$arch
rm -rf "$work" && mkdir -p "$work"

find /usr/share/pocketsphinx/test/data -name '*.wav' | LC_ALL=C sort | while read -r file; do
  cp "$file" "$work/people-$(basename "$(dirname "$file")")-$(basename "$file")"
done
say_features() {
  local i=0 voice
  cut -f1 "$root/tests/e2e/features.tsv" | grep -v '^#' | LC_ALL=C sort -u | while read -r text; do
    i=$((i + 1))
    case $((i % 3)) in 0) voice=en-us ;; 1) voice=en-us+f3 ;; 2) voice=en-gb ;; esac
    printf '[voice]\nname = %s\n' "$voice" >"$work/voice.ini"
    "$root/build/release/bin/shopkeeper" --config "$work/voice.ini" say "$text" --out "$work/synthetic-$(printf %03d $i).wav" || return 1
  done
}
step "Speaking requests" say_features
(cd "$work" && ls ./*.wav) | { if [ "$count" -gt 0 ]; then sort -R --random-source=<(yes) | head -n "$count" | sort; else cat; fi; } >"$work/list"

# hear BUILD OUT PREFIX...: one line of JSON a recording
hear() {
  local programs=$1 to=$2
  shift 2
  # shellcheck disable=SC2046
  (cd "$work" && "$@" "$root/build/$programs/bin/shopkeeper" --shop "$root/catalog/grocer" --json hear $(sed "s|^\./|$work/|" "$work/list")) >"$work/$to" || return 1
}
step "Hearing natively" hear release native
step "Hearing under emulation" hear "$arch" emulated "$root/script/cross" --for "$arch" run

# everything but how long it took
for side in native emulated; do jq -cS 'del(.decode_ms) | .file |= sub(".*/"; "")' "$work/$side" >"$work/$side.same"; done
of() { grep -c "\"$1-" "$work/native.same" || true; }
jq -cS '{file, text, intent, slots, accepted}' "$work/native.same" >"$work/native.words"
jq -cS '{file, text, intent, slots, accepted}' "$work/emulated.same" >"$work/emulated.words"
differ() { diff "$work/native.$1" "$work/emulated.$1" | grep -c '^<' || true; }
total=$(wc -l <"$work/list")
[ "$(wc -l <"$work/native.same")" = "$total" ] && [ "$(wc -l <"$work/emulated.same")" = "$total" ] || die "not every recording was heard; see ${work#"$root"/}"
words=$(differ words) scores=$(differ same)
say "$total recordings ($(of people) of people, $(of synthetic) synthetic): words, intent and slots differ in $words, anything at all (scores to three digits) in $scores"
ms() { jq -s 'map(.decode_ms) | add / 1000 | round' "$work/$1"; }
say "decoding took $(ms native) s natively, $(ms emulated) s under emulation"
if [ "$words" != 0 ] || [ "$scores" != 0 ]; then diff "$work/native.same" "$work/emulated.same" | head -n 20 >&2; fi
[ "$words" = 0 ] && [ "$scores" = 0 ]
