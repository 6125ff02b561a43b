# typed wordings of CLINC and Bitext, odd lines: the right intent, and what is no request but accepted
. "$(dirname "$0")/lib.sh"
has text
"$bin/bench_understand" "$data/text" | grep ':' | grep 'intent right' | sed 's/^/  /'
