"""Floods a server: flood.py ADDRESS PORT.

160 clients at a time send 1,600 bursts of 100 requests each and hardly wait for the answers. It is the
flood of ApiFaultsTest, for a server in a pod.
"""

import socket
import sys
from concurrent.futures import ThreadPoolExecutor

BURST = b"GET /predictionForTomorrow HTTP/1.1\r\nHost: x\r\n\r\n" * 100


def flood(address: str, port: int) -> None:
    try:
        with socket.create_connection((address, port), timeout=1) as client:
            client.sendall(BURST)
            client.recv(1 << 14)
    except OSError:
        pass  # a server with limits may refuse a client


with ThreadPoolExecutor(160) as clients:
    for _ in range(1_600):
        clients.submit(flood, sys.argv[1], int(sys.argv[2]))
