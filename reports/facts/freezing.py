"""Facts as text and back: what an edition tells outlives the records that it was gathered from.

The text is canonical (sorted keys, no spaces), so that the same facts always have the same digest. A later release may
add a field to the facts if it has a default: what was frozen before is read with it.
"""

import hashlib
import json
from enum import Enum
from fractions import Fraction
from typing import get_origin

from cattrs.preconf.json import make_converter

from reports.enums import DocumentKind
from reports.facts.parts import AnnualFacts, AxisFacts, EditionSheet

Facts = AxisFacts | AnnualFacts

KINDS: dict[str, type[Facts]] = {DocumentKind.AXIS: AxisFacts, DocumentKind.ANNUAL: AnnualFacts}


def freeze(facts: Facts) -> str:
    """The facts as JSON; `thaw` gives back equal ones. Fractions are "3/4", days and moments ISO 8601."""
    return json.dumps(_converter.unstructure(facts), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def thaw(text: str, kind: str) -> Facts:
    """The facts of a document of this kind. Raises cattrs' ClassValidationError where the text is of something else."""
    return _converter.structure(json.loads(text), KINDS[kind])


def thaw_sheet(text: str) -> EditionSheet:
    """What makes the edition of a frozen document, without the rest of what it tells."""
    return _converter.structure(json.loads(text)["edition"], EditionSheet)


def digest(text: str) -> str:
    """SHA-256 of a frozen text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _in_order(members: frozenset[Enum | str]) -> list[str]:
    return sorted(member.value if isinstance(member, Enum) else member for member in members)


_converter = make_converter()
_converter.register_unstructure_hook(Fraction, str)
_converter.register_structure_hook(Fraction, lambda text, _: Fraction(text))
_converter.register_unstructure_hook_func(lambda kind: get_origin(kind) is frozenset, _in_order)
