"""The closed vocabularies of what is measured, reported and judged (DESIGN, 2 and 3)."""

from django.db.models import TextChoices
from django.utils.text import slugify


class IndicatorKind(TextChoices):
    COUNT = "count", "Conteo"
    RATIO = "ratio", "Razón"
    PRODUCT = "product", "Producto"
    YEARLY_PRODUCT = "yearly_product", "Producto anual"
    YEAR_COUNT = "year_count", "Conteo de un año"


class Entry(TextChoices):
    INCREMENT = "increment", "Del período"
    RUNNING_TOTAL = "running_total", "Acumulado"


class PeriodAggregation(TextChoices):
    FLOW = "flow", "Flujo (se suma)"
    STOCK = "stock", "Existencia (vale la última)"


class CellAggregation(TextChoices):
    SUM = "sum", "Suma"
    MAX = "max", "Máximo"


class DerivedFrom(TextChoices):
    NONE = "", "No se deriva"
    MESA = "mesa", "Instituciones de la Mesa"
    SUBCOMMISSION = "subcommission", "Instituciones de la subcomisión"


class Breakdown(TextChoices):
    NONE = "", "Sin desglose"
    REGION = "region", "Por región"
    REGION_INSTITUTION = "region_institution", "Por región e institución"
    UNIT = "unit", "Por unidad"


BY_REGION = (Breakdown.REGION, Breakdown.REGION_INSTITUTION)


class Stage(TextChoices):
    """How far a product is; the order of the members is the order of the stages."""

    NOT_STARTED = "not_started", "No iniciado"
    IN_PREPARATION = "in_preparation", "En elaboración"
    PREPARED = "prepared", "Elaborado"
    VALIDATED = "validated", "Validado"
    DISTRIBUTED = "distributed", "Distribuido"


class NeededFrom(TextChoices):
    ANY = "any", "Cualquiera de las responsables"
    ALL = "all", "Todas las responsables"


class Direction(TextChoices):
    ASCENDING = "ascending", "Ascendente"
    DESCENDING = "descending", "Descendente"


class OwedBy(TextChoices):
    EACH = "each", "Cada responsable"
    ANY = "any", "Cualquiera de las responsables"


class Recurrence(TextChoices):
    ONCE = "once", "Una vez"
    PER_PERIOD = "per_period", "En cada período"
    PER_YEAR = "per_year", "Cada año"


class ResponsibilityKind(TextChoices):
    RESPONSIBLE = "responsible", "Responsable"
    COLLABORATOR = "collaborator", "Colaboradora"


class TargetScope(TextChoices):
    YEAR = "year", "De un año"
    CUMULATIVE = "cumulative", "Acumulada a una fecha"
    WHOLE_PLAN = "whole_plan", "De todo el plan"


class TargetSource(TextChoices):
    AGREEMENT = "agreement", "Acta"
    PLAN_TEXT = "plan_text", "Texto del plan"


class PeriodState(TextChoices):
    SCHEDULED = "scheduled", "Programado"
    OPEN = "open", "Abierto"
    CLOSED = "closed", "Cerrado"


class Cadence(TextChoices):
    """How the years of a plan are cut into periods."""

    QUARTER = "quarter", "Trimestre"
    SEMESTER = "semester", "Semestre"
    YEAR = "year", "Año"


class CountedFrom(TextChoices):
    """The day of a period from which its opening is counted."""

    END = "end", "Desde su último día"
    START = "start", "Desde su primer día"


class Change(TextChoices):
    """What programming the periods of a plan does to one of them."""

    CREATE = "create", "Se crea"
    MOVE = "move", "Cambian sus fechas"
    REPLACE = "replace", "Se reemplaza"
    KEEP = "keep", "Queda como está"
    LEAVE_OUT = "leave_out", "No se crea"


class ReportState(TextChoices):
    DRAFT = "draft", "Borrador"
    SUBMITTED = "submitted", "En revisión"
    RETURNED = "returned", "Devuelto"
    APPROVED = "approved", "Aprobado"
    RECTIFYING = "rectifying", "En rectificación"
    ANNULLED = "annulled", "Anulado"


class DutyState(TextChoices):
    """Where the report that an institution owes stands. What was sent after its day bears a mark besides."""

    WITHIN_TERM = "within_term", "En plazo"
    DRAFT = "draft", "En preparación"
    UNANSWERED = "unanswered", "Sin informe"
    SUBMITTED = "submitted", "En revisión"
    RETURNED = "returned", "Devuelto"
    RECTIFYING = "rectifying", "En rectificación"
    APPROVED = "approved", "Aprobado"

    @property
    def slug(self) -> str:
        """Its word in an address, such as "sin-informe"."""
        return slugify(self.label)


class OwedTrait(TextChoices):
    """What is counted of the reports of a period besides their states; the value is its word in an address."""

    MADE = "informado", "Informado"
    LATE = "fuera-de-plazo", "Enviado fuera de plazo"
    MISSING = "falta", "Falta"
    TO_CORRECT = "por-corregir", "Por corregir o en rectificación"
    WITH_DRAFT = "con-borrador", "Con borrador sin enviar"


class Move(TextChoices):
    """What can happen to a report (DESIGN, 3)."""

    SUBMIT = "submit", "Enviar a revisión"
    WITHDRAW = "withdraw", "Retirar el envío"
    RETURN = "return", "Devolver"
    APPROVE = "approve", "Aprobar"
    REOPEN = "reopen", "Abrir rectificación"
    ANNUL = "annul", "Anular"


class Answer(TextChoices):
    PROGRESS = "progress", "Hay avance"
    NO_PROGRESS = "no_progress", "Sin avance en el período"
    NOT_APPLICABLE = "not_applicable", "No aplica a la institución"


class Motive(TextChoices):
    BUDGET = "budget", "Falta de presupuesto"
    DEPENDS_ON_OTHER = "depends_on_other", "Depende de otra institución"
    RESCHEDULED = "rescheduled", "Actividad reprogramada"
    OUTSIDE_COMPETENCE = "outside_competence", "Fuera de las competencias de la institución"
    OTHER = "other", "Otro motivo"


class Classification(TextChoices):
    PUBLIC = "public", "Pública"
    INTERNAL = "internal", "Interna"
    RESERVED = "reserved", "Reservada"


class PreviewState(TextChoices):
    """Whether the pages of a file can be shown as images."""

    NONE = "none", "Sin preparar"
    QUEUED = "queued", "En preparación"
    READY = "ready", "Lista"
    FAILED = "failed", "No se pudo preparar"
    UNSUITABLE = "unsuitable", "Este tipo de archivo no se muestra en páginas"


class EvidenceKind(TextChoices):
    FILE = "file", "Archivo"
    LINK = "link", "Enlace"
    ATTESTATION = "attestation", "Certificación por oficio"


class Outcome(TextChoices):
    APPROVED = "approved", "Aprobado"
    RETURNED = "returned", "Devuelto"


class Verdict(TextChoices):
    ACCREDITED = "accredited", "Acreditado"
    INSUFFICIENT = "insufficient", "Insuficiente"
    NOT_MATCHING = "not_matching", "No corresponde"


class ObservationKind(TextChoices):
    NOT_MATCHING = "not_matching", "No corresponde al medio"
    ILLEGIBLE = "illegible", "Ilegible"
    OTHER_PERIOD = "other_period", "Período distinto"
    UNSIGNED = "unsigned", "Sin firma"
    DIFFERENT_VALUE = "different_value", "No cuadra con el valor"
    PERSONAL_DATA = "personal_data", "Datos personales innecesarios"
    OTHER = "other", "Otro"


class RiskLevel(TextChoices):
    """The four words of an apreciación, from the least risk to the most."""

    ASSURED = "assured", "Asegurado"
    ATTAINABLE = "attainable", "Alcanzable"
    NEEDS_SUPPORT = "needs_support", "Requiere apoyo"
    AT_RISK = "at_risk", "Comprometido"


class ProposalKind(TextChoices):
    """What a subcomisión proposes to do with an action; the words of an amendment."""

    KEEP = "keep", "Mantener"
    MODIFY = "modify", "Modificar"
    SUPPRESS = "suppress", "Suprimir"


class Deviation(TextChoices):
    """To which side a score is so far from its target that it has to be explained."""

    UNDER = "under", "Incumplimiento"
    OVER = "over", "Sobrecumplimiento"


class CauseKind(TextChoices):
    RESOURCES = "resources", "Falta de recursos"
    STAFF = "staff", "Falta de personal"
    COORDINATION = "coordination", "Coordinación entre instituciones pendiente"
    PRIORITIES = "priorities", "Cambio de prioridades o de autoridades"
    REGULATION = "regulation", "Impedimento normativo"
    LOW_TARGET = "low_target", "Meta subestimada"
    DEMAND = "demand", "Demanda mayor a la prevista"
    OTHER_CAUSE = "other_cause", "Otra"
