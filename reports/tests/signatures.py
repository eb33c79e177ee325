"""PDFs as a signer hands them back: the bytes that were there, and a signature added after them."""

import io

import pikepdf

#: What a signer leaves to be filled: no story needs a signature that is good.
SIGNATURE = (
    b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 1 2 3] /Contents <00> >>"
)


def signed(pdf: bytes, *, added: bytes = SIGNATURE) -> bytes:
    """An incremental update of `pdf` with a signature field (ISO 32000-1, 7.5.6); `added` stands for the signature."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        first = int(document.trailer.Size)
        root = document.Root
        number, generation = root.objgen
        entries = b" ".join(b"%s %s" % (key.encode(), value.unparse(True)) for key, value in root.items())
    catalog = b"<< %s /AcroForm << /SigFlags 3 /Fields [%d 0 R] >> >>" % (entries, first + 1)
    field = b"<< /FT /Sig /T (Firma) /V %d 0 R >>" % first
    body, table = pdf + b"\n", b""
    for key, revision, content in ((first, 0, added), (first + 1, 0, field), (number, generation, catalog)):
        table += b"%d 1\n%010d %05d n \n" % (key, len(body), revision)
        body += b"%d %d obj\n%s\nendobj\n" % (key, revision, content)
    before = int(pdf.rpartition(b"startxref")[2].split()[0])
    trailer = b"<< /Size %d /Root %d %d R /Prev %d >>" % (first + 2, number, generation, before)
    return body + b"xref\n%strailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (table, trailer, len(body))


def rewritten(pdf: bytes) -> bytes:
    """As a tool leaves it that writes the file anew."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(buffer, linearize=True)
    return signed(buffer.getvalue())
