"""Buscar among 50 and among 5,000 reports: the same few queries."""

import pytest

from indicators.enums import Answer, EvidenceKind
from indicators.models import Evidence, ProgressReport, Submission, SubmissionEvidence
from indicators.tests.crowd import crowd
from indicators.tests.world import World, enter

MOST_QUERIES = 15
#: Actions and institutions.
SIZES = [(10, 5), (100, 50)]
STORY = "Se realizaron jornadas de capacitación a funcionarios públicos sobre la trata de personas. " * 5


@pytest.fixture(params=SIZES, ids=["50", "5000"])
def size(request, world: World) -> int:
    """Each report has a second round, which tells a story and carries a link."""
    count = crowd(world, *request.param)
    reports = list(ProgressReport.objects.all())
    told = {"number": 2, "answer": Answer.PROGRESS, "narrative": STORY, "submitted_by": world.focal}
    rounds = Submission.objects.bulk_create(Submission(report=report, **told) for report in reports)
    link = {"kind": EvidenceKind.LINK, "means": world.means, "added_by": world.focal}
    proofs = Evidence.objects.bulk_create(
        Evidence(report=report, url=f"https://capacitacion.example/{report.pk}", **link) for report in reports
    )
    SubmissionEvidence.objects.bulk_create(
        SubmissionEvidence(submission=one, evidence=proof) for one, proof in zip(rounds, proofs, strict=True)
    )
    return count


def test_a_search_takes_the_same_few_queries(world, size, django_assert_max_num_queries):
    browser = enter(world.reviewer)
    browser.get("/buscar/")
    counts = []
    for query in (
        {"q": "CAPACITACION"},
        {"q": "funcionarios zzz"},
        {"q": "9.9.9"},
        {"q": "example", "en": "evidencia"},
    ):
        with django_assert_max_num_queries(MOST_QUERIES):
            response = browser.get("/buscar/", query)
        counts.append({part.group.slug: part.count for part in response.context["found"]})
    assert counts == [{"plan": 1, "reportes": size, "evidencia": size}, {}, {}, {"evidencia": size}]
