# What a basket costs: sums, coupons with reasons, ways of delivery, and what stands against it.
. "$(dirname "$0")/../lib.sh"
pair Kitchen dana
oat=barista-oat-milk-one-quart
sql "delete from promotion_campaign_budget_usage"

api POST /quote "{$(lines $oat 2)}"
gives "sums" 200 '.lines[0].price == "4.49" and .lines[0].total == "8.98" and .subtotal == "8.98" and .discount == "0.00" and .delivery == "4.99" and .total == "13.97" and .currency == "USD" and .tax_included'
gives "what it is" 200 '.lines[0] | .title == "Barista Oat Milk" and .options == "size: one quart" and .quantity == "2"'
gives "where to, by what" 200 '.address.text == "27 Orchard Street, Fairview" and .payment.nickname == "blue card" and [.deliveries[] | .chosen] == [true,false,false]'
express=$(get '.deliveries[1].id')
api POST /quote "{$(lines $oat 2),\"delivery\":\"$express\",\"address\":\"Your Office\",\"payment\":\"store account\"}"
gives "chosen" 200 '.delivery == "9.99" and .total == "18.97" and .address.nickname == "your office" and .payment.nickname == "store account" and .deliveries[1].chosen'
api POST /quote "{$(lines $oat 8)}"
gives "free delivery from 35" 200 '.subtotal == "35.92" and .delivery == "0.00" and .total == "35.92"'

api POST /quote "{$(lines $oat 2),\"coupons\":[\"welcome\",\"SUMMER\",\"SOON\",\"NOPE\"]}"
gives "a coupon that counts" 200 '.coupons[0] | .code == "welcome" and .state == "counts" and .discount == "0.90"'
gives "what it takes off" 200 '.discount == "0.90" and .lines[0].discount == "0.90" and .total == "13.07"'
gives "an expired one" 200 '.coupons[1] | .state == "expired" and .discount == "0.00" and (.until | test("^20"))'
gives "an early one" 200 '.coupons[2] | .state == "early" and (.from | test("^20"))'
gives "an unknown one" 200 '.coupons[3] | .state == "unknown" and .from == null'
api POST /quote "{$(lines $oat 2),\"coupons\":[\"HARVEST\"]}"
gives "too small a basket" 200 '.coupons[0] | .state == "below" and .minimum == "40.00"'
api POST /quote "{$(lines $oat 10),\"coupons\":[\"HARVEST\"]}"
gives "a fixed sum" 200 '.coupons[0].state == "counts" and .discount == "5.00" and .total == "39.90"'
buy "$(new_key)" "$(lines $oat 1),\"coupons\":[\"WELCOME\"]"; gives "used" 201 '.order.coupons == ["WELCOME"] and .order.discount == "0.45"'
api POST /quote "{$(lines $oat 1),\"coupons\":[\"WELCOME\"]}"; gives "used up" 200 '.coupons[0].state == "used" and .discount == "0.00"'

api POST /quote "{$(lines $oat 5000)}"; gives "more than there is" 200 '.total == null and .problems[0].code == "sold_out" and (.problems[0].stock | tonumber < 100)'
api POST /quote "{\"lines\":[{\"variant\":\"$(variant $oat)\",\"quantity\":\"30\"},{\"variant\":\"$(variant $oat)\",\"quantity\":\"30\"}]}"; gives "more than there is, in two lines" 200 '.problems[0].code == "sold_out"'
api POST /quote '{"lines":[{"variant":"variant_x","quantity":"1"}]}'; gives "not sold" 200 '.problems == [.problems[0]] and .problems[0].code == "gone" and .problems[0].variant == "variant_x"'
api POST /quote "{$(lines $oat 1),\"address\":\"the moon\"}"; gives "no such address" 200 '.problems[0].code == "no_address" and .address == null'
api POST /quote "{$(lines $oat 1),\"payment\":\"gold\"}"; gives "no such payment" 200 '.problems[0].code == "payment"'
api POST /quote "{$(lines $oat 1),\"delivery\":\"so_x\"}"; gives "no such delivery" 200 '.problems[0].code == "no_delivery"'
pair Hall marcus
api POST /quote "{$(lines $oat 1),\"payment\":\"travel card\"}"; gives "an expired card" 200 '.problems[0].code == "payment" and .payment.state == "expired"'
[ "$(sql "select count(*) from cart where deleted_at is null and completed_at is null")" = 0 ] && ok || bad "quotes leave carts"
finish
