"""A port that nobody else is given while its server is stopped: below those that the system hands out by itself, from which
tests that run at the same time get theirs."""
import random
import socket

given = set()


def free_port():
    while True:
        port = random.randrange(20000, 32000)
        if port in given:
            continue
        with socket.socket() as s:
            try:
                s.bind(("127.0.0.1", port))
            except OSError:
                continue
        given.add(port)
        return port
