"""The whole page of a report as one thing: its forms, what is still missing, and what would be submitted."""

from dataclasses import dataclass
from typing import cast

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from indicators.content import ReportContent
from indicators.entry_context import entry_context
from indicators.enums import Answer, Breakdown, Outcome
from indicators.evidence_board import EvidenceBoard
from indicators.explaining import explanations_due
from indicators.forms.evidence import MeansForm, evidence_form_class
from indicators.forms.figures import FigureForm, plain_form_class
from indicators.forms.grids import CrossGridForm, GridForm
from indicators.forms.questions import QuestionForm
from indicators.forms.report import RecordForm, ReportForm, responder_of
from indicators.models import Evidence, Indicator, MeansOfVerification, ProgressReport
from indicators.on_behalf import usual_answers

NO_EVIDENCE = "Ningún medio tiene evidencia: agregue al menos un archivo, enlace o certificación."

UNCHANGED = "El reporte sigue igual al que fue devuelto: corrija lo que se pide."

#: Above this many, missing fields of one form are told in one line.
MISSING_TOLD_APART = 3


@dataclass(frozen=True)
class Point:
    """A line of the checklist: what it says and the field it leads to. Blocking ones prevent the submit; any file
    that is on its way will answer one that asks for evidence."""

    text: str
    anchor: str
    is_blocking: bool = True
    is_missing: bool = False
    asks_for_evidence: bool = False


@dataclass(frozen=True)
class FieldError:
    """What is wrong at one field, by the id that it has on the page; or that it is merely missing."""

    field: str
    text: str
    is_missing: bool


class ReportEntry:
    """Forms of a report, bound to what was posted, else to the stored draft, else empty."""

    def __init__(
        self, report: ProgressReport, user, data: QueryDict | None = None, files: MultiValueDict | None = None
    ):
        self.report = report
        self.context = entry_context(report)
        typed = data if data is not None else stored_draft(report)
        self.main = _main_form(report, user, typed)
        self.figures = [
            figure_form_class(i)(i, self.context, data=typed, use_required_attribute=False)
            for i in self.context.indicators
        ]
        self._board = EvidenceBoard(report)
        self._is_posted = data is not None
        self.evidence = [self._means_form(means, typed, files) for means in self.context.means]
        self.question = self._question_form(typed)
        #: What was filed with this very page.
        self.added: list[Evidence] = []

    def _means_form(
        self, means: MeansOfVerification, typed: QueryDict | None = None, files: MultiValueDict | None = None
    ) -> MeansForm:
        """Bound to what was posted, or to what waits in the draft to be added."""
        form = evidence_form_class(means)(means, self._board)
        waits = any(form.add_prefix(name) in (typed or {}) for name in form.TYPED)
        return type(form)(means, self._board, data=typed, files=files) if self._is_posted or waits else form

    def _question_form(self, typed: QueryDict | None) -> QuestionForm:
        """Bound only where a question was begun."""
        form = QuestionForm(self.context, typed)
        return form if form.is_bound and (form["text"].value() or "").strip() else QuestionForm(self.context)

    def renew_evidence(self) -> None:
        """After filing: every medio with what it has now, and with empty fields where all that it brought was kept."""
        self._board = EvidenceBoard(self.report)
        for place, form in enumerate(self.evidence):
            form.board = self._board
            if not form.errors:
                self.evidence[place] = self._means_form(form.means)

    def drop_question(self) -> None:
        """It was put: it waits no longer."""
        self.question = QuestionForm(self.context)

    @property
    def has_progress(self) -> bool:
        return self.main.has_progress

    @property
    def everything_filed(self) -> list[Evidence]:
        """All evidence that the report ever had, what was taken out too."""
        return self._board.everything

    @property
    def takes_files(self) -> bool:
        """Whether some medio is not reserved."""
        return any(not form.means.reserved for form in self.evidence)

    def draft(self) -> dict[str, list[str]]:
        """What was typed, field by field, right or wrong; but for NUL, which no database keeps in a text."""
        waiting = [form for form in self.evidence if form.is_typed]
        forms = [self.main, *self.figures, *waiting, *([self.question] if self.question.is_bound else [])]
        names = [form.add_prefix(name) for form in forms for name in form.fields]
        data = cast(QueryDict, self.main.data)
        return {name: [text.replace("\x00", "") for text in data.getlist(name)] for name in names if name in data}

    def points(self) -> list[Point]:
        """Everything that is missing, wrong or doubtful, in the order of the page."""
        return [*self._points_of_report(), *self._points_of_question()] if self.main.is_bound else []

    def _points_of_report(self) -> list[Point]:
        if not self.has_progress:
            return _points_of(self.main)
        of_figures = [point for form in self.figures for point in _points_of(form) + _doubts_of(form)]
        found = of_figures + self._points_of_evidence() + _points_of(self.main) + self._points_of_explanation()
        return found or self._points_of_repetition()

    def missing_explanations(self) -> list[str]:
        """What has to be explained and is not; for a bound entry whose figures are all right."""
        figures = [form.figures() for form in self.figures if form.is_valid()]
        is_explained = bool((self.main["explanation"].value() or "").strip())
        return [] if is_explained or len(figures) < len(self.figures) else explanations_due(self.context, figures)

    def _points_of_explanation(self) -> list[Point]:
        anchor = self.main["explanation"].auto_id
        return [Point(reason, anchor, is_missing=True) for reason in self.missing_explanations()]

    def _points_of_question(self) -> list[Point]:
        waits = Point("Hay una pregunta escrita y sin enviar.", "preguntas", is_blocking=False)
        return [waits] if self.question.is_bound else []

    def _points_of_repetition(self) -> list[Point]:
        """A returned report that would be sent just as it was."""
        decision = getattr(self.context.latest_submission, "decision", None)
        if decision is None or decision.outcome != Outcome.RETURNED or not self.has_progress:
            return []
        filed = [evidence for form in self.evidence for evidence in form.filed]
        is_same = self.content().digest(filed) == decision.submission.content_hash
        return [Point(UNCHANGED, "t-devolucion", is_blocking=False)] if is_same else []

    def _points_of_evidence(self) -> list[Point]:
        told = [point for form in self.evidence for point in _points_of_means(form)]
        without = [form for form in self.evidence if not form.filed and not form.waiting]
        if without and len(without) == len(self.evidence):
            return [*told, Point(NO_EVIDENCE, _anchor(without[0]), is_missing=True, asks_for_evidence=True)]
        return told + [
            Point(f"Medio {form.means.number} sin evidencia.", _anchor(form), is_blocking=False) for form in without
        ]

    def field_errors(self) -> list[FieldError]:
        """Every error at its field, for a page that stays open; evidence tells its own."""
        forms = [self.main, *self.figures] if self.has_progress else [self.main]
        return [
            FieldError(form[name].auto_id, " ".join(found[0].messages), found[0].code == "required")
            for form in forms
            for name, found in form.errors.as_data().items()
        ]

    def may_be_added(self) -> bool:
        """Whether some oficio or link is typed and only waits for a button."""
        return any(form.may_be_added for form in self.evidence)

    def may_be_submitted(self) -> bool:
        return self.main.is_bound and not any(point.is_blocking for point in self.points())

    def hide_missing(self) -> None:
        """While it is a draft, only what is wrong is shown at its field; what is missing stands in the checklist."""
        from_draft = [] if self._is_posted else self.evidence
        for form in [self.main, *self.figures, *from_draft]:
            for name, errors in form.errors.as_data().items():
                if all(error.code == "required" for error in errors):
                    del form.errors[name]

    def content(self) -> ReportContent:
        """What would be submitted; for an entry that may be."""
        figures = tuple(form.figures() for form in self.figures) if self.has_progress else ()
        return ReportContent(figures=figures, on_behalf=self.report.is_on_behalf, **self.main.cleaned_data)


def _main_form(report: ProgressReport, user, typed: QueryDict | None) -> ReportForm:
    """What does not depend on the indicators; a new one says already what the person would type again."""
    if report.is_on_behalf:
        usual = None if typed else {"answer": Answer.PROGRESS, **usual_answers(report, user)}
        return RecordForm(report.period, typed, initial=usual, use_required_attribute=False)
    usual = None if typed else {"answer": Answer.PROGRESS, **responder_of(user, report.institution_id)}
    return ReportForm(typed, initial=usual, use_required_attribute=False)


def figure_form_class(indicator: Indicator) -> type[FigureForm]:
    """The form of an indicator: by its breakdown, else by its kind."""
    if indicator.breakdown == Breakdown.REGION_INSTITUTION:
        return CrossGridForm
    return GridForm if indicator.breakdown else plain_form_class(indicator)


def stored_draft(report: ProgressReport) -> QueryDict | None:
    """The draft as the form data that it was."""
    if not report.draft:
        return None
    data = QueryDict(mutable=True)
    for name, values in report.draft.items():
        data.setlist(name, values)
    return data


def _anchor(form) -> str:
    return f"medio-{form.means.pk}"


def _points_of_means(form: MeansForm) -> list[Point]:
    """What was refused, and what is typed and not added."""
    medio = f"Medio {form.means.number}"
    found = form.errors.as_data().items()
    wrong = [(name, error) for name, errors in found for error in errors if error.code != "required"]
    missing = [(name, error) for name, errors in found for error in errors if error.code == "required"]
    points = [Point(f"{medio}: {' '.join(error.messages)}", _field_of(form, name)) for name, error in wrong]
    if missing:
        lacks = " ".join(message for _, error in missing for message in error.messages)
        points.append(Point(f"{medio}: {form.waiting}. {lacks}", _field_of(form, missing[0][0])))
    elif form.may_be_added:
        anchor = form[next(name for name in form.TYPED if name in form.changed_data)].auto_id
        points.append(Point(f"{medio}: {form.waiting}; se agrega al guardar o enviar.", anchor, is_blocking=False))
    return points


def _field_of(form: MeansForm, name: str) -> str:
    return form[name].auto_id if name in form.fields else _anchor(form)


def _points_of(form) -> list[Point]:
    errors = form.errors.as_data()
    missing = [name for name, found in errors.items() if all(error.code == "required" for error in found)]
    points = [_point(form, name, found) for name, found in errors.items() if name not in missing]
    if len(missing) > MISSING_TOLD_APART:
        text = f"{form.indicator.reference}: faltan {len(missing)} valores." if hasattr(form, "indicator") else ""
        return [*points, Point(text or f"Faltan {len(missing)} datos.", form[missing[0]].auto_id, is_missing=True)]
    return points + [_point(form, name, errors[name]) for name in missing]


def _doubts_of(form: FigureForm) -> list[Point]:
    return [
        Point(f"{form[name].label}: {question}", form[name].auto_id, is_blocking=False)
        for name, question in form.doubts().items()
    ]


def _point(form, name: str, errors) -> Point:
    field = form[name]
    message = " ".join(errors[0].messages)
    return Point(f"{field.label}: {message}", field.auto_id, is_missing=errors[0].code == "required")
