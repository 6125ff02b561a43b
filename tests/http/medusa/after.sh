# After an order: cancelling, another address, parcels, and what goes back.
. "$(dirname "$0")/../lib.sh"
pair Kitchen dana
oat=barista-oat-milk-one-quart

key=$(new_key)
buy "$key" "$(lines $oat 1)"; gives "ordered" 201
api POST "/orders/$key/address" '{"address":"your office"}'; gives "sent elsewhere" 200 '.order.address == "88 Market Square, fourth floor, Fairview"'
api POST "/orders/$key/address" '{"address":"Your office"}'; gives "again" 200
api POST "/orders/$key/address" '{"address":"the moon"}'; gives "nowhere" 409 '.code == "unavailable" and .problems[0].code == "no_address"'
api POST "/orders/$key/cancel" '{}'; gives "cancelled" 200 '.state == "cancelled" and .order.state == "cancelled"'
api POST "/orders/$key/cancel" '{}'; gives "again" 200 '.order.state == "cancelled"'
api PUT "/orders/$key" "{$(lines $oat 1),\"agreed\":\"1.00\"}"; gives "a late repeat of the order" 200 '.repeated and .order.state == "cancelled"'
late=$(new_key)
api POST "/orders/$late/cancel" '{}'; gives "cancelled before it came" 200 '.state == "cancelled" and .order == null'
api PUT "/orders/$late" "{$(lines $oat 1),\"agreed\":\"9.48\"}"; refuses "it comes late" 409 cancelled
api POST /orders/order_none/cancel '{}'; refuses "no such order" 404 not_found

key=$(new_key)
buy "$key" "$(lines $oat 2 honey-crisp-apples-three-pounds 1)"; gives "ordered" 201
id=$(get .order.id)
items() { sql "select i.item_id from order_item i join order_line_item l on l.id = i.item_id where i.order_id = '$id' order by (l.metadata->>'shopkeeper_position')::int"; }
mapfile -t item <<<"$(items)"
fulfil() { staff POST "/orders/$id/fulfillments" "{\"location_id\":\"$(seed .location)\",\"items\":[{\"id\":\"$1\",\"quantity\":$2}]}"; parcel=$(sql "select f.id from fulfillment f join order_fulfillment o on o.fulfillment_id = f.id where o.order_id = '$id' order by f.created_at desc limit 1"); }
ship() { staff POST "/orders/$id/fulfillments/$parcel/shipments" "{\"items\":[{\"id\":\"$1\",\"quantity\":$2}],\"labels\":[{\"tracking_number\":\"$3\",\"tracking_url\":\"https://example.com/$3\",\"label_url\":\"\"}]}"; }
back() { api PUT "/orders/$key/returns/$1" "{\"lines\":[{\"position\":${2:-1},\"quantity\":\"${3:-1}\"}],\"reason\":\"broken\",\"note\":\"leaks\"}"; }
ret=$(new_key)
back "$ret"; refuses "not delivered" 409 not_delivered
fulfil "${item[0]}" 2; gives "packed by the shop" 200
api GET "/orders/$key"; gives "packed" 200 '.order.state == "packed" and (.order.shipments | length == 1) and .order.shipments[0].lines == [{"position":1,"quantity":"2"}] and .order.shipments[0].shipped_at == null'
api POST "/orders/$key/cancel" '{}'; gives "too late to cancel" 409 '.code == "too_late" and .order.state == "packed"'
api POST "/orders/$key/address" '{"address":"your office"}'; refuses "too late to send elsewhere" 409 too_late
ship "${item[0]}" 2 PS123; gives "shipped by the shop" 200
api GET "/orders/$key"; gives "a part is under way" 200 '.order.state == "part_shipped" and .order.shipments[0].tracking == [{"number":"PS123","url":"https://example.com/PS123"}] and (.order.shipments[0].shipped_at | test("^20")) and .order.lines[0].shipped == "2" and .order.lines[1].shipped == "0"'
oats=$parcel
fulfil "${item[1]}" 1; ship "${item[1]}" 1 PS124
api GET "/orders/$key"; gives "all of it" 200 '.order.state == "shipped" and (.order.shipments | length == 2)'; tag=$(header etag)
sql "update fulfillment set metadata = '{\"carrier\":\"Parcel Star\",\"expected_at\":\"2031-01-02T10:00:00Z\",\"out_for_delivery_at\":\"2031-01-02T07:00:00Z\"}' where id = '$oats'"
api GET "/orders/$key" '' -H "If-None-Match: $tag"; gives "out for delivery" 200 '.order.state == "out_for_delivery" and .order.shipments[0].carrier == "Parcel Star" and .order.expected_at == "2031-01-02T10:00:00.000Z"'
for p in "$oats" "$parcel"; do staff POST "/orders/$id/fulfillments/$p/mark-as-delivered"; done
api GET "/orders/$key"; gives "delivered" 200 '.order.state == "delivered" and (.order.delivered_at | test("^20")) and .order.lines[0].delivered == "2"'
api GET "/orders?open=1"; gives "no longer open" 200 "all(.orders[]; .id != \"$id\")"

back "$ret"; gives "sent back" 201 ".repeated == false and .return.key == \"$ret\" and .return.state == \"registered\" and .return.amount == \"4.49\" and .return.lines == [{\"position\":1,\"quantity\":\"1\"}]"
number=$(get .return.number)
back "$ret"; gives "again" 200 ".repeated and .return.number == \"$number\""
back "$ret" 1 2; refuses "the same key for more" 409 differs
back "$(new_key)" 1 2; refuses "more than is left" 409 unavailable
back "$(new_key)" 3; refuses "no such line" 400 invalid
both=$(new_key)
for i in 1 2 3; do back "$both" & done; wait
[ "$(sql "select count(*) from return where order_id = '$id'")" = 2 ] && ok || bad "$(sql "select count(*) from return where order_id = '$id'") returns"
api GET "/orders/$key"; gives "with the order" 200 '(.order.returns | length == 2) and .order.lines[0].returned == "2" and .order.state == "delivered"'
api GET "/orders?open=1"; gives "open again" 200 "any(.orders[]; .id == \"$id\")"
pair Hall marcus
back "$(new_key)"; refuses "another's order" 404 not_found
finish
