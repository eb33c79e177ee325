"""Has a page laid out as PDF by processes of their own, so that neither time nor memory of a worker depends on it."""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE
from tempfile import TemporaryDirectory, TemporaryFile
from threading import Timer
from typing import IO, cast

from django.contrib.staticfiles import finders

from reports.press.limits import OVER_LIMIT, SECONDS

logger = logging.getLogger(__name__)

SOURCE_ROOT = Path(__file__).parents[2]
#: Everything that a document may use: its style sheets, typefaces, marks and watermark.
RESOURCES = (
    "informe.css",
    "informe-marco.css",
    "informe-borrador.css",
    "informe-graficos.css",
    "informe/borrador.svg",
    "informe/executed.svg",
    "informe/fulfilled.svg",
    "informe/in_progress.svg",
    "informe/not_started.svg",
    "informe/on_track.svg",
    "informe/overdue.svg",
    "informe/suppressed.svg",
    "informe/unreported.svg",
    "fonts/roboto/Roboto[wdth,wght].ttf",
    "fonts/roboto/Roboto-Italic[wdth,wght].ttf",
    "fonts/roboto-slab/RobotoSlab[wght].ttf",
)
COMMAND = (sys.executable, "-s", "-m", "reports.press")
#: Nothing of ours reaches the press. Embedded typefaces would bear the second in which they were cut to size.
ENVIRONMENT = {"SOURCE_DATE_EPOCH": "0", "LANG": "C.UTF-8"}


class PrintingError(Exception):
    """The document could not be laid out; the text is a sentence for the reader."""


TOO_LARGE = "El documento es demasiado grande para componerlo; avise a la administración del portal."
FAILED = "No fue posible componer el documento; avise a la administración del portal."

#: Hears how far something has come, in percent.
Tell = Callable[[int], None]


def silent(percent: int) -> None:
    """For those who wait."""


def print_pdf(html: str, tell: Tell = silent) -> bytes:
    """The page as a tagged PDF: the same bytes for the same page. Raises PrintingError."""
    with TemporaryFile() as job, TemporaryFile() as errors:
        job.write(json.dumps({"html": html, "resources": resources()}).encode())
        job.seek(0)
        status, pdf = _run(job, errors, tell)
        errors.seek(0)
        complaints = errors.read().decode(errors="replace").strip()
    if complaints:
        logger.warning("Laying out a document: %s", complaints[-2000:])
    if status:
        raise PrintingError(TOO_LARGE if status < 0 or status == OVER_LIMIT else FAILED)
    return pdf


def resources() -> dict[str, str]:
    """Paths of what a document may use, by the name by which its pages refer to them."""
    return {name: str(finders.find(name)) for name in RESOURCES}


def _run(job: IO[bytes], errors: IO[bytes], tell: Tell) -> tuple[int, bytes]:
    """Exit status and PDF of the press. When patience ends, it ends with all its processes: they are a session.

    What they leave behind goes with them: a process that ends at once does not tidy up the typefaces it has cut.
    """
    with (
        TemporaryDirectory() as scraps,
        subprocess.Popen(  # noqa: S603 - the command is ours, the page arrives by standard input
            COMMAND,
            stdin=job,
            stdout=PIPE,
            stderr=errors,
            env=ENVIRONMENT | {"TMPDIR": scraps},
            cwd=SOURCE_ROOT,
            start_new_session=True,
        ) as press,
    ):
        patience = Timer(2 * SECONDS, _end, [press])
        patience.start()
        try:
            pdf = _listen(cast(IO[bytes], press.stdout), tell)
            return press.wait(), pdf
        finally:
            patience.cancel()
            _end(press)


def _listen(answer: IO[bytes], tell: Tell) -> bytes:
    """The PDF, after lines that say how far it has come and an empty one."""
    while share := answer.readline().strip():
        tell(int(share))
    return answer.read()


def _end(press: subprocess.Popen) -> None:
    """Its other processes too, which outlive it when it is killed and hold the answer open."""
    with suppress(ProcessLookupError):
        os.killpg(press.pid, signal.SIGKILL)
