"""Keeps a server busy: busy.py ADDRESS PORT CLIENTS SECONDS.

Each client keeps its connection and sends the next request as soon as an answer arrives. A client whose
connection is closed connects again. At the end, the script prints how many clients had an answer.
"""

import selectors
import socket
import sys
import time

REQUEST = b"GET /predictionForTomorrow HTTP/1.1\r\nHost: x\r\n\r\n"


def connect(selector: selectors.BaseSelector, server: tuple[str, int]) -> None:
    client = socket.socket()
    client.setblocking(False)
    client.connect_ex(server)
    selector.register(client, selectors.EVENT_WRITE)


def serve(selector: selectors.BaseSelector, client: socket.socket, event: int) -> bool:
    """Sends the next request, and returns whether an answer had arrived before."""
    answered = event == selectors.EVENT_READ
    if answered and not client.recv(1 << 14):
        raise ConnectionError("the server has closed the connection")
    if client.send(REQUEST) and not answered:
        selector.modify(client, selectors.EVENT_READ)
    return answered


def main() -> None:
    server = (sys.argv[1], int(sys.argv[2]))
    selector = selectors.DefaultSelector()
    for _ in range(int(sys.argv[3])):
        connect(selector, server)
    end = time.monotonic() + float(sys.argv[4])
    served = set()
    answers = 0
    while time.monotonic() < end:
        for key, event in selector.select(timeout=0.1):
            try:
                if serve(selector, key.fileobj, event):
                    served.add(key.fd)
                    answers += 1
            except OSError:
                selector.unregister(key.fileobj)
                key.fileobj.close()
                connect(selector, server)
    print(f"{len(served)} clients got {answers} answers")


main()
