"""Has an untrusted file opened by another process, with bounded time and memory (see `probes`)."""

import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

from plan.files.errors import FileRejected
from plan.files.limits import INSPECTION_SECONDS, MAX_IMAGE_PIXELS, RENDERING_SECONDS

logger = logging.getLogger(__name__)

SOURCE_ROOT = Path(__file__).parents[2]
# The clock allows twice the processor time, so that a busy machine does not refuse honest files.
PATIENCE_SECONDS = 2 * INSPECTION_SECONDS

PROBLEMS = {
    "damaged": "El archivo está dañado o incompleto; guárdelo de nuevo desde su programa y vuelva a subirlo.",
    "encrypted": "El PDF está protegido con contraseña o con restricciones; guárdelo sin protección y súbalo de nuevo.",
    "script": "El PDF contiene programas (JavaScript); imprímalo a un PDF nuevo y suba ese.",
    "launch": "El PDF intenta abrir otros programas; imprímalo a un PDF nuevo y suba ese.",
    "embedded": "El PDF lleva otros archivos adjuntos en su interior; súbalo sin ellos, cada archivo por separado.",
    "too_many_pixels": (
        f"La imagen tiene más de {MAX_IMAGE_PIXELS // 1_000_000} millones de píxeles; redúzcala y súbala de nuevo."
    ),
}
UNINSPECTABLE = "No fue posible revisar el archivo porque es demasiado complejo; guarde una versión más simple."


def inspect_apart(probe: str, content: bytes) -> dict[str, Any]:
    """What the probe "pdf" or "image" saw in `content`; FileRejected with its problem, or if it could not finish."""
    return _answer(probe, content, PATIENCE_SECONDS)


def draw_apart(probe: str, content: bytes) -> dict[str, Any]:
    """The pages that the probe "pdf_pages", "image_pages" or "text_pages" drew; FileRejected as `inspect_apart`."""
    return _answer(probe, content, 2 * RENDERING_SECONDS)


def _answer(probe: str, content: bytes, patience: float) -> dict[str, Any]:
    command = [sys.executable, "-E", "-s", "-m", f"plan.files.probes.{probe}"]
    try:
        finished = subprocess.run(  # noqa: S603 - the command is ours, the file arrives by standard input
            command, input=content, capture_output=True, env={}, cwd=SOURCE_ROOT, timeout=patience, check=True
        )
        seen: dict[str, Any] = json.loads(finished.stdout)
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        logger.warning("A file could not be inspected: %s", type(error).__name__)
        raise FileRejected(UNINSPECTABLE) from error
    if seen["problem"]:
        raise FileRejected(PROBLEMS[seen["problem"]])
    return seen
