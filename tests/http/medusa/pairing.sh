# A speaker is paired by its owner or by staff, and unpaired by either.
. "$(dirname "$0")/../lib.sh"
begin() { send POST "$base/pairings" --data-binary '{"name":"Kitchen"}'; pairing=$(get .pairing) code=$(get .code) secret=$(get .secret); }
poll() { send POST "$base/pairings/$pairing/token" --data-binary "{\"secret\":\"${1:-$secret}\"}"; }

begin
gives "a pairing" 201 '(.code | test("^[0-9]{6}$")) and (.page | endswith("/shopkeeper/pair")) and .poll_s == 5 and (.expires_at | test("^20..-.*Z$"))'
poll; gives "waits" 202 '.state == "waiting"'
poll wrong; refuses "with another secret" 404 not_found
login dana
customer POST /pairings/approve '{"code":"000000x"}'; refuses "a code of another form" 400 invalid
customer_token=none; customer POST /pairings/approve "{\"code\":\"$code\"}"; gives "nobody is logged in" 401
login dana
customer POST /pairings/approve "{\"code\":\"${code:0:3} ${code:3}\"}"; gives "approved" 200 '.name == "Kitchen"'
customer POST /pairings/approve "{\"code\":\"$code\"}"; gives "approved again" 200
login ruth
customer POST /pairings/approve "{\"code\":\"$code\"}"; refuses "approved by another" 404 not_found
poll; gives "paired" 200 '.state == "paired" and .customer.name == "Dana Whitfield" and (.token | length < 128)'
first=$(get .token)
poll; gives "the answer got lost" 200 '.state == "paired"'
token=$first; api GET /account; refuses "the token before" 401 token
poll; token=$(get .token); device=$(get .device)
api GET /account; gives "the account" 200 '.customer.name == "Dana Whitfield" and .currency == "USD" and .device.name == "Kitchen" and .shop.name == "Corner Grocer"'
gives "its addresses" 200 '(.addresses | length == 3) and .addresses[0].usual and .addresses[0].text == "27 Orchard Street, Fairview" and ([.addresses[].nickname] | index("your office"))'
gives "its payments, without their data" 200 '.payments == [{"nickname":"blue card","state":"ok"},{"nickname":"store account","state":"ok"}]'
gives "its deliveries" 200 '[.deliveries[] | .price] == ["4.99","9.99","0.00"] and .deliveries[0].free_from == "35.00" and .deliveries[0].days == 2 and .deliveries[2].pickup'
tag=$(header etag)
api GET /account '' -H "If-None-Match: $tag"
[ "$status" = 304 ] && [ -z "$answer" ] && ok || bad "unchanged: $status"
poll; refuses "the token was used" 410 taken
token=${token%?}; api GET /account; refuses "a wrong token" 401 token
token=''; api GET /account; refuses "no token" 401 token
sql "select token_hash, secret_hash from shopkeeper_device, shopkeeper_pairing" | grep -q "$secret" && bad "the secret is stored" || ok

# unpaired by its owner, by staff, by itself
login dana; customer GET /devices; gives "the owner sees it" 200 ".devices[0].id == \"$device\" and .devices[0].revoked_at == null"
login ruth; customer GET /devices; gives "another does not" 200 '.devices == []'
customer DELETE "/devices/$device"; refuses "nor unpairs it" 404 not_found
token=$first
pair Bath dana; api GET /account; gives "paired by staff" 200
staff GET /shopkeeper/devices; gives "staff see all" 200 '[.devices[].name] | contains(["Bath", "Kitchen"])'
bath=$(get '[.devices[] | select(.name == "Bath")][0].id')
staff DELETE "/shopkeeper/devices/$bath"; gives "staff unpair" 200 '.device.revoked_at != null'
staff DELETE "/shopkeeper/devices/$bath"; gives "again" 200
api GET /account; refuses "unpaired" 401 revoked
api PUT "/orders/$(new_key)" '{}'; refuses "unpaired, for everything" 401 revoked
pair Hall marcus; api DELETE /device; gives "by itself" 200 '.state == "revoked"'
api DELETE /device; refuses "by itself, again" 401 revoked
login dana; customer DELETE "/devices/$device"; gives "the owner unpairs" 200
staff POST /shopkeeper/pairings '{"code":"123456","customer":"cus_nobody"}'; refuses "for nobody" 404 not_found
send GET "$SHOP_URL/admin/shopkeeper/devices"; gives "not for anybody" 401

# run out, guessed, flooded
begin; sql "update shopkeeper_pairing set expires_at = now() - interval '1 second' where id = '$pairing'"
poll; refuses "run out" 410 expired
customer POST /pairings/approve "{\"code\":\"$code\"}"; refuses "run out, approved" 404 not_found
login marcus
for _ in $(seq 10); do customer POST /pairings/approve '{"code":"999999"}'; done
refuses "guessed" 404 not_found
begin; customer POST /pairings/approve "{\"code\":\"$code\"}"; refuses "guessed too often" 429 too_many
[ "$(header retry-after)" = 600 ] && ok || bad "no Retry-After"
for _ in $(seq 10); do begin; done; refuses "flooded" 429 too_many
sql "delete from shopkeeper_pairing"
send GET "$SHOP_URL/shopkeeper/pair"; [ "$status" = 200 ] && grep -q "<title>Pair a speaker" <<<"$answer" && header content-security-policy | grep -q "frame-ancestors 'none'" && ok || bad "the page: $status"
finish
