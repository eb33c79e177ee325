"""One document from standard input to standard output, within bounds set before the first byte of it is read."""

import json
import resource
import sys

from reports.press.assembly import assemble
from reports.press.lanes import LaneError
from reports.press.limits import MEMORY_BYTES, OVER_LIMIT, SECONDS


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        pdf = assemble(**json.load(sys.stdin.buffer), tell=_tell)
    except MemoryError:
        sys.exit(OVER_LIMIT)
    except LaneError as error:
        sys.exit(OVER_LIMIT if error.is_over_limit else str(error))
    sys.stdout.buffer.write(b"\n" + pdf)


def _tell(percent: int) -> None:
    sys.stdout.buffer.write(b"%d\n" % percent)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
