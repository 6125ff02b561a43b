# "my usual" on 6,933 customers' baskets: Recall@10 of what they bought next, and the time it takes
. "$(dirname "$0")/lib.sh"
has baskets
"$bin/bench_usual" "$data/baskets" | sed 's/^/  /'
