# orders exactly once: shopper, shopkeeperd, syncd and the scripted server killed at random moments, the power cut, a quarter of the answers bad, a network that drops, delays and duplicates (ROUNDS, 1000 if not set; SEED)
. "$(dirname "$0")/lib.sh"
python3 "$src/tests/bench/torture.py" "$bin" "$src" "${ROUNDS:-1000}" "${SEED:-1}" | sed 's/^/  /'
