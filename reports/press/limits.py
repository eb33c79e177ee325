"""How much one document may take: set on the process that lays it out, so that a worker outlives any document."""

MEGABYTE = 1024 * 1024

#: Address space, which is about three times the memory in use; a whole plan stays under half of it.
MEMORY_BYTES = 2048 * MEGABYTE
#: Processor time and, doubled, patience: a whole plan takes under half a minute on a small machine.
SECONDS = 240
