# The services' sandboxes: no more exposed than 2.0 of 10 by systemd's own reckoning, which is printed, and as the table
# "Programs" has it: shopkeeperd has no network, the others no device, and shopkeeper-webd the house's network alone and nothing to write.
set -u
units=$1/firmware/systemd
failed=0
bad() { printf 'not as expected: %s\n' "$*"; failed=1; }
command -v systemd-analyze >/dev/null || { echo "skipped: there is no systemd-analyze here"; exit 77; }

for unit in shopkeeperd shopkeeper-syncd shopkeeper-webd; do
  said=$(systemd-analyze security --offline=true --threshold=20 --no-pager "$units/$unit.service" 2>&1) || bad "$unit.service is exposed by more than 2.0, or unreadable"
  grep 'Overall exposure' <<<"$said" || bad "$unit.service: $said"
  unknown=$(systemd-analyze verify "$units/$unit.service" 2>&1 | grep -iE 'unknown|invalid|failed to parse')
  [ -z "$unknown" ] || bad "$unknown"
done

# has UNIT LINE / lacks UNIT PATTERN
has() { grep -qxF -- "$2" "$units/$1.service" || bad "$1.service lacks $2"; }
lacks() { ! grep -qE -- "$2" "$units/$1.service" || bad "$1.service has $(grep -E -- "$2" "$units/$1.service")"; }
has shopkeeperd RestrictAddressFamilies=AF_UNIX
has shopkeeperd PrivateNetwork=yes
has shopkeeperd IPAddressDeny=any
lacks shopkeeperd AF_INET
for unit in shopkeeper-syncd shopkeeper-webd; do
  has $unit PrivateDevices=yes
  lacks $unit '^DeviceAllow|^SupplementaryGroups'
done
has shopkeeper-webd IPAddressDeny=any
has shopkeeper-webd 'IPAddressAllow=localhost link-local 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7'
has shopkeeper-webd ReadOnlyPaths=/var/lib/shopkeeper
lacks shopkeeper-webd '^ReadWritePaths|^StateDirectory'
for unit in shopkeeperd shopkeeper-syncd shopkeeper-webd; do
  has $unit Type=notify
  has $unit Restart=always
  has $unit ProtectSystem=strict
  grep -qE '^WatchdogSec=[1-9]' "$units/$unit.service" || bad "$unit.service has no watchdog"
  lacks $unit '^User=root'
done
exit $failed
