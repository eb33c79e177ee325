"""A portal in processes of its own on the test's database, which a test can kill as a failing machine would."""

import os
import signal
import socket
import subprocess
import sys
import time

from django.conf import settings
from django.db import connection

START_SECONDS = 60


class MortalServer:
    """The web process as `make run` starts it: gunicorn with its workers. Only on SQLite, whose file both read."""

    def __init__(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
            "PRIVATE_MEDIA_ROOT": str(settings.PRIVATE_MEDIA_ROOT),
            "SECRET_KEY": settings.SECRET_KEY,
            "DEBUG": "on",
        }
        command = ["-m", "gunicorn", "mitp_portal.wsgi", "--bind", f"127.0.0.1:{self.port}", "--threads", "4"]
        self.process = subprocess.Popen(
            [sys.executable, *command, "--log-level", "critical"],
            cwd=settings.BASE_DIR,
            env=environment,
            start_new_session=True,
        )
        self._wait_until_it_answers()

    def kill(self) -> None:
        """All its processes at once, with no chance to tidy up."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def _wait_until_it_answers(self) -> None:
        for _ in range(START_SECONDS * 10):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("The server did not start.")
