"""Files made in code for the tests: honest ones, and the material of hostile ones."""

import io
import zipfile

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def upload(name, content):
    return SimpleUploadedFile(name, content)


def zipped(members, compression=zipfile.ZIP_DEFLATED):
    """A zip file with these members: pairs of a name and its content."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(*extra_members, text="Se realizó la jornada.", main_type=DOCX_TYPE):
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>'
    document = f"<w:document><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    members = [("[Content_Types].xml", types), ("_rels/.rels", "<Relationships/>"), ("word/document.xml", document)]
    return zipped([*members, *extra_members])


def xlsx(*strings):
    types = f'<Types><Override PartName="/xl/workbook.xml" ContentType="{XLSX_TYPE}"/></Types>'
    shared = "".join(f"<si><t>{string}</t></si>" for string in strings)
    members = [("[Content_Types].xml", types), ("_rels/.rels", "<Relationships/>"), ("xl/workbook.xml", "<workbook/>")]
    return zipped([*members, ("xl/sharedStrings.xml", f"<sst>{shared}</sst>")])


def open_document(kind, *extra_members, text="Acta"):
    """An odt ("text") or ods ("spreadsheet"); its type is stored first and unpacked, as the format demands."""
    content = f"<office:text><text:p>{text}</text:p></office:text>"
    members = [("mimetype", f"application/vnd.oasis.opendocument.{kind}"), ("content.xml", content), *extra_members]
    return zipped(members, compression=zipfile.ZIP_STORED)


def pdf(change=None, *, pages=1, text="Informe", **save_options):
    """A PDF whose pages say `text`; `change` may alter it before it is saved."""
    document = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    for _ in range(pages):
        page = document.add_blank_page()
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = document.make_stream(f"BT /F1 12 Tf 40 40 Td ({text}) Tj ET".encode("latin-1"))
    if change:
        change(document)
    buffer = io.BytesIO()
    # Without it the file's identifier tells the second of its making, and the same page gives other bytes.
    same_bytes = {"deterministic_id": "encryption" not in save_options}
    document.save(buffer, **same_bytes | save_options)
    return buffer.getvalue()


def image(file_format="PNG", size=(8, 6), mode="RGB"):
    buffer = io.BytesIO()
    Image.new(mode, size, "white" if mode == "RGB" else 0).save(buffer, file_format)
    return buffer.getvalue()
