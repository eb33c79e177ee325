from django.urls import path

from indicators.views import autosave, entry, evidence, pages, pending, questions, reading, review, universes

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
    path("archivos/<uuid:public_id>/paginas/<int:number>/", pages.page_image, name="page_image"),
    path("revision/", review.review_queue, name="review_queue"),
    path("revision/<int:pk>/", review.review, name="review"),
    path("revision/<int:pk>/tomar/", review.claim, name="claim_report"),
    path("revision/<int:pk>/paginas/", pages.prepare_pages, name="prepare_pages"),
    path("revision/<int:pk>/evidencia/<int:evidence_id>/abrir/", pages.open_evidence, name="open_evidence"),
    path("universos/", universes.universes, name="universes"),
    path(
        "universos/<int:universe_id>/<int:institution_id>/declarar/",
        universes.declare_universe,
        name="declare_universe",
    ),
    path("universos/declaraciones/<int:pk>/confirmar/", universes.confirm_universe, name="confirm_universe"),
    path("universos/declaraciones/<int:pk>/objetar/", universes.object_to_universe, name="object_to_universe"),
]
