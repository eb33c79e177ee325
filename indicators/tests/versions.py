"""A new version of the methodology as it is typed under an acta, and as it is stored."""

from decimal import Decimal

from indicators.agreements.methodology import enact, newest_version
from indicators.calculations.parameters import PARAMETERS
from indicators.models import Methodology
from plan.models import Agreement, User

AS_FIRST = {
    "fulfilled_from": "90 %",
    "partial_from": "75 %",
    "explain_under": "75 %",
    "explain_over": "120 %",
    "conclusive_share": "50 %",
    "pace_tolerance": "10 puntos",
    "yearly_product_years_of_grace": "1",
    "forecast_periods": "1",
    "forecast_total_periods": "2",
}


def new_version(acta: Agreement, **changes: str) -> dict[str, str]:
    """The fields of the form: a lower threshold of «Cumplido», from the day of the acta."""
    typed = {"valid_from": acta.agreed_on.isoformat(), "reason": "Acuerdo de la Mesa", "fulfilled_from": "80 %"}
    return AS_FIRST | typed | changes


def enacted(acta: Agreement, by: User, **changes) -> Methodology:
    """The newest version with «Cumplido» from 80 % and these changes, stored under the acta from its day on."""
    before = newest_version(acta.plan)
    values = {parameter.name: getattr(before, parameter.name) for parameter in PARAMETERS}
    dated = {"valid_from": acta.agreed_on, "reason": "Acuerdo"}
    values["fulfilled_from"] = Decimal("0.8")
    return enact(acta, Methodology(**dated | values | changes), seen=before.version, by=by)
