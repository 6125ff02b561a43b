# Sourced by qemu-test. A good update, and one that never listens: its shopkeeperd is missing.

# make_update VERSION [PATH...]: the root of the image again, under another version, without these files
make_update() {
  local version=$1 tree=$out/tree.tar
  shift
  printf 'VERSION=%s\n' "$version" >"$out/release"
  local without=(--exclude usr/lib/shopkeeper/release)
  for path; do without+=(--exclude "$path"); done
  sqfs2tar "$built/root.squashfs" >"$tree"
  bsdtar -cf "$out/less.tar" --format=gnutar "${without[@]}" "@$tree"
  mkdir -p "$out/add/usr/lib/shopkeeper" && cp "$out/release" "$out/add/usr/lib/shopkeeper/release"
  tar -C "$out/add" --owner=0 --group=0 -rf "$out/less.tar" usr/lib/shopkeeper/release
  rm -f "$out/$version.squashfs"
  tar2sqfs --quiet --compressor zstd --comp-extra level=5 "$out/$version.squashfs" <"$out/less.tar"
  rm -f "$tree" "$out/less.tar"
  "$root/firmware/bundle" "$out/$version.squashfs" "$version" "$out/$version.raucb"
  for path; do ! sqfs2tar "$out/$version.squashfs" 2>/dev/null | tar -t | grep -qx "$path" || { echo "$path is still there"; return 1; }; done
  rm "$out/$version.squashfs"
}

# boot_with DO NAME SECONDS [BUNDLE]: one boot, to its end
boot_with() {
  local do=$1 name=$2 seconds=$3 bundle=${4:-} options=()
  give "$do"
  pack "$out/give"
  if [ -n "$bundle" ]; then
    rm -rf "$out/stick" && mkdir "$out/stick" && ln "$bundle" "$out/stick/update.raucb"
    rm -f "$out/stick.img" && mke2fs -q -t ext4 -L SK_UPDATE -d "$out/stick" "$out/stick.img" 400M
    options=(-drive "file=$out/stick.img,format=raw,if=virtio,readonly=on")
  fi
  start "$name" "${options[@]}"
  finish_boot "$name" "$seconds"
}

test_update() {
  [ -f "$disk" ] && [ -d "$out/first" ] || test_first
  need squashfs-tools-ng libarchive-tools
  step "Making an update" make_update update-good
  step "Making an update that is broken" make_update update-broken usr/bin/shopkeeperd

  boot_with install install-good 2400 "$out/update-good.raucb"
  expect "an update is installed" 'update-good is installed' "$out/install-good/install"
  expect "into the other root" '^os_prefix=B/$' "$out/install-good/slot.after"
  expect "which is not good yet" '^#good_B=0$' "$out/install-good/slot.after"
  [ "$(slot_of_card)" = B ] && ok "it starts next" || bad "the old root starts next"

  boot_with look after-good 2400
  expect "the new root runs" '^B$' "$out/after-good/running"
  expect "and is the update" '^VERSION=update-good$' "$out/after-good/release"
  expect "on trial at first" 'root B is on trial' "$out/after-good/journal"
  expect "good when it listens" 'root B is good: it listens after' "$out/after-good/journal"
  expect "and starts from now on" '^os_prefix=B/$' "$out/after-good/slot.txt"
  say "  $(sed -n 's/.*\(root B is good.*\)/\1/p' "$out/after-good/journal" | head -n 1)"

  boot_with install install-broken 2400 "$out/update-broken.raucb"
  expect "the broken one is installed" 'update-broken is installed' "$out/install-broken/install"
  expect "into root A" '^os_prefix=A/$' "$out/install-broken/slot.after"

  # it never listens: the guard of its initrd starts the other root after two minutes
  start broken
  if until_line broken 1800 'root A was not good within'; then ok "it does not listen, and is given up"; else bad "the broken root is not given up"; fi
  finish_boot broken 120
  grep -a 'root A is on trial\|root A was not good' "$out/broken.serial" | sed 's/^/  /' >&2 || true
  [ "$(slot_of_card)" = B ] && ok "the good root starts next" || bad "the broken root starts next"

  boot_with look rolled-back 2400
  local got=$out/rolled-back
  expect "the good root runs again" '^B$' "$got/running"
  expect "it is the update from before" '^VERSION=update-good$' "$got/release"
  expect "the broken one is known to be bad" '^#good_A=0$' "$got/slot.txt"
  expect "the database is whole" '^ok$' "$got/orders"
  cmp -s "$out/after-good/orders" "$got/orders" && ok "the orders are the same" || bad "the orders are others"
  cmp -s "$out/first/machine-id" "$got/machine-id" && ok "it is the same speaker" || bad "it is another speaker"
  expect "the time zone is kept" 'Europe/Berlin' "$got/localtime"
  cmp -s "$out/first/wpa.conf" "$got/wpa.conf" && ok "the wireless network is kept" || bad "the wireless network is lost"
}
