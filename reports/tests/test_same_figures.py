"""Screen, JSON, spreadsheet and PDF of the same dates show the same figures (COMPLIANCE)."""

import csv
import io
import subprocess
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from indicators.calculations.moments import as_moment
from reports.documents.making import Order, make_document
from reports.tests import story, world

pytestmark = [pytest.mark.django_db, pytest.mark.poppler]

DATES = [("2015-12-31", "2017-12-31"), ("2016-12-31", "2017-01-25"), ("2016-12-31", "2017-12-31")]


@pytest.fixture
def plan(client):
    told = story.tell()
    world.make_target(
        world.make_count(world.make_action(told.plan, "2.1.1", "Estudiar")), 10, world.make_agreement(told.plan)
    )
    client.force_login(world.make_secretary(told.plan))
    return told.plan


def printed(plan, cut_off: str, known_on: str) -> str:
    """The words of both documents, on one line: a cell may break where it is narrow."""
    moment = as_moment(date.fromisoformat(known_on))
    day = date.fromisoformat(cut_off)
    orders = [
        Order(plan, day, moment, 1, None),
        Order(plan, day, moment, 2, None),
        Order(plan, day, moment, None, day.year),
    ]
    texts = []
    for order in orders:
        found = subprocess.run(["pdftotext", "-", "-"], input=make_document(order), capture_output=True, check=True)
        texts.append(found.stdout.decode())
    return " ".join(" ".join(texts).split())


def nodes(node: dict):
    yield node
    for part in node["parts"]:
        yield from nodes(part)


@pytest.mark.parametrize(("cut_off", "known_on"), DATES)
def test_screen_json_and_documents_of_the_same_dates_show_the_same_figures(client, plan, cut_off, known_on):
    dates = {"corte": cut_off, "hasta": known_on}
    told = client.get(reverse("reports:calculation_json", args=["plan"]), dates).json()
    pages = (client.get(reverse(name), dates).content.decode() for name in ("reports:board", "reports:plan"))
    screen = unescape("".join(pages))
    form = dates | {"documento": "anual"}
    table = client.post(reverse("reports:export_csv"), form).content.decode("utf-8-sig")
    rows: dict[str, dict] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter=";"):
        # The first row of an indicator is of the window that its score is of; the others are of metas to come.
        rows.setdefault(row["Indicador"], row)
    document = printed(plan, cut_off, known_on)
    for node in nodes(told):
        page = unescape(client.get(reverse("reports:calculation", args=[node["reference"]]), dates).content.decode())
        for side in ("verified", "informed"):
            assert node[side]["text"] in page, node["reference"]
            assert " ".join(node[side]["text"].split()) in document, (node["reference"], side)
        if node["reference"].count(".") < 3:
            assert node["verified"]["text"] in screen, node["reference"]
        else:
            assert node["verified"]["text"] == rows[node["reference"]]["Cumplimiento verificado"]
            assert node["informed"]["text"] == rows[node["reference"]]["Cumplimiento informado"]
