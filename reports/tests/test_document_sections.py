"""What the documents say around the figures: words of the secretarías, causes, regions, traces, quality, signatures."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from indicators.calculations.results import Coverage, Exclusion, TraceStep
from indicators.calculations.terms import ActionState, Condition, Mark
from indicators.enums import CauseKind, Deviation
from indicators.models import Cause
from indicators.queries import compliance
from indicators.queries.review_times import Times
from indicators.tests.world import as_read
from plan.enums import Role
from plan.models import Region, RegionalBoard
from reports.documents.pages import annual_page, axis_page
from reports.documents.quality import quality_of
from reports.documents.traces import traced
from reports.enums import EditionSlot, TextState
from reports.facts.causes import CauseLine, Explained
from reports.facts.changes import ActionChange, Changes, GroupChange
from reports.facts.gather import annual_facts, axis_facts
from reports.facts.parts import AmendmentLine, AssessmentLine, EditionSheet, ErrataLine, ProposalLine
from reports.facts.reviews import ReviewLine
from reports.facts.territory import BoardState
from reports.facts.texts import EditionLine, EditionTexts, Signer
from reports.plan_pages.calculation import Calculations
from reports.plan_pages.discretion import Discretion
from reports.tests import builders, papers, story, world
from reports.tests.test_documents import an_axis
from reports.tests.world import CUT_OFF, noon

KNOWN_AT = noon(date(2017, 6, 30))
EDITION = EditionSheet(
    folio="MITP-2018-003",
    code="7KQ2-9FXM-4TR0-CVBA",
    verify_url="https://portal.example/verificar/7KQ29FXM4TR0CVBA/",
    issued_at=datetime(2018, 3, 1, 15, tzinfo=UTC),
    replaces="MITP-2018-001",
    errata="Decía 90; debe decir 91.",
)


def texts(axis_number: int | None = 1, **words: str) -> EditionTexts:
    slots = [slot for slot in EditionSlot if slot.is_of_axis == (axis_number is not None)]
    lines = (EditionLine(slot, words.get(slot.value, ""), TextState.READY) for slot in slots)
    return EditionTexts(2016, axis_number, tuple(lines))


def axis_words(**fields) -> str:
    """With every space, also one that does not break, as a single one."""
    return " ".join(as_read(axis_page(papers.axis_facts(an_axis(), **fields))).split())


def annual_words(*axes, **fields) -> str:
    return " ".join(as_read(annual_page(papers.annual_facts(*(axes or (an_axis(),)), **fields))).split())


# Editions --------------------------------------------------------------------------------------------------------
def test_an_edition_says_folio_code_and_digest_and_no_page_calls_it_a_draft():
    page = as_read(axis_page(papers.axis_facts(an_axis(), edition=EDITION), "ab12" * 16))
    assert "Folio MITP-2018-003, emitida el 01-03-2018 12:00" in page
    assert 'data-pie="MITP-2018-003 · Código 7KQ2-9FXM-4TR0-CVBA · PAN-2015-2018' in page
    assert "SHA-256 " + "ab12" * 16 in page
    assert "<title>Código QR que lleva a la página de verificación de esta edición</title>" in page
    assert [word for word in ("BORRADOR", "Borrador", "informe-borrador.css") if word in page] == []


def test_a_correction_says_what_it_replaces_and_why():
    words = axis_words(edition=EDITION)
    assert "Reemplaza a la edición MITP-2018-001. Decía 90; debe decir 91." in words


# Words of the secretarías ----------------------------------------------------------------------------------------
def test_logros_nudos_and_decisions_stand_in_the_summary_of_the_eje():
    told = texts(achievement_1="Se validó la guía.", obstacle_1="Faltan relatores.", decisions="Fijar la meta.")
    words = axis_words(texts=told)
    assert "<h3>Logros</h3><ol><li>Se validó la guía.</li></ol>" in words
    assert "<h3>Nudos críticos</h3><ol><li>Faltan relatores.</li></ol>" in words
    assert "<p>Fijar la meta.</p>" in words


def test_a_text_that_nobody_wrote_is_said_to_be_missing():
    assert axis_words(texts=texts()).count("Sin texto a la fecha de este documento.") == 3


def test_what_they_write_is_never_markup():
    assert "<p>&lt;b&gt;a&lt;/b&gt;</p>" in annual_words(texts=texts(None, presentation="<b>a</b>"))


def test_each_eje_of_the_annual_status_has_its_diagnosis_and_advances():
    words = annual_words(axis_texts=(texts(1, diagnosis="Falta personal.", progress="Se hizo la guía."),))
    assert '<h4>Diagnóstico</h4> <div class="texto"><p>Falta personal.</p></div>' in words
    assert "<p>Se hizo la guía.</p>" in words


def test_the_evaluation_is_printed_where_it_is_asked():
    told = texts(None, evaluation="El plan sirvió.")
    assert "<p>El plan sirvió.</p>" in annual_words(texts=told)
    asked_not = replace(told, lines=tuple(line for line in told.lines if line.slot != EditionSlot.EVALUATION))
    assert "Cláusula octava" not in annual_words(texts=asked_not)


def test_signers_stand_at_the_end_with_their_cargo():
    words = axis_words(signers=(Signer("Nombre de prueba", "Subsecretaria", "Subsecretaría del Interior"),))
    assert "<li><b>Nombre de prueba</b><br>Subsecretaria<br>Subsecretaría del Interior</li>" in words
    assert "Sin firmas registradas" in axis_words()


# Causes ----------------------------------------------------------------------------------------------------------
CAUSE = CauseLine(
    "Falta de recursos", "No hubo viajes.", "Pedir fondos.", "Jefa de unidad", date(2017, 6, 30), "DT", CUT_OFF
)


def test_a_figure_far_from_its_meta_is_printed_with_cause_measure_cargo_and_date():
    line = Explained("1.1.1.I1", "Capacitados", "60,0\u00a0%", (Deviation.UNDER,), (CAUSE,))
    words = axis_words(explained=(line,))
    assert "Capacitados. Incumplimiento: 60,0 %" in words
    assert "<td>No hubo viajes.</td><td>Pedir fondos.</td><td>Jefa de unidad</td>" in words


def test_those_that_nobody_explained_share_a_table_that_says_so():
    explained = Explained("1.1.1.I1", "Capacitados", "60,0\u00a0%", (Deviation.UNDER,), (CAUSE,))
    silent = [replace(explained, reference=f"1.1.1.I{number}", causes=()) for number in (2, 3)]
    words = axis_words(explained=(explained, *silent))
    table = words.split("Sin causa registrada a la fecha de este documento")[1].split("</table>")[0]
    assert [reference in table for reference in ("1.1.1.I1", "1.1.1.I2", "1.1.1.I3")] == [False, True, True]


def test_causes_come_from_what_was_recorded_by_both_dates(db):
    told = story.tell()
    world.make_target(told.counted, 1000, world.make_agreement(told.plan, agreed_on=date(2015, 2, 1)))
    cause = Cause.objects.create(
        indicator=told.counted,
        cut_off=CUT_OFF,
        deviation=Deviation.UNDER,
        kind=CauseKind.RESOURCES,
        explanation="Escriba a ana@ejemplo.cl",
        measure="Pedir fondos.",
        responsible="Jefa de unidad",
        due_on=date(2017, 6, 30),
        recorded_by=world.make_user(),
        acting_as="Punto focal",
        recorded_at=noon(date(2017, 3, 1)),
    )
    told_by = {
        at: axis_facts(told.plan, compliance(told.plan, CUT_OFF, at), 1).explained[0].causes
        for at in (noon(date(2017, 2, 1)), KNOWN_AT)
    }
    assert list(map(len, told_by.values())) == [0, 1]
    assert told_by[KNOWN_AT][0].explanation == "Escriba a [correo omitido]"
    assert cause.acting_as not in str(told_by)


# Beside the figures ----------------------------------------------------------------------------------------------
def test_the_apreciacion_stands_beside_the_figure_and_says_that_it_does_not_change_it():
    line = AssessmentLine("Requiere apoyo", "Faltan dos regiones.", "Coordinadora", CUT_OFF)
    action = papers.action_facts(builders.action(), assessment=line)
    words = axis_words(actions=(action,))
    assert "Apreciación: <b>Requiere apoyo</b>. Faltan dos regiones." in words
    assert "No cambia la cifra." in words


def test_proposals_have_their_section_where_there_are_any():
    line = ProposalLine("Modificar", "Capacitar a todos.", "Quedan pocos.", "Coordinadora", date(2017, 1, 5))
    action = papers.action_facts(builders.action(), proposal=line)
    words = axis_words(actions=(action,))
    assert '<a href="#propuesta"' in words
    assert "<td>Capacitar a todos.</td>" in words
    assert "propuesta" not in axis_words()


def test_what_was_returned_says_with_which_round_it_was_answered():
    told = replace(papers.narrative(), rounds=("Ronda 1, devuelta el 01-02-2017: Falta. Respondida con la ronda 2.",))
    action = papers.action_facts(builders.action(), narratives=(told,))
    assert "Respondida con la ronda 2." in axis_words(actions=(action,))


# Duty, territory, changes ----------------------------------------------------------------------------------------
def test_the_own_times_of_the_secretaria_stand_beside_the_duty_of_the_institutions():
    times = Times(received=20, resolved=18, within_term=17, median_days=4.5, longest_days=31, waiting=2, overdue=1)
    words = axis_words(reviews=(ReviewLine("1.er semestre 2016", times),))
    assert '<th scope="row">1.er semestre 2016</th><td class="n">20</td><td class="n">18</td>' in words
    assert '<td class="n">4,5</td><td class="n">31</td><td class="n">2</td>' in words


def test_a_region_without_mesa_and_one_without_reports_are_told_apart():
    boards = (BoardState("XV", "Arica", 2015, True), BoardState("I", "Tarapacá", None, False))
    words = annual_words(boards=boards)
    assert '<td class="n">2015</td><td>Sin reporte</td>' in words
    assert '<td class="n">el plan no dice</td><td>Con reportes</td>' in words


def test_boards_and_silent_regions_come_from_the_plan_and_its_reports(db):
    told = story.tell()
    RegionalBoard.objects.create(plan=told.plan, region=Region.objects.get(name="Arica"), since_year=2015)
    Region.objects.create(code="ZZ", name="Callada", order=99)
    facts = annual_facts(told.plan, compliance(told.plan, CUT_OFF, KNOWN_AT), 2016)
    found = {board.name: (board.since_year, board.is_silent) for board in facts.boards}
    assert (found["Arica"], found["Callada"]) == ((2015, False), (None, True))


def test_the_change_since_the_corte_before_stands_in_the_table():
    group = GroupChange("1.1", "70,0\u00a0%", Fraction(1, 20))
    changes = Changes(date(2016, 6, 30), "Corte 30-06-2016", (group,), ())
    words = axis_words(changes=changes)
    assert '<td class="n">+5,0 pp</td>' in words
    assert "desde el corte 30-06-2016" in words


def test_the_year_before_stands_beside_action_by_action():
    line = ActionChange("1.1.1", None, ActionState.OVERDUE, "–", "75,0\u00a0%", None)
    words = annual_words(changes=Changes(date(2015, 12, 31), "Corte 31-12-2015", (), (line,)))
    assert '<th scope="row"><b>1.1.1</b></th><td>No estaba en el plan</td>' in words
    assert "Es el primer año del plan" in annual_words()


def test_changes_of_the_text_stand_with_both_texts_and_their_acta():
    change = AmendmentLine("1.1.1", "Modificar", date(2016, 5, 1), "Acta N.º\u00a012", "Antes", "Después")
    older = replace(change, effective_on=date(2015, 5, 1), reference="9.9.9")
    words = annual_words(plan=papers.plan_sheet(amendments=(change, older)))
    section = words[words.index('id="cambios"') : words.index('id="comparacion"')]
    assert "<b>Modificar 1.1.1</b>, desde el 01-05-2016 · Acta N.º 12" in section
    assert ("<td>Antes</td>" in section, "<td>Después</td>" in section, "9.9.9" in section) == (True, True, False)


def test_errata_of_the_year_are_listed():
    line = ErrataLine("MITP-2018-003", "MITP-2018-001", "Informe de cumplimiento, eje 1", "Decía 90.")
    words = annual_words(errata=(line,))
    assert '<td class="mono">MITP-2018-001</td><td>Informe de cumplimiento, eje 1</td><td>Decía 90.</td>' in words


def test_what_is_pending_is_listed_with_its_reason_overdue_first():
    axis = builders.axis(
        1,
        builders.objective(
            "1.1",
            builders.action("1.1.1", None, ActionState.NOT_STARTED),
            builders.action("1.1.2", None, ActionState.OVERDUE),
            builders.action("1.1.3", Fraction(1), ActionState.FULFILLED),
        ),
    )
    words = annual_words(axis)
    section = words[words.index("Acciones atrasadas, sin informe") : words.index("Proyección hasta")]
    assert section.index("<b>1.1.2</b>") < section.index("<b>1.1.1</b>")
    assert "<b>1.1.3</b>" not in section


# Quality and traces ----------------------------------------------------------------------------------------------
def test_the_quality_of_the_data_is_counted():
    marked = builders.indicator("1.1.1.I1", marks=frozenset({Mark.RECONSTRUCTED}))
    silent = builders.indicator("1.1.1.I2", builders.figure(condition=Condition.NOT_CALCULABLE), has_target=False)
    lines = quality_of([marked, silent], Coverage(owed=4, made=3, validated=1, on_time=2))
    told = {line.label: (line.count, line.whole) for line in lines}
    assert told["Indicadores sin meta acordada"] == (1, 2)
    assert told["Indicadores no calculables"] == (1, 2)
    assert told["Cifras que se apoyan en historia registrada después"] == (1, 2)
    assert told["Reportes exigidos que no se hicieron"] == (1, 4)
    assert told["Reportes hechos y aún no validados"] == (2, 3)


@pytest.fixture
def opened(db):
    told = story.tell()
    result = compliance(told.plan, CUT_OFF, KNOWN_AT)
    return Calculations(result, Discretion.of_the_house(told.plan, result), {told.period.pk: "2016"}).plan()


def test_the_annex_gives_each_figure_with_its_reports_and_who_approved_them(opened):
    ((action,),) = [objective.actions for objective in traced(opened.parts[0])]
    figure = action.indicators[0]
    heads = [row.head for row in figure.rows]
    ((reports,),) = [row.lines for row in figure.rows if row.head == "Reportes en que se apoya"]
    assert (figure.reference, figure.side.text) == ("1.1.1.I1", "75,0\u00a0%")
    assert "Resuelto por: Analista, Secretaría técnica." in reports
    assert heads[-1] == "No se imprime"


def test_the_annex_says_once_that_values_may_not_be_printed(opened):
    indicator = opened.find("1.1.1")[-1].parts[0]
    (line,) = indicator.verified.inputs
    side = replace(indicator.verified, inputs=(replace(line, amount=""),) * 3)
    objective = replace(opened, parts=(replace(opened, parts=(replace(indicator, verified=side),)),))
    rows = traced(replace(opened, parts=(objective,)))[0].actions[0].indicators[0].rows
    ((reports,),) = [row.lines for row in rows if row.head == "Reportes en que se apoya"]
    named, judged = reports.split(": valores reservados. ")
    assert (named.count("n.º"), judged) == (3, "Resuelto por: Analista, Secretaría técnica.")


def test_equal_steps_share_a_row_with_a_line_each_and_say_no_amount_twice(opened):
    action = opened.find("1.1.1")[-1]
    summed = (TraceStep("Se suma", "A: 4 + 5", "9"), TraceStep("Se suma", "B: 9", "9"))
    steps = (*summed, TraceStep("Total", "9 + 9", "18"))
    side = replace(action.parts[0].verified, trace=replace(action.parts[0].verified.trace, steps=steps), inputs=())
    objective = replace(opened, parts=(replace(action, parts=(replace(action.parts[0], verified=side),)),))
    rows = traced(replace(opened, parts=(objective,)))[0].actions[0].indicators[0].rows
    assert [(row.head, row.lines, row.result) for row in rows[:2]] == [
        ("Se suma", ("A: 4 + 5 = 9", "B: 9"), ""),
        ("Total", ("9 + 9",), "18"),
    ]


def test_what_was_left_out_for_one_reason_shares_a_line(opened):
    action = opened.find("1.1.1")[-1]
    left_out = (
        Exclusion("A, 2016", "en revisión"),
        Exclusion("B, 2016", "devuelto"),
        Exclusion("C, 2016", "en revisión"),
    )
    trace = replace(action.parts[0].verified.trace, steps=(), exclusions=left_out)
    side = replace(action.parts[0].verified, trace=trace, inputs=())
    objective = replace(opened, parts=(replace(action, parts=(replace(action.parts[0], verified=side),)),))
    rows = traced(replace(opened, parts=(objective,)))[0].actions[0].indicators[0].rows
    assert rows[0].lines == ("A, 2016; C, 2016: en revisión", "B, 2016: devuelto")


def test_a_draft_of_the_documents_names_no_reviewer(db):
    told = story.tell()
    secretary = world.make_secretary(told.plan, Role.TECHNICAL)
    page = axis_page(axis_facts(told.plan, compliance(told.plan, CUT_OFF, KNOWN_AT), 1))
    assert secretary.full_name not in page
    assert "Persona que revisa" not in page
