# speech that is no order (people): how much of it each shop accepts, beside the real orders that it accepts
. "$(dirname "$0")/lib.sh"
has negative
shops=("$src/catalog/grocer" "$src/catalog/cafe")
if [ -e "$data/catalog/icecat-19406.csv.gz" ]; then
  mkdir catalogue
  gunzip -c "$data/catalog/icecat-19406.csv.gz" >catalogue/products.csv
  printf '[shop]\nname = Catalogue\nassistant = Robin\ncurrency = USD\ntimezone = UTC\n' >catalogue/shop.ini
  shops+=(catalogue)
fi
for folder in "${shops[@]}"; do
  shop=${folder##*/}
  "$sk" --shop "$folder" --json hear "$data"/negative/*.flac >negative.$shop
  jq -rs --arg shop $shop '"  \($shop): \(map(select(.accepted)) | length) of \(length) accepted, \((map(select(.accepted)) | length) * 1000 / length | round / 10) %"' negative.$shop
done
if [ -e "$data/coffee/labels.json" ]; then
  "$sk" --shop "$cafe" --json hear "$data"/coffee/*.flac |
    jq -rs '"  cafe, real orders: \(map(select(.accepted)) | length) of \(length) accepted, \((map(select(.accepted)) | length) * 1000 / length | round / 10) %"'
fi
