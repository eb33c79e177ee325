"""What the desk keeps: actas, people, institutions."""

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from mitp_portal.search.hits import Asked, Hit
from mitp_portal.search.marks import line_of, marked
from mitp_portal.search.plain import has_all, text_of
from plan.models import Agreement, Institution, User
from plan.templatetags.portal import day


def agreement_rows(asked: Asked) -> QuerySet[Agreement]:
    called = Concat(Value("Acta N.º "), Cast("number", CharField()), output_field=CharField())
    readable = Agreement.objects.visible_to(asked.by).select_related("subcommission")
    found = readable.alias(plain=text_of(called, "summary")).filter(has_all(asked.words, "plain"))
    return found.order_by("-agreed_on", "-number", "-pk")


def agreement_hit(row: Agreement, asked: Asked) -> Hit:
    return Hit(
        code="",
        title=marked(str(row), asked.words),
        url=reverse("indicators:agreement", args=[row.pk]),
        about=f"{row.body_name} · {day(row.agreed_on)}",
        line=line_of(row.summary, asked.words),
    )


def person_rows(asked: Asked) -> QuerySet[User]:
    found = User.objects.alias(plain=text_of("full_name")).filter(has_all(asked.words, "plain"))
    return found.order_by("full_name", "pk")


def person_hit(row: User, asked: Asked) -> Hit:
    return Hit(
        code="",
        title=marked(row.full_name, asked.words),
        url=reverse("plan:person", args=[row.pk]),
        about="" if row.is_active else "Cuenta desactivada",
    )


def institution_rows(asked: Asked) -> QuerySet[Institution]:
    found = Institution.objects.alias(plain=text_of("name", "acronym")).filter(has_all(asked.words, "plain"))
    return found.order_by("name", "pk")


def institution_hit(row: Institution, asked: Asked) -> Hit:
    return Hit(
        code=marked(row.acronym, asked.words),
        title=marked(row.name, asked.words),
        url=reverse("plan:institution", args=[row.pk]),
        about=row.get_kind_display(),
    )
