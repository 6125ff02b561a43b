# questions to the grocer in wordings its own text has not got: right answer, and how many strangers' sentences get one
. "$(dirname "$0")/lib.sh"
has text
"$bin/bench_answers" "$root/tests/bench/answers.tsv" "$data/text/clinc.tsv" | sed 's/^/  /'
