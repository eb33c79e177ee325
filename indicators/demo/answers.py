"""What the demonstration types into the forms of a report: likely figures, always the same."""

from random import Random

from indicators.enums import Answer, Stage
from indicators.forms.entry import ReportEntry
from indicators.forms.figures import (
    CountForm,
    FigureForm,
    InstitutionForm,
    NameListForm,
    ProductForm,
    RatioForm,
    YearlyProductForm,
)
from indicators.forms.grids import CrossGridForm, GridForm
from indicators.models import ProgressReport

#: Sentences that fit any action; each report takes its own mixture.
STORIES = {
    "narrative": (
        "Se realizaron las actividades previstas para el período con las unidades regionales.",
        "Se trabajó con tres servicios de la Mesa: dos jornadas presenciales y una a distancia.",
        "Se ejecutó lo programado en el norte y el centro; el sur quedó para el período siguiente.",
        "Se coordinaron las actividades con la mesa regional y con dos organizaciones de la sociedad civil.",
        "Se completó la primera etapa y se corrigió el material con las observaciones recibidas.",
    ),
    "results": (
        "Las unidades participantes conocen el procedimiento de detección y derivación.",
        "Aumentaron las consultas de los equipos regionales.",
        "El material quedó disponible para los servicios que lo pidieron.",
        "",
    ),
    "obstacles": (
        "La rotación de funcionarios obliga a repetir parte de las actividades.",
        "La agenda de los equipos regionales retrasó dos actividades.",
        "No hubo presupuesto para traslados en la zona austral.",
        "",
    ),
    "measures": (
        "Se incorporó la materia a la inducción de quienes ingresan.",
        "Se reprogramaron las actividades pendientes a distancia.",
        "",
    ),
    "support": ("Que la Mesa reitere por oficio la invitación a los servicios regionales.", "", "", ""),
}


class Typist:
    """Fills the forms of one report. `settings` is the demonstration file; `turn` the number of the period."""

    def __init__(self, report: ProgressReport, settings: dict, turn: int):
        self.report = report
        self.settings = settings
        self.turn = turn
        # Not for secrets: the same report always gets the same figures.
        self.random = Random(str(report))  # noqa: S311

    def typed(self, entry: ReportEntry, answer: Answer = Answer.PROGRESS) -> dict[str, list[str]]:
        """Form data for the whole page."""
        data = {name: [value] for name, value in entry.main.initial.items()}
        data["answer"] = [answer]
        if answer != Answer.PROGRESS:
            return data | {"motive": ["rescheduled"], "motive_text": ["Se reprogramó para el período siguiente."]}
        data |= {name: [self.random.choice(texts)] for name, texts in STORIES.items()}
        for form in entry.figures:
            data |= {form.add_prefix(name): values for name, values in self._figures(form).items()}
        return data

    def _figures(self, form: FigureForm) -> dict[str, list[str]]:
        by_form = {
            CountForm: self._count,
            NameListForm: self._names,
            InstitutionForm: self._institution,
            RatioForm: self._ratio,
            ProductForm: self._product,
            YearlyProductForm: self._years,
            GridForm: self._grid,
            CrossGridForm: self._cross_grid,
        }
        return by_form[type(form)](form)

    def _amount(self, form: FigureForm, share: float = 1.0) -> int:
        typical = self.settings["scales"].get(form.indicator.reference, 3) * share
        return max(0, round(typical * self.random.uniform(0.7, 1.25)))

    def _count(self, form) -> dict:
        return {"value": [str(self._amount(form))]}

    def _names(self, form) -> dict:
        stem = self.settings["names"][form.indicator.reference]
        return {"names": ["\n".join(f"{stem} {number}" for number in range(1, 3 + 3 * self.turn))]}

    def _institution(self, form) -> dict:
        others = [value for value, _ in form.fields["names"].choices]
        return {"affirmative": ["yes"], "names": self.random.sample(others, 3)}

    def _ratio(self, form) -> dict:
        numerator = self._amount(form)
        data = {"numerator": [str(min(numerator, form.universe_total or numerator))]}
        if "denominator" in form.fields:
            data["denominator"] = [str(numerator + self.random.randint(1, 4))]
        return data

    def _product(self, form) -> dict:
        stage = self.settings["stages"][form.indicator.reference][self.turn]
        data = {"stage": [stage]}
        if stage != Stage.NOT_STARTED:
            data["stage_on"] = [f"{self.report.period.ends_on:%Y-%m}-15"]
        if "named_count" in form.fields and stage == form.indicator.stage:
            data["named_count"] = ["6"]
        return data

    def _years(self, form) -> dict:
        return {"years": [str(year) for year in form.indicator.years if year < self.report.period.year]}

    def _grid(self, form) -> dict:
        typical = [row.denominator / 13 if row.denominator else self._amount(form) for row in form.rows]
        numbers = [round(amount * self.random.uniform(0.6, 1.3)) for amount in typical]
        return {row.key: [str(number)] for row, number in zip(form.rows, numbers, strict=True)}

    def _cross_grid(self, form) -> dict:
        cells = [name for name in form.fields if name != "total"]
        return {name: [str(self._amount(form))] for name in self.random.sample(cells, 40)}
