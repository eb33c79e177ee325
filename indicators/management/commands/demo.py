import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.module_loading import import_string

from indicators.demo.setting import PASSWORD, Setting, reopen_last_period
from indicators.demo.story import Story
from plan.models import Plan, User

DATA = Path(settings.BASE_DIR) / "fixtures" / "demonstration.json"


class Command(BaseCommand):
    help = "Crea personas, actas y avances de demostración. Se niega donde hay cuentas reales."

    @transaction.atomic
    def handle(self, *args, **options):
        if User.objects.filter(is_demo=False).exists():
            raise CommandError("Hay cuentas reales: las demostraciones solo se cargan en un portal sin personas.")
        plan = Plan.objects.current()
        if plan is None:
            raise CommandError("No hay un plan vigente. Cárguelo primero: manage.py load_plan")
        if User.objects.exists():
            reopen_last_period(plan)
            self.stdout.write("Los datos de demostración ya están; el período abierto se puso al día.")
        else:
            self._create(plan)
        self._print_accounts()

    def _create(self, plan: Plan) -> None:
        data = json.loads(DATA.read_text(encoding="utf-8"))
        Setting(plan, data).build()
        Story(plan, data).tell()
        for path in settings.WHEN_DEMONSTRATING:
            import_string(path)(plan)
        self.stdout.write("Datos de demostración creados.")

    def _print_accounts(self) -> None:
        self.stdout.write(f"\nCuentas de demostración (contraseña de todas: {PASSWORD})")
        people = User.objects.filter(is_demo=True).order_by("pk")
        for user in people:
            if user.has_usable_password():
                duties = "; ".join(str(appointment) for appointment in user.appointments.all())
                self.stdout.write(f"  {user.email:42} {duties}")
