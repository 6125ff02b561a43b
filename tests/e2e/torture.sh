# Twenty rounds of tests/bench/torture.sh: kills, power cuts and a bad network; no order lost or doubled.
. "$(dirname "$0")/lib.sh"
said=$(python3 "$src/tests/bench/torture.py" "$bin" "$src" 20 "$RANDOM" 2>&1) || bad "it ends with a fault"
printf '%s\n' "$said"
expect "all there, once" 'lost 0, doubled 0, of nobody 0; baskets that are another: 0; damaged databases: 0' "$said"
expect "there were orders" 'orders [1-9]' "$said"
finish
