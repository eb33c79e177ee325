"""Who a person is in the portal: predicates over the appointments in force (SECURITY, Access)."""

from plan.enums import Role

#: Roles that read the plan and its aggregated figures; administración keeps accounts only.
PLAN_READERS = frozenset({Role.FOCAL_POINT, Role.TECHNICAL, Role.EXECUTIVE, Role.COORDINATOR, Role.OBSERVER})


def roles_of(user) -> frozenset[Role]:
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    return frozenset(Role(appointment.role) for appointment in user.current_appointments)


def has_role(user, *roles: Role) -> bool:
    return not roles_of(user).isdisjoint(roles)


def has_appointment(user) -> bool:
    return bool(roles_of(user))


def is_technical(user) -> bool:
    return has_role(user, Role.TECHNICAL)


def is_executive(user) -> bool:
    return has_role(user, Role.EXECUTIVE)


def is_secretariat(user) -> bool:
    return has_role(user, Role.TECHNICAL, Role.EXECUTIVE)


def is_focal_point(user) -> bool:
    return has_role(user, Role.FOCAL_POINT)


def writes_reports(user) -> bool:
    """Of their own institution, or on behalf of one that sent an oficio."""
    return has_role(user, Role.FOCAL_POINT, Role.TECHNICAL)


def keeps_universes(user) -> bool:
    """Declares them for an institution, or confirms them."""
    return has_role(user, Role.FOCAL_POINT, Role.TECHNICAL)


def is_administrator(user) -> bool:
    return has_role(user, Role.ADMINISTRATOR)


def manages_people(user) -> bool:
    """Enters institutions, appointments and accounts."""
    return has_role(user, Role.TECHNICAL, Role.ADMINISTRATOR)


def reads_people(user) -> bool:
    """Both secretarías and administración: who is who, and what the log says."""
    return has_role(user, Role.TECHNICAL, Role.EXECUTIVE, Role.ADMINISTRATOR)


def may_read_plan(user) -> bool:
    return not roles_of(user).isdisjoint(PLAN_READERS)


def reads_reports(user) -> bool:
    """Which ones, says ProgressReport.visible_to."""
    return has_role(user, Role.FOCAL_POINT, Role.TECHNICAL, Role.EXECUTIVE, Role.COORDINATOR)


def reads_evidence(user) -> bool:
    """Which pieces, says Evidence.visible_to."""
    return has_role(user, Role.FOCAL_POINT, Role.TECHNICAL, Role.EXECUTIVE)


def may_read_agreements(user) -> bool:
    """The secretarías, and those who coordinate a subcomisión; which actas, says Agreement.visible_to."""
    return has_role(user, Role.TECHNICAL, Role.EXECUTIVE, Role.COORDINATOR)


def institution_ids(user) -> frozenset[int]:
    """Institutions for which the person is punto focal."""
    return _scope_ids(user, Role.FOCAL_POINT, "institution_id")


def axis_ids(user) -> frozenset[int]:
    """Ejes whose subcomisión the person coordinates."""
    if not has_role(user, Role.COORDINATOR):
        return frozenset()
    return frozenset(a.subcommission.axis_id for a in user.current_appointments if a.role == Role.COORDINATOR)


def appointment_for(user, role: Role, institution_id: int | None = None):
    """The appointment under which the person acts in `role` (for the institution, where one is given), or None."""
    for appointment in user.current_appointments if user.is_authenticated else []:
        if appointment.role == role and institution_id in (None, appointment.institution_id):
            return appointment
    return None


def acting_as(user) -> str:
    """Role and scope for the log, such as "focal_point:7"; several are joined."""
    if user is None or not user.is_authenticated:
        return ""
    return ",".join(
        f"{a.role}:{a.institution_id or a.organ_id or a.subcommission_id or ''}" for a in user.current_appointments
    )[:60]


def _scope_ids(user, role: Role, field: str) -> frozenset[int]:
    if not has_role(user, role):
        return frozenset()
    return frozenset(getattr(a, field) for a in user.current_appointments if a.role == role)
