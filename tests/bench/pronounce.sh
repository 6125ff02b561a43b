# words it has never seen: eSpeak NG's pronunciations against the CMU dictionary, on a sample of 5,000 of its words
. "$(dirname "$0")/lib.sh"
"$bin/bench_pronounce" | sed 's/^/  /'
