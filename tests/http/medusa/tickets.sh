# Handing over: the packet goes to the shop's people, words go both ways, each once.
. "$(dirname "$0")/../lib.sh"
pair Kitchen dana
ticket=$(new_key)
packet='{"code":"101","why":"asked","question":"my milk was sour","opened_at":"2026-11-26T07:35:02.123Z","packet":{"tried":["search_product"],"basket":{"total":"8.58"}}}'
api PUT "/tickets/$ticket" "$packet"; gives "handed over" 201 ".ticket.key == \"$ticket\" and .ticket.code == \"101\" and .ticket.state == \"open\" and .ticket.opened_at == \"2026-11-26T07:35:02.123Z\""
api PUT "/tickets/$ticket" "${packet/8.58/9.99}"; gives "again" 200 '.ticket.state == "open"'
say=$(new_key)
api PUT "/tickets/$ticket/messages/$say" "{\"text\":\"hello, <b>is</b> 'anybody' there?\",\"at\":\"$(now)\"}"; gives "the shopper speaks" 201; id=$(get .id)
api PUT "/tickets/$ticket/messages/$say" "{\"text\":\"hello, <b>is</b> 'anybody' there?\",\"at\":\"$(now)\"}"; gives "again" 200 ".id == \"$id\""
api PUT "/tickets/$(new_key)/messages/$say" "{\"text\":\"x\",\"at\":\"$(now)\"}"; refuses "no such ticket" 404 not_found

staff GET '/shopkeeper/tickets?open=1'; gives "the desk sees it" 200 "[.tickets[] | select(.key == \"$ticket\")][0] | .code == \"101\" and .waiting == 1 and .question == \"my milk was sour\""
desk=$(get "[.tickets[] | select(.key == \"$ticket\")][0].id")
staff GET "/shopkeeper/tickets/$desk"; gives "all of it" 200 '.ticket | .customer_name == "Dana Whitfield" and .packet.basket.total == "9.99" and (.messages | length == 1) and .messages[0].text == "hello, <b>is</b> '"'anybody'"' there?"'
api GET '/messages?after=0'; gives "nothing yet" 200 '.messages == [] and .last == "0" and .more == false'
api GET '/messages?wait=10' >/dev/null & # a device that waits
answer_key=$(new_key)
(sleep 1; staff PUT "/shopkeeper/tickets/$desk/messages/$answer_key" '{"name":"Alex","text":"We send you another."}') &
began=$SECONDS
api GET '/messages?after=0&wait=20'; gives "a person answers" 200 '.messages | length == 1 and .[0].who == "person" and .[0].name == "Alex" and .[0].text == "We send you another." and .[0].code == "101"'
gives "of this ticket" 200 ".messages[0].ticket == \"$ticket\""
[ $((SECONDS - began)) -lt 12 ] && ok || bad "it came only after $((SECONDS - began)) s"
last=$(get .last)
wait
staff PUT "/shopkeeper/tickets/$desk/messages/$answer_key" '{"name":"Alex","text":"We send you another."}'; gives "the answer again" 200 ".id == \"$last\""
api GET "/messages?after=$last"; gives "told once" 200 '.messages == []'
api PUT "/messages/$last/heard" '{"at":"2026-11-26T08:00:00.000Z"}'; gives "read out" 200 '.heard_at == "2026-11-26T08:00:00.000Z"'
api PUT "/messages/$last/heard" '{"at":"2026-11-26T09:00:00.000Z"}'; gives "the first time counts" 200 '.heard_at == "2026-11-26T08:00:00.000Z"'
staff PUT "/shopkeeper/tickets/$desk/messages/$(new_key)" "{\"name\":\"Alex\",\"text\":\"$(printf 'x%.0s' $(seq 240))\"}"; refuses "too long to be said" 400 invalid
for i in $(seq 55); do staff PUT "/shopkeeper/tickets/$desk/messages/$(new_key)" "{\"name\":\"Alex\",\"text\":\"number $i\"}"; done
api GET "/messages?after=$last"; gives "a page" 200 '(.messages | length == 50) and .more and .messages[0].text == "number 1"'
api GET "/messages?after=$(get .last)"; gives "the rest" 200 '(.messages | length == 5) and (.more | not) and .messages[4].text == "number 55"'
last=$(get .last)
staff PUT "/shopkeeper/tickets/$desk/closed" '{"name":"Alex"}'; gives "closed by Alex" 200 '.ticket.state == "closed" and .ticket.closed_by == "Alex"'
staff PUT "/shopkeeper/tickets/$desk/closed" '{"name":"Sam"}'; gives "closed once" 200 '.ticket.closed_by == "Alex"'
api GET "/messages?after=$last"; gives "the device is told" 200 '.messages | length == 1 and .[0].who == "closed" and .[0].name == "Alex" and .[0].text == ""'
api PUT "/tickets/$ticket/messages/$(new_key)" "{\"text\":\"too late\",\"at\":\"$(now)\"}"; refuses "closed" 409 closed
api PUT "/tickets/$ticket/messages/$say" "{\"text\":\"hello\",\"at\":\"$(now)\"}"; gives "a repeat of before" 200 ".id == \"$id\""

other=$(new_key)
api PUT "/tickets/$other" "${packet/101/102}"; gives "another" 201
api PUT "/tickets/$other/closed" "{\"at\":\"2026-11-26T10:00:00.000Z\"}"; gives "closed by the shopper" 200 '.ticket.state == "closed" and .ticket.closed_by == "" and .ticket.closed_at == "2026-11-26T10:00:00.000Z"'
api PUT "/tickets/$other/closed" "{\"at\":\"$(now)\"}"; gives "again" 200 '.ticket.closed_at == "2026-11-26T10:00:00.000Z"'
mine=$token
pair Hall marcus
api GET '/messages?after=0'; gives "another's messages" 200 '.messages == []'
api PUT "/messages/$last/heard" "{\"at\":\"$(now)\"}"; refuses "another's message" 404 not_found
api PUT "/tickets/$ticket/closed" "{\"at\":\"$(now)\"}"; refuses "another's ticket" 404 not_found
token=$mine
api PUT "/tickets/$(new_key)" "{\"code\":\"103\",\"why\":\"asked\",\"opened_at\":\"$(now)\",\"packet\":$(printf '[%.0s' $(seq 30))$(printf ']%.0s' $(seq 30))}"; refuses "a packet that is no object" 400 invalid
api PUT "/tickets/$(new_key)" "{\"code\":\"103\",\"why\":\"asked\",\"opened_at\":\"$(now)\",\"packet\":{\"a\":$(printf '[%.0s' $(seq 30))$(printf ']%.0s' $(seq 30))}}"; refuses "a deep packet" 400 invalid
api PUT "/tickets/$(new_key)" "{\"code\":\"103\",\"why\":\"asked\",\"opened_at\":\"$(now)\",\"packet\":{\"a\":\"\\u0000\"}}"; refuses "a zero in a packet" 400 invalid
head -c 300000 /dev/zero | tr '\0' x | sed 's/.*/{"code":"103","packet":{"a":"&"}}/' >"$headers.big"
send PUT "$base/tickets/$(new_key)" -H "Authorization: Bearer $token" --data-binary "@$headers.big"; refuses "a packet that is too large" 413 too_large
rm -f "$headers.big"
finish
