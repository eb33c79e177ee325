"""The figures of a document as files: the same facts that its pages are printed from, a draft's or an edition's."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from reports.exports import calculations
from reports.exports.about import metadata, title_of
from reports.exports.files import CSV_CONTENT_TYPE, XLSX_CONTENT_TYPE, to_csv, workbook
from reports.exports.matrix import matrix_dataset
from reports.exports.sheets import sheets_of
from reports.facts.freezing import Facts
from reports.facts.parts import ActionFacts
from reports.plan_pages.calculation import Calculation, Side
from reports.plan_pages.discretion import NOBODY
from reports.plan_pages.sight import Veil, bearers, veil_over

JSON_CONTENT_TYPE = "application/json"


@dataclass(frozen=True, slots=True)
class Format:
    """How facts are written; `write` takes them and the digest of the snapshot of an edition."""

    content_type: str
    write: Callable[..., bytes]


def facts_as_xlsx(facts: Facts, fingerprint: str = "") -> bytes:
    """The matrix, what is printed beside it, and what the file is: the same bytes for the same facts."""
    tables = {"Matriz": matrix_dataset(facts)} | sheets_of(facts)
    return workbook(tables, metadata(facts, fingerprint), dated_at=facts.result.known_at)


def facts_as_csv(facts: Facts, fingerprint: str = "") -> bytes:
    """The matrix alone: a CSV has one table, and no place for a fingerprint."""
    return to_csv(matrix_dataset(facts))


def facts_as_json(facts: Facts, fingerprint: str = "") -> bytes:
    """The calculation tree under what the document is, with the index of the evidence. Its rows by institution are
    left out, for they are not for every reader of a document (SECURITY, Access 6)."""
    veil = veil_over(bearers(), NOBODY)
    tree = calculations.document(facts.result, _for_all(facts.calculation, veil)) if facts.calculation else {}
    told = {
        "document": title_of(facts),
        "edition": _edition(facts, fingerprint),
        "demonstration": facts.plan.has_demo_data,
        **tree,
        "evidence": [line for action in facts.actions for line in _evidence(action)],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _for_all(node: Calculation, veil: Veil) -> Calculation:
    return replace(
        node,
        verified=_side_for_all(node.verified, veil),
        informed=_side_for_all(node.informed, veil),
        advances=tuple(advance for advance in node.advances if advance.target.institution_id is None),
        goals=tuple(goal for goal in node.goals if goal.target.institution_id is None),
        duties=(),
        means=(),
        parts=tuple(_for_all(part, veil) for part in node.parts),
    )


def _side_for_all(side: Side, veil: Veil) -> Side:
    trace = veil.trace(side.trace)
    left_out = side.trace.left_out + trace.left_out
    return replace(side, trace=replace(trace, left_out=left_out), inputs=())


def _edition(facts: Facts, fingerprint: str) -> dict[str, Any] | None:
    if facts.edition is None:
        return None
    issued_at = facts.edition.issued_at.isoformat()
    return asdict(facts.edition) | {"issued_at": issued_at, "snapshot_sha256": fingerprint}


def _evidence(action: ActionFacts) -> list[dict[str, Any]]:
    told = ({"action": action.result.code} | asdict(line) for line in action.evidence)
    return [line | {"filed_on": line["filed_on"].isoformat()} for line in told]


#: By the extension of the file.
FORMATS = {
    "xlsx": Format(XLSX_CONTENT_TYPE, facts_as_xlsx),
    "csv": Format(CSV_CONTENT_TYPE, facts_as_csv),
    "json": Format(JSON_CONTENT_TYPE, facts_as_json),
}
