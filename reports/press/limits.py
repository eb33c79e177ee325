"""How much one document may take: set on each process that works on it, so that a worker outlives any document."""

MEGABYTE = 1024 * 1024

#: How many parts of a document are laid out at the same time.
LANES = 2
#: Address space of each process, which is about three times the memory in use.
MEMORY_BYTES = 1024 * MEGABYTE
#: Processor time of each process and, doubled, patience: a whole plan takes under half a minute on a small machine.
SECONDS = 240
#: How the press ends when a document would take more.
OVER_LIMIT = 3
