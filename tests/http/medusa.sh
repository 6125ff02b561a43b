# Every route of the plug-in of catalog/backends/medusa against a real Medusa.
# usage: script/test-shop test [NAME...]    NAME is a file of tests/http/medusa; without, all of them, each on what the ones before have
# left; "quick" stands for those that script/test runs
set -u
here=$(cd "$(dirname "$0")" && pwd)
[ $# -gt 0 ] || set -- $(cd "$here/medusa" && ls -- *.sh | sed 's/\.sh$//' | grep -vE "^(kill|store|torture)$") kill store torture # they start the shop anew
if [ "$1" = quick ]; then
  [ -f "$here/medusa/speaker.sh" ] && speaker=speaker || speaker=
  set -- pairing order tickets $speaker kill
fi
failed=0
for name; do
  bash "$here/medusa/$name.sh" || failed=1
done
exit $failed
