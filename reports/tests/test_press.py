"""The press: a document is cut, its parts are laid out side by side, and nobody sees that it ever was in parts."""

import os
import signal
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest

from reports.documents import printing
from reports.press import assembly, parts
from reports.press.assembly import assemble
from reports.press.lanes import LaneError, side_by_side
from reports.tests.pdfs import opened, read_aloud, text_of

HEAD = """<html lang="es-CL"><head><title>Informe</title><link rel="stylesheet" href="informe.css">
<link rel="stylesheet" href="informe-marco.css" media="marco"></head>"""
OPENING = f'{HEAD}\n<body data-documento="MITP" data-fechas="Corte" data-pie="Pie">'
CONTENTS = """<section class="hoja">
<h2>Contenido</h2>
<ol class="indice">
<li data-pagina="uno"><a href="#uno">Uno</a></li>
<li data-pagina="dos"><a href="#dos">Dos</a></li>
</ol>
</section>
"""
DOCUMENT = f"""{OPENING}
<header class="portada"><h1>Informe</h1></header>
<main>
{CONTENTS}<section class="hoja">
<h2 id="uno">Uno</h2>
{"<p>Texto.</p>" * 200}
</section>
<section class="hoja">
<h3>Sigue uno</h3>
</section>
<section class="apaisada">
<h2 id="dos">Dos</h2>
<p>Véase <a href="#uno">la primera</a>.</p>
</section>
</main>
</body>
</html>
"""


@pytest.fixture(autouse=True)
def _as_the_press_is_begun(monkeypatch, tmp_path):
    """No dates in typefaces, and what the lanes leave behind goes with the test."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", printing.ENVIRONMENT["SOURCE_DATE_EPOCH"])
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


@pytest.fixture
def in_many_parts(monkeypatch):
    monkeypatch.setattr(parts, "SHORTEST", 1)


@pytest.fixture
def document(in_many_parts):
    with opened(made()) as document:
        yield document


def made(tell=printing.silent) -> bytes:
    return assemble(DOCUMENT, printing.resources(), tell)


# Cut --------------------------------------------------------------------------------------------------------------
def test_a_document_is_cut_in_front_of_sections_that_begin_a_page_with_a_heading_of_their_own(in_many_parts):
    first, one, two = parts.cut(DOCUMENT)
    assert [text.startswith(OPENING) for text in (first, one, two)] == [True] * 3
    assert ('class="portada"' in first, CONTENTS in first) == (True, True)
    assert ('id="uno"' in one, "Sigue uno" in one, 'id="dos"' in two) == (True, True, True)


def test_short_sections_share_a_part_except_with_one_that_asks_for_pages():
    first, rest = parts.cut(DOCUMENT)
    assert CONTENTS in first
    assert ('id="uno"' in rest, 'id="dos"' in rest) == (True, True)


def test_a_page_without_sections_is_one_part():
    assert parts.cut("<p>Nada</p>") == ["<p>Nada</p>"]


# Laid out side by side ----------------------------------------------------------------------------------------------
def test_jobs_answer_under_their_names():
    jobs = {name: lambda name=name: name * 100_000 for name in (b"a", b"b", b"c")}
    assert dict(side_by_side(jobs)) == {b"a": b"a" * 100_000, b"b": b"b" * 100_000, b"c": b"c" * 100_000}


def test_a_job_that_fails_stops_the_document_but_is_not_too_large():
    with pytest.raises(LaneError) as raised:
        list(side_by_side({"bad": lambda: 1 // 0}))
    assert not raised.value.is_over_limit


def end_of_memory():
    raise MemoryError


@pytest.mark.parametrize("job", [end_of_memory, lambda: os.kill(os.getpid(), signal.SIGXCPU)])
def test_a_job_that_takes_more_than_it_may_is_too_large(job):
    with pytest.raises(LaneError) as raised:
        list(side_by_side({"large": job}))
    assert raised.value.is_over_limit


def test_it_tells_how_far_it_has_come_as_parts_are_done(in_many_parts):
    told = []
    made(told.append)
    assert len(told) == 3
    assert told == sorted(told)
    assert told[-1] == 100


def test_the_same_bytes_whichever_part_is_done_first(in_many_parts, monkeypatch):
    first = made()
    monkeypatch.setattr(assembly, "side_by_side", lambda jobs: [(key, jobs[key]()) for key in reversed(jobs)])
    assert made() == first


# Joined -------------------------------------------------------------------------------------------------------------
def test_pages_are_counted_over_all_parts_except_on_the_cover(in_many_parts):
    cover, *pages = text_of(made()).split("\f")[:-1]
    assert "Página" not in cover
    assert len(pages) > 4
    for number, page in enumerate(pages, start=2):
        assert f"Página {number} de {len(pages) + 1}" in page


def test_the_contents_say_on_which_page_each_place_is(in_many_parts):
    pdf = made()
    last = text_of(pdf).count("\f")
    assert read_aloud(pdf).startswith(f"Informe Contenido Uno 3 Dos {last} ")


def test_links_lead_into_other_parts(document):
    pages = list(document.pages)
    links = [(str(note.Contents), str(note.Dest)) for page in pages for note in page.get("/Annots", [])]
    assert links == [("Uno", "uno"), ("Dos", "dos"), ("la primera", "uno")]
    names = list(document.Root.Names.Dests.Names)
    places = {str(name): place[0].objgen for name, place in zip(names[::2], names[1::2], strict=True)}
    assert places == {"uno": pages[2].objgen, "dos": pages[-1].objgen}


def test_a_document_too_long_for_patience_leaves_no_process(monkeypatch):
    begun = []
    monkeypatch.setattr(printing, "SECONDS", 0.2)
    monkeypatch.setattr(printing, "_end", lambda press, end=printing._end: (begun.append(press.pid), end(press)))
    with pytest.raises(printing.PrintingError, match="demasiado grande"):
        printing.print_pdf(DOCUMENT)
    assert wait_for(lambda: not at_work(begun[0]))


def test_a_press_that_dies_takes_its_lanes_with_it_and_is_not_waited_for(monkeypatch):
    begun = []
    dies = "import os, signal, time; os.fork() or time.sleep(600); os.kill(os.getpid(), signal.SIGKILL)"
    monkeypatch.setattr(printing, "SECONDS", 0.2)
    monkeypatch.setattr(printing, "COMMAND", (sys.executable, "-c", dies))
    monkeypatch.setattr(printing, "_end", lambda press, end=printing._end: (begun.append(press.pid), end(press)))
    with pytest.raises(printing.PrintingError):
        printing.print_pdf(DOCUMENT)
    assert wait_for(lambda: not at_work(begun[0]))


def test_no_typeface_is_left_on_the_disk(tmp_path):
    printing.print_pdf(DOCUMENT)
    assert list(tmp_path.iterdir()) == []


def at_work(group: int) -> list[str]:
    """States of the processes of a group that still run; one that has ended may stay listed until its parent looks."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, of_group, *_ = path.read_text().rpartition(")")[2].split()
            found += [state] if of_group == str(group) and state != "Z" else []
    return found


def wait_for(holds, seconds: int = 30) -> bool:
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.05)
    return holds()
