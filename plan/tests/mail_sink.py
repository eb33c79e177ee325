"""A mail server on this machine that keeps what it takes: enough SMTP for Django's own sender."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread


class MailSink(socketserver.ThreadingTCPServer):
    """`refuses` is the answer to every address; with `hangs_up` the line breaks once a mail has come in."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int = 0, *, refuses: bytes = b"", hangs_up: bool = False):
        super().__init__(("127.0.0.1", port), _Line)
        self.refuses, self.hangs_up = refuses, hangs_up
        self.taken: list[bytes] = []

    @property
    def port(self) -> int:
        return self.server_address[1]

    @property
    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=policy.default) for raw in self.taken]


class _Line(socketserver.StreamRequestHandler):
    server: MailSink

    def handle(self) -> None:
        self._say(b"220 sink")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self._say(b"354 go on")
                self.server.taken.append(self._text())
                if self.server.hangs_up:
                    return
            refused = self.server.refuses if verb == b"RCPT" else b""
            self._say(refused or (b"221 bye" if verb == b"QUIT" else b"250 ok"))

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")

    def _text(self) -> bytes:
        return b"".join(iter(self.rfile.readline, b".\r\n"))


@contextmanager
def mail_sink(port: int = 0, **habits) -> Iterator[MailSink]:
    """One that runs until the block ends; nothing listens at its port afterwards."""
    with MailSink(port, **habits) as sink:
        thread = Thread(target=sink.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield sink
        finally:
            sink.shutdown()
            thread.join()
