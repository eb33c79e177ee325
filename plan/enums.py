"""The closed vocabularies of what was agreed and who is who (DESIGN, 2)."""

from django.db.models import TextChoices


class PlanState(TextChoices):
    DRAFT = "draft", "Borrador"
    IN_FORCE = "in_force", "Vigente"
    CLOSED = "closed", "Cerrado"


class InstitutionKind(TextChoices):
    PUBLIC = "public", "Institución pública"
    CIVIL_SOCIETY = "civil_society", "Organización de la sociedad civil"
    INTERNATIONAL = "international", "Organismo internacional"


class OrganKind(TextChoices):
    EXECUTIVE = "executive", "Secretaría ejecutiva"
    TECHNICAL = "technical", "Secretaría técnica"


class UnitKind(TextChoices):
    LABOUR_OFFICE = "labour_office", "Dirección del trabajo"


class Role(TextChoices):
    FOCAL_POINT = "focal_point", "Punto focal"
    TECHNICAL = "technical", "Secretaría técnica"
    EXECUTIVE = "executive", "Secretaría ejecutiva"
    COORDINATOR = "coordinator", "Coordinación de subcomisión"
    OBSERVER = "observer", "Observación"
    ADMINISTRATOR = "administrator", "Administración"


class Capacity(TextChoices):
    TITULAR = "titular", "Titular"
    ALTERNATE = "alternate", "Suplente"


class AgreementBody(TextChoices):
    MESA = "mesa", "Mesa Intersectorial"
    SUBCOMMISSION = "subcommission", "Subcomisión"


class AmendedObject(TextChoices):
    AXIS = "axis", "Eje"
    OBJECTIVE = "objective", "Objetivo"
    ACTION = "action", "Acción"
    INDICATOR = "indicator", "Indicador"
    MEANS = "means", "Medio de verificación"


class AmendmentDecision(TextChoices):
    KEEP = "keep", "Mantener"
    MODIFY = "modify", "Modificar"
    SUPPRESS = "suppress", "Suprimir"
    ADD = "add", "Agregar"


class Verb(TextChoices):
    """What the audit log can say was done."""

    LOGGED_IN = "logged_in", "Ingresó al portal"
    LOGGED_OUT = "logged_out", "Salió del portal"
    CREATED = "created", "Creó"
    CHANGED = "changed", "Modificó"
    REMOVED = "removed", "Quitó"
    WITHDRAWN = "withdrawn", "Retiró"
    LOADED = "loaded", "Cargó"
    SAVED_DRAFT = "saved_draft", "Guardó borrador"
    UPLOADED = "uploaded", "Subió archivo"
    DOWNLOADED = "downloaded", "Descargó archivo"
    MOVED = "moved", "Cambió de estado"
    ASSIGNED = "assigned", "Puso en revisión"
    RELEASED = "released", "Devolvió a la cola"
    ENDORSED = "endorsed", "Propuso resolución"
    DECIDED = "decided", "Resolvió"
    EXPORTED = "exported", "Exportó"
    CONFIRMED = "confirmed", "Confirmó"
    ASKED = "asked", "Preguntó"
    ANSWERED = "answered", "Respondió"
    INVITED = "invited", "Invitó"
    APPOINTED = "appointed", "Nombró"
    OPENED = "opened", "Abrió"
    EXTENDED = "extended", "Prorrogó"
    CLOSED = "closed", "Cerró"
    REMINDED = "reminded", "Recordó"
    VIEWED = "viewed", "Vio páginas"
    ISSUED = "issued", "Emitió"
    ANNULLED = "annulled", "Anuló"


class NoticeKind(TextChoices):
    """What the portal tells a person of its own accord."""

    SUBMITTED = "submitted", "Comprobante de envío"
    RETURNED = "returned", "Reporte devuelto"
    APPROVED = "approved", "Reporte aprobado"
    REOPENED = "reopened", "Reporte abierto a rectificación"
    ANNULLED = "annulled", "Reporte anulado"
    OPENED = "opened", "Período abierto"
    EXTENDED = "extended", "Prórroga"
    ASKED = "asked", "Pregunta"
    ANSWERED = "answered", "Respuesta"
    REMINDER = "reminder", "Recordatorio"
    ROLE = "role", "Nombramiento"
    DOCUMENT = "document", "Documento listo"


class MailState(TextChoices):
    """What became of the mail of a notice."""

    SENT = "sent", "Enviado"
    WAITING = "waiting", "Por enviar"
    FAILED = "failed", "No se pudo enviar"
    UNCONFIRMED = "unconfirmed", "Sin confirmar"
    NOT_MAILED = "not_mailed", "Solo en el portal"
