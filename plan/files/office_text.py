"""The words of an office file, as far as they are needed to look for personal data in them."""

import html
import re
from dataclasses import dataclass

from plan.files.archives import opened_archive
from plan.files.limits import MAX_SEARCHED_CHARACTERS

# XML is heavier than its words; beyond this the search is told to be partial.
MAX_XML_BYTES = 20 * MAX_SEARCHED_CHARACTERS

# Ends of paragraphs, cells, shared strings; other tags join, since a word is often cut into several runs.
BREAK = re.compile(
    r"</(?:\w+:)?(?:p|h|c|si|is|row|table-cell|t[cr]|comment)>|<(?:\w+:)?(?:br|tab|cr|line-break|s)\b[^<>]*>"
)
TAG = re.compile(r"<[^<>]*>")
# No longer than real ones are: the number in an endless one could not even be computed.
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|[a-z]{2,4});")


@dataclass(frozen=True)
class FoundText:
    """Words read from a file; `is_whole` is False where a limit or an unreadable page cut them short."""

    text: str
    is_whole: bool


def read_office_text(content: bytes) -> FoundText:
    """The words in the XML members of an office file that `archives.check_archive` has accepted."""
    texts = []
    remaining = MAX_XML_BYTES
    with opened_archive(content) as archive:
        for info in archive.infolist():
            if not info.filename.endswith(".xml") or remaining <= 0:
                continue
            with archive.open(info) as member:
                xml = member.read(remaining)
            remaining -= info.file_size
            texts.append(words_of_xml(xml))
    return FoundText("\n".join(texts), is_whole=remaining >= 0)


def words_of_xml(xml: bytes) -> str:
    """The text between the tags; no XML parser is involved, so no entity can unfold."""
    encoding = "utf-16" if xml.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    broken = BREAK.sub("\n", xml.decode(encoding, errors="replace"))
    return ENTITY.sub(lambda entity: html.unescape(entity.group()), TAG.sub("", broken))
