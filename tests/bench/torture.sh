# orders exactly once: shopper, syncd and the scripted server killed at random moments, a quarter of the answers bad (ROUNDS, 1000 if not set)
. "$(dirname "$0")/lib.sh"
python3 "$src/tests/bench/torture.py" "$bin" "$src" "${ROUNDS:-1000}" "${SEED:-1}" | sed 's/^/  /'
