"""Loading a plan file: a new plan beside the others, or the texts of one already loaded."""

import hashlib
from dataclasses import dataclass

from django.db import transaction

from indicators.models import ProgressReport, Universe
from indicators.plan_file import columns
from indicators.plan_file.ledger import Ledger
from indicators.plan_file.load_territory import load_boards, load_regions
from indicators.plan_file.load_tree import load_tree
from indicators.plan_file.parse import parse
from indicators.plan_file.problems import PlanFileError, first_of_each_place
from indicators.plan_file.rules import broken_rules
from indicators.plan_file.schema import PLAN_FILE
from indicators.plan_file.standing_rules import broken_standing_rules
from plan.audit import record
from plan.enums import PlanState, Verb
from plan.models import (
    Action,
    Institution,
    Membership,
    Plan,
    SpecificObjective,
)


@dataclass(frozen=True)
class Loaded:
    plan: Plan
    ledger: Ledger


def load(text: str) -> Loaded:
    """Load the plan written in `text` in one transaction; what is already so is not written again.

    Rows are recognised by their natural key (plan code, eje number, codes of objetivo and acción, number of indicador
    and medio; institutions by name, regions and universos by code), so that texts change under the figures reported
    on them. Raises PlanFileError with every problem of the file, or with what a loaded plan cannot lose; then nothing
    is stored.
    """
    document = check(text)
    with transaction.atomic():
        ledger = Ledger()
        plan = _load_plan(document["plan"], ledger)
        institutions = _load_institutions(plan, document, ledger)
        regions = load_regions(document["regions"], ledger)
        load_boards(plan, document["regional_boards"], regions, ledger)
        _load_organs(plan, document["organs"], institutions, ledger)
        load_tree(plan, document["axes"], _load_universes(document["universes"], ledger), ledger)
        _load_background(plan, document["background"], ledger)
        ledger.drop_leftovers(frozen=ProgressReport.objects.for_plan(plan).exists())
        if ledger.problems:
            raise PlanFileError(ledger.problems)
        _record(plan, ledger, text)
    return Loaded(plan, ledger)


def check(text: str) -> dict:
    """The document written in `text`. Raises PlanFileError with every problem of its shape and of its rules."""
    document = parse(text)
    problems = [*PLAN_FILE(document, ""), *broken_rules(document), *broken_standing_rules(document)]
    if problems:
        raise PlanFileError(first_of_each_place(problems))
    return document


def _load_plan(item: dict, ledger: Ledger) -> Plan:
    values = columns.PLAN.values(item)
    values["predecessor"] = Plan.objects.filter(code=item["predecessor"]).first()
    code = values.pop("code")
    if not Plan.objects.filter(code=code).exists():
        values["state"] = _first_state()
    plan = ledger.put(Plan, values, code=code)
    objectives = [
        ledger.put(SpecificObjective, {"text": text}, plan=plan, number=number)
        for number, text in enumerate(item["specific_objectives"], 1)
    ]
    ledger.keep_only(plan.specific_objectives.all(), objectives, "plan.specific_objectives")
    principles = [ledger.put_item(columns.PRINCIPLE, row, plan=plan) for row in item["principles"]]
    ledger.keep_only(plan.principles.all(), principles, "plan.principles")
    return plan


def _first_state() -> PlanState:
    """The first plan is the one in force; the next one waits as a draft until the Mesa changes over."""
    return PlanState.DRAFT if Plan.objects.filter(state=PlanState.IN_FORCE).exists() else PlanState.IN_FORCE


def _load_institutions(plan: Plan, document: dict, ledger: Ledger) -> dict[str, Institution]:
    """The institutions of the file by name, seated in its order. Those that joined later are not the file's."""
    by_name = {}
    seats = []
    for order, item in enumerate(document["institutions"], 1):
        institution = _renamed(item["name"]) or ledger.put_item(columns.INSTITUTION, item, by="name")
        by_name[item["name"]] = institution
        seats.append(ledger.put(Membership, {"order": order}, plan=plan, institution=institution, valid_from=None))
    ledger.keep_only(plan.memberships.filter(valid_from=None), seats, "institutions")
    return by_name


def _renamed(name: str) -> Institution | None:
    """The institution that bore this name and bears another one today: it is the portal's now, not the file's."""
    is_current = Institution.objects.filter(name=name).exists()
    return None if is_current else Institution.objects.filter(names__name=name).first()


def _load_organs(plan: Plan, items: list[dict], institutions: dict[str, Institution], ledger: Ledger) -> None:
    organs = [
        ledger.put_item(
            columns.ORGAN, item, by="kind", more={"institution": institutions.get(item["institution"])}, plan=plan
        )
        for item in items
    ]
    ledger.keep_only(plan.organs.all(), organs, "organs")


def _load_universes(items: list[dict], ledger: Ledger) -> dict[str, Universe]:
    return {item["code"]: ledger.put_item(columns.UNIVERSE, item, by="code") for item in items}


def _load_background(plan: Plan, items: list[dict], ledger: Ledger) -> None:
    actions = {action.code: action for action in Action.objects.for_plan(plan)}
    facts = []
    for item in items:
        fact = ledger.put_item(columns.FACT, item, plan=plan)
        ledger.relate(fact, "actions", [actions[code] for code in item["actions"]])
        facts.append(fact)
    ledger.keep_only(plan.background_facts.all(), facts, "background")


def _record(plan: Plan, ledger: Ledger, text: str) -> None:
    if ledger.wrote:
        record(
            Verb.LOADED,
            plan,
            by=None,
            created=len(ledger.created),
            changed=len(ledger.changed),
            removed=ledger.removed.total(),
            sha256=hashlib.sha256(text.encode()).hexdigest(),
        )
