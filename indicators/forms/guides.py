"""How each kind of figure is reported, in the words of the help beside its form."""

from dataclasses import dataclass

from indicators.enums import Breakdown, DerivedFrom, IndicatorKind
from indicators.models import Indicator


@dataclass(frozen=True)
class Guide:
    title: str
    text: str


INSTITUTIONS = Guide(
    "Cómo se informa una cuenta de instituciones",
    "Responda sí o no por su institución. Cada institución responsable responde por sí misma y se cuenta una sola vez, "
    "aunque responda sí en varios períodos. Ejemplo: si dos instituciones responden sí y una no, el valor es 2.",
)
NAMES = Guide(
    "Cómo se informa una lista",
    "Escriba un nombre por línea, con todos los que hay hasta el fin del período y no solo los nuevos. "
    "El portal cuenta los nombres; uno repetido cuenta una vez.",
)
CROSS = Guide(
    "Cómo se informa un desglose por región e institución",
    "Escriba un número entero en cada celda en que hubo algo; una celda vacía vale 0. Si no hubo nada en ninguna, "
    "escriba 0 en el total: todo vacío significa que falta el dato.",
)
BY_KIND = {
    IndicatorKind.COUNT: Guide(
        "Cómo se informa un conteo",
        "Escriba un número entero. Si dice «Del período», cuente solo lo hecho entre las dos fechas; si dice "
        "«Acumulado», todo desde el inicio del plan. El cero es un valor; el vacío significa que falta el dato.",
    ),
    IndicatorKind.RATIO: Guide(
        "Cómo se informa una razón",
        "Escriba cantidades y no porcentajes: el portal divide y muestra el resultado. "
        "Ejemplo: 24 personas capacitadas de 58 son 41,4 %. "
        "Si el total viene del universo declarado por la institución, solo se pide el numerador.",
    ),
    IndicatorKind.PRODUCT: Guide(
        "Cómo se informa un producto",
        "Elija la etapa que el producto ya alcanzó y la fecha en que la alcanzó. Una etapa empezada y no terminada "
        "todavía no cuenta: un texto en revisión sigue «en elaboración» hasta que esté listo.",
    ),
    IndicatorKind.YEARLY_PRODUCT: Guide(
        "Cómo se informa un producto anual",
        "Marque los años cuyo producto ya está entregado, aunque los haya marcado antes. "
        "El producto de un año puede entregarse al año siguiente: se marca el año al que se refiere.",
    ),
    IndicatorKind.YEAR_COUNT: Guide(
        "Cómo se informa un conteo de un año",
        "Escriba un número entero con lo hecho en el período. Solo se suman los períodos del año que pide el plan.",
    ),
}


def guide_of(indicator: Indicator) -> Guide:
    """The help of an indicator; how it is asked decides before its kind does."""
    if indicator.derived_from != DerivedFrom.NONE:
        return INSTITUTIONS
    if indicator.lists_names:
        return NAMES
    if indicator.breakdown == Breakdown.REGION_INSTITUTION:
        return CROSS
    return BY_KIND[IndicatorKind(indicator.kind)]
