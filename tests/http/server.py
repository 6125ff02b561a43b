#!/usr/bin/env python3
"""A shop's server for tests: the routes of catalog/backends/medusa, those of the Store API (store_api.py), and faults on request.

    server.py PORTFILE STATE.sqlite CATALOGUE.csv [--faults PERCENT] [--seed N] [--stall SECONDS] [--port N]
        [--log FILE] [--cert FILE]

Listens on a free port of 127.0.0.1 and writes it to PORTFILE. What it has promised is in STATE, committed before it
answers, so that it may be killed at any moment. With --faults so many of a hundred requests end badly, at random.

Control, without a token, by POST /control/NAME with a JSON object:
  fault    {"on": "PUT /orders", "kind": KIND, "times": 1}: the next such requests end so; KIND is one of
           500-before 500-after drop-before drop-after cut drip stall-before stall-after redirect html types huge latin1
           twice busy deep half; "before": nothing was done, else it was, and only the answer is spoiled; "half": a cart
           is made an order that it does not know of, as by a server that is killed in the middle
  price    {"variant", "price"}    stock  {"variant", "stock"}    gone {"product"}    title {"product", "title"}
  move     {"id", ...}: an order of the Store API moves
  ship     {"number", "state", ...}: an order moves          approve {}: the pairing          revoke {}: the token
  say      {"text", "name"}: a person answers the newest ticket       close {"name"}
  tax      {"milli"}: adds so much to every total, per mille       cursor {}: all cursors are forgotten
  state    {}: {"orders": [...], "tickets": [...], "heard": [...], "requests", "faults"}
"""
import csv, gzip, hashlib, json, os, random, re, socket, sqlite3, ssl, sys, threading, time
from decimal import Decimal, ROUND_HALF_UP
from http.server import BaseHTTPRequestHandler

import store_api
from serving import Server

SCHEMA = """
CREATE TABLE IF NOT EXISTS kv (k TEXT PRIMARY KEY, v TEXT);
CREATE TABLE IF NOT EXISTS product (id TEXT PRIMARY KEY, seq INTEGER, gone INTEGER, body TEXT);
CREATE TABLE IF NOT EXISTS orders (id TEXT PRIMARY KEY, key TEXT, number TEXT, told TEXT, body TEXT);
CREATE TABLE IF NOT EXISTS closed_key (key TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS returned (key TEXT, ord TEXT, body TEXT, times INTEGER, PRIMARY KEY (key, ord));
CREATE TABLE IF NOT EXISTS ticket (key TEXT PRIMARY KEY, body TEXT, times INTEGER);
CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, ticket TEXT, key TEXT, body TEXT, UNIQUE (ticket, key));
CREATE TABLE IF NOT EXISTS message (id INTEGER PRIMARY KEY, ticket TEXT, code TEXT, who TEXT, name TEXT, text TEXT, heard TEXT);
"""
KINDS = ["500-before", "500-after", "drop-before", "drop-after", "cut", "drip", "stall-before", "stall-after", "redirect",
         "html", "types", "latin1", "twice", "busy"]
lock = threading.RLock()
plain = {"lines": [], "requests": 0, "faults": 0}
args = None
db = None


def now(ms=None):
    t = time.time() if ms is None else ms / 1000
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(t)) + ".000Z"


def get(k, fallback=None):
    row = db.execute("SELECT v FROM kv WHERE k = ?", (k,)).fetchone()
    return json.loads(row[0]) if row else fallback


def put(k, v):
    db.execute("INSERT OR REPLACE INTO kv VALUES (?, ?)", (k, json.dumps(v)))


def money(d):
    return str(Decimal(d).quantize(Decimal("0.01"), ROUND_HALF_UP))


class Refusal(Exception):
    def __init__(self, status, code, **more):
        self.status, self.body = status, dict({"code": code, "message": "No: %s." % code}, **more)


# ---- the catalogue ----

def touch(product):
    seq = get("seq", 0) + 1
    put("seq", seq)
    db.execute("UPDATE product SET seq = ? WHERE id = ?", (seq, product))


def load_catalogue(path):
    if get("seq", 0):
        return
    seq = 0
    for row in csv.DictReader(open(path, encoding="utf-8-sig")):
        seq += 1
        body = {"id": "prod_" + row["id"], "gone": False, "title": row["title"], "spoken": row.get("spoken") or "",
                "brand": row.get("brand") or "", "category": row.get("category") or "",
                "description": row.get("description") or "", "unit": row.get("unit") or "",
                "rating": row.get("rating") or None, "added_at": None,
                "variants": [{"id": "variant_" + row["id"], "sku": row["id"], "options": "", "price": row.get("price") or None,
                              "was": None, "stock": row.get("stock") or None, "pieces": None}]}
        db.execute("INSERT INTO product VALUES (?, ?, 0, ?)", (body["id"], seq, json.dumps(body)))
    put("seq", seq)
    db.commit()


def find_variant(variant):
    for body, gone in db.execute("SELECT body, gone FROM product"):
        for v in json.loads(body)["variants"]:
            if v["id"] == variant:
                return None if gone else (json.loads(body), v)
    return None


def catalogue(query):
    cursor, limit = query.get("cursor", ""), int(query.get("limit", "200"))
    epoch = get("epoch", 1)
    if cursor and cursor.split(".")[0] != str(epoch):
        raise Refusal(410, "cursor")
    after = int(cursor.split(".")[1]) if cursor else 0
    rows = db.execute("SELECT seq, gone, id, body FROM product WHERE seq > ? %s ORDER BY seq LIMIT ?"
                      % ("" if cursor else "AND NOT gone"), (after, limit)).fetchall()
    more = bool(rows) and db.execute("SELECT 1 FROM product WHERE seq > ?", (rows[-1][0],)).fetchone() is not None
    items = [{"id": r[2], "gone": True} if r[1] else json.loads(r[3]) for r in rows]
    return {"items": items, "cursor": "%d.%d" % (epoch, rows[-1][0] if rows else after), "more": more, "currency": "USD"}


# ---- orders ----

def quote(body):
    lines, problems, subtotal = [], [], Decimal(0)
    for line in body["lines"]:
        found = find_variant(line["variant"])
        if not found or found[1]["price"] is None:
            problems.append({"code": "gone" if not found else "no_price", "variant": line["variant"], "stock": None,
                             "message": "It is gone."})
            continue
        product, v = found
        if v["stock"] is not None and Decimal(v["stock"]) < Decimal(line["quantity"]):
            problems.append({"code": "sold_out", "variant": v["id"], "stock": v["stock"], "message": "Too few are left."})
        total = (Decimal(v["price"]) * Decimal(line["quantity"])).quantize(Decimal("0.01"), ROUND_HALF_UP)
        subtotal += total
        lines.append({"variant": v["id"], "product": product["id"], "title": product["title"], "options": v["options"],
                      "quantity": line["quantity"], "price": v["price"], "total": money(total), "discount": "0.00"})
    if body.get("address") not in ("", None, "your office"):
        problems.append({"code": "no_address", "variant": None, "stock": None, "message": "No such address."})
    if body.get("payment") == "red card":
        problems.append({"code": "payment", "variant": None, "stock": None, "message": "It has expired."})
    empty = {"currency": "USD", "lines": [], "coupons": [], "subtotal": None, "discount": None, "delivery": None, "tax": None,
             "tax_included": False, "total": None, "deliveries": [], "problems": problems}
    if problems:
        return empty
    coupons = [{"code": c, "state": "counts" if c == "WELCOME" else "expired", "discount": "0.00", "from": None, "until": now(),
                "minimum": None} for c in body.get("coupons", [])]
    discount = subtotal / 10 if any(c["state"] == "counts" for c in coupons) else Decimal(0)
    delivery = Decimal(0) if subtotal >= 35 else Decimal("4.99")
    total = (subtotal - Decimal(money(discount)) + delivery) * (1 + Decimal(get("tax", 0)) / 1000)
    return dict(empty, lines=lines, coupons=coupons, subtotal=money(subtotal), discount=money(discount),
                delivery=money(delivery), tax="0.00", total=money(total))


def order_row(name):
    return db.execute("SELECT id, key, body FROM orders WHERE key = ? OR id = ?", (name, name)).fetchone()


def make_order(key, body):
    if db.execute("SELECT 1 FROM closed_key WHERE key = ?", (key,)).fetchone():
        raise Refusal(409, "cancelled")
    row = order_row(key)
    if row:
        return 200, {"order": json.loads(row[2]), "repeated": True}
    q = quote(body)
    if q["problems"]:
        raise Refusal(409, "unavailable", problems=q["problems"])
    if q["total"] != body["agreed"]:
        raise Refusal(409, "changed", quote=q)
    n = get("orders", 1000) + 1
    put("orders", n)
    order = {"id": "order_%d" % n, "key": key, "number": "9%d" % n, "state": "placed", "placed_at": now(), "updated_at": now(),
             "currency": "USD", "subtotal": q["subtotal"], "discount": q["discount"], "delivery": q["delivery"], "tax": "0.00",
             "tax_included": False, "total": q["total"], "refunded": "0.00", "payment": {"nickname": "blue card", "state": "paid"},
             "coupons": [], "way": "standard delivery", "address": "27 Orchard Street", "expected_at": None,
             "delivered_at": None, "shipments": [], "returns": [],
             "lines": [dict(line, position=i + 1, shipped="0", delivered="0", returned="0") for i, line in enumerate(q["lines"])]}
    db.execute("INSERT INTO orders VALUES (?, ?, ?, ?, ?)", (order["id"], key, order["number"], body["number"], json.dumps(order)))
    return 201, {"order": order, "repeated": False}


def save_order(order):
    order["updated_at"] = now()
    db.execute("UPDATE orders SET body = ? WHERE id = ?", (json.dumps(order), order["id"]))


def cancel(name):
    row = order_row(name)
    if not row:
        if name.startswith("order_"):
            raise Refusal(404, "not_found")
        db.execute("INSERT OR IGNORE INTO closed_key VALUES (?)", (name,))
        return 200, {"state": "cancelled", "order": None}
    order = json.loads(row[2])
    if order["state"] not in ("placed", "cancelled"):
        raise Refusal(409, "too_late", order=order)
    order["state"] = "cancelled"
    save_order(order)
    return 200, {"state": "cancelled", "order": order}


def send_back(name, key, body):
    row = order_row(name)
    if not row:
        raise Refusal(404, "not_found")
    if json.loads(row[2])["state"] != "delivered":
        raise Refusal(409, "not_delivered")
    there = db.execute("SELECT times FROM returned WHERE key = ? AND ord = ?", (key, row[0])).fetchone()
    if there:
        db.execute("UPDATE returned SET times = times + 1 WHERE key = ? AND ord = ?", (key, row[0]))
        return 200, {"return": {"key": key}, "repeated": True}
    db.execute("INSERT INTO returned VALUES (?, ?, ?, 1)", (key, row[0], json.dumps(body)))
    return 201, {"return": {"key": key}, "repeated": False}


# ---- people ----

def messages(after):
    rows = db.execute("SELECT id, ticket, code, who, name, text FROM message WHERE id > ? ORDER BY id LIMIT 50",
                      (int(after),)).fetchall()
    return {"messages": [{"id": str(r[0]), "ticket": r[1], "code": r[2], "who": r[3], "name": r[4], "text": r[5], "at": now()}
                         for r in rows], "last": str(rows[-1][0]) if rows else after, "more": len(rows) == 50}


def ticket_say(who, body):
    key, t = db.execute("SELECT key, body FROM ticket ORDER BY rowid DESC LIMIT 1").fetchone()
    db.execute("INSERT INTO message (ticket, code, who, name, text) VALUES (?, ?, ?, ?, ?)",
               (key, json.loads(t)["code"], who, body["name"], body.get("text", "")))


# ---- routes ----

def account():
    return {"shop": {"name": "Corner Grocer"}, "device": {"id": "dev_1", "name": "Kitchen"}, "currency": "USD",
            "customer": {"id": "cus_1", "name": "Dana Whitfield"},
            "addresses": [{"id": "a1", "nickname": "", "text": "27 Orchard Street, Fairview", "usual": True},
                          {"id": "a2", "nickname": "your office", "text": "88 Market Square, Fairview", "usual": False}],
            "payments": [{"nickname": "blue card", "state": "ok"}, {"nickname": "red card", "state": "ok"}],
            "deliveries": [{"id": "so_std", "name": "standard delivery", "also": "standard|normal delivery", "price": "4.99",
                            "free_from": "35.00", "days": 2, "pickup": False}]}


def route(method, path, query, body):
    """(status, object) of a request of a device."""
    part = path.strip("/").split("/")
    if (method, path) == ("GET", "/account"):
        return 200, account()
    if (method, path) == ("GET", "/catalogue"):
        return 200, catalogue(query)
    if (method, path) == ("POST", "/quote"):
        return 200, quote(body)
    if part[0] == "orders" and method == "GET" and len(part) == 1:
        rows = db.execute("SELECT body FROM orders ORDER BY rowid DESC LIMIT ?", (int(query.get("limit", "20")),))
        return 200, {"orders": [json.loads(r[0]) for r in rows]}
    if part[0] == "orders" and method == "GET" and len(part) == 2:
        row = order_row(part[1])
        if not row:
            raise Refusal(404, "not_found")
        return 200, {"order": json.loads(row[2])}
    if part[0] == "orders" and method == "PUT" and len(part) == 2:
        return make_order(part[1], body)
    if part[0] == "orders" and method == "POST" and part[2:] == ["cancel"]:
        return cancel(part[1])
    if part[0] == "orders" and method == "POST" and part[2:] == ["address"]:
        row = order_row(part[1])
        if not row:
            raise Refusal(404, "not_found")
        order = json.loads(row[2])
        if order["state"] != "placed":
            raise Refusal(409, "too_late", order=order)
        order["address"] = body["address"]
        save_order(order)
        return 200, {"order": order}
    if part[0] == "orders" and method == "PUT" and len(part) == 4 and part[2] == "returns":
        return send_back(part[1], part[3], body)
    if part[0] == "tickets" and method == "PUT" and len(part) == 2:
        there = db.execute("SELECT 1 FROM ticket WHERE key = ?", (part[1],)).fetchone()
        db.execute("INSERT INTO ticket VALUES (?, ?, 1) ON CONFLICT (key) DO UPDATE SET times = times + 1, body = excluded.body",
                   (part[1], json.dumps(body)))
        return 200 if there else 201, {"ticket": {"key": part[1], "state": "open"}}
    if part[0] == "tickets" and method == "PUT" and len(part) == 4 and part[2] == "messages":
        db.execute("INSERT OR IGNORE INTO said (ticket, key, body) VALUES (?, ?, ?)", (part[1], part[3], json.dumps(body)))
        return 201, {"id": "1"}
    if part[0] == "tickets" and method == "PUT" and part[2:] == ["closed"]:
        put("closed " + part[1], True)
        return 200, {"ticket": {"key": part[1], "state": "closed"}}
    if (method, path) == ("GET", "/messages"):
        return 200, messages(query.get("after", "0"))
    if part[0] == "messages" and method == "PUT" and part[2:] == ["heard"]:
        db.execute("UPDATE message SET heard = ? WHERE id = ?", (body["at"], int(part[1])))
        return 200, {"id": part[1], "heard_at": body["at"]}
    raise Refusal(404, "not_found")


def pairing(path, body):
    if path == "/pairings":
        put("approved", False)
        return 201, {"pairing": "pair_1", "secret": "s" * 43, "code": "482913", "page": "https://shop.example/shopkeeper/pair",
                     "expires_at": now(time.time() * 1000 + 600000), "poll_s": 1}
    if path != "/pairings/pair_1/token" or body.get("secret") != "s" * 43:
        raise Refusal(404, "not_found")
    if not get("approved", False):
        return 202, {"state": "waiting"}
    put("token", "paired-token")
    return 200, {"state": "paired", "token": "paired-token", "device": "dev_1", "customer": {"id": "cus_1", "name": "Dana"}}


def control(name, body):
    if name == "fault":
        plain["lines"].append(dict({"times": 1}, **body))
    elif name in ("price", "stock"):
        product, variant = find_variant(body["variant"])
        for v in product["variants"]:
            if v["id"] == body["variant"]:
                v[name] = body[name]
        db.execute("UPDATE product SET body = ? WHERE id = ?", (json.dumps(product), product["id"]))
        touch(product["id"])
    elif name == "title":
        product = json.loads(db.execute("SELECT body FROM product WHERE id = ?", (body["product"],)).fetchone()[0])
        product["title"] = body["title"]
        db.execute("UPDATE product SET body = ? WHERE id = ?", (json.dumps(product), product["id"]))
        touch(product["id"])
    elif name == "gone":
        db.execute("UPDATE product SET gone = 1 WHERE id = ?", (body["product"],))
        touch(body["product"])
    elif name == "ship":
        row = db.execute("SELECT body FROM orders WHERE told = ?", (body["number"],)).fetchone()
        order = json.loads(row[0])
        order["state"] = body["state"]
        order["shipments"] = [{"id": "s1", "lines": [{"position": l["position"], "quantity": l["quantity"]} for l in order["lines"]],
                               "carrier": "Parcel Star", "tracking": [], "packed_at": now(), "shipped_at": now(),
                               "expected_at": None, "out_for_delivery_at": None,
                               "delivered_at": now() if body["state"] == "delivered" else None, "place": ""}]
        order["delivered_at"] = now() if body["state"] == "delivered" else None
        save_order(order)
    elif name == "move":
        store_api.move(body)
    elif name == "approve":
        put("approved", True)
    elif name == "revoke":
        put("token", "none")
    elif name == "say":
        ticket_say("person", body)
    elif name == "close":
        ticket_say("closed", body)
    elif name == "tax":
        put("tax", body["milli"])
    elif name == "cursor":
        put("epoch", get("epoch", 1) + 1)
    elif name == "state":
        return {"orders": [dict(json.loads(r[0]), told=r[1]) for r in db.execute("SELECT body, told FROM orders ORDER BY rowid")],
                "tickets": [[r[0], json.loads(r[1]), r[2]] for r in db.execute("SELECT key, body, times FROM ticket")],
                "said": [json.loads(r[0])["text"] for r in db.execute("SELECT body FROM said ORDER BY id")],
                "returned": [[r[0], r[1], r[2]] for r in db.execute("SELECT key, body, times FROM returned")],
                "heard": [r[0] for r in db.execute("SELECT text FROM message WHERE heard IS NOT NULL")],
                "closed": [r[0][7:] for r in db.execute("SELECT k FROM kv WHERE k LIKE 'closed %'")],
                "sold": store_api.sold(),
                "requests": plain["requests"], "faults": plain["faults"]}
    else:
        raise Refusal(404, "not_found")
    db.commit()
    return {"ok": True}


# ---- HTTP ----

class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, fault=""):
        raw = b"" if body is None else json.dumps(body).encode()
        etag = '"%s"' % hashlib.sha1(raw).hexdigest()
        if self.command == "GET" and status == 200 and self.headers.get("If-None-Match") == etag and not fault:
            status, raw = 304, b""
        if fault == "types":
            raw = json.dumps({k: [v] for k, v in (body or {"a": 1}).items()}).encode()
        if fault == "html":
            raw = b"<html><body>Log in to this network</body></html>"
        if fault == "huge":
            raw = b'{"items": [' + b'{"id": "' + b"x" * 1000 + b'"},' * 20000 + b'{"id":"y"}], "cursor": "1.1"}'
        if fault == "deep":
            raw = b"[" * 5000 + b"]" * 5000
        if fault == "latin1":
            raw = raw.replace(b'"title": "', b'"title": "\xe9').replace(b'"id": "', b'"id": "\xe9', 1)
        encoding = len(raw) > 1024 and "gzip" in (self.headers.get("Accept-Encoding") or "")
        if encoding:
            raw = gzip.compress(raw)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        if encoding:
            self.send_header("Content-Encoding", "gzip")
        if self.command == "GET" and status in (200, 304):
            self.send_header("ETag", etag)
        if status == 503:
            self.send_header("Retry-After", "1")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        if fault == "cut":
            raw = raw[: len(raw) // 2]
            self.close_connection = True
        if fault == "drip":
            for i in range(0, min(len(raw), 400)):
                self.wfile.write(raw[i : i + 1])
                self.wfile.flush()
                time.sleep(0.05)
            self.close_connection = True
            return
        self.wfile.write(raw)
        if fault == "cut":
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)

    def pick_fault(self, path):
        line = "%s %s" % (self.command, path)
        for f in plain["lines"]:
            if f["times"] > 0 and re.match(f["on"], line):
                f["times"] -= 1
                return f["kind"]
        return random.choice(KINDS) if random.random() * 100 < args["faults"] else ""

    def handle_one(self):
        path, _, rest = self.path.partition("?")
        query = dict(p.split("=", 1) for p in rest.split("&") if "=" in p)
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        if path.startswith("/control/"):
            with lock:
                return self.answer(200, control(path[9:], body))
        store = path.startswith("/store/")
        path = path[len("/store" if store else "/shopkeeper/v1"):]
        with lock:
            plain["requests"] += 1
            fault = self.pick_fault(path)
            plain["faults"] += bool(fault)
            if fault and args["log"]:
                with open(args["log"], "a") as f:
                    f.write(fault + "\n")
        if fault == "drop-before":
            return self.hang_up()
        if fault == "stall-before":
            time.sleep(args["stall"])
            return self.hang_up()
        if fault == "500-before":
            return self.answer(500, {"code": "fault", "message": "It failed."})
        if fault == "busy":
            return self.answer(503, {"code": "busy", "message": "Later."})
        if fault == "redirect":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.send_header("Content-Length", "0")
            return self.end_headers()
        for _ in range(2 if fault == "twice" else 1):
            status, answer = self.work_store(path, query, body, fault) if store else self.work(path, query, body)
        if fault in ("drop-after", "half"):
            return self.hang_up()
        if fault == "stall-after":
            time.sleep(args["stall"])
            return self.hang_up()
        if fault == "500-after":
            return self.answer(500, {"code": "fault", "message": "It failed."})
        self.answer(status, answer, fault)

    def work_store(self, path, query, body, fault):
        with lock:
            try:
                store_api.known(self.headers.get("x-publishable-api-key"))
                status, answer = 200, store_api.route(self.command, path, query, body, fault == "half")
            except store_api.Refusal as r:
                status, answer = r.status, r.body
            db.commit()
            return status, answer

    def work(self, path, query, body):
        with lock:
            try:
                if path.startswith("/pairings"):
                    status, answer = pairing(path, body)
                elif self.headers.get("Authorization") != "Bearer " + get("token", "good-token"):
                    raise Refusal(401, "token")
                else:
                    status, answer = route(self.command, path, query, body)
                db.commit()
                return status, answer
            except Refusal as r:
                db.commit()
                return r.status, r.body

    def hang_up(self):
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def handle_any(self):
        try:
            self.handle_one()
        except OSError:
            self.close_connection = True  # the other side has gone

    do_GET = do_PUT = do_POST = do_DELETE = handle_any


def main():
    global args, db
    options = {"faults": 0.0, "seed": 1.0, "stall": 3.0, "port": 0.0, "log": "", "cert": ""}
    rest, i = [], 1
    while i < len(sys.argv):
        if sys.argv[i].startswith("--"):
            name = sys.argv[i][2:]
            options[name] = sys.argv[i + 1] if name in ("log", "cert") else float(sys.argv[i + 1])
            i += 1
        else:
            rest.append(sys.argv[i])
        i += 1
    args = options
    random.seed(options["seed"])
    port_file, state, products = rest
    db = sqlite3.connect(state, check_same_thread=False)
    db.executescript(SCHEMA)
    load_catalogue(products)
    store_api.begin(db, find_variant)
    server = Server(("127.0.0.1", int(options["port"])), Handler)
    if options["cert"]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options["cert"])
        server.socket = context.wrap_socket(server.socket, server_side=True)
    with open(port_file + ".new", "w") as f:
        f.write(str(server.server_address[1]))
    os.rename(port_file + ".new", port_file)
    server.serve_forever()


if __name__ == "__main__":
    main()
