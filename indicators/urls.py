from django.urls import path

from indicators.views import autosave, entry, evidence, pending, questions, reading, review, universes
from indicators.views.agreements import actas, sheets, whole_plan

app_name = "indicators"

urlpatterns = [
    path("pendientes/", pending.pending, name="pending"),
    path("pendientes/responder/", pending.answer_several, name="answer_several"),
    path(
        "pendientes/<int:period_id>/<int:action_id>/<int:institution_id>/informar/",
        pending.open_report,
        name="open_report",
    ),
    path("reportes/<int:pk>/", reading.report, name="report"),
    path("reportes/<int:pk>/editar/", entry.edit_report, name="edit_report"),
    path("reportes/<int:pk>/guardar/", autosave.autosave, name="autosave"),
    path("reportes/<int:pk>/preguntar/", questions.ask, name="ask"),
    path("preguntas/", questions.question_list, name="questions"),
    path("preguntas/<int:pk>/responder/", questions.answer, name="answer_question"),
    path("reportes/<int:pk>/enviar/", entry.submit_report, name="submit_report"),
    path("reportes/<int:pk>/retirar/", entry.withdraw_report, name="withdraw_report"),
    path("reportes/<int:pk>/rectificar/", reading.reopen, name="reopen_report"),
    path("reportes/<int:pk>/anular/", reading.annul, name="annul_report"),
    path("reportes/<int:pk>/evidencia/<int:evidence_id>/quitar/", entry.remove_evidence, name="remove_evidence"),
    path("reportes/<int:pk>/evidencia/<int:means_id>/subir/", evidence.upload_evidence, name="upload_evidence"),
    path("reportes/<int:pk>/evidencia/<int:means_id>/usar/", evidence.use_stored, name="use_stored"),
    path(
        "reportes/<int:pk>/evidencia/<int:evidence_id>/clasificar/",
        evidence.classify_evidence,
        name="classify_evidence",
    ),
    path("comprobantes/<int:pk>/", reading.receipt, name="receipt"),
    path("archivos/<uuid:public_id>/", reading.download, name="download"),
    path("revision/", review.review_queue, name="review_queue"),
    path("revision/<int:pk>/", review.review, name="review"),
    path("revision/<int:pk>/tomar/", review.claim, name="claim_report"),
    path("universos/", universes.universes, name="universes"),
    path(
        "universos/<int:universe_id>/<int:institution_id>/declarar/",
        universes.declare_universe,
        name="declare_universe",
    ),
    path("universos/declaraciones/<int:pk>/confirmar/", universes.confirm_universe, name="confirm_universe"),
    path("universos/declaraciones/<int:pk>/objetar/", universes.object_to_universe, name="object_to_universe"),
    path("actas/", actas.agreements, name="agreements"),
    path("actas/registrar/", actas.register_agreement, name="register_agreement"),
    path("actas/sin-meta/", whole_plan.without_target, name="without_target"),
    path("actas/acciones/<str:code>/", whole_plan.history, name="agreed_history"),
    path("actas/<int:pk>/", actas.agreement, name="agreement"),
    path("actas/<int:pk>/corregir/", actas.edit_agreement, name="edit_agreement"),
    path("actas/<int:pk>/documento/", actas.agreement_file, name="agreement_file"),
    path("actas/<int:pk>/eje/<int:number>/metas/", sheets.targets, name="agreed_targets"),
    path("actas/<int:pk>/eje/<int:number>/responsables/", sheets.duties, name="agreed_duties"),
    path("actas/<int:pk>/eje/<int:number>/plazos/", sheets.deadlines, name="agreed_deadlines"),
    path("actas/<int:pk>/eje/<int:number>/ponderaciones/", sheets.weights, name="agreed_weights"),
    path("actas/<int:pk>/conservacion/", whole_plan.retention, name="retention"),
    path("actas/<int:pk>/modificaciones/", whole_plan.amendments, name="amendments"),
]
