from collections import Counter
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from indicators.plan_file import Loaded, PlanFileError, load

DEFAULT_FILE = settings.BASE_DIR / "fixtures" / "plan_2015_2018.json"


class Command(BaseCommand):
    help = "Carga un plan desde su archivo JSON (fixtures/README.md), o lo pone al día; repetirlo no cambia nada."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, default=DEFAULT_FILE, metavar="ARCHIVO")

    def handle(self, *args, file: Path, **options):
        try:
            loaded = load(_read(file))
        except PlanFileError as error:
            lines = "\n".join(f"  {problem}" for problem in error.problems)
            raise CommandError(
                f"{file.name} no se cargó; problemas encontrados: {len(error.problems)}\n{lines}"
            ) from error
        self.stdout.write(_summary(loaded))


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(f"No se puede leer {file}: no existe o no se permite leerlo.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file.name} no está escrito en UTF-8 (byte {error.start}).") from error


def _summary(loaded: Loaded) -> str:
    ledger = loaded.ledger
    if not ledger.wrote:
        return f"El plan {loaded.plan.code} ya estaba cargado: nada cambió."
    acts = {
        "creado": Counter(map(type, ledger.created)),
        "modificado": Counter(map(type, ledger.changed)),
        "quitado": ledger.removed,
    }
    told = [f"  {act}: {_counts(models)}" for act, models in acts.items() if models]
    return "\n".join([f"Plan {loaded.plan.code} cargado.", *told])


def _counts(models: Counter) -> str:
    return ", ".join(f"{count} {_noun(model, count)}" for model, count in models.items())


def _noun(model, count: int) -> str:
    return str(model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural)
