"""A network that misbehaves in a repeatable way: takes datagrams on one port and passes them on to another."""

import random
import socket
import threading


class Relay:
    """Passes datagrams from one local port to another; shuffles, doubles and drops by a seeded plan, and drops the first few."""

    def __init__(self, port, target, *, seed, window=1, duplicate=0.0, drop=0.0, drop_first=0):
        self._random = random.Random(seed)
        self._window, self._duplicate, self._drop = window, duplicate, drop
        self._target = ("127.0.0.1", target)
        self._held = []
        self._drop_first = drop_first
        self.dropped = 0
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self._socket.bind(("127.0.0.1", port))
        self._socket.settimeout(0.2)
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self):
        while not self._closed.is_set():
            try:
                self._take(self._socket.recv(65536))
            except TimeoutError:
                self._pass_on(0)

    def _take(self, datagram):
        if self._drop_first > 0 or self._random.random() < self._drop:
            self._drop_first -= 1
            self.dropped += 1
            return
        copies = 2 if self._random.random() < self._duplicate else 1
        self._held.extend([datagram] * copies)
        self._pass_on(self._window - 1)

    def _pass_on(self, keep):
        while len(self._held) > keep:
            self._socket.sendto(self._held.pop(self._random.randrange(len(self._held))), self._target)

    def close(self):
        """Stops passing on."""
        self._closed.set()
        self._thread.join(5)
        self._socket.close()
