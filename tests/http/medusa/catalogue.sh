# The feed of changes: a fill in pages, then prices, stock, deletions and what comes back.
. "$(dirname "$0")/../lib.sh"
pair Kitchen dana
products=$(seed .products)

# fill LIMIT: all pages into the file fill, one item a line; the last cursor into $cursor
fill() {
  cursor='' pages=0
  : >"$work/fill"
  while :; do
    api GET "/catalogue?limit=$1&cursor=$cursor"
    [ "$status" = 200 ] || { bad "page $pages: $status $answer"; return; }
    get '.items[] | tojson' >>"$work/fill"
    cursor=$(get .cursor) pages=$((pages + 1))
    [ "$(get .more)" = true ] || return
  done
}
# changed: the items since $cursor into $answer; the feed holds back what is younger than two seconds
changed() {
  for _ in $(seq 40); do
    api GET "/catalogue?cursor=$cursor"
    [ "$(get '.items | length')" != 0 ] && return
    sleep 0.25
  done
}
settle() { while changed; [ "$(get '.items | length')" != 0 ]; do cursor=$(get .cursor); done; }
work=$(mktemp -d)
trap 'rm -rf "$headers" "$work"' EXIT
sleep 2.5

fill 150
[ $pages = 3 ] && ok || bad "$pages pages"
[ "$(wc -l <"$work/fill")" = "$products" ] && [ "$(jq -r .id "$work/fill" | sort -u | wc -l)" = "$products" ] && ok || bad "$(wc -l <"$work/fill") of $products products"
answer=$(jq -s . "$work/fill") status=200
gives "nothing is gone in a fill" 200 'all(.[]; .gone == false)'
gives "a product" 200 '[.[] | select(.title == "Russet Potatoes")][0] | (.brand | length > 2) and (.category | length > 2) and (.rating | test("^[0-5]\\.[0-9]$")) and (.variants | length == 2)'
gives "its variants" 200 '[.[] | select(.title == "Russet Potatoes")][0].variants[0] | .options == "bag: five pounds" and .price == "4.49" and .stock == "58" and .was == null and .sku == "russet-potatoes-five-pounds"'
gives "one variant has no name" 200 '[.[] | select(.title == "Ripe Yellow Bananas")][0].variants | length == 1 and .[0].options == ""'
gives "money and stock are text" 200 'all(.[].variants[]; (.price == null or (.price | test("^[0-9]+\\.[0-9]{2}$"))) and (.stock == null or (.stock | test("^[0-9]+$"))))'
gives "packs" 200 '[.[].variants[] | select(.pieces != null)] | length > 0 and all(.[]; .pieces >= 2)'

api GET "/catalogue?cursor=$cursor"; gives "nothing new" 200 '.items == [] and .more == false'
[ "$(get .cursor)" = "$cursor" ] && ok || bad "the cursor moved"
tag=$(header etag)
api GET "/catalogue?cursor=$cursor" '' -H "If-None-Match: $tag"; [ "$status" = 304 ] && ok || bad "unchanged: $status"
api GET "/catalogue?limit=200" '' -H 'Accept-Encoding: gzip' -o "$work/page.gz"
[ "$(header content-encoding)" = gzip ] && gzip -dc "$work/page.gz" | jq -e '.items | length == 200' >/dev/null && ok || bad "not in gzip"

bananas=$(sql "select id from product where handle = 'ripe-yellow-bananas'") sku=$(variant ripe-yellow-bananas)
staff POST "/products/$bananas/variants/$sku" '{"prices":[{"currency_code":"usd","amount":2.05}]}'; gives "a price changes" 200
changed; gives "a price" 200 ".items == [.items[0]] and .items[0].id == \"$bananas\" and .items[0].variants[0].price == \"2.05\""
cursor=$(get .cursor)
list="{\"title\":\"Sale\",\"description\":\"Sale\",\"type\":\"sale\",\"status\":\"active\",\"prices\":[{\"currency_code\":\"usd\",\"amount\":1.5,\"variant_id\":\"$sku\"}]}"
staff POST /price-lists "$list"; gives "a sale begins" 200; sale=$(get .price_list.id)
changed; gives "the price of a sale" 200 '.items[0].variants[0] | .price == "1.50" and .was == "2.05"'
settle
staff DELETE "/price-lists/$sale"; gives "it ends" 200
changed; gives "the price after it" 200 '.items[0].variants[0] | .price == "2.05" and .was == null'
settle
item=$(sql "select inventory_item_id from product_variant_inventory_item where variant_id = '$sku' and deleted_at is null")
staff POST "/inventory-items/$item/location-levels/$(seed .location)" '{"stocked_quantity":3}'; gives "stock changes" 200
changed; gives "stock" 200 '.items[0].variants[0].stock == "3"'
settle
buy "$(new_key)" "$(lines ripe-yellow-bananas 2)"; gives "two are ordered" 201
changed; gives "stock that is reserved" 200 '.items[0].variants[0].stock == "1"'
settle
apples=$(sql "select id from product where handle = 'green-baking-apples'")
staff POST "/products/$apples" '{"status":"draft"}'; changed; gives "unpublished" 200 ".items[0] == {\"id\":\"$apples\",\"gone\":true}"
settle
staff POST "/products/$apples" '{"status":"published","title":"Cooking Apples"}'; changed; gives "there again, renamed" 200 '.items[0] | .gone == false and .title == "Cooking Apples"'
settle
staff DELETE "/products/$apples"; gives "deleted" 200
changed; gives "gone" 200 ".items[0] == {\"id\":\"$apples\",\"gone\":true}"
settle
oranges=$(sql "select id from product where handle = 'navel-oranges'")
staff POST "/sales-channels/$(seed .channel)/products" "{\"remove\":[\"$oranges\"]}"; gives "out of the channel" 200
changed; gives "out of the channel is gone" 200 ".items[0] == {\"id\":\"$oranges\",\"gone\":true}"
settle
staff POST "/sales-channels/$(seed .channel)/products" "{\"add\":[\"$oranges\"]}"
changed; gives "in again" 200 '.items[0] | .gone == false and .title == "Navel Oranges"'
settle
last=$cursor
fill 500; [ "$(wc -l <"$work/fill")" = $((products - 1)) ] && ok || bad "a second fill has $(wc -l <"$work/fill")"
[ "$cursor" = "$last" ] && ok || bad "the cursors of a fill and of changes differ: $cursor $last"

api GET "/catalogue?cursor=nonsense"; refuses "no cursor" 400 invalid
api GET "/catalogue?cursor=00000000${cursor:8}"; refuses "a cursor of another channel" 410 cursor
api GET "/catalogue?cursor=${cursor:0:9}2999${cursor:13}"; refuses "a cursor of the future" 410 cursor
for limit in 0 501 x -1 1e3; do api GET "/catalogue?limit=$limit"; refuses "limit $limit" 400 invalid; done
api GET "/catalogue?cursor=a&cursor=b"; refuses "two cursors" 400 invalid
finish
