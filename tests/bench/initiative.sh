# what goes with what, and remarks: time with 20,000 products and 10,000 orders; suggestions met in real baskets
. "$(dirname "$0")/lib.sh"
has catalog
has baskets
"$bin/bench_initiative" "$data/catalog" "$data/baskets/tafeng.jsonl.gz" | sed 's/^/  /'
