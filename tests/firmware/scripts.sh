# scripts.sh SOURCES WORKDIR: the scripts of firmware/, as far as they go without a board. The whole of it is firmware/qemu-test.
set -uo pipefail
firmware=$1/firmware lib=$1/firmware/root/usr/lib/shopkeeper work=$2
rm -rf "$work" && mkdir -p "$work" && cd "$work" || exit 1
passed=0 failed=0
# is WHAT EXPECTED FOUND
is() { if [ "$2" = "$3" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); printf 'not as expected: %s: "%s", not "%s"\n' "$1" "$3" "$2"; fi; }

for script in "$lib"/* "$firmware"/initrd/init "$firmware"/bundle-hook "$firmware"/qemu/hook; do
  is "syntax of $script" 0 "$(sh -n "$script" 2>&1 >/dev/null | grep -c .)"
done
for script in "$firmware"/{build,bundle,keys,qemu-test} "$firmware"/parts/* "$firmware"/qemu/*.sh "$firmware"/qemu/guest/* "$1"/script/cross "$1"/tests/cross/*.sh; do
  is "syntax of $script" 0 "$(bash -n "$script" 2>&1 >/dev/null | grep -c .)"
done

# ---- which root starts ----
mkdir boot run
export SHOPKEEPER_BOOT=$work/boot SHOPKEEPER_RUN=$work/run
slot() { sh "$lib/slot" "$@"; }
card() { printf 'os_prefix=%s/\n#good_A=%s\n#good_B=%s\n%*s\n' "$1" "$2" "$3" 470 '#' >boot/slot.txt; truncate -s 512 boot/slot.txt; echo "$4" >run/slot; }
card A 1 0 A
is "a new card starts A" A "$(slot get-primary)"
is "which is good" good "$(slot get-state A)"
is "and B is not" bad "$(slot get-state B)"
# an update of B, as RAUC does it
slot set-state B bad; slot set-primary B
is "after an update B is next" B "$(slot get-primary)"
is "the loader reads it in the first line" os_prefix=B/ "$(head -n 1 boot/slot.txt)"
is "one sector" 512 "$(stat -c %s boot/slot.txt)"
echo B >run/slot; touch run/on-trial
slot begin-trial B
is "during the trial the old one is next" A "$(slot get-primary)"
is "B is not good yet" bad "$(slot get-state B)"
slot set-state B good
is "B listens: it is good" good "$(slot get-state B)"
is "and next from now on" B "$(slot get-primary)"
is "the trial is over" no "$([ -e run/on-trial ] && echo yes || echo no)"
is "A may still be gone back to" good "$(slot get-state A)"
card B 0 0 B
slot begin-trial B 2>/dev/null
is "two roots that are no good: no going to and fro" B "$(slot get-primary)"
card B 1 1 B
slot set-state A bad
is "the other one is bad: this one stays" B "$(slot get-primary)"
is "one sector still" 512 "$(stat -c %s boot/slot.txt)"
slot set-primary C 2>/dev/null; is "there is no C" 2 $?

# ---- which board ----
mkdir -p tree bin
printf '#!/bin/sh\necho "$*" >>%s/modules\n' "$work" >bin/modprobe; chmod +x bin/modprobe
# board COMPATIBLE BOARD_IN_SETTINGS: what it then says
board() {
  printf '%s' "$1" | tr ' ' '\0' >tree/compatible
  printf '[shop]\ndir = x\n[speaker]\nboard = %s\n' "$2" >shopkeeper.ini
  PATH=$work/bin:$PATH SHOPKEEPER_MODPROBE=$work/modprobe.d SHOPKEEPER_CONFIG=shopkeeper.ini SHOPKEEPER_TREE=tree SHOPKEEPER_BOARDS=$boards sh "$lib/board" >/dev/null 2>&1
  sed -n 's/^board = //p' shopkeeper.ini
}
boards=$1/boards
is "a Pi Zero 2 W" rpi-zero2w "$(board 'raspberrypi,model-zero-2-w brcm,bcm2837' generic-pc)"
is "a Pi 3" rpi3 "$(board 'raspberrypi,3-model-b brcm,bcm2837' generic-pc)"
is "a Pi 4" rpi4 "$(board 'raspberrypi,4-model-b brcm,bcm2711' generic-pc)"
is "QEMU" qemu-virt "$(board 'linux,dummy-virt' generic-pc)"
is "its sound card's module is loaded" 1 "$(grep -c 'snd-aloop' modules)"
is "something else" generic-pc "$(board 'acme,toaster' generic-pc)"
is "whoever says which board means it" rpi3 "$(board 'linux,dummy-virt' rpi3)"
printf '%d passed, %d failed\n' $passed $failed
[ $failed = 0 ]
