"""What the portal told: each person's inbox, and for the secretaría técnica the log of the mails."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from plan import access
from plan.enums import MailState
from plan.forms.notices import SentFilterForm
from plan.guards import role_required
from plan.http import PortalRequest, address_of
from plan.models import Appointment, Notice
from plan.notices import retry

NOTICES_ON_A_PAGE = 25
MAILS_ON_A_PAGE = 50


@require_GET
@role_required(access.has_appointment)
def inbox(request: PortalRequest) -> HttpResponse:
    """One's own notices, those not read yet first."""
    own = Notice.objects.for_person(request.user).unread_first()
    page = Paginator(own, NOTICES_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "plan/inbox.html", {"page": page})


@require_POST
@role_required(access.has_appointment)
def open_notice(request: PortalRequest, pk: int) -> HttpResponse:
    """Go where the notice leads; from then on it is read."""
    notice = get_object_or_404(Notice.objects.for_person(request.user), pk=pk)
    Notice.objects.unread().filter(pk=pk).update(read_at=timezone.now())
    return redirect(notice.path)


@require_POST
@role_required(access.has_appointment)
def read_all(request: PortalRequest) -> HttpResponse:
    Notice.objects.for_person(request.user).unread().update(read_at=timezone.now())
    messages.success(request, "Marcó todos los avisos como leídos.")
    return redirect("plan:inbox")


@require_GET
@role_required(access.is_technical)
def sent(request: PortalRequest) -> HttpResponse:
    """What was told to whom, and whether the mail left."""
    form = SentFilterForm(request.GET)
    form.is_valid()
    page = Paginator(_chosen(request, form), MAILS_ON_A_PAGE).get_page(request.GET.get("page"))
    retriable = _retriable(request)
    context = {
        "form": form,
        "page": page,
        "retriable": set(retriable.filter(pk__in=[notice.pk for notice in page]).values_list("pk", flat=True)),
        "failed_count": retriable.filter(mail_state=MailState.FAILED).count(),
    }
    return render(request, "plan/sent_notices.html", context)


def _chosen(request: PortalRequest, form: SentFilterForm):
    """What the filter leaves; a choice that cannot be is told at its field and filters nothing."""
    found = Notice.objects.visible_to(request.user).with_mail_state().select_related("recipient")
    if state := form.cleaned_data.get("state"):
        found = found.filter(mail_state=state)
    if institution := form.cleaned_data.get("institution"):
        found = found.filter(recipient__in=Appointment.objects.for_institution(institution).values("user"))
    duties = Appointment.objects.in_force(timezone.localdate()).select_related("institution", "organ", "subcommission")
    return found.prefetch_related(Prefetch("recipient__appointments", duties, to_attr="duties"))


@require_POST
@role_required(access.is_technical)
def retry_one(request: PortalRequest, pk: int) -> HttpResponse:
    """Mail again one that failed, or that was interrupted and perhaps arrived."""
    get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    return _retry(request, _retriable(request).filter(pk=pk))


@require_POST
@role_required(access.is_technical)
def retry_failed(request: PortalRequest) -> HttpResponse:
    """Mail again all that certainly did not leave."""
    return _retry(request, _retriable(request).filter(mail_state=MailState.FAILED))


def _retriable(request: PortalRequest):
    return Notice.objects.visible_to(request.user).retriable(timezone.now())


def _retry(request: PortalRequest, found) -> HttpResponse:
    """Back to the list as it was filtered."""
    count = retry(found, by=request.user, address=address_of(request))
    if count:
        messages.success(request, f"Correos que el portal intenta enviar de nuevo: {count}.")
    else:
        messages.info(request, "No había nada que reintentar: ya salió, o alguien lo reintentó antes.")
    return redirect(f"{reverse('plan:sent_notices')}?{request.GET.urlencode()}")
