from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from plan import access
from plan.models.plans import Plan

OBJECTIVE_CODE = r"^[1-9][0-9]*\.[1-9][0-9]*\Z"
ACTION_CODE = r"^[1-9][0-9]*\.[1-9][0-9]*\.[1-9][0-9]*\Z"


class Axis(models.Model):
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="axes", verbose_name="plan")
    number = models.PositiveSmallIntegerField("número")
    name = models.CharField("nombre", max_length=200)
    narrative_name = models.CharField("nombre en el relato", max_length=200, blank=True)
    introduction = models.TextField("introducción", blank=True)
    notes = models.JSONField("notas al pie", default=list, blank=True)

    class Meta:
        verbose_name = "eje"
        verbose_name_plural = "ejes"
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="axis_number_unique",
                violation_error_message="El plan ya tiene un eje con este número.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="axis_number_positive",
                violation_error_message="El número del eje comienza en 1.",
            ),
        ]

    def __str__(self):
        return f"Eje {self.number}. {self.name}"

    @property
    def lineage(self) -> tuple[str, ...]:
        """The references by which actas name it and what stands above it."""
        return (str(self.number),)


class Objective(models.Model):
    axis = models.ForeignKey(Axis, models.CASCADE, related_name="objectives", verbose_name="eje")
    code = models.CharField(
        "código",
        max_length=12,
        validators=[RegexValidator(OBJECTIVE_CODE, "El código de un objetivo es como 1.2.")],
    )
    position = models.PositiveSmallIntegerField("orden")
    text = models.TextField("texto")
    narrative_text = models.TextField("texto en el relato", blank=True)

    class Meta:
        verbose_name = "objetivo"
        verbose_name_plural = "objetivos"
        ordering = ["axis", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["axis", "code"],
                name="objective_code_unique",
                violation_error_message="El eje ya tiene un objetivo con este código.",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=OBJECTIVE_CODE),
                name="objective_code_well_formed",
                violation_error_message="El código de un objetivo es como 1.2.",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.text[:80]}"

    @property
    def lineage(self) -> tuple[str, ...]:
        """References of the eje and the objetivo: it is in the plan while both are."""
        return *self.axis.lineage, self.code


class ActionQuerySet(models.QuerySet):
    def for_plan(self, plan: Plan):
        return self.filter(objective__axis__plan=plan)

    def visible_to(self, user):
        """The plan's texts are for every role that works with the plan (SECURITY, Access 6)."""
        return self if access.may_read_plan(user) else self.none()

    def with_tree(self):
        return self.select_related("objective__axis__plan")


class Action(models.Model):
    objective = models.ForeignKey(Objective, models.CASCADE, related_name="actions", verbose_name="objetivo")
    code = models.CharField(
        "código", max_length=16, validators=[RegexValidator(ACTION_CODE, "El código de una acción es como 1.2.3.")]
    )
    position = models.PositiveSmallIntegerField("orden")
    text = models.TextField("texto")
    narrative_text = models.TextField("texto en el relato", blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = "acción"
        verbose_name_plural = "acciones"
        ordering = ["objective__axis", "objective__position", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["objective", "code"],
                name="action_code_unique",
                violation_error_message="El objetivo ya tiene una acción con este código.",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=ACTION_CODE),
                name="action_code_well_formed",
                violation_error_message="El código de una acción es como 1.2.3.",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.text[:80]}"

    @property
    def lineage(self) -> tuple[str, ...]:
        """References of the eje, the objetivo and the acción: it is in the plan while all of them are."""
        return *self.objective.lineage, self.code
