"""Reads finished PDFs: their words, their tags, what their content streams draw."""

import io
import subprocess
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

#: Operators that put ink on the page.
INK = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "BI"}


def text_of(pdf: bytes, *options: str) -> str:
    found = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return found.stdout.decode()


def read_aloud(pdf: bytes) -> str:
    """The words in the order of the tags, as assistive technology meets them."""
    found = subprocess.run(["pdfinfo", "-struct-text", "-"], input=pdf, capture_output=True, check=True)
    lines = (line.strip() for line in found.stdout.decode().splitlines())
    return " ".join(line.strip('"') for line in lines if line.startswith('"'))


def opened(pdf: bytes) -> Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def kids(element: Object) -> list:
    found = element.get("/K", [])
    return list(found) if isinstance(found, Array) else [found]


def elements(document: Pdf) -> Iterator[Object]:
    """Every tag, in the order in which it is read."""
    waiting = [document.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += [kid for kid in reversed(kids(element)) if isinstance(kid, Dictionary) and "/S" in kid]


def of_kind(document: Pdf, kind: Name) -> list[Object]:
    return tags(document.Root.StructTreeRoot.K[0], kind)


def tags(element: Object, wanted: Name) -> list:
    found = [element] if element.get("/S") == wanted else []
    return found + [tag for kid in kids(element) if isinstance(kid, Dictionary) for tag in tags(kid, wanted)]


def marks(page: Page) -> tuple[list[int], int]:
    """Of the page's content: the numbers by which tags claim it, and how often it draws outside of tag and artifact."""
    numbers, depth, strays = [], 0, 0
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                depth += 1
                if len(operands) > 1 and "/MCID" in operands[1]:
                    numbers.append(int(operands[1].MCID))
            case "EMC":
                depth -= 1
            case drawn if drawn in INK and not depth:
                strays += 1
    return numbers, strays
