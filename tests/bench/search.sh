# the 19,406-product catalogue: import, search time and how good the results are
. "$(dirname "$0")/lib.sh"
has catalog
"$bin/bench_search" "$data/catalog" | sed 's/^/  /'
