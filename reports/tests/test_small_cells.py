"""What the total of a breakdown tells of the few persons that it leaves out."""

import pytest

from reports.small_cells import FEW, WITHHELD, veils


@pytest.mark.parametrize(
    ("amounts", "printed"),
    [
        ((30, 12, 0), (30, 12, 0)),
        ((3, 900, 12), (FEW, 900, WITHHELD)),
        ((3, 2, 900), (FEW, FEW, 900)),
        # Of two that come to 2, each is 1; of two that come to 8, each is 4.
        ((1, 1, 900, 12), (FEW, FEW, 900, WITHHELD)),
        ((4, 4, 900, 12), (FEW, FEW, 900, WITHHELD)),
        # One person and the least that is withheld: what is left over fits in one way.
        ((1, 5, 6, 900), (FEW, WITHHELD, WITHHELD, 900)),
        # Nobody else has any: who has none is not told apart.
        ((3, 0, None), (FEW, FEW, None)),
        ((1, 5, 0), (FEW, WITHHELD, FEW)),
        ((3, None), (FEW, None)),
    ],
)
def test_what_is_left_for_the_veiled_fits_in_more_than_one_way(amounts, printed):
    veiled = veils(amounts)
    assert tuple(veiled.get(place, amount) for place, amount in enumerate(amounts)) == printed
