from collections import Counter
from collections.abc import Iterable

from django.db.models import Model, ProtectedError, QuerySet

from indicators.plan_file.columns import Columns, Row
from indicators.plan_file.problems import Problem


class Ledger:
    """Writes what differs from the file, and remembers what it created, changed and removed."""

    def __init__(self):
        self.created: list[Model] = []
        self.changed: list[Model] = []
        self.removed: Counter[type[Model]] = Counter()
        self.problems: list[Problem] = []
        self._leftovers: list[tuple[str, QuerySet]] = []

    @property
    def wrote(self) -> bool:
        return bool(self.created or self.changed or self.removed)

    def put(self, model: type[Row], values: dict, **key: object) -> Row:
        """The row with this natural key, holding `values`: created, changed or, where nothing differs, untouched."""
        row = model._default_manager.filter(**key).first()
        if row is None:
            row = model._default_manager.create(**key, **values)
            self.created.append(row)
            return row
        stale = [field for field, value in values.items() if getattr(row, field) != value]
        for field in stale:
            setattr(row, field, values[field])
        if stale:
            row.save(update_fields=stale)
            self._change(row)
        return row

    def put_item(
        self, columns: Columns[Row], item: dict, *, by: str = "number", more: dict | None = None, **parent: object
    ) -> Row:
        """The row of an object of the file, recognised by the key `by` under its parent; `more` are other fields."""
        values = columns.values(item) | (more or {})
        return self.put(columns.model, values, **parent, **{by: values.pop(by)})

    def relate(self, row: Model, field: str, others: Iterable[Model]) -> None:
        """Make the many-to-many `field` of `row` hold exactly `others`."""
        manager, wanted = getattr(row, field), {other.pk for other in others}
        if wanted != set(manager.values_list("pk", flat=True)):
            manager.set(wanted)
            self._change(row)

    def keep_only(self, rows: QuerySet, kept: Iterable[Model], place: str) -> None:
        """Remember the rows that the file no longer has, for `drop_leftovers`."""
        self._leftovers.append((place, rows.exclude(pk__in=[row.pk for row in kept])))

    def drop_leftovers(self, *, frozen: bool) -> None:
        """Remove what the file no longer has; a `frozen` plan loses nothing, and what others rest on stays."""
        for place, leftovers in self._leftovers:
            for row in leftovers:
                self._drop(row, place, frozen)

    def _drop(self, row: Model, place: str, frozen: bool) -> None:
        if frozen:
            self._refuse(row, place, "el plan ya tiene reportes")
            return
        try:
            row.delete()
        except ProtectedError:
            self._refuse(row, place, "hay datos que dependen de ello")
        else:
            self.removed[type(row)] += 1

    def _refuse(self, row: Model, place: str, reason: str) -> None:
        sentence = f"el archivo ya no trae «{row}», que está cargado, y no se puede quitar: {reason}"
        self.problems.append(Problem(place, sentence))

    def _change(self, row: Model) -> None:
        if row not in self.created and row not in self.changed:
            self.changed.append(row)
