"""One document from standard input to standard output, within bounds set before the first byte of it is read."""

import json
import resource
import sys

from reports.press.layout import lay_out
from reports.press.limits import MEMORY_BYTES, SECONDS


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.stdout.buffer.write(lay_out(**json.load(sys.stdin.buffer)))


if __name__ == "__main__":
    main()
