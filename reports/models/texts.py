"""What the secretarías write for the documents, per eje and year: every save is a row, and the newest is in force."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Max, Q
from django.utils import timezone

from indicators.models.immutable import ImmutableRow
from indicators.models.progress import EDITING_WINDOW
from plan import access
from plan.models import Plan, User
from reports.enums import LONGEST_TEXT, OF_PLAN, EditionSlot, TextState


@dataclass(frozen=True)
class Subject:
    """What texts are about: an eje in a year, or the whole plan where `axis_number` is None."""

    plan: Plan
    year: int
    axis_number: int | None

    def __str__(self) -> str:
        return f"{'El plan' if self.axis_number is None else f'Eje {self.axis_number}'}, {self.year}"

    @property
    def slots(self) -> tuple[EditionSlot, ...]:
        """What is asked: the evaluation only in the last year of the plan (cláusula octava)."""
        asked = [slot for slot in EditionSlot if slot.is_of_axis == (self.axis_number is not None)]
        is_last = self.year == self.plan.end_year
        return tuple(slot for slot in asked if is_last or slot != EditionSlot.EVALUATION)


class OfSubjectQuerySet(models.QuerySet):
    def about(self, subject: Subject):
        return self.filter(plan=subject.plan, year=subject.year, axis_number=subject.axis_number)


class EditionTextQuerySet(OfSubjectQuerySet):
    def visible_to(self, user):
        """Both secretarías read all of them; others read what the documents print."""
        return self if access.is_secretariat(user) else self.none()

    def known(self, known_at: datetime):
        return self.filter(written_at__lte=known_at)

    def newest(self):
        """Of these rows, the last one of each text."""
        of_each = self.order_by().values("plan", "year", "axis_number", "slot")
        return self.model._default_manager.filter(pk__in=of_each.annotate(newest=Max("pk")).values("newest"))


class EditionText(ImmutableRow):
    """One save of one text. An empty body withdraws it."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="edition_texts", verbose_name="plan")
    year = models.PositiveSmallIntegerField("año")
    axis_number = models.PositiveSmallIntegerField("eje", null=True, blank=True)
    slot = models.CharField("texto", max_length=13, choices=EditionSlot)
    body = models.CharField("contenido", max_length=LONGEST_TEXT, blank=True)
    state = models.CharField("estado", max_length=5, choices=TextState)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="escribe")
    acting_as = models.CharField("en calidad de", max_length=250)
    written_at = models.DateTimeField("escrito", default=timezone.now, editable=False)

    objects = EditionTextQuerySet.as_manager()

    class Meta:
        verbose_name = "texto de los informes"
        verbose_name_plural = "textos de los informes"
        ordering = ["plan", "year", "axis_number", "slot", "pk"]
        indexes = [models.Index(fields=["plan", "year", "axis_number", "slot"], name="edition_text_place")]
        constraints = [
            models.CheckConstraint(
                condition=Q(slot__in=OF_PLAN, axis_number__isnull=True)
                | Q(axis_number__isnull=False) & ~Q(slot__in=OF_PLAN),
                name="edition_text_slot_fits_subject",
                violation_error_message="Este texto no se pide aquí: unos son de un eje y otros de todo el plan.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=TextState.values),
                name="edition_text_state_known",
                violation_error_message="Un texto es borrador o está listo.",
            ),
            models.CheckConstraint(
                condition=~Q(state=TextState.READY) | ~Q(body=""),
                name="edition_text_ready_has_body",
                violation_error_message="Un texto listo no puede estar vacío.",
            ),
        ]

    def __str__(self):
        return f"{self.get_slot_display()}. {Subject(self.plan, self.year, self.axis_number)}"


class TextsDraftQuerySet(OfSubjectQuerySet):
    def of(self, person: User):
        return self.filter(person=person)

    def being_written_beside(self, reader: User):
        """By others, a moment ago."""
        fresh = self.filter(saved_at__gte=timezone.now() - EDITING_WINDOW).exclude(typed={})
        return fresh.exclude(person=reader).select_related("person")


class TextsDraft(models.Model):
    """What a person has typed on the page of a subject and not saved as texts: it saves itself, and has no history.

    Nobody else reads it. Once there is nothing to save the row stays, empty, and its version goes on: an old page never
    matches a newer draft.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", verbose_name="plan")
    year = models.PositiveSmallIntegerField("año")
    axis_number = models.PositiveSmallIntegerField("eje", null=True, blank=True)
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="persona")
    version = models.PositiveIntegerField("versión", default=0, editable=False)
    #: By slot.
    typed = models.JSONField("lo escrito", default=dict, blank=True)
    #: The newest id of a text that the page showed.
    seen = models.PositiveBigIntegerField("visto", default=0, editable=False)
    page = models.TextField("página", blank=True, editable=False)
    saved_at = models.DateTimeField("guardado", default=timezone.now, editable=False)

    objects = TextsDraftQuerySet.as_manager()

    class Meta:
        verbose_name = "texto sin guardar"
        verbose_name_plural = "textos sin guardar"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "year", "axis_number", "person"],
                condition=Q(axis_number__isnull=False),
                name="texts_draft_of_axis_once",
                violation_error_message="La persona ya tiene textos sin guardar de este eje y este año.",
            ),
            models.UniqueConstraint(
                fields=["plan", "year", "person"],
                condition=Q(axis_number__isnull=True),
                name="texts_draft_of_plan_once",
                violation_error_message="La persona ya tiene textos sin guardar del plan y este año.",
            ),
        ]

    def __str__(self):
        return f"Textos sin guardar. {self.subject}"

    @property
    def subject(self) -> Subject:
        return Subject(self.plan, self.year, self.axis_number)
