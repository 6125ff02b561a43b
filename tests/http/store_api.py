"""The face of the scripted server that a plain Medusa has: as much of the Store API as a speaker uses, answering as Medusa 2.21 does."""
import json
from decimal import Decimal

SCHEMA = """
CREATE TABLE IF NOT EXISTS cart (id INTEGER PRIMARY KEY, body TEXT);
CREATE TABLE IF NOT EXISTS sold (id INTEGER PRIMARY KEY, cart TEXT, body TEXT);
"""
WAYS = {"so_std": ("standard delivery", 4.99), "so_fast": ("express delivery", 9.99)}
db = find = None


def begin(database, find_variant):
    global db, find
    db, find = database, find_variant
    db.executescript(SCHEMA)


class Refusal(Exception):
    def __init__(self, status, kind, message, **more):
        self.status, self.body = status, dict({"type": kind, "message": message}, **more)


def known(key):
    if key != "pk_test":
        raise Refusal(400, "not_allowed", "A valid publishable key is required to proceed with the request")


# ---- the catalogue ----

def product(body):
    return {"id": body["id"], "title": body["title"], "description": body["description"], "created_at": "2026-01-01T00:00:00.000Z",
            "updated_at": "2026-01-01T00:00:00.000Z", "metadata": {"brand": body["brand"], "rating": body["rating"]},
            "categories": [{"id": "pcat_1", "name": body["category"]}],
            "variants": [{"id": v["id"], "variant_rank": 0, "manage_inventory": v["stock"] is not None, "allow_backorder": False,
                          "inventory_quantity": v["stock"] and int(v["stock"]), "metadata": {}, "options": [],
                          "calculated_price": {"calculated_amount": v["price"] and float(v["price"]), "currency_code": "usd"}}
                         for v in body["variants"]]}


def products(query):
    rows = db.execute("SELECT body FROM product WHERE NOT gone ORDER BY id LIMIT ? OFFSET ?",
                      (int(query["limit"]), int(query.get("offset", "0")))).fetchall()
    count, = db.execute("SELECT count(*) FROM product WHERE NOT gone").fetchone()
    return {"products": [product(json.loads(r[0])) for r in rows], "count": count}


# ---- carts ----

def read(cart):
    row = db.execute("SELECT body FROM cart WHERE id = ?", (int(cart[5:]),)).fetchone() if cart.startswith("cart_") else None
    if not row:
        raise Refusal(404, "not_found", "Cart with id '%s' not found" % cart)
    return json.loads(row[0])


def keep(cart):
    cart["shipping_total"] = WAYS[cart["way"]][1] if cart["way"] else 0
    off = cart["item_total"] / 10 if cart["promotions"] else 0
    cart["discount_total"] = round(off, 2)
    cart["total"] = round(cart["item_total"] - off + cart["shipping_total"], 2)
    db.execute("UPDATE cart SET body = ? WHERE id = ?", (json.dumps(cart), int(cart["id"][5:])))
    return {"cart": cart}


def create(body):
    total = Decimal(0)
    for item in body["items"]:
        found = find(item["variant_id"])
        if not found:
            raise Refusal(400, "invalid_data", "Variants %s do not exist or belong to a product that is not published" % item["variant_id"])
        v = found[1]
        if v["stock"] is not None and int(v["stock"]) < item["quantity"]:
            raise Refusal(400, "not_allowed", "Some variant does not have the required inventory", code="insufficient_inventory")
        total += Decimal(v["price"]) * Decimal(str(item["quantity"]))
    made = db.execute("INSERT INTO cart (body) VALUES ('')").lastrowid
    return keep({"id": "cart_%d" % made, "currency_code": "usd", "completed_at": None, "items": body["items"], "item_total": float(total),
                 "metadata": body["metadata"], "address": body["shipping_address"], "promotions": [], "way": None,
                 "payment_collection": None})


def promote(cart, codes):
    if codes[0] not in ("WELCOME", "OLD"):
        raise Refusal(400, "invalid_data", "The promotion code %s is invalid" % codes[0])
    if codes[0] == "WELCOME":  # OLD has expired, which is told by leaving it out
        cart["promotions"] = [{"code": "WELCOME"}]
    return keep(cart)


def order_of(cart):
    row = db.execute("SELECT body FROM sold WHERE cart = ?", (cart["id"],)).fetchone()
    return json.loads(row[0]) if row and cart["completed_at"] else None


def complete(cart, half):
    order = order_of(cart)
    if not cart["payment_collection"]:
        raise Refusal(400, "invalid_data", "Payment collection has not been initiated for cart")
    if not order:
        made = db.execute("INSERT INTO sold (cart, body) VALUES (?, '')", (cart["id"],)).lastrowid
        order = {"id": "order_%d" % made, "status": "pending", "currency_code": "usd", "total": cart["total"], "created_at": "2026-01-01T00:00:00.000Z",
                 "payment_status": "authorized", "fulfillment_status": "not_fulfilled", "metadata": cart["metadata"], "fulfillments": [],
                 "items": [{"id": "item_%d" % i, "metadata": item["metadata"]} for i, item in enumerate(cart["items"])]}
        db.execute("UPDATE sold SET body = ? WHERE id = ?", (json.dumps(order), made))
        if not half:
            cart["completed_at"] = "2026-01-01T00:00:00.000Z"
            cart["payment_collection"]["payment_sessions"][0]["status"] = "authorized"
            keep(cart)
    return {"type": "order", "order": order}


def order(name):
    row = db.execute("SELECT body FROM sold WHERE id = ?", (int(name[6:]),)).fetchone()
    if not row:
        raise Refusal(404, "not_found", "Order id not found: " + name)
    return {"order": json.loads(row[0])}


def move(fields):
    """An order of the Store API becomes another: its id, and what is new."""
    now = dict(order(fields["id"])["order"], **fields)
    db.execute("UPDATE sold SET body = ? WHERE id = ?", (json.dumps(now), int(fields["id"][6:])))


def sold():
    """What there is, for the test."""
    return [json.loads(r[0]) for r in db.execute("SELECT body FROM sold ORDER BY id")]


# ---- routes ----

def route(method, path, query, body, half):
    part = path.strip("/").split("/")
    if (method, path) == ("GET", "/regions"):
        return {"regions": [{"id": "reg_eu", "currency_code": "eur", "countries": [{"iso_2": "de"}, {"iso_2": "fr"}]},
                            {"id": "reg_us", "currency_code": "usd", "countries": [{"iso_2": "us"}]}]}
    if (method, path) == ("GET", "/products"):
        return products(query)
    if (method, path) == ("GET", "/shipping-options"):
        read(query["cart_id"])
        return {"shipping_options": [{"id": k, "name": name, "amount": amount, "metadata": None} for k, (name, amount) in WAYS.items()]}
    if (method, path) == ("POST", "/carts"):
        return create(body)
    if part[0] == "carts" and method == "GET":
        return {"cart": read(part[1])}
    if part[0] == "carts" and part[2:] == ["promotions"]:
        return promote(read(part[1]), body["promo_codes"])
    if part[0] == "carts" and part[2:] == ["shipping-methods"]:
        return keep(dict(read(part[1]), way=body["option_id"]))
    if (method, path) == ("POST", "/payment-collections"):
        return {"payment_collection": {"id": "pay_" + read(body["cart_id"])["id"]}}
    if part[0] == "payment-collections" and part[2:] == ["payment-sessions"]:
        keep(dict(read(part[1][4:]), payment_collection={"payment_sessions": [{"status": "pending"}]}))
        return {"payment_collection": {"id": part[1]}}
    if part[0] == "carts" and part[2:] == ["complete"]:
        return complete(read(part[1]), half)
    if part[0] == "orders" and method == "GET":
        return order(part[1])
    raise Refusal(404, "not_found", "no such route")
