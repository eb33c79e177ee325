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
