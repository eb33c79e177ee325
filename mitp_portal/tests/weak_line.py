"""A line between browser and portal that drops: a relay of bytes which stops where a test says."""

import socket
from collections.abc import Callable
from contextlib import suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread


class WeakLine(ThreadingTCPServer):
    """Relays to the portal at `target`.

    `carries` bounds the bytes that one connection takes up to the portal; beyond it the line is cut.
    `loses_answers_above` cuts instead when the portal answers a request of more bytes than that.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, target: tuple[str, int]) -> None:
        super().__init__(("127.0.0.1", 0), Relay)
        self.target = target
        self.carries: int | None = None
        self.loses_answers_above: int | None = None

    def mend(self) -> None:
        self.carries = self.loses_answers_above = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_address[1]}"

    def handle_error(self, request, client_address) -> None:
        """A line that is cut is no error here."""


class Relay(BaseRequestHandler):
    server: WeakLine

    def handle(self) -> None:
        self.went_up = 0
        with socket.create_connection(self.server.target) as portal:
            down = Thread(target=self.pump, args=(portal, self.request, self.may_go_down), daemon=True)
            down.start()
            self.pump(self.request, portal, self.may_go_up)
            down.join()

    def pump(self, source: socket.socket, sink: socket.socket, may_pass: Callable[[int], bool]) -> None:
        with suppress(OSError):
            while (content := source.recv(16_384)) and may_pass(len(content)):
                sink.sendall(content)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def may_go_up(self, size: int) -> bool:
        self.went_up += size
        return self.server.carries is None or self.went_up <= self.server.carries

    def may_go_down(self, size: int) -> bool:
        limit = self.server.loses_answers_above
        return limit is None or self.went_up <= limit
