"""What a file of figures is and when they hold, as pairs for a sheet and for a readme."""

from collections.abc import Iterator

from plan.templatetags.portal import moment
from reports.facts.freezing import Facts
from reports.facts.parts import AxisFacts, EditionSheet
from reports.models import document_title

Pairs = list[tuple[str, str]]


def title_of(facts: Facts) -> str:
    if isinstance(facts, AxisFacts):
        return document_title(facts.axis.number, None)
    return document_title(None, facts.year)


def metadata(facts: Facts, fingerprint: str = "") -> Pairs:
    """`fingerprint` is the digest of an edition's snapshot. Its state is left out: it changes, the file does not."""
    return [
        ("Plan", facts.plan.name),
        ("Código del plan", facts.plan.code),
        ("Documento", title_of(facts)),
        *(_of_edition(facts.edition, fingerprint) if facts.edition else [("Edición", "Borrador, sin folio")]),
        ("Fechas", facts.result.dates_text),
        ("Metodología", f"Versión {facts.result.methodology}"),
        ("Datos", "De demostración: cifras ficticias" if facts.plan.has_demo_data else "Del portal"),
        ("Filas", "Una por indicador y ventana: la del cumplimiento y la de cada meta que aún no vence"),
        ("Verificado", "La cifra oficial: por reporte, la última decisión que lo aprueba"),
        ("Informado", "Por reporte, el último envío, cualquiera sea su revisión; nunca se suma a lo verificado"),
        ("Celda vacía", "Sin dato; el cero es un valor"),
        ("Personas", "En los desgloses no van conteos de 1 a 4 personas ni los que permitirían deducirlos"),
    ]


def _of_edition(edition: EditionSheet, fingerprint: str) -> Iterator[tuple[str, str]]:
    yield "Folio", edition.folio
    yield "Código de verificación", edition.code
    yield "Verificación", edition.verify_url
    yield "Emitida", moment(edition.issued_at)
    if edition.replaces:
        yield "Reemplaza a", edition.replaces
        yield "Fe de erratas", edition.errata
    yield "Huella SHA-256 de los datos", fingerprint
