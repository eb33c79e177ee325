"""Few people can be recognised: small counts of persons are not printed in breakdowns (REPORTS, Never in output)."""

from collections.abc import Sequence
from fractions import Fraction

from indicators.models import MeansOfVerification
from plan.models import Action

FEWEST_PRINTED = 5
FEW = f"<\u00a0{FEWEST_PRINTED}"
#: Stands where a figure is left out so that a smaller one cannot be worked out from the total.
WITHHELD = "omitido"
#: Stands for the figure of one place beside the target that was agreed for it.
PROTECTED = "protegido"


def counts_people(action: Action) -> bool:
    """Whether the figures of an action count persons: its proof is then a list of people."""
    return MeansOfVerification.objects.filter(action=action, lists_people=True).exists()


def is_small(amount: Fraction | int | None) -> bool:
    """1 to 4 persons; nobody, and nothing told, can be said."""
    return amount is not None and 0 < amount < FEWEST_PRINTED


def veils(amounts: Sequence[Fraction | int | None]) -> dict[int, str]:
    """What is printed in place of each amount of persons that must not be, by its position.

    The total is printed: as long as it tells a small amount by what it leaves over, the next smallest is left out
    too. Where nothing else is left, nobody is told as few.
    """
    veiled = {place: FEW for place, amount in enumerate(amounts) if is_small(amount)}
    others = sorted((amount, place) for place, amount in enumerate(amounts) if amount and place not in veiled)
    nobody = [(place, FEW) for place, amount in enumerate(amounts) if amount == 0]
    for place, words in (*((place, WITHHELD) for _, place in others), *nobody[:1]):
        if _are_told(amounts, veiled):
            veiled[place] = words
    return veiled


def _are_told(amounts: Sequence[Fraction | int | None], veiled: dict[int, str]) -> bool:
    """Whether what the total leaves for the veiled amounts fits in one way only: few are 1 to 4, withheld are more."""
    few = sum(words == FEW for words in veiled.values())
    withheld = len(veiled) - few
    left = sum((amounts[place] or 0 for place in veiled), Fraction(0))
    if withheld:
        return left - FEWEST_PRINTED * withheld == few
    return few == 1 or (few > 0 and left in (few, (FEWEST_PRINTED - 1) * few))
