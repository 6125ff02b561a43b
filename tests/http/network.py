#!/usr/bin/env python3
"""A bad network between a speaker and its shop's server: drops, delays and duplicates what goes through it.

    network.py PORTFILE SERVER_PORT [--faults PERCENT] [--seed N] [--late SECONDS] [--port N] [--log FILE]

Listens on a free port of 127.0.0.1 and writes it to PORTFILE. So many of a hundred requests meet one of these, at random:
  refused   the connection is closed before the request has gone on
  lost      the server gets the request, its answer gets lost
  cut       half of the answer comes
  late      the request goes on some seconds later (at most --late), even where the speaker has given up by then
  slow      the answer comes as late
  twice     the server gets the request twice at once; the speaker the second answer
  again     the server gets the request once more, some seconds later
What the server cannot be reached for ends as a connection that is closed.
"""
import http.client, os, random, socket, sys, threading, time
from http.server import BaseHTTPRequestHandler

from serving import Server

KINDS = ["refused", "lost", "cut", "late", "slow", "twice", "again"]
args = {"faults": 20.0, "seed": 1.0, "late": 3.0, "port": 0.0, "log": ""}
upstream = 0
lock = threading.Lock()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def pick(self):
        with lock:
            kind = random.choice(KINDS) if random.random() * 100 < args["faults"] else ""
            wait = random.uniform(0.1, args["late"])
            if kind and args["log"]:
                with open(args["log"], "a") as f:
                    f.write(kind + "\n")
        return kind, wait

    def pass_on(self, body):
        """(status, headers, body) of the server's answer."""
        connection = http.client.HTTPConnection("127.0.0.1", upstream, timeout=60)
        try:
            headers = {k: v for k, v in self.headers.items() if k.lower() not in ("connection", "host")}
            connection.request(self.command, self.path, body=body or None, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()

    def pass_on_later(self, wait, body):
        def run():
            time.sleep(wait)
            try:
                self.pass_on(body)
            except (OSError, http.client.HTTPException):
                pass  # the server is away just then

        threading.Thread(target=run, daemon=True).start()

    def hang_up(self):
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def answer(self, status, headers, body, cut):
        self.send_response_only(status)
        for k, v in headers:
            if k.lower() not in ("connection", "transfer-encoding", "content-length", "keep-alive"):
                self.send_header(k, v)
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
        if cut:
            self.wfile.flush()
            self.hang_up()

    def handle_one(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        kind, wait = self.pick()
        if kind == "refused":
            return self.hang_up()
        if kind == "late":
            time.sleep(wait)
        if kind == "twice":
            self.pass_on(body)
        if kind == "again":
            self.pass_on_later(wait, body)
        status, headers, answer = self.pass_on(body)
        if kind == "lost":
            return self.hang_up()
        if kind == "slow":
            time.sleep(wait)
        self.answer(status, headers, answer, kind == "cut")

    def handle_any(self):
        try:
            self.handle_one()
        except (OSError, http.client.HTTPException):
            self.close_connection = True  # one of the two sides has gone

    do_GET = do_PUT = do_POST = do_DELETE = handle_any


def main():
    global upstream
    rest, i = [], 1
    while i < len(sys.argv):
        if sys.argv[i].startswith("--"):
            name = sys.argv[i][2:]
            args[name] = sys.argv[i + 1] if name == "log" else float(sys.argv[i + 1])
            i += 1
        else:
            rest.append(sys.argv[i])
        i += 1
    random.seed(args["seed"])
    port_file, upstream = rest[0], int(rest[1])
    server = Server(("127.0.0.1", int(args["port"])), Handler)
    with open(port_file + ".new", "w") as f:
        f.write(str(server.server_address[1]))
    os.rename(port_file + ".new", port_file)
    server.serve_forever()


if __name__ == "__main__":
    main()
