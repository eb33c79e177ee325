"""Evidence files of the demonstration: real documents that say what they are."""

from io import BytesIO
from pathlib import Path

import fontpkg_roboto
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from indicators.models import MeansOfVerification, ProgressReport

#: One that has every letter of Spanish.
FONT = Path(fontpkg_roboto.ROOT) / "files" / "Roboto[wdth,wght].ttf"
NOTICE = "DOCUMENTO DE DEMOSTRACIÓN, sin datos reales"


def attendance_list(report: ProgressReport, means: MeansOfVerification, people: int) -> SimpleUploadedFile:
    """A list of people without names, as CSV."""
    lines = [NOTICE, *_heading(report, means), "N.º;Unidad;Firma"]
    lines += [f"{number};Unidad {number % 7 + 1};sí" for number in range(1, people + 1)]
    content = "\r\n".join(lines).encode("utf-8-sig")
    return SimpleUploadedFile(_name(report, means, "csv"), content, "text/csv")


def document(report: ProgressReport, means: MeansOfVerification) -> SimpleUploadedFile:
    """One page as PDF."""
    page = Image.new("L", (850, 1100), 255)
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(FONT, 22)
    for number, line in enumerate([NOTICE, "", *_heading(report, means)]):
        pen.text((80, 100 + 40 * number), line[:70], font=font, fill=0)
    content = BytesIO()
    page.save(content, "PDF", resolution=100)
    return SimpleUploadedFile(_name(report, means, "pdf"), content.getvalue(), "application/pdf")


def _heading(report: ProgressReport, means: MeansOfVerification) -> list[str]:
    return [
        f"Acción {report.action.code}, medio {means.number}",
        means.text,
        str(report.institution),
        report.period.name,
    ]


def _name(report: ProgressReport, means: MeansOfVerification, extension: str) -> str:
    return f"demo-{report.action.code}-medio-{means.number}-{report.period.starts_on:%Y-%m}.{extension}"
