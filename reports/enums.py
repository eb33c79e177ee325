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


class TextState(TextChoices):
    DRAFT = "draft", "Borrador"
    READY = "ready", "Listo"


class EditionSlot(TextChoices):
    """Each text that the documents ask of the secretarías, in the order in which they are written (REPORTS)."""

    DIAGNOSIS = "diagnosis", "Diagnóstico"
    PROGRESS = "progress", "Avances del año"
    ACHIEVEMENT_1 = "achievement_1", "Logro 1"
    ACHIEVEMENT_2 = "achievement_2", "Logro 2"
    ACHIEVEMENT_3 = "achievement_3", "Logro 3"
    OBSTACLE_1 = "obstacle_1", "Nudo crítico 1"
    OBSTACLE_2 = "obstacle_2", "Nudo crítico 2"
    OBSTACLE_3 = "obstacle_3", "Nudo crítico 3"
    DECISIONS = "decisions", "Decisiones que se piden a la Mesa"
    PRESENTATION = "presentation", "Presentación"
    PENDING = "pending", "Principales pendientes"
    COMMITMENTS = "commitments", "Compromisos para el año siguiente"
    EVALUATION = "evaluation", "Evaluación para la actualización del plan"
    SIGNERS = "signers", "Firmas"

    @property
    def limit(self) -> int:
        """Characters that fit where the documents print it."""
        return LIMITS.get(self, LIMIT_OF_A_POINT)

    @property
    def is_of_axis(self) -> bool:
        return self not in OF_PLAN

    def is_printed_in(self, document: DocumentKind) -> bool:
        """Logros and nudos of an eje are one text for both documents."""
        if document == DocumentKind.AXIS:
            return self in (*ACHIEVEMENTS, *OBSTACLES, EditionSlot.DECISIONS)
        return self != EditionSlot.DECISIONS


LIMIT_OF_A_POINT = 300
LIMITS = {
    EditionSlot.DIAGNOSIS: 2500,
    EditionSlot.PROGRESS: 2500,
    EditionSlot.DECISIONS: 1000,
    EditionSlot.PRESENTATION: 6000,
    EditionSlot.PENDING: 3000,
    EditionSlot.COMMITMENTS: 3000,
    EditionSlot.EVALUATION: 6000,
    EditionSlot.SIGNERS: 1000,
}
LONGEST_TEXT = max(LIMITS.values())
ACHIEVEMENTS = (EditionSlot.ACHIEVEMENT_1, EditionSlot.ACHIEVEMENT_2, EditionSlot.ACHIEVEMENT_3)
OBSTACLES = (EditionSlot.OBSTACLE_1, EditionSlot.OBSTACLE_2, EditionSlot.OBSTACLE_3)
#: Of the annual status alone; the others are written for each eje.
OF_PLAN = (
    EditionSlot.PRESENTATION,
    EditionSlot.PENDING,
    EditionSlot.COMMITMENTS,
    EditionSlot.EVALUATION,
    EditionSlot.SIGNERS,
)


class EditionState(TextChoices):
    IN_PRODUCTION = "in_production", "En producción"
    IN_FORCE = "standing", "Vigente"
    REPLACED = "replaced", "Reemplazada"
    ANNULLED = "annulled", "Anulada"


class FileKind(TextChoices):
    """What of an edition somebody has in hand."""

    EMITTED = "emitted", "PDF emitido"
    SIGNED = "signed", "Copia firmada"
    DATA = "data", "Datos"
    ARCHIVE = "archive", "Archivo completo"
    GUIDE = "guide", "Texto del archivo completo"


class Gravity(TextChoices):
    """What a point of the check list before emission means."""

    STOPS = "stops", "Impide emitir"
    WARNS = "warns", "Para revisar"
    FINE = "fine", "En orden"
