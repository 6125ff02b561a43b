# The server is killed in the middle of an order (kill -9), started again, and the device asks again: one order, nothing left reserved,
# nothing half made that counts.
. "$(dirname "$0")/../lib.sh"
pair Kitchen dana
oat=barista-oat-milk-one-quart
level="select reserved_quantity::int from inventory_level l join product_variant_inventory_item i on i.inventory_item_id = l.inventory_item_id where i.variant_id = '$(variant $oat)'"
sql "update inventory_level set stocked_quantity = 1000, raw_stocked_quantity = '{\"value\":\"1000\",\"precision\":20}' where inventory_item_id in (select inventory_item_id from product_variant_inventory_item where variant_id = '$(variant $oat)')"
sql "delete from promotion_campaign_budget_usage"
api POST /quote "{$(lines $oat 1)}"; total=$(get .total)
buy "$(new_key)" "$(lines $oat 1)"; gives "warm" 201
reserved=$(sql "$level")

# how long an order takes here, to kill at moments spread over it
began=$(date +%s%N); buy "$(new_key)" "$(lines $oat 1)"; took=$((($(date +%s%N) - began) / 1000000))
reserved=$((reserved + 1)) half=0 rounds=${KILL_ROUNDS:-6}
for round in $(seq "$rounds"); do
  key=$(new_key) ms=$((took * 3 / 10 + took * 5 * round / 10 / rounds))
  wish="$(lines $oat 1),\"agreed\":\"$total\"$([ "$round" = 1 ] && echo ',"coupons":[]')"
  (api PUT "/orders/$key" "{$wish}") & device=$!
  sleep "$((ms / 1000)).$(printf %03d $((ms % 1000)))"
  kill -KILL "$(cat "$SHOP_DIR/server.pid")"
  wait $device
  begun=$(sql "select count(*) from \"order\" where metadata->>'shopkeeper_key' = '$key'")
  half=$((half + begun))
  "$root/script/test-shop" restart >/dev/null 2>&1 || { bad "the shop did not start again"; break; }
  api GET "/orders/$key"
  case $status in
    200) there=$(get .order.id) ;;
    404) there='' ;;
    *) bad "round $round: looked for it: $status $answer" ;;
  esac
  api PUT "/orders/$key" "{$wish}"
  [ -n "$there" ] && gives "round $round ($ms ms): it was there" 200 ".order.id == \"$there\"" || gives "round $round ($ms ms)" 201 ".order.key == \"$key\""
  id=$(get .order.id)
  api PUT "/orders/$key" "{$wish}"; gives "round $round: again" 200 ".order.id == \"$id\""
  live=$(sql "select count(*) from \"order\" where metadata->>'shopkeeper_key' = '$key' and status <> 'canceled'")
  [ "$live" = 1 ] && ok || bad "round $round ($ms ms): $live orders"
  api GET '/orders?limit=50'; gives "round $round: listed once" 200 "[.orders[] | select(.key == \"$key\")] | length == 1"
  reserved=$((reserved + 1))
  [ "$(sql "$level")" = "$reserved" ] && ok || bad "round $round ($ms ms): $(sql "$level") reserved and not $reserved"
done
printf 'kill: an order takes %d ms; %d of %d rounds had begun one when they were killed\n' "$took" "$half" "$rounds"
finish
