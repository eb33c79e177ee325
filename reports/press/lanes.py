"""Does pieces of work side by side, each in a process of its own that ends with it and gives its memory back."""

import gc
import multiprocessing
import sys
import tempfile
from collections.abc import Callable, Hashable, Iterator, Mapping
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import BinaryIO, TypeVar

from reports.press.limits import LANES, OVER_LIMIT

Key = TypeVar("Key", bound=Hashable)
Job = Callable[[], bytes]


class LaneError(Exception):
    """A piece of work was not done: its process has said why, or was ended for taking more than its limits."""

    def __init__(self, exit_code: int):
        super().__init__(f"A process ended with {exit_code}")
        self.is_over_limit = exit_code < 0 or exit_code == OVER_LIMIT


def side_by_side(jobs: Mapping[Key, Job]) -> Iterator[tuple[Key, bytes]]:
    """The results as they come. Jobs are begun in their order, as many at once as there are lanes."""
    waiting = list(jobs.items())
    running: dict[object, tuple[Key, BaseProcess, BinaryIO]] = {}
    while waiting or running:
        while waiting and len(running) < LANES:
            key, job = waiting.pop(0)
            process, result = _begin(job)
            running[process.sentinel] = key, process, result
        for sentinel in wait([process.sentinel for _, process, _ in running.values()]):
            key, process, result = running.pop(sentinel)
            yield key, _finish(process, result)


def _begin(job: Job) -> tuple[BaseProcess, BinaryIO]:
    """A copy of this process, with all that it has imported, and the file into which it writes."""
    result = tempfile.TemporaryFile()  # noqa: SIM115 - whoever finishes the process closes it
    process = multiprocessing.get_context("fork").Process(target=_do, args=(job, result), daemon=True)
    process.start()
    return process, result


def _do(job: Job, result: BinaryIO) -> None:
    # Nothing that the job leaves is worth collecting: the process ends with it.
    gc.disable()
    try:
        result.write(job())
        result.flush()
    except MemoryError:
        sys.exit(OVER_LIMIT)


def _finish(process: BaseProcess, result: BinaryIO) -> bytes:
    process.join()
    with result:
        if process.exitcode:
            raise LaneError(process.exitcode)
        result.seek(0)
        return result.read()
