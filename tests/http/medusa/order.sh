# One order a key: the good way, repeats, races, and every reason why there is none.
. "$(dirname "$0")/../lib.sh"
pair Kitchen dana
oat=barista-oat-milk-one-quart
orders_of() { sql "select count(*) from \"order\" where metadata->>'shopkeeper_key' = '$1' and status <> 'canceled'"; }
once() { [ "$(orders_of "$2")" = "${3:-1}" ] && ok || bad "$1: $(orders_of "$2") orders"; }

key=$(new_key)
api GET "/orders/$key"; refuses "before" 404 not_found
wish="$(lines $oat 1 honey-crisp-apples-three-pounds 1),\"number\":\"1043\",\"placed_at\":\"$(now)\",\"currency\":\"USD\""
api POST /quote "{$wish}"; total=$(get .total)
api PUT "/orders/$key" "{$wish,\"agreed\":\"$total\"}"
gives "ordered" 201 ".repeated == false and .order.key == \"$key\" and .order.state == \"placed\" and .order.total == \"$total\" and (.order.number | test(\"^[0-9]+\$\")) and .order.payment == {\"nickname\":\"blue card\",\"state\":\"authorized\"}"
gives "its lines" 201 '[.order.lines[] | [.position, .title, .options, .quantity, .shipped]] == [[1,"Barista Oat Milk","size: one quart","1","0"],[2,"Honey Crisp Apples","bag: three pounds","1","0"]]'
id=$(get .order.id) first=$(get '.order | tojson')
api PUT "/orders/$key" "{$wish,\"agreed\":\"$total\"}"
gives "again" 200 ".repeated and .order.id == \"$id\""
[ "$(get '.order | tojson')" = "$first" ] && ok || bad "the repeat tells another order"
api PUT "/orders/$key" "{$(lines $oat 2),\"agreed\":\"$total\"}"; refuses "other lines" 409 differs
api GET "/orders/$key"; gives "found by key" 200 ".order.id == \"$id\""; tag=$(header etag)
api GET "/orders/$id"; gives "found by id" 200 ".order.key == \"$key\""
api GET "/orders/$id" '' -H "If-None-Match: $tag"; [ "$status" = 304 ] && ok || bad "unchanged: $status"
api GET "/orders?open=1"; gives "in the list" 200 ".orders[0].id == \"$id\""
once "ordered once" "$key"
key=$(new_key)
for i in 1 2 3 4; do (api PUT "/orders/$key" "{$wish,\"agreed\":\"$total\"}"; echo "$status $(get .order.id)" >"$headers.$i") & done
wait
[ "$(cat "$headers".? | cut -d' ' -f2 | sort -u | wc -l)" = 1 ] && [ "$(cut -d' ' -f1 "$headers".? | sort | tr '\n' ' ')" = "200 200 200 201 " ] && ok || bad "four at once: $(cat "$headers".?)"
rm -f "$headers".?
once "four at once" "$key"

key=$(new_key)
api PUT "/orders/$key" "{$wish,\"agreed\":\"1.00\"}"; gives "changed" 409 ".code == \"changed\" and .quote.total == \"$total\""
once "changed" "$key" 0
api PUT "/orders/$key" "{$wish,\"agreed\":\"$total\"}"; gives "agreed anew" 201
api PUT "/orders/$(new_key)" "{$(lines $oat 5000),\"agreed\":\"1.00\"}"; gives "sold out" 409 '.code == "unavailable" and .problems[0].code == "sold_out"'
api PUT "/orders/$(new_key)" '{"lines":[{"variant":"variant_x","quantity":"1"}],"agreed":"1.00"}'; gives "not sold" 409 '.code == "unavailable" and .problems[0].code == "gone"'
api PUT "/orders/$(new_key)" "{$wish,\"agreed\":\"$total\",\"currency\":\"EUR\"}"; refuses "another currency" 400 invalid

# the server says no to the payment
there=$(sql "select reserved_quantity from inventory_level l join product_variant_inventory_item i on i.inventory_item_id = l.inventory_item_id where i.variant_id = '$(variant $oat)'")
pair Hall marcus
key=$(new_key)
api POST /quote "{$(lines $oat 1)}"; total=$(get .total)
api PUT "/orders/$key" "{$(lines $oat 1),\"agreed\":\"$total\"}"
gives "declined" 402 '.code == "payment_refused" and .payment == "black card" and .reason == "declined"'
once "declined" "$key" 0
api GET "/orders/$key"; refuses "declined: none there" 404 not_found
api GET /account; gives "it is remembered" 200 '.payments[0].state == "declined"'
[ "$(sql "select reserved_quantity from inventory_level l join product_variant_inventory_item i on i.inventory_item_id = l.inventory_item_id where i.variant_id = '$(variant $oat)'")" = "$there" ] && ok || bad "what was refused is still reserved"
api PUT "/orders/$key" "{$(lines $oat 1),\"agreed\":\"$total\",\"payment\":\"travel card\"}"; gives "expired" 402 '.reason == "expired"'
card() { sql "update customer set metadata = jsonb_set(metadata, '{shopkeeper_payments,0,data,card}', '\"$1\"') where id = '$(seed .customers.marcus)'"; }
card more; api PUT "/orders/$key" "{$(lines $oat 1),\"agreed\":\"$total\"}"; gives "more is needed" 402 '.reason == "more"'
card broken; api PUT "/orders/$key" "{$(lines $oat 1),\"agreed\":\"$total\"}"; gives "it failed" 402 '.reason == "failed"'
card ok; api PUT "/orders/$key" "{$(lines $oat 1),\"agreed\":\"$total\"}"; gives "the same key, paid" 201 ".order.key == \"$key\""
once "paid at last" "$key"
api GET /account; gives "forgiven" 200 '.payments[0].state == "ok"'
api GET "/orders/$id"; refuses "another's order" 404 not_found
api POST "/orders/$id/cancel" '{}'; refuses "another's order is not cancelled" 404 not_found
finish
