"""Names of the people and bodies that the log knows by their ids, read once for a whole page."""

from dataclasses import dataclass

from django.db.models import F, QuerySet, Value

from plan.enums import Role
from plan.models import Institution, Subcommission, User


@dataclass(frozen=True)
class Directory:
    people: dict[int, str]
    institutions: dict[int, str]
    subcommissions: dict[int, str]

    def capacity(self, acting_as: str) -> str:
        """ "focal_point:7" → "Punto focal, DT"; several are joined."""
        return "; ".join(filter(None, map(self._one_capacity, acting_as.split(","))))

    def _one_capacity(self, part: str) -> str:
        role, _, scope = part.partition(":")
        if role not in Role.values:
            return ""
        names = {Role.FOCAL_POINT: self.institutions, Role.COORDINATOR: self.subcommissions}.get(Role(role), {})
        name = names.get(int(scope)) if scope.isdecimal() else None
        return f"{Role(role).label}, {name}" if name else str(Role(role).label)


def read_directory() -> Directory:
    """Two queries: of people, and of bodies."""
    people = dict(User.objects.order_by("full_name").values_list("pk", "full_name"))
    institutions, subcommissions = {}, {}
    for is_institution, pk, name, acronym in _bodies():
        if is_institution:
            institutions[pk] = Institution(name=name, acronym=acronym).short_name
        else:
            subcommissions[pk] = name
    return Directory(people, institutions, subcommissions)


def _bodies() -> QuerySet:
    institutions = Institution.objects.order_by().annotate(is_institution=Value(1), short=F("acronym"))
    subcommissions = Subcommission.objects.order_by().annotate(is_institution=Value(0), short=Value(""))
    columns = ("is_institution", "pk", "name", "short")
    return institutions.values_list(*columns).union(subcommissions.values_list(*columns), all=True).order_by("name")
