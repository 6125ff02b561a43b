"""A socket of shopkeeperd's that passes everything on and writes down what goes through: tap.py LISTEN TO LOG"""
import socket
import sys

listen_path, to_path, log_path = sys.argv[1:]
server = socket.socket(socket.AF_UNIX)
server.bind(listen_path)
server.listen(8)
log = open(log_path, "a", buffering=1)
while True:
    client, _ = server.accept()
    with client:
        line = client.makefile("rb").readline()
        speaker = socket.socket(socket.AF_UNIX)
        try:
            speaker.connect(to_path)
        except OSError:
            continue  # nobody there: hung up without an answer
        with speaker:
            speaker.sendall(line)
            answer = speaker.makefile("rb").readline()
        print(line.decode().strip(), answer.decode().strip(), file=log)
        try:
            client.sendall(answer)
        except OSError:
            pass
