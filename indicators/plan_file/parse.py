import json

from indicators.plan_file.problems import PlanFileError, Problem


class JsonObject(dict):
    """An object of the file that remembers keys written twice, of which JSON would silently keep the last."""

    def __init__(self, pairs: list[tuple[str, object]]):
        super().__init__(pairs)
        keys = [key for key, _ in pairs]
        self.repeated = sorted({key for key in keys if keys.count(key) > 1})


def parse(text: str) -> dict:
    """The object written in `text`. Raises PlanFileError, with line and column, where it is no JSON."""
    try:
        document = json.loads(text, object_pairs_hook=JsonObject)
    except json.JSONDecodeError as error:
        place = f"línea {error.lineno}, columna {error.colno}"
        raise PlanFileError([Problem(place, f"el texto no es JSON válido ({error.msg})")]) from error
    if not isinstance(document, dict):
        raise PlanFileError([Problem("", "se espera un objeto JSON")])
    return document
