"""From the PDFs of the parts to one document: pages, tags, bookmarks and named places as if it were one piece."""

import io
from collections.abc import Iterable, Iterator, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Object, Page, Pdf

UNDER_THE_TEXT = b"/Artifact <</Type /Pagination>> BDC q %b Do Q EMC\n"


def opened(pdf: bytes) -> Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def page_numbers(parts: Iterable[Pdf]) -> dict[str, int]:
    """The page of every named place, counted from 1 over all parts."""
    numbers: dict[str, int] = {}
    before = 0
    for part in parts:
        numbers |= {name: before + page for name, page, _ in _places(part)}
        before += len(part.pages)
    return numbers


def lie_across(parts: Iterable[Pdf]) -> list[bool]:
    """For each page of the document whether it is wider than high."""
    return [page.mediabox[2] > page.mediabox[3] for part in parts for page in part.pages]


def join(parts: Sequence[Pdf], frames: Pdf) -> bytes:
    """The first part, which gives title, language and dates, with the others after it and a frame under each page."""
    document, *others = parts
    for part in others:
        _append(document, part)
    _gather_bookmarks(document)
    for number, (page, frame) in enumerate(zip(document.pages, frames.pages, strict=True)):
        _lay_under(page, document.copy_foreign(frame.as_form_xobject()), Name(f"/Frame{number}"))
    finished = io.BytesIO()
    document.save(finished, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return finished.getvalue()


def _append(document: Pdf, part: Pdf) -> None:
    tags = document.Root.StructTreeRoot
    _renumber(part, by=int(tags.ParentTree.Nums[-2]) + 1)
    before = len(document.pages)
    document.add_pages_from(part)
    _append_tags(tags, document.copy_foreign(part.Root.StructTreeRoot))
    names = _names_of(document)
    for name, page, position in _places(part):
        names[name] = Array([document.pages[before + page - 1].obj, *position])


def _renumber(part: Pdf, by: int) -> None:
    """Move the keys by which pages and links of a part find their tags."""
    for page in part.pages:
        page.obj.StructParents += by
        for link in page.obj.get("/Annots", Array()):
            link.StructParent += by
    keys = part.Root.StructTreeRoot.ParentTree.Nums
    for place in range(0, len(keys), 2):
        keys[place] += by


def _append_tags(tags: Object, added: Object) -> None:
    """Hang the tags of a part, copied already, into those of the document."""
    top = tags.K[0]
    for element in added.K[0].K:
        element.P = top
        top.K.append(element)
    tags.ParentTree.Nums.extend(added.ParentTree.Nums)


def _names_of(pdf: Pdf) -> NameTree:
    if Name.Names not in pdf.Root:
        pdf.Root.Names = Dictionary()
    if Name.Dests not in pdf.Root.Names:
        pdf.Root.Names.Dests = NameTree.new(pdf).obj
    return NameTree(pdf.Root.Names.Dests)


def _places(pdf: Pdf) -> Iterator[tuple[str, int, list[Object]]]:
    """Every named place: its name, its page, counted from 1, and where on the page it is."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    for name, (page, *position) in _names_of(pdf).items():
        yield name, numbers[page.objgen], position


def _gather_bookmarks(document: Pdf) -> None:
    """One tree: the sections of all parts stand under the title of the document."""
    with document.open_outline() as outline:
        if outline.root:
            title, *sections = outline.root
            title.children.extend(sections)
            outline.root[:] = [title]


def _lay_under(page: Page, frame: Object, name: Name) -> None:
    page.add_resource(frame, Name.XObject, name)
    page.contents_add(UNDER_THE_TEXT % bytes(str(name), "ascii"), prepend=True)
