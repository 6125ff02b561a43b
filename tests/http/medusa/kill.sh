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

# wait_for_order KEY: until Medusa has begun an order of this key
wait_for_order() {
  sql "do \$\$ begin for i in 1..6000 loop if exists (select 1 from \"order\" where metadata->>'shopkeeper_key' = '$1') then exit; end if; perform pg_sleep(0.005); end loop; end \$\$"
}

# Most rounds kill while Medusa makes the order, a few milliseconds after it can be seen first; every fourth before that.
half=0 rounds=${KILL_ROUNDS:-4}
for round in $(seq "$rounds"); do
  key=$(new_key) ms=$(((round - 1) * 35 % 280))
  wish="$(lines $oat 1),\"agreed\":\"$total\""
  (api PUT "/orders/$key" "{$wish}") & device=$!
  if [ $((round % 4)) = 0 ]; then sleep 0.5; else wait_for_order "$key"; sleep "0.$(printf %03d $ms)"; fi
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
printf 'kill: %d of %d rounds had begun an order when the server was killed\n' "$half" "$rounds"
[ "$rounds" -lt 4 ] || [ "$half" -gt 0 ] && ok || bad "no round was killed in the middle of an order"
finish
