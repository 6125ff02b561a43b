# Speaker, shopper and shop killed at random moments, power cuts, and a network that drops, delays and duplicates between them: each order
# once (TORTURE_ROUNDS, 4 if not set; SEED). What the speaker does in it: tests/bench/torture.py.
. "$(dirname "$0")/../lib.sh"
bin=${SHOPKEEPER_BIN:-$root/build/dev/bin}
[ -x "$bin/bench_shopper" ] || { echo "torture: skipped, $bin/bench_shopper is not built"; exit 0; }
pair Kitchen dana
# nobody runs out of anything: that is another test
sql "update inventory_level set stocked_quantity = 1000000, raw_stocked_quantity = '{\"value\":\"1000000\",\"precision\":20}'"
said=$(TORTURE_TOKEN=$token python3 "$root/tests/bench/torture.py" "$bin" "$root" "${TORTURE_ROUNDS:-4}" "${SEED:-$RANDOM}") || bad "it ends with a fault"
printf '%s\n' "$said"
grep -q 'lost 0, doubled 0, of nobody 0; baskets that are another: 0; damaged databases: 0' <<<"$said" && ok || bad "lost, doubled or damaged"
grep -q 'orders [1-9]' <<<"$said" && ok || bad "no orders"
finish
