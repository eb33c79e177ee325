"""A press that lays nothing out, for stories about what happens around a document."""

import pytest

from reports.editions import producing


def paper(facts, fingerprint: str) -> bytes:
    """Stands for the PDF: different for every edition and every snapshot."""
    return f"%PDF-1.7 {facts.edition.folio if facts.edition else ''} {fingerprint}".encode()


@pytest.fixture
def quick_press(monkeypatch):
    """Prints editions at once; gives the facts of what was printed."""
    printed = []

    def print_facts(facts, fingerprint, tell):
        printed.append(facts)
        tell(15)
        return paper(facts, fingerprint)

    monkeypatch.setattr(producing, "print_facts", print_facts)
    return printed
