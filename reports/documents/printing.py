"""Has a page laid out as PDF by a process of its own, so that neither time nor memory of a worker depends on it."""

import json
import logging
import subprocess
import sys
from pathlib import Path

from django.contrib.staticfiles import finders

from reports.press.limits import SECONDS

logger = logging.getLogger(__name__)

SOURCE_ROOT = Path(__file__).parents[2]
#: Everything that a document may use: its style sheets, typefaces, marks and watermark.
RESOURCES = (
    "informe.css",
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
#: Nothing of ours reaches the process. Embedded typefaces would bear the second in which they were cut to size.
ENVIRONMENT = {"SOURCE_DATE_EPOCH": "0", "LANG": "C.UTF-8"}


class PrintingError(Exception):
    """The document could not be laid out; the text is a sentence for the reader."""


TOO_LARGE = "El documento es demasiado grande para componerlo; avise a la administración del portal."
FAILED = "No fue posible componer el documento; avise a la administración del portal."


def print_pdf(html: str) -> bytes:
    """The page as a tagged PDF: the same bytes for the same page. Raises PrintingError."""
    job = json.dumps({"html": html, "resources": resources()}).encode()
    command = [sys.executable, "-s", "-m", "reports.press"]
    try:
        finished = subprocess.run(  # noqa: S603 - the command is ours, the page arrives by standard input
            command, input=job, capture_output=True, env=ENVIRONMENT, cwd=SOURCE_ROOT, timeout=2 * SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PrintingError(TOO_LARGE) from error
    complaints = finished.stderr.decode(errors="replace").strip()
    if complaints:
        logger.warning("Laying out a document: %s", complaints[-2000:])
    if finished.returncode:
        raise PrintingError(TOO_LARGE if "MemoryError" in complaints or finished.returncode < 0 else FAILED)
    return finished.stdout


def resources() -> dict[str, str]:
    """Paths of what a document may use, by the name by which its pages refer to them."""
    return {name: str(finders.find(name)) for name in RESOURCES}
