from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from plan.appointments import appoint_first
from plan.enums import Role
from plan.leaving import NEVER_WITHOUT
from plan.models import Appointment, Organ, Plan, User
from plan.people_errors import PeopleError
from plan.role_slugs import ROLE_OF, SLUG_OF


class Command(BaseCommand):
    help = "Nombra e invita a la primera persona de la administración o de la secretaría ejecutiva."

    def add_arguments(self, parser):
        parser.add_argument("role", choices=[SLUG_OF[role] for role in NEVER_WITHOUT], metavar="PERFIL")
        parser.add_argument("email", metavar="CORREO")
        parser.add_argument("full_name", metavar="NOMBRE")

    def handle(self, *args, role: str, email: str, full_name: str, **options):
        try:
            validate_email(email)
            new = appoint_first(_appointment(role, email.lower(), full_name))
        except ValidationError as error:
            raise CommandError(f"«{email}» no es un correo.") from error
        except PeopleError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"{new.user}: {new}. La invitación sale por correo.")


def _appointment(slug: str, email: str, full_name: str) -> Appointment:
    role = ROLE_OF[slug]
    person = User.objects.filter(email__iexact=email).first() or User(email=email, full_name=full_name)
    organ = Organ.objects.filter(plan=Plan.objects.current(), kind=role).first()
    if role == Role.EXECUTIVE and organ is None:
        raise CommandError("No hay un plan vigente con su secretaría ejecutiva. Cárguelo primero: manage.py load_plan")
    return Appointment(user=person, role=role, organ=organ, position=role.label, valid_from=timezone.localdate())
