"""How large, how many, how long: every bound that the file checks apply (SECURITY, Evidence files)."""

MEGABYTE = 1024 * 1024

MAX_FILE_BYTES = 25 * MEGABYTE
MAX_NAME_LENGTH = 150
# An edition that comes back, signed or to be recognised: what signatures add is small.
MAX_SENT_BYTES = 30 * MEGABYTE

# A real report of 25 MB is mostly pictures, which hardly unpack; text packs 5 to 30 times.
MAX_ARCHIVE_MEMBERS = 2_000
MAX_UNPACKED_BYTES = 200 * MEGABYTE
MAX_PACKING_RATIO = 100

MAX_IMAGE_PIXELS = 50_000_000

MAX_SEARCHED_CHARACTERS = 2_000_000

# A whole annual report is inspected in about a second; the web server gives up on a request after 30.
INSPECTION_SECONDS = 15
INSPECTION_MEMORY_BYTES = 1024 * MEGABYTE

# Pages as images: as wide as a screen shows them; what is longer is read by downloading the file.
MAX_PAGES = 40
PAGE_WIDTH = 1240
MAX_PAGE_HEIGHT = 4 * PAGE_WIDTH
MAX_PAGES_BYTES = 20 * MEGABYTE
# In the task queue nobody waits for an answer. The first half of the time is for pages, the rest is patience.
RENDERING_SECONDS = 60
