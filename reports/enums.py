"""The closed vocabularies of what is told."""

from django.db.models import TextChoices


class DocumentKind(TextChoices):
    AXIS = "axis", "Informe de cumplimiento por eje"
    ANNUAL = "annual", "Estado anual del plan"


class JobState(TextChoices):
    QUEUED = "queued", "En cola"
    RUNNING = "running", "En preparación"
    DONE = "done", "Listo"
    FAILED = "failed", "No se pudo preparar"


class EditionState(TextChoices):
    IN_PRODUCTION = "in_production", "En producción"
    IN_FORCE = "standing", "Vigente"
    REPLACED = "replaced", "Reemplazada"
    ANNULLED = "annulled", "Anulada"


class Gravity(TextChoices):
    """What a point of the check list before emission means."""

    STOPS = "stops", "Impide emitir"
    WARNS = "warns", "Para revisar"
    FINE = "fine", "En orden"
