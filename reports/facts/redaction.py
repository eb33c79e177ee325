"""No RUN and no e-mail address leaves in a document, even where an institution wrote one in its narrative."""

import re

from plan.files.personal_data import EMAIL, RUN, check_digit

RUN_VEILED = "[RUN omitido]"
EMAIL_VEILED = "[correo omitido]"


def without_personal_data(text: str) -> str:
    """The text with every valid RUN (modulo 11) and every e-mail address replaced by what was left out."""
    return EMAIL.sub(EMAIL_VEILED, RUN.sub(_veil_run, text))


def _veil_run(match: re.Match) -> str:
    number, digit = match.group(1).replace(".", ""), match.group(2) or match.group(3)
    return RUN_VEILED if check_digit(int(number)) == digit.upper() else match.group()
