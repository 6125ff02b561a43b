# Sourced by qemu-test. Orders are placed one after the other; QEMU is killed in the middle of the third.
# QEMU's own cache survives its end, so this is a cut for the guest's memory, not for the card's: that needs a real card.
test_power() {
  [ -f "$disk" ] || { test_first; }
  give orders
  pack "$out/give"
  start orders
  until_line orders 1800 'sk-test: ordering 3 at' || bad "no third order within half an hour"
  # some of these fall before the commit, some after it
  sleep "$(awk "BEGIN { srand($RANDOM); print rand() * 2 }")"
  cut_power orders
  local told
  told=$(grep -ac 'sk-test: ordered [0-9]*:' "$out/orders.serial" || true)

  give after
  pack "$out/give"
  start after
  finish_boot after 2400
  local got=$out/after
  expect "the database is whole" '^ok$' "$got/integrity"
  [ "$(wc -l <"$got/integrity")" = 1 ] && ok "and consistent" || bad "the database: $(tr '\n' ' ' <"$got/integrity")"
  local there distinct numbers
  IFS='|' read -r there distinct numbers <"$got/counts"
  if [ "$there" = "$told" ] || [ "$there" = $((told + 1)) ]; then ok "$told orders were confirmed, one more was under way: $there are there"
  else bad "$told orders were confirmed, and $there are there"; fi
  [ "$there" = "$distinct" ] && [ "$there" = "$numbers" ] && ok "each of them once" || bad "an order is there twice"
  expect "none without what was ordered" '^0$' "$got/empty"
  if grep -q left-behind "$got/files"; then bad "the root was changed for good"; else ok "what was written into the root is gone"; fi
  expect "the time zone is kept" 'Europe/Berlin' "$got/localtime"
  cmp -s "$out/first/machine-id" "$got/machine-id" && ok "it is the same speaker" || bad "it is another speaker"
}
