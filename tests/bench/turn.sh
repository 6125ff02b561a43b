# a turn of dialogue, words in to reply text out, with 20,000 products and 10,000 orders: processor time by intent (WORST=1: and its longest turn)
. "$(dirname "$0")/lib.sh"
"$bin/bench_turn" ${TURNS:+--turns "$TURNS"} ${WORST:+--worst} | sed 's/^/  /'
