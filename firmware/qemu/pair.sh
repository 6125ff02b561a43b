# Sourced by qemu-test. A new card whose settings name a server (tests/http/server.py, on this machine), which is reached through a
# proxy in the guest, since without TLS only a server on the same machine is spoken to.
test_pair() {
  local disk=$out/card.pair.img # the other tests go on with first's
  step "Building (release)" build_sk
  fresh_card
  rm -f "$out/server.port" "$out/server.db"
  python3 "$root/tests/http/server.py" "$out/server.port" "$out/server.db" "$root/catalog/grocer/products.csv" --log "$out/server.log" 2>/dev/null &
  local server=$!
  until [ -s "$out/server.port" ]; do sleep 0.1; kill -0 $server || die "the shop's server does not start"; done
  local port
  port=$(cat "$out/server.port")
  sed 's|^url =.*|url = http://127.0.0.1:8090|' "$root/firmware/etc/shopkeeper.ini" >"$out/shopkeeper.ini"
  printf '\n[voice]\nname = en-us\n' >>"$out/shopkeeper.ini"
  mcopy -o -i "$disk@@$boot_at" "$out/shopkeeper.ini" ::
  give pair
  printf '[Socket]\nListenStream=127.0.0.1:8090\n' >"$out/give/sk-proxy.socket"
  printf '[Service]\nExecStart=/lib/systemd/systemd-socket-proxyd 10.0.2.2:%s\n' "$port" >"$out/give/sk-proxy.service"
  pack "$out/give"
  start pair -netdev user,id=net -device virtio-net-pci,netdev=net,romfile=
  if until_line pair 2400 'the code is spoken; it is typed on'; then ok "it has a code, and speaks it"; else bad "it has no code"; fi
  # while it is said: a person takes a while to type
  until_line pair 600 'sk-test: listening' && sleep 150
  curl -s -X POST -d '{}' "http://127.0.0.1:$port/control/approve" >/dev/null
  finish_boot pair 3600
  kill $server
  local got=$out/pair
  expect "its owner types it, and it is paired" 'this speaker is paired' "$got/journal"
  expect "the token is nobody else's to read" '^-rw-------.* token$' "$got/files"
  expect "the shop's catalogue is there" '^[1-9][0-9]*$' "$got/products"
  expect "the network is there" 'Gained carrier|DHCPv4 address' "$got/journal"
  printf '[voice]\nname = en-us\n' >"$out/voice.ini"
  "$root/build/release/bin/shopkeeper" --config "$out/voice.ini" say "To connect me with your shop, open shop dot example slash shopkeeper slash pair, and type the code: 4, 8, 2, 9, 1, 3." --out "$out/expected.wav"
  "$root/build/release/bin/shopkeeper" --config "$out/voice.ini" say "Your order of oat milk and five more things is on its way and should be there on Friday before noon" --out "$out/other.wav"
  sox "$got/said.wav" -r 16000 -c 1 -b 16 "$out/recorded.wav"
  local like at other
  read -r like at < <(python3 "$here/match.py" "$out/recorded.wav" "$out/expected.wav")
  read -r other _ < <(python3 "$here/match.py" "$out/recorded.wav" "$out/other.wav")
  say "  the code: correlation $like at $at s of the recording; another sentence $other"
  if awk "BEGIN { exit !($like > 0.9 && $like > $other + 0.15) }"; then ok "the loudspeaker said the code"; else bad "the recorded sound is not the code"; fi
}
