# What no device would send: each is refused with one sentence, and nothing of it is done or breaks the shop.
. "$(dirname "$0")/../lib.sh"
pair Kitchen dana
v=$(variant barista-oat-milk-one-quart)
line="{\"variant\":\"$v\",\"quantity\":\"1\"}"
before=$(sql 'select count(*) from "order"')
quote() { api POST /quote "$2"; refuses "$1" 400 invalid; }

quote "no JSON" 'lines'
quote "a list" '[]'
quote "a text" '"x"'
quote "broken UTF-8" $'{"lines":"\xff"}'
quote "no lines" '{}'
quote "lines that are none" '{"lines":"x"}'
quote "no line" '{"lines":[]}'
quote "too many lines" "{\"lines\":[$(printf "$line,%.0s" $(seq 32))$line]}"
quote "a line that is none" '{"lines":[null]}'
quote "an id that is none" '{"lines":[{"variant":"a b","quantity":"1"}]}'
quote "an id that is an object" '{"lines":[{"variant":{"$ne":null},"quantity":"1"}]}'
for n in '1' '"0"' '"-1"' '"1e9"' '"01"' '"1.2345"' '"9999999"' '"NaN"' '""' 'null' '[]' '" 1"'; do quote "quantity $n" "{\"lines\":[{\"variant\":\"$v\",\"quantity\":$n}]}"; done
quote "options with a line end" "{\"lines\":[{\"variant\":\"$v\",\"quantity\":\"1\",\"options\":\"a\\nb\"}]}"
quote "half a character" "{\"lines\":[$line],\"address\":\"\\ud800\"}"
quote "a long coupon" "{\"lines\":[$line],\"coupons\":[\"$(printf 'x%.0s' $(seq 64))\"]}"
quote "too many coupons" "{\"lines\":[$line],\"coupons\":[\"a\",\"b\",\"c\",\"d\",\"e\"]}"
quote "a coupon that is none" "{\"lines\":[$line],\"coupons\":[{}]}"
api POST /quote "{\"lines\":[$line],\"coupons\":[\"'; drop table \\\"order\\\"; --\"]}"; gives "SQL in a coupon" 200 '.coupons[0].state == "unknown"'
api POST /quote "{\"lines\":[$line],\"__proto__\":{\"address\":\"x\"},\"constructor\":1}"; gives "fields of JavaScript" 200 '.problems == []'

put() { api PUT "/orders/$(new_key)" "{\"lines\":[$line],$2}"; refuses "$1" 400 invalid; }
put "no total" '"currency":"USD"'
for n in 13.33 '"13,33"' '"-1"' '"1e2"' 'null' '"1.23456"'; do put "total $n" "\"agreed\":$n"; done
put "a currency that is none" '"agreed":"1.00","currency":"usd"'
put "a number that is none" '"agreed":"1.00","number":"12a"'
put "a time that is none" '"agreed":"1.00","placed_at":"yesterday"'
for key in short 'with%20blank' "$(printf 'x%.0s' $(seq 65))" 'a_b_c_d_e_f' '..%2f..%2fadmin'; do api PUT "/orders/$key" "{\"lines\":[$line],\"agreed\":\"1.00\"}"; refuses "key $key" 400 invalid; done
api GET '/orders/%00'; refuses "a zero" 400 invalid
for limit in 0 51 x 1.5; do api GET "/orders?limit=$limit"; refuses "limit $limit" 400 invalid; done
api GET '/orders?limit[]=1'; refuses "a list for a limit" 400 invalid
api GET '/messages?after=-1'; refuses "after what" 400 invalid
api GET '/messages?wait=1000'; refuses "waiting for ever" 400 invalid
api POST /pairings '{"name":""}'; refuses "no name" 400 invalid
api POST /pairings '{"name":"   "}'; refuses "blanks for a name" 400 invalid
api POST /pairings "{\"name\":\"$(printf 'x%.0s' $(seq 64))\"}"; refuses "a long name" 400 invalid

head -c 70000 /dev/zero | tr '\0' x | sed 's/.*/{"lines":"&"}/' >"$headers.big"
send POST "$base/quote" -H "Authorization: Bearer $token" --data-binary "@$headers.big"; refuses "too large" 413 too_large
send POST "$base/quote" -H "Authorization: Bearer $token" -H 'Transfer-Encoding: chunked' --data-binary "@$headers.big"; refuses "too large, in chunks" 413 too_large
send POST "$base/quote" -H "Authorization: Bearer wrong" --data-binary "@$headers.big"; refuses "too large, from nobody" 401 token
rm -f "$headers.big"
send POST "$base/quote" -H "Authorization: Bearer $token" -H 'Content-Type: text/plain' --data-binary "{\"lines\":[$line]}"; gives "another type" 200
send POST "$base/quote" -H "Authorization: Bearer $token" -H 'Content-Encoding: gzip' --data-binary "{\"lines\":[$line]}"; refuses "an encoding" 400 invalid
for t in 'Basic x' 'Bearer' "Bearer dev_x.$(printf 'x%.0s' $(seq 43))" "Bearer $(printf 'x%.0s' $(seq 5000))"; do send GET "$base/account" -H "Authorization: $t"; refuses "token ${t:0:20}" 401 token; done
[ "$(sql 'select count(*) from "order"')" = "$before" ] && ok || bad "something was ordered"
api GET /account; gives "the shop is well" 200
grep -q "$token" "$SHOP_DIR/server.log" && bad "a token is in the log" || ok
finish
