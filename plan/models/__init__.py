from plan.models.agreements import Agreement, Amendment
from plan.models.audit import AuditEntry
from plan.models.institutions import (
    AgreedSeat,
    Institution,
    InstitutionName,
    Membership,
    Organ,
    Subcommission,
    SubcommissionMembership,
)
from plan.models.notices import Notice
from plan.models.people import Appointment, Invitation, User
from plan.models.plans import BackgroundFact, GuidingPrinciple, Plan, SpecificObjective
from plan.models.seals import LogSeal
from plan.models.territory import Region, RegionalBoard, Unit
from plan.models.tree import Action, Axis, Objective

__all__ = [
    "Action",
    "AgreedSeat",
    "Agreement",
    "Amendment",
    "Appointment",
    "AuditEntry",
    "Axis",
    "BackgroundFact",
    "GuidingPrinciple",
    "Institution",
    "InstitutionName",
    "Invitation",
    "LogSeal",
    "Membership",
    "Notice",
    "Objective",
    "Organ",
    "Plan",
    "Region",
    "RegionalBoard",
    "SpecificObjective",
    "Subcommission",
    "SubcommissionMembership",
    "Unit",
    "User",
]
