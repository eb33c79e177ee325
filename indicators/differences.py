"""What changed between two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

#: A word with the space behind it, so that the pieces join into the text again.
WORD = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class Piece:
    """A stretch of text that both have, that only the older has (`is_removed`), or only the newer (`is_added`)."""

    text: str
    is_removed: bool = False
    is_added: bool = False


def differences(before: str, now: str) -> list[Piece]:
    """The newer text in pieces, with what was removed of the older one in its place."""
    old, new = WORD.findall(before), WORD.findall(now)
    pieces: list[Piece] = []
    for change, *(old_from, old_to, new_from, new_to) in _compared(old, new):
        if change == "equal":
            pieces.append(Piece("".join(new[new_from:new_to])))
            continue
        removed, added = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        pieces += [Piece(removed, is_removed=True)] if removed else []
        pieces += [Piece(added, is_added=True)] if added else []
    return pieces


def _compared(old: list[str], new: list[str]):
    bare_old, bare_new = [word.strip() for word in old], [word.strip() for word in new]
    return SequenceMatcher(None, bare_old, bare_new, autojunk=False).get_opcodes()
