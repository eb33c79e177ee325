"""The one writer of the audit log (SECURITY, Workflow and record)."""

from django.db import connection, models

from plan import access
from plan.enums import Verb
from plan.models import AuditEntry, User


def record(
    verb: Verb,
    obj: models.Model,
    *,
    by: User | None,
    address: str | None = None,
    **data: int | str | bool | list | None,
) -> AuditEntry:
    """Append one act on `obj` to the log, in the transaction of the act.

    `data` carries ids, states, figures and digests, never free text or file names: erasure must stay possible.
    `by` is None where the portal itself acts (a command). Raises RuntimeError outside a transaction, because a log
    line without its act, or an act without its line, would be worse than a failure.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction of the act it records")
    return AuditEntry.objects.create(
        verb=verb,
        user=by,
        acting_as=access.acting_as(by),
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk or ""),
        data=data,
        address=address,
    )
