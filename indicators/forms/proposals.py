"""A first reviewer's proposal, back in the form for the second: one click confirms it, any field can be changed."""

from typing import Any

from indicators.anchors import without_page
from indicators.forms.review import ReviewEntry
from indicators.rounds import Round

Proposal = dict[str, Any]


def proposed_entry(round_: Round, proposal: Proposal) -> ReviewEntry:
    """The form with what `Resolution.summary` kept; what the proposal leaves open stands as it was reported."""
    data = ReviewEntry(round_).as_shown()
    for name, value in _typed(proposal).items():
        data.setlist(name, [str(v) for v in value] if isinstance(value, list) else [str(value)])
    return ReviewEntry.showing(round_, data)


def _typed(proposal: Proposal) -> dict[str, object]:
    """Fields of the page and what was typed into them."""
    typed: dict[str, object] = {"reason": proposal["reason"]}
    typed |= {f"v{means}-verdict": verdict for means, verdict in proposal["verdicts"].items()}
    for evidence, reason in proposal["struck"].items():
        typed |= {f"e{evidence}-strike": "on", f"e{evidence}-reason": reason}
    for figures in proposal.get("values", []):
        typed |= _figures(figures)
    for remark in proposal.get("remarks", []):
        typed |= _remark(remark)
    return typed


def _figures(figures: Proposal) -> dict[str, object]:
    prefix = f"f{figures['reported']}"
    if not figures["rows"]:
        changes = {f"{prefix}-{name}": value for name, value in figures["changes"].items()}
        return changes | {f"{prefix}-reason": figures["reason"]}
    typed: dict[str, object] = {}
    for row in figures["rows"]:
        (amount,) = row["amounts"].values()
        typed |= {f"{prefix}-row{row['row']}": amount, f"{prefix}-reason{row['row']}": row["reason"]}
    return typed


def _remark(remark: Proposal) -> dict[str, object]:
    place, page = without_page(remark["anchor"])
    return {
        f"o-{place}-kind": remark["kind"],
        f"o-{place}-text": remark["text"],
        f"o-{place}-page": "" if page is None else page,
    }
