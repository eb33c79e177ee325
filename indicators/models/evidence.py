import uuid
from datetime import datetime, timedelta

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from indicators.enums import Classification, EvidenceKind, PreviewState
from indicators.models.measures import MeansOfVerification
from indicators.models.progress import EDITABLE_STATES, SENT_STATES, ProgressReport
from plan import access
from plan.models import Institution, User

#: Pages take seconds to draw: whoever is silent for so long was interrupted.
ABANDONED_AFTER = timedelta(minutes=10)
#: What a link may lead to.
WEB_ADDRESS = URLValidator(schemes=["https", "http"])


class StoredFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Own institution, all; besides, only what was sent and not taken back: public for every punto focal and the
        secretarías, internal for the secretarías, reserved for the assigned reviewer (SECURITY, Evidence files). What
        somebody of the secretaría técnica uploads on behalf is theirs to open while they write."""
        rights = Q(owner__in=access.institution_ids(user))
        sent = Q(evidence__submission_links__isnull=False, evidence__report__state__in=SENT_STATES)
        if access.is_focal_point(user) or access.is_secretariat(user):
            rights |= sent & Q(classification=Classification.PUBLIC)
        if access.is_secretariat(user):
            rights |= sent & Q(classification=Classification.INTERNAL)
        if access.is_technical(user):
            rights |= sent & Q(evidence__report__assigned_to=user)
            written = Q(evidence__report__is_on_behalf=True, evidence__report__state__in=EDITABLE_STATES)
            rights |= written & Q(uploaded_by=user)
        return self.filter(rights).distinct()

    def for_institution(self, institution: Institution):
        return self.filter(owner=institution)

    def unprepared(self, now: datetime):
        """Nobody has drawn their pages yet, or whoever began has been silent for too long."""
        abandoned = Q(preview_state=PreviewState.QUEUED, preview_asked_at__lt=now - ABANDONED_AFTER)
        return self.filter(Q(preview_state=PreviewState.NONE) | abandoned, erased_at=None)


class StoredFile(models.Model):
    """Bytes kept once, under a random name, with the digest that identifies them."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(Institution, models.PROTECT, related_name="files", verbose_name="institución")
    name = models.CharField("nombre", max_length=200)
    storage_name = models.CharField(max_length=120, unique=True, editable=False)
    sha256 = models.CharField("huella SHA-256", max_length=64, editable=False)
    size = models.PositiveBigIntegerField("tamaño en bytes", editable=False)
    content_type = models.CharField("tipo", max_length=100, editable=False)
    classification = models.CharField(
        "clasificación", max_length=8, choices=Classification, default=Classification.INTERNAL
    )
    personal_data_count = models.PositiveIntegerField("datos personales detectados", default=0, editable=False)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="subido por")
    uploaded_at = models.DateTimeField("subido", default=timezone.now, editable=False)
    erased_at = models.DateTimeField("borrado", null=True, blank=True, editable=False)
    preview_state = models.CharField(
        "vista de páginas", max_length=10, choices=PreviewState, default=PreviewState.NONE, editable=False
    )
    #: When its pages were asked for last: only who was asked then may hand them in.
    preview_asked_at = models.DateTimeField("vista pedida", null=True, editable=False)
    page_count = models.PositiveIntegerField("páginas del archivo", null=True, editable=False)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = "archivo"
        verbose_name_plural = "archivos"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "sha256"],
                name="stored_file_once_per_institution",
                violation_error_message="La institución ya tiene este archivo.",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def is_reserved(self) -> bool:
        return self.classification == Classification.RESERVED

    @property
    def short_hash(self) -> str:
        return f"{self.sha256[:4]}…{self.sha256[-4:]}"


class PageImage(models.Model):
    """One page of a file as an image: what a reviewer sees in place (SECURITY, Evidence files)."""

    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="pages", verbose_name="archivo")
    number = models.PositiveSmallIntegerField("página")
    storage_name = models.CharField(max_length=120, unique=True, editable=False)
    width = models.PositiveSmallIntegerField("ancho en píxeles")
    height = models.PositiveSmallIntegerField("alto en píxeles")

    class Meta:
        verbose_name = "página de archivo"
        verbose_name_plural = "páginas de archivos"
        ordering = ["file", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "number"],
                name="page_image_once",
                violation_error_message="La página ya está preparada.",
            )
        ]

    def __str__(self):
        return f"{self.file}, página {self.number}"


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A draft's, to those who write it; what was sent and not taken back, to the secretarías and, where it is a
        file, to every punto focal. Files, only as StoredFile lets them be seen."""
        sent = Q(pk__in=Evidence.objects.sent().values("pk"))
        rights = Q(report__in=ProgressReport.objects.in_hands_of(user)) & (sent | Q(removed_at__isnull=True))
        if access.is_secretariat(user):
            rights |= sent & Q(report__state__in=SENT_STATES)
        elif access.is_focal_point(user):
            rights |= sent & Q(report__state__in=SENT_STATES, file__isnull=False)
        return self.filter(rights).filter(Q(file=None) | Q(file__in=StoredFile.objects.visible_to(user).values("pk")))

    def sent(self):
        """What some submission carries."""
        return self.filter(submission_links__isnull=False)

    def in_draft(self):
        return self.filter(removed_at__isnull=True)


class Evidence(models.Model):
    """What an institution files against a medio: a file, a link or an attestation. Only `removed_*` change."""

    report = models.ForeignKey(ProgressReport, models.PROTECT, related_name="evidence", verbose_name="reporte")
    means = models.ForeignKey(MeansOfVerification, models.PROTECT, related_name="evidence", verbose_name="medio")
    kind = models.CharField("tipo", max_length=11, choices=EvidenceKind)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="evidence", verbose_name="archivo"
    )
    url = models.URLField("enlace", max_length=500, blank=True, validators=[WEB_ADDRESS])
    document_number = models.CharField("número del oficio", max_length=60, blank=True)
    document_date = models.DateField("fecha del oficio", null=True, blank=True)
    issuer = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="institución que certifica"
    )
    attested_count = models.PositiveIntegerField("cantidad que certifica", null=True, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="agregada por")
    added_at = models.DateTimeField("agregada", default=timezone.now, editable=False)
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="quitada por")
    removed_at = models.DateTimeField("quitada", null=True, editable=False)

    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replacements", verbose_name="reemplaza a"
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "evidencia"
        verbose_name_plural = "evidencias"
        ordering = ["means__number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=EvidenceKind.FILE, file__isnull=False)
                | (Q(kind=EvidenceKind.LINK) & ~Q(url=""))
                | (
                    Q(kind=EvidenceKind.ATTESTATION, document_date__isnull=False, issuer__isnull=False)
                    & ~Q(document_number="")
                ),
                name="evidence_complete",
                violation_error_message="Una certificación indica número y fecha del oficio y la institución que lo "
                "emite; un enlace, su dirección; un archivo, el documento.",
            ),
            models.UniqueConstraint(
                fields=["report", "means", "file"],
                condition=Q(removed_at__isnull=True),
                name="evidence_file_once_per_means",
                violation_error_message="Este archivo ya está en este medio de verificación.",
            ),
        ]

    def __str__(self):
        return f"{self.means.reference}: {self.label}"

    @property
    def label(self) -> str:
        if self.file is not None:
            return self.file.name
        if self.kind == EvidenceKind.LINK:
            return self.url
        return f"Oficio N.º\u00a0{self.document_number}, {self.document_date:%d-%m-%Y}, {self.issuer}"

    @property
    def code(self) -> str:
        """How reports cite it without naming the file, such as E-00042."""
        return f"E-{self.pk:05d}"
