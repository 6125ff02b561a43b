# speech that is no order (people): how much of it each shop accepts, beside the real orders that it accepts
. "$(dirname "$0")/lib.sh"
has negative
for shop in grocer cafe; do
  "$sk" --shop "$src/catalog/$shop" --json hear "$data"/negative/*.flac >negative.$shop
  jq -rs --arg shop $shop '"  \($shop): \(map(select(.accepted)) | length) of \(length) accepted, \((map(select(.accepted)) | length) * 1000 / length | round / 10) %"' negative.$shop
done
if [ -e "$data/coffee/labels.json" ]; then
  "$sk" --shop "$cafe" --json hear "$data"/coffee/*.flac |
    jq -rs '"  cafe, real orders: \(map(select(.accepted)) | length) of \(length) accepted, \((map(select(.accepted)) | length) * 1000 / length | round / 10) %"'
fi
