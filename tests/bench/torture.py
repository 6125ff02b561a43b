"""Kills the shopper, shopkeeperd, shopkeeper-syncd and the server at random moments, cuts the power, and counts.

torture.py PROGRAMS SOURCES ROUNDS [SEED]
    with the server of tests/http/server.py, a quarter of whose answers are bad; or, with SHOP_URL set (script/test-shop run), with a
    real Medusa, TORTURE_TOKEN being a paired speaker's. Between the speaker and either a network that drops, delays and duplicates.
    A power cut takes back a part of what was written and not flushed (power_cut.c).
SIGINT: that was the last round. Exits with 1 if an order is lost or doubled, a basket is another, or the database is damaged.
"""
import atexit, json, os, random, re, shutil, signal, socket, sqlite3, struct, subprocess, sys, tempfile, threading, time, urllib.request

bin_dir, src, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
seed = int(sys.argv[4]) if len(sys.argv) > 4 else 1
if "SK_POWER_CUT" not in os.environ:  # we write into the database, too
    os.environ["TORTURE_WORK"] = tempfile.mkdtemp(prefix="sk_torture.")
    os.environ["SK_POWER_CUT"] = os.environ["TORTURE_WORK"] + "/shop.db"
    os.environ["LD_PRELOAD"] = bin_dir + "/power_cut.so"
    os.environ["ASAN_OPTIONS"] = "verify_asan_link_order=0:detect_leaks=0"
    os.environ["SHOPKEEPER_DATA"] = src
    os.execv(sys.executable, [sys.executable] + sys.argv)
work = os.environ["TORTURE_WORK"]
db, journal, fault_log, net_log = [work + "/" + name for name in ("shop.db", "journal", "faults", "network")]
chance = random.Random(seed)
count = dict.fromkeys(["syncd", "server", "shopper", "shopkeeperd", "cuts", "cuts_that_took", "sectors", "talks", "promised_by_voice"], 0)


def wait_for(done, seconds=20):
    until = time.time() + seconds
    while time.time() < until and not done():
        time.sleep(0.02)
    return done()


def listen_port(name, command):
    """Starts it; (process, the port that it has written down)."""
    path = work + "/" + name
    if os.path.exists(path):
        os.remove(path)
    p = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    atexit.register(p.kill)
    if not wait_for(lambda: os.path.exists(path) or p.poll() is not None, 300) or p.poll() is not None:
        sys.exit("%s does not start: see %s" % (name, work))
    return p, int(open(path).read())


# ---- the server ----

class Scripted:
    """tests/http/server.py: answers at once, a quarter of it badly."""
    moment_s, answer_s, pause_ms, kill_share = (0.05, 0.8), 1, 60, 0.4

    def __init__(self):
        self.port = 0
        self.start(0)
        with sqlite3.connect(work + "/server.db", timeout=20) as con:  # nobody runs out of anything: that is another test
            for ident, body in con.execute("SELECT id, body FROM product").fetchall():
                product = json.loads(body)
                for v in product["variants"]:
                    v["stock"] = None
                con.execute("UPDATE product SET body = ? WHERE id = ?", (json.dumps(product), ident))

    def token(self):
        return "good-token"

    def start(self, faults):
        self.p, self.port = listen_port("port", [
            sys.executable, src + "/tests/http/server.py", work + "/port", work + "/server.db", src + "/catalog/grocer/products.csv",
            "--faults", str(faults), "--seed", str(chance.randrange(1 << 30)), "--stall", "1.2", "--port", str(self.port),
            "--log", fault_log])

    def kill(self):
        self.p.kill()
        self.p.wait()

    def again(self, faults=25):
        self.start(faults)

    def well(self):
        self.kill()
        self.start(0)

    def orders(self):
        """The keys of the orders that count, one each."""
        request = urllib.request.Request("http://127.0.0.1:%d/control/state" % self.port, b"{}", method="POST")
        return [o["key"] for o in json.load(urllib.request.urlopen(request, timeout=20))["orders"]]


class Medusa:
    """The shop of script/test-shop run; it makes an order in a second or more."""
    moment_s, answer_s, pause_ms, kill_share = (0.3, 5.0), 20, 2500, 0.5

    def __init__(self):
        self.port = int(os.environ["SHOP_URL"].rsplit(":", 1)[1])

    def token(self):
        return os.environ["TORTURE_TOKEN"]

    def kill(self):
        os.kill(int(open(os.environ["SHOP_DIR"] + "/server.pid").read()), signal.SIGKILL)

    def again(self, faults=0):
        if subprocess.run([src + "/script/test-shop", "restart"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode:
            sys.exit("the shop did not start again")

    def well(self):
        pass

    def orders(self):
        sql = "select metadata->>'shopkeeper_key' from \"order\" where metadata->>'shopkeeper_key' is not null and status <> 'canceled'"
        return subprocess.run(["psql", "-qAtX", os.environ["SHOP_DB"], "-c", sql], check=True, capture_output=True,
                              text=True).stdout.split()


# ---- the speaker ----

def ask(sql, *values):
    con = sqlite3.connect(db, timeout=20)
    try:
        return con.execute(sql, values).fetchall()
    finally:
        con.close()


def hurry():
    con = sqlite3.connect(db, timeout=20)
    with con:
        con.execute("UPDATE outbox SET next_ms = 0 WHERE NOT asks")
    con.close()


def note(what, text):
    with open(journal, "a") as f:
        f.write("%s %s\n" % (what, text))


def basket():
    return " ".join("%d:%d" % row for row in ask("SELECT variant, quantity_milli / 1000 FROM basket_line ORDER BY id"))


def check_basket():
    """What the shopper last knew that it was, or what it was just becoming."""
    lines = open(journal).read().splitlines() if os.path.exists(journal) else []
    have = [i for i, line in enumerate(lines) if line.startswith("have")]
    possible = [lines[have[-1]]] if have else ["have "]
    possible += [line for line in lines[(have[-1] if have else 0):] if line.startswith("want")]
    is_now, may_be = basket(), [" ".join(line.split()[1:]) for line in possible]
    note("have", is_now)
    if is_now not in may_be:
        print("the basket is '%s' and none of %s" % (is_now, may_be), file=sys.stderr)
    return is_now in may_be


def sync_once():
    return subprocess.run([bin_dir + "/shopkeeper", "--config", work + "/d.ini", "sync"], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL).returncode


class Talker(threading.Thread):
    """Buys in words from a shopkeeperd, until that is killed."""
    def __init__(self):
        super().__init__(daemon=True)
        self.variant = ask("SELECT v.id FROM variant v JOIN product p ON p.id = v.product WHERE p.title = 'Cold Brew Concentrate' AND v.position = 0")[0][0]

    def request(self, line):
        with socket.socket(socket.AF_UNIX) as s:
            s.settimeout(10)
            s.connect(work + "/d.sock")
            s.sendall(line.encode() + b"\n")
            return s.recv(4096)

    def say(self, text):
        """What it answers: it is in the log of the conversation."""
        last = ask("SELECT coalesce(max(id), 0) FROM conversation")[0][0]
        if not self.request("ask " + text):
            raise OSError
        said = lambda: ask("SELECT text FROM conversation WHERE id > ? AND who = 'assistant' ORDER BY id", last)
        wait_for(said, 10)
        self.request("status")  # the turn is over, and flushed
        return " ".join(row[0] for row in said())

    def ready(self):
        try:
            return bool(self.request("status"))
        except OSError:
            return False

    def buy(self):
        have = dict(part.split(":") for part in basket().split())
        have[str(self.variant)] = str(int(have.get(str(self.variant), 0)) + 1)
        note("want", " ".join("%s:%s" % pair for pair in have.items()))
        self.request("wake")
        self.say("add cold brew concentrate to my basket")
        note("have", basket())
        word = re.findall("confirm ([a-z]+)", self.say("check out"))
        if not word:
            return
        note("want", "")
        number = re.search("order (?:number )?([0-9]+)", self.say("confirm " + word[-1]).replace("number is", "number"))
        if number:
            key = ask("SELECT key FROM orders WHERE number = ?", number.group(1))
            note("order", key[0][0] if key else "number-%s-is-not-there" % number.group(1))
            count["promised_by_voice"] += 1
        note("have", basket())

    def run(self):
        try:
            while True:
                self.buy()
                count["talks"] += 1
        except (OSError, sqlite3.Error):
            pass  # it was killed


# ---- the power ----

UNDO, SECTOR = struct.Struct("<IIQQ"), 512


def sectors_before(path):
    """{number: what a sector of it was when it was flushed last, the first to be written over first}, and its size then."""
    raw, at, before, size = open(path + ".undo", "rb").read(), 0, {}, None
    while at + UNDO.size <= len(raw):
        magic, n, where, was = UNDO.unpack_from(raw, at)
        assert magic == 0x4F444E55
        there = raw[at + UNDO.size:at + UNDO.size + n]
        at += UNDO.size + n
        size = was if size is None else size
        for s in range(where // SECTOR, (where + max(n, 1) - 1) // SECTOR + 1):
            begin = max(where, s * SECTOR)
            part = there[begin - where:(s + 1) * SECTOR - where]
            before.setdefault(s, {}).setdefault(begin - s * SECTOR, part)
        for s in range((where + n) // SECTOR, (where + n) // SECTOR + 17):  # written behind the end: nothing was there
            if s * SECTOR >= was:
                before.setdefault(s, {})
    return before, size


def take_back(path, share):
    """A part of what was written since the last flush was never written, sector by sector."""
    if not os.path.exists(path + ".undo"):
        return 0
    if not os.path.exists(path) or not os.path.getsize(path + ".undo"):
        os.remove(path + ".undo")
        return 0
    before, size = sectors_before(path)
    taken = 0
    with open(path, "r+b", buffering=0) as f:
        end = f.seek(0, 2)
        for s, parts in sorted(before.items()):
            if chance.random() >= share or s * SECTOR >= end:
                continue
            taken += 1
            if s * SECTOR >= size:
                os.pwrite(f.fileno(), bytes(min(SECTOR, end - s * SECTOR)), s * SECTOR)
            for offset, part in reversed(parts.items()):  # the oldest last
                os.pwrite(f.fileno(), part, s * SECTOR + offset)
        if end > size and chance.random() < share:
            f.truncate(size)
    os.remove(path + ".undo")
    return taken


def cut_power(processes):
    for p in processes.values():
        p.send_signal(signal.SIGSTOP)
    for name, p in processes.items():
        kill(name, p)
    share = chance.choice([1.0, 1.0, 0.5, 0.1])
    taken = take_back(db, share) + take_back(db + "-wal", share)
    if os.path.exists(db + "-shm"):
        os.remove(db + "-shm")
    count["cuts"] += 1
    count["cuts_that_took"] += taken > 0
    count["sectors"] += taken


def kill(name, p):
    if p.poll() is not None:
        sys.exit("%s ended by itself with %d: see %s" % (name, p.returncode, work))
    count[name] += 1
    p.send_signal(signal.SIGKILL)
    p.wait()


# ---- rounds ----

def start_shopper(server):
    if chance.random() >= 0.05:  # each takes seconds to start
        return "shopper", subprocess.Popen([bin_dir + "/bench_shopper", db, src + "/catalog/schema", journal,
                                            str(chance.randrange(1 << 30)), str(server.pause_ms)])
    p = subprocess.Popen([bin_dir + "/shopkeeperd", "--config", work + "/d.ini"], stderr=open(work + "/shopkeeperd.log", "a"))
    talker = Talker()
    if not wait_for(talker.ready, 600):  # it may have to learn the words anew, on a busy machine
        sys.exit("shopkeeperd does not answer: see " + work)
    talker.start()
    p.talker = talker
    before = count["promised_by_voice"]
    wait_for(lambda: count["promised_by_voice"] > before, chance.choice([1, 5, 60]))
    return "shopkeeperd", p


def round_of_it(server):
    syncd = subprocess.Popen([bin_dir + "/shopkeeper-syncd", "--config", work + "/d.ini"], stderr=open(work + "/syncd.log", "a"))
    name, shopper = start_shopper(server)
    hurry()
    server_dies = chance.random() < server.kill_share
    if chance.random() < 0.5:
        time.sleep(chance.uniform(server.moment_s[0], 2 * server.moment_s[1]))
        cut_power({"syncd": syncd, name: shopper})
        victims = []
    else:
        victims = [("syncd", syncd), (name, shopper)]
        chance.shuffle(victims)
    if server_dies:
        victims.insert(chance.randrange(len(victims) + 1), ("server", server))
    for what, p in victims:
        time.sleep(chance.uniform(*server.moment_s))
        if what == "server":
            count["server"] += 1
            server.kill()
        else:
            kill(what, p)
    if name == "shopkeeperd":
        shopper.talker.join()
    if server_dies:
        server.again()
    for path in (db, db + "-wal"):  # whoever reads next recovers it, and flushes that
        if os.path.exists(path + ".undo"):
            os.remove(path + ".undo")


def prepare(server, port):
    shop = work + "/grocer"
    shutil.copytree(src + "/catalog/grocer", shop)
    ini = re.sub(r"(?m)^undo *=.*", "undo = 0\nquiet = 00:00-00:00", open(shop + "/shop.ini").read())
    ini = re.sub(r"(?m)^max_(order|day) *=.*\n", "", ini)
    open(shop + "/shop.ini", "w").write(ini)
    with open(work + "/d.ini", "w") as f:
        f.write("[shop]\ndir = %s\ndb = %s\n[server]\nurl = http://127.0.0.1:%d\nanswer_s = %d\ncatalogue_s = 1\n"
                "[audio]\ndriver = null\n[speaker]\nsocket = %s/d.sock\n" % (shop, db, port, server.answer_s, work))
    with open(os.open(db + ".token", os.O_WRONLY | os.O_CREAT, 0o600), "w") as f:
        f.write(server.token() + "\n")


def network(server, faults, port):
    return listen_port("net", [sys.executable, src + "/tests/http/network.py", work + "/net", str(server.port), "--faults", str(faults),
                               "--seed", str(chance.randrange(1 << 30)), "--port", str(port), "--late", "3", "--log", net_log])


def drain(server):
    for _ in range(200):
        hurry()
        sync_once()
        if not ask("SELECT count(*) FROM outbox WHERE NOT asks")[0][0]:
            return


def lines_of(path):
    return sum(1 for _ in open(path)) if os.path.exists(path) else 0


def main():
    server = Medusa() if os.environ.get("SHOP_URL") else Scripted()
    net, port = network(server, 0, 0)
    prepare(server, port)
    if sync_once():
        sys.exit("the first sync fails: see " + work)
    net.kill()
    net.wait()
    net, _ = network(server, 20, port)
    if isinstance(server, Scripted):
        server.kill()
        server.again()
    wrong_baskets = damaged = 0
    began = time.time()
    stopped = []
    signal.signal(signal.SIGINT, lambda *_: stopped.append(True))
    done = 0
    while done < rounds and not stopped:
        round_of_it(server)
        done += 1
        damaged += ask("PRAGMA integrity_check") != [("ok",)]
        wrong_baskets += not check_basket()
        if sys.stderr.isatty() or done % 50 == 0:
            print("%d of %d, %.0f s, baskets that are another: %d" % (done, rounds, time.time() - began, wrong_baskets), end="\r"
                  if sys.stderr.isatty() else "\n", file=sys.stderr)
    server.well()
    net.kill()
    net.wait()
    net, _ = network(server, 0, port)
    drain(server)
    promised = [line.split()[1] for line in open(journal).read().splitlines() if line.startswith("order ")]
    here = dict(ask("SELECT key, state FROM orders WHERE key IS NOT NULL"))
    there = server.orders()
    lost = [k for k in promised if k not in here] + [k for k, state in here.items() if state != "placed" or k not in there]
    doubled = [k for k in set(there) if there.count(k) > 1]
    strangers = [k for k in there if k not in here]
    print("%d rounds in %.0f s (seed %d), kill -9: syncd %d, shopper %d, shopkeeperd %d, server %d; power cuts %d, of which %d took back "
          "%d sectors that were written; bad answers %d, network faults %d" %
          (done, time.time() - began, seed, count["syncd"], count["shopper"], count["shopkeeperd"], count["server"], count["cuts"],
           count["cuts_that_took"], count["sectors"], lines_of(fault_log), lines_of(net_log)))
    print("orders %d (promised in words %d): lost %d, doubled %d, of nobody %d; baskets that are another: %d; damaged databases: %d" %
          (len(here), count["promised_by_voice"], len(lost), len(doubled), len(strangers), wrong_baskets, damaged))
    net.kill()
    if isinstance(server, Scripted):
        server.kill()
    bad = lost or doubled or strangers or wrong_baskets or damaged or not here
    bad = bad or (done >= 10 and not (lines_of(net_log) and count["cuts"]))
    if bad:
        print("kept for a look: " + work)
    else:
        shutil.rmtree(work, ignore_errors=True)
    sys.exit(1 if bad else 0)


main()
