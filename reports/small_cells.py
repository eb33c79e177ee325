"""Few people can be recognised: small counts of persons are not printed in breakdowns (REPORTS, Never in output)."""

from collections.abc import Sequence
from fractions import Fraction

from indicators.models import MeansOfVerification
from plan.models import Action
from plan.templatetags.portal import number

FEWEST_PRINTED = 5
FEW = f"<\u00a0{FEWEST_PRINTED}"
#: Stands where a figure is left out so that a smaller one cannot be worked out from the total.
WITHHELD = "omitido"


def counts_people(action: Action) -> bool:
    """Whether the figures of an action count persons: its proof is then a list of people."""
    return MeansOfVerification.objects.filter(action=action, lists_people=True).exists()


def is_small(amount: Fraction | int | None) -> bool:
    """1 to 4 persons; nobody, and nothing told, can be said."""
    return amount is not None and 0 < amount < FEWEST_PRINTED


def cell_text(amount: Fraction | int | None, *, is_people: bool) -> str:
    """The amount as a cell of a breakdown prints it: "1.240", "< 5", or "–" where nothing was told."""
    return FEW if is_people and is_small(amount) else number(amount)


def veils(amounts: Sequence[Fraction | int | None]) -> dict[int, str]:
    """What is printed in place of each amount of persons that must not be, by its position.

    A single small amount could be worked out from the total and the others: the next smallest is left out too.
    """
    veiled = {place: FEW for place, amount in enumerate(amounts) if is_small(amount)}
    others = [(amount, place) for place, amount in enumerate(amounts) if amount and place not in veiled]
    if len(veiled) == 1 and others:
        veiled[min(others)[1]] = WITHHELD
    return veiled
