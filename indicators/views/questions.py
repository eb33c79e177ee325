"""Questions from the page of a report to the secretaría técnica, and its answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from indicators import questions, workflow
from indicators.forms.questions import AnswerForm, QuestionForm
from indicators.models import Question
from indicators.views.fetching import own_report_or_404
from indicators.views.form_page import drop_from_draft, edit_url, form_page, receive
from plan import access
from plan.guards import role_required
from plan.http import PortalRequest, address_of


@require_POST
@role_required(access.is_focal_point)
def ask(request: PortalRequest, pk: int) -> HttpResponse:
    """Keep what is typed on the page, then put the question that came with it."""
    report = own_report_or_404(request.user, pk)
    entry, kept = receive(request, report)
    if not kept:
        return form_page(request, report, entry, status=409)
    form = QuestionForm(entry.context, request.POST)
    if not form.is_valid():
        entry.question = form
        return form_page(request, report, entry, status=422)
    try:
        questions.ask(report, by=request.user, address=address_of(request), **form.cleaned_data)
    except workflow.WorkflowError as error:
        messages.error(request, error.message)
        return redirect("indicators:report", pk)
    entry.drop_question()
    drop_from_draft(request, report, entry)
    messages.success(request, "La secretaría técnica recibió su pregunta. La respuesta aparecerá aquí y en su correo.")
    return redirect(f"{edit_url(pk)}#preguntas")


@require_GET
@role_required(access.is_technical)
def question_list(request: PortalRequest) -> HttpResponse:
    return _list(request)


@require_POST
@role_required(access.is_technical)
def answer(request: PortalRequest, pk: int) -> HttpResponse:
    question = get_object_or_404(Question.objects.visible_to(request.user), pk=pk)
    form = AnswerForm(question, request.POST)
    if not form.is_valid():
        return _list(request, form)
    try:
        questions.answer(question, form.cleaned_data["answer"], by=request.user, address=address_of(request))
    except workflow.WorkflowError as error:
        messages.error(request, f"{error.message} Su texto, por si todavía sirve: «{form.cleaned_data['answer']}»")
    else:
        messages.success(request, "La institución recibió su respuesta.")
    return redirect("indicators:questions")


def _list(request: PortalRequest, wrong: AnswerForm | None = None) -> HttpResponse:
    """Unanswered first, oldest first; a wrong answer comes back in its place."""
    found = Question.objects.visible_to(request.user).with_parties()
    waiting = list(found.unanswered())
    forms = [wrong if wrong and wrong.question == question else AnswerForm(question) for question in waiting]
    answered = list(found.answered().order_by("-answered_at")[:50])
    context = {"forms": forms, "answered": answered}
    return render(request, "indicators/questions.html", context, status=422 if wrong else 200)
