"""Bounds on the process that opens an untrusted file, set before the first byte of it is read."""

import json
import resource
import sys
from collections.abc import Callable
from typing import Any

from plan.files.limits import INSPECTION_MEMORY_BYTES, INSPECTION_SECONDS, RENDERING_SECONDS

INSPECTING = {
    resource.RLIMIT_CPU: INSPECTION_SECONDS,
    resource.RLIMIT_AS: INSPECTION_MEMORY_BYTES,
    resource.RLIMIT_FSIZE: 0,
}
# Standard input, output and error are open already: beyond them no file is opened and no connection is made.
DRAWING = {**INSPECTING, resource.RLIMIT_CPU: RENDERING_SECONDS, resource.RLIMIT_NOFILE: 3}


def answer_confined(probe: Callable[[bytes], dict[str, Any]], bounds: dict[int, int] = INSPECTING) -> None:
    """Answers on standard output what `probe` sees in standard input; no time, memory or file beyond the bounds."""
    for bound, value in bounds.items():
        resource.setrlimit(bound, (value, value))
    json.dump(probe(sys.stdin.buffer.read()), sys.stdout)
