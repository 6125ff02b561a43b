"""Kills the shopper, shopkeeper-syncd and the server at random moments, with a server that answers badly, and counts.

torture.py PROGRAMS SOURCES ROUNDS [SEED]    exits with 1 if an order is lost or doubled, or a basket is another
"""
import json, os, random, re, shutil, signal, sqlite3, subprocess, sys, tempfile, time, urllib.request

bin_dir, src, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
seed = int(sys.argv[4]) if len(sys.argv) > 4 else 1
chance = random.Random(seed)
work = tempfile.mkdtemp(prefix="sk_torture.")
os.environ["SHOPKEEPER_DATA"] = src
db, journal, fault_log = work + "/shop.db", work + "/journal", work + "/faults"
killed = {"syncd": 0, "server": 0, "shopper": 0}
port = 0


def start_server(faults):
    """The same port each time: the speaker knows no other."""
    global port
    if os.path.exists(work + "/port"):
        os.remove(work + "/port")
    p = subprocess.Popen([sys.executable, src + "/tests/http/server.py", work + "/port", work + "/server.db", work + "/products.csv",
                          "--faults", str(faults), "--seed", str(chance.randrange(1 << 30)), "--stall", "1.2", "--port", str(port),
                          "--log", fault_log], stderr=subprocess.DEVNULL)
    for _ in range(400):
        if os.path.exists(work + "/port") or p.poll() is not None:
            break
        time.sleep(0.05)
    port = int(open(work + "/port").read())
    return p


def control(name, body=None):
    request = urllib.request.Request("http://127.0.0.1:%d/control/%s" % (port, name), json.dumps(body or {}).encode(), method="POST")
    return json.load(urllib.request.urlopen(request, timeout=20))


def ask(sql):
    con = sqlite3.connect(db, timeout=20)
    try:
        return con.execute(sql).fetchall()
    finally:
        con.close()


def hurry():
    con = sqlite3.connect(db, timeout=20)
    with con:
        con.execute("UPDATE outbox SET next_ms = 0 WHERE NOT asks")
    con.close()


def kill(name, p):
    if p.poll() is None:
        killed[name] += 1
        p.send_signal(signal.SIGKILL)
    elif p.returncode not in (-9,):
        sys.exit("%s ended by itself with %d: see %s" % (name, p.returncode, work))
    p.wait()


def sync_once():
    return subprocess.run([bin_dir + "/shopkeeper", "--config", work + "/d.ini", "sync"], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL).returncode


def basket():
    return " ".join("%d:%d" % row for row in ask("SELECT variant, quantity_milli / 1000 FROM basket_line ORDER BY id"))


def check_basket():
    """What the store last said it was, or what it was just becoming."""
    lines = open(journal).read().splitlines() if os.path.exists(journal) else []
    have = [i for i, line in enumerate(lines) if line.startswith("have")]
    possible = [lines[have[-1]]] if have else ["have "]
    possible += [line for line in lines[(have[-1] if have else 0):] if line.startswith("want")]
    same = basket() in [" ".join(line.split()[1:]) for line in possible]
    with open(journal, "a") as f:
        f.write("have %s\n" % basket())
    return same


def round_of_it(server):
    syncd = subprocess.Popen([bin_dir + "/shopkeeper-syncd", "--config", work + "/d.ini"], stderr=open(work + "/syncd.log", "a"))
    shopper = subprocess.Popen([bin_dir + "/bench_shopper", db, src + "/catalog/schema", journal, str(chance.randrange(1 << 30))])
    hurry()
    victims = [("syncd", syncd), ("shopper", shopper)] + ([("server", server)] if chance.random() < 0.4 else [])
    chance.shuffle(victims)
    for name, p in victims:
        time.sleep(chance.uniform(0.05, 0.8))
        kill(name, p)
    return start_server(25) if server.poll() is not None else server


def main():
    shutil.copy(src + "/catalog/grocer/products.csv", work + "/products.csv")
    text = open(work + "/products.csv").read().splitlines()
    stock = text[0].split(",").index("stock")
    assert stock >= 0
    server = start_server(0)
    shop = work + "/grocer"
    shutil.copytree(src + "/catalog/grocer", shop)
    ini = re.sub(r"(?m)^undo *=.*", "undo = 0", open(shop + "/shop.ini").read())
    ini = re.sub(r"(?m)^max_(order|day) *=.*\n", "", ini)
    open(shop + "/shop.ini", "w").write(ini)
    with open(work + "/d.ini", "w") as f:
        f.write("[shop]\ndir = %s\ndb = %s\n[server]\nurl = http://127.0.0.1:%d\nanswer_s = 1\ncatalogue_s = 1\n[speaker]\nsocket = %s/none\n"
                % (shop, db, port, work))
    with open(os.open(db + ".token", os.O_WRONLY | os.O_CREAT, 0o600), "w") as f:
        f.write("good-token\n")
    con = sqlite3.connect(work + "/server.db", timeout=20)
    with con:  # nobody runs out of anything: that is another test
        for ident, body in con.execute("SELECT id, body FROM product").fetchall():
            product = json.loads(body)
            for v in product["variants"]:
                v["stock"] = None
            con.execute("UPDATE product SET body = ? WHERE id = ?", (json.dumps(product), ident))
    con.close()
    if sync_once():
        sys.exit("the first sync fails: see " + work)
    server.kill()
    server.wait()
    server = start_server(25)
    wrong_baskets = 0
    began = time.time()
    for i in range(rounds):
        server = round_of_it(server)
        wrong_baskets += not check_basket()
        if sys.stderr.isatty():
            print("\r%d of %d" % (i + 1, rounds), end="", file=sys.stderr)
    kill("server", server)
    server = start_server(0)
    for _ in range(60):
        hurry()
        sync_once()
        if not ask("SELECT count(*) FROM outbox")[0][0]:
            break
    promised = [line.split()[1] for line in open(journal).read().splitlines() if line.startswith("order ")]
    here = dict(ask("SELECT key, state FROM orders WHERE key IS NOT NULL"))
    there = [o["key"] for o in control("state")["orders"]]
    lost = [k for k in promised if k not in here] + [k for k, state in here.items() if state != "placed" or k not in there]
    doubled = [k for k in set(there) if there.count(k) > 1]
    strangers = [k for k in there if k not in here]
    faults = sum(1 for _ in open(fault_log)) if os.path.exists(fault_log) else 0
    print("%d rounds in %.0f s, kill -9: syncd %d, server %d, shopper %d; bad answers %d" %
          (rounds, time.time() - began, killed["syncd"], killed["server"], killed["shopper"], faults))
    print("orders %d: lost %d, doubled %d, of nobody %d; baskets that are another: %d" %
          (len(here), len(lost), len(doubled), len(strangers), wrong_baskets))
    server.kill()
    server.wait()
    bad = lost or doubled or strangers or wrong_baskets or not here or (rounds >= 10 and not faults)
    if bad:
        print("kept for a look: " + work)
    else:
        shutil.rmtree(work)
    sys.exit(1 if bad else 0)


main()
