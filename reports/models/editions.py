"""Editions: what was said officially, frozen before it was printed, and what became of it (REPORTS)."""

import re
import secrets

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from indicators.models.immutable import ImmutableRow
from plan import access
from plan.models import Plan, User
from reports.enums import DocumentKind, EditionState
from reports.models.jobs import document_title

#: Without the letters that are taken for digits; 16 of them cannot be guessed.
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH, CODE_GROUP = 16, 4
FOLIO = re.compile(r"MITP-(?P<year>[0-9]{4})-(?P<number>[0-9]{3,6})")
LOOK_ALIKES = str.maketrans("OIL", "011")
#: Where the former edition of the same document gives way.
CURRENT_STATES = (EditionState.IN_PRODUCTION, EditionState.IN_FORCE)


def new_code() -> str:
    """Sixteen characters by chance, such as "7KQ29FXM4TR0CVBA"."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def plain_code(typed: str) -> str:
    """A code as it is kept, however somebody typed it: without hyphens and spaces, O for 0, I and L for 1."""
    return "".join(filter(str.isalnum, typed.upper())).translate(LOOK_ALIKES)


class FolioBook(models.Model):
    """The last folio given in a year. Whoever takes the next holds this row until the edition is committed."""

    year = models.PositiveSmallIntegerField("año", primary_key=True)
    last = models.PositiveIntegerField("último folio", default=0)

    class Meta:
        verbose_name = "libro de folios"
        verbose_name_plural = "libros de folios"

    def __str__(self):
        return f"{self.year}: {self.last}"

    @classmethod
    def take(cls, year: int) -> int:
        """The next folio of the year. In a transaction: rolled back, the folio was never given."""
        cls.objects.get_or_create(year=year)
        cls.objects.filter(year=year).update(last=F("last") + 1)
        return cls.objects.values_list("last", flat=True).get(year=year)


class Snapshot(ImmutableRow):
    """The facts of one edition as canonical JSON (`reports.facts.freezing`), and their digest."""

    content = models.TextField("contenido")
    sha256 = models.CharField("huella SHA-256", max_length=64)
    taken_at = models.DateTimeField("tomada", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "fotografía de los datos"
        verbose_name_plural = "fotografías de los datos"

    def __str__(self):
        return self.sha256[:12]


class IssuedReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Official documents are for whoever reads the plan; observers, who see sums only, read the annual status.

        What is still in production is the secretarías' affair.
        """
        if access.is_secretariat(user):
            return self
        printed = self.printed()
        if access.reads_reports(user):
            return printed
        return printed.filter(kind=DocumentKind.ANNUAL) if access.may_read_plan(user) else self.none()

    def current(self):
        return self.filter(state__in=CURRENT_STATES)

    def printed(self):
        return self.exclude(sha256="")

    def in_production(self):
        return self.filter(state=EditionState.IN_PRODUCTION)

    def of_document(self, plan: Plan, axis_number: int | None, year: int | None):
        """Every edition of one eje, or of the annual status of one year."""
        return self.filter(plan=plan, axis_number=axis_number, year=year)

    def with_folio(self, folio: str):
        """Of "MITP-2018-003"; none where the text is no folio."""
        found = FOLIO.fullmatch(folio)
        if found is None:
            return self.none()
        return self.filter(folio_year=int(found["year"]), folio_number=int(found["number"]))

    def with_code(self, typed: str):
        return self.filter(code=plain_code(typed))


class IssuedReport(models.Model):
    """An edition: one folio, one snapshot, one file. Only its state changes, and what is kept beside it.

    Folio and snapshot are committed first (`in_production`); the file follows from the task queue.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="issued_reports", verbose_name="plan")
    kind = models.CharField("documento", max_length=6, choices=DocumentKind)
    axis_number = models.PositiveSmallIntegerField("eje", null=True, blank=True)
    year = models.PositiveSmallIntegerField("año", null=True, blank=True)
    as_of = models.DateField("corte")
    known_at = models.DateTimeField("con lo resuelto hasta")
    folio_year = models.PositiveSmallIntegerField("año del folio")
    folio_number = models.PositiveIntegerField("número del folio")
    code = models.CharField("código de verificación", max_length=CODE_LENGTH, unique=True)
    snapshot = models.OneToOneField(Snapshot, models.PROTECT, related_name="edition", verbose_name="fotografía")
    state = models.CharField("estado", max_length=13, choices=EditionState, default=EditionState.IN_PRODUCTION)
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="emitida por")
    issued_at = models.DateTimeField("emitida", default=timezone.now, editable=False)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replacement", verbose_name="reemplaza a"
    )
    errata = models.TextField("fe de erratas", blank=True)
    progress = models.PositiveSmallIntegerField("avance", default=0, editable=False)
    attempts = models.PositiveSmallIntegerField("intentos", default=0, editable=False)
    message = models.CharField("aviso", max_length=300, blank=True, editable=False)
    storage_name = models.CharField(max_length=120, blank=True, editable=False)
    sha256 = models.CharField("huella SHA-256", max_length=64, blank=True, editable=False)
    size = models.PositiveIntegerField("bytes", null=True, blank=True, editable=False)
    printed_at = models.DateTimeField("impresa", null=True, blank=True, editable=False)
    annulled_at = models.DateTimeField("anulada", null=True, blank=True, editable=False)
    annulled_reason = models.TextField("motivo de la anulación", blank=True)

    objects = IssuedReportQuerySet.as_manager()

    class Meta:
        verbose_name = "edición"
        verbose_name_plural = "ediciones"
        ordering = ["-folio_year", "-folio_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["folio_year", "folio_number"],
                name="issued_report_folio_once",
                violation_error_message="Este folio ya se usó.",
            ),
            models.UniqueConstraint(
                fields=["plan", "axis_number", "as_of"],
                condition=Q(kind=DocumentKind.AXIS, state__in=CURRENT_STATES),
                name="issued_report_one_in_force_of_axis",
                violation_error_message="Ya hay una edición de este eje a este corte; corríjala con una fe de erratas.",
            ),
            models.UniqueConstraint(
                fields=["plan", "year"],
                condition=Q(kind=DocumentKind.ANNUAL, state__in=CURRENT_STATES),
                name="issued_report_one_in_force_of_year",
                violation_error_message="Ya hay una edición de este año; corríjala con una fe de erratas.",
            ),
            models.CheckConstraint(
                condition=Q(kind=DocumentKind.AXIS, axis_number__isnull=False, year__isnull=True)
                | Q(kind=DocumentKind.ANNUAL, axis_number__isnull=True, year__isnull=False),
                name="issued_report_subject_fits_kind",
                violation_error_message="El informe por eje indica el eje; el estado anual, el año.",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, errata="") | (Q(replaces__isnull=False) & ~Q(errata="")),
                name="issued_report_correction_says_what",
                violation_error_message="La edición que reemplaza a otra lleva fe de erratas, y solo ella.",
            ),
            models.CheckConstraint(
                condition=~Q(state=EditionState.IN_FORCE)
                | (~Q(storage_name="") & ~Q(sha256="") & Q(size__isnull=False, printed_at__isnull=False)),
                name="issued_report_in_force_has_file",
                violation_error_message="Una edición vigente tiene su archivo y su huella.",
            ),
            models.CheckConstraint(
                condition=Q(state=EditionState.ANNULLED, annulled_at__isnull=False) & ~Q(annulled_reason="")
                | ~Q(state=EditionState.ANNULLED) & Q(annulled_at__isnull=True, annulled_reason=""),
                name="issued_report_annulled_says_why",
                violation_error_message="Anular una edición exige decir por qué.",
            ),
            models.CheckConstraint(
                condition=Q(progress__lte=100),
                name="issued_report_progress_within_100",
                violation_error_message="El avance va de 0 a 100.",
            ),
        ]

    def __str__(self):
        return f"{self.folio}, {self.document}"

    @property
    def folio(self) -> str:
        """ "MITP-2018-003"."""
        return folio_text(self.folio_year, self.folio_number)

    @property
    def document(self) -> str:
        """ "Informe de cumplimiento, eje 1" or "Estado anual 2018"."""
        return document_title(self.axis_number, self.year)

    @property
    def code_text(self) -> str:
        return code_text(self.code)

    @property
    def is_in_production(self) -> bool:
        return self.state == EditionState.IN_PRODUCTION

    @property
    def is_in_force(self) -> bool:
        return self.state == EditionState.IN_FORCE

    @property
    def is_printed(self) -> bool:
        return bool(self.sha256)

    @property
    def is_annulled(self) -> bool:
        return self.state == EditionState.ANNULLED

    @property
    def takes_signed_copies(self) -> bool:
        """What was signed before another edition replaced it may arrive after; what was annulled holds for nobody."""
        return self.is_printed and not self.is_annulled

    @property
    def file_name(self) -> str:
        return f"{self.folio}.pdf"


class SignedCopy(models.Model):
    """The file that came back signed: it holds the bytes of the edition and is kept beside them."""

    edition = models.ForeignKey(IssuedReport, models.PROTECT, related_name="signed_copies", verbose_name="edición")
    storage_name = models.CharField(max_length=120, editable=False)
    sha256 = models.CharField("huella SHA-256", max_length=64, editable=False)
    size = models.PositiveIntegerField("bytes", editable=False)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="agregada por")
    added_at = models.DateTimeField("agregada", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "copia firmada"
        verbose_name_plural = "copias firmadas"
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "sha256"],
                name="signed_copy_once",
                violation_error_message="Esta copia firmada ya está guardada.",
            )
        ]

    def __str__(self):
        return self.file_name

    @property
    def file_name(self) -> str:
        return f"{self.edition.folio}-firmado.pdf"


def folio_text(year: int, number: int) -> str:
    return f"MITP-{year}-{number:03d}"


def code_text(code: str) -> str:
    """The code as it is printed: "7KQ2-9FXM-4TR0-CVBA"."""
    return "-".join(code[start : start + CODE_GROUP] for start in range(0, len(code), CODE_GROUP))
