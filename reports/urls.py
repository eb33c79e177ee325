"""Pages that tell: the plan with its figures, and the documents made of them."""

from django.urls import path

from reports.views import (
    calculation,
    comparison,
    documents,
    edition_data,
    editions,
    indicator,
    owed,
    plan,
    review_calculation,
    signed,
    territory,
    texts,
    texts_drafts,
    verification,
)

app_name = "reports"

urlpatterns = [
    path("tablero/", plan.board, name="board"),
    path("plan/", plan.overview, name="plan"),
    path("plan/textos/", plan.texts, name="plan_texts"),
    path("plan/acciones/<str:code>/", plan.action, name="action"),
    path("plan/indicadores/<str:reference>/", indicator.indicator, name="indicator"),
    path("plan/calculo/institucion/<int:pk>/", calculation.institution, name="institution_calculation"),
    path("plan/calculo/institucion/<int:pk>.json", calculation.institution_json, name="institution_calculation_json"),
    path("plan/calculo/<str:reference>/", calculation.calculation, name="calculation"),
    path("plan/calculo/<str:reference>.json", calculation.calculation_json, name="calculation_json"),
    path("revision/plazos/periodo/<int:pk>/", review_calculation.of_period, name="period_times"),
    path("revision/plazos/periodo/<int:pk>.json", review_calculation.of_period_json, name="period_times_json"),
    path("revision/plazos/persona/<int:pk>/", review_calculation.of_reviewer, name="reviewer_times"),
    path("revision/plazos/persona/<int:pk>.json", review_calculation.of_reviewer_json, name="reviewer_times_json"),
    path("territorio/", territory.territory, name="territory"),
    path("informes/", documents.index, name="index"),
    path("informes/preparar/", documents.prepare, name="prepare_document"),
    path("informes/estado/", documents.status, name="document_status"),
    path("informes/<int:pk>/descargar/", documents.download, name="download_document"),
    path("informes/matriz.xlsx", documents.export_xlsx, name="export_xlsx"),
    path("informes/matriz.csv", documents.export_csv, name="export_csv"),
    path("informes/textos/", texts.index, name="edition_texts"),
    path("informes/textos/<int:year>/plan/", texts.write_plan, name="write_plan_texts"),
    path("informes/textos/<int:year>/plan/guardar/", texts_drafts.keep_plan, name="keep_plan_texts"),
    path("informes/textos/<int:year>/plan/descartar/", texts_drafts.discard_plan, name="discard_plan_texts"),
    path("informes/textos/<int:year>/plan/historial/", texts.plan_history, name="plan_texts_history"),
    path("informes/textos/<int:year>/eje/<int:number>/", texts.write_axis, name="write_axis_texts"),
    path("informes/textos/<int:year>/eje/<int:number>/guardar/", texts_drafts.keep_axis, name="keep_axis_texts"),
    path(
        "informes/textos/<int:year>/eje/<int:number>/descartar/", texts_drafts.discard_axis, name="discard_axis_texts"
    ),
    path("informes/textos/<int:year>/eje/<int:number>/historial/", texts.axis_history, name="axis_texts_history"),
    path("informes/emitir/", editions.check, name="check_edition"),
    path("informes/emitir/ahora/", editions.emit, name="emit_edition"),
    path("informes/ediciones/<str:folio>/", editions.edition, name="edition"),
    path("informes/ediciones/<str:folio>/pdf/", editions.download_edition, name="download_edition"),
    path("informes/ediciones/<str:folio>/estado/", editions.edition_status, name="edition_status"),
    path("informes/ediciones/<str:folio>/imprimir/", editions.print_again, name="print_edition"),
    path("informes/ediciones/<str:folio>/corregir/", editions.correct, name="correct_edition"),
    path("informes/ediciones/<str:folio>/anular/", editions.annul_edition, name="annul_edition"),
    path(
        "informes/ediciones/<str:folio>/datos.xlsx",
        edition_data.download_data,
        {"extension": "xlsx"},
        name="edition_xlsx",
    ),
    path(
        "informes/ediciones/<str:folio>/datos.csv", edition_data.download_data, {"extension": "csv"}, name="edition_csv"
    ),
    path(
        "informes/ediciones/<str:folio>/datos.json",
        edition_data.download_data,
        {"extension": "json"},
        name="edition_json",
    ),
    path("informes/ediciones/<str:folio>/archivo.zip", edition_data.download_archive, name="edition_archive"),
    path("informes/comparar/", comparison.compare, name="compare_editions"),
    path("informes/ediciones/<str:folio>/firmadas/", signed.add_signed, name="add_signed_copy"),
    path("informes/ediciones/<str:folio>/firmadas/<int:pk>/", signed.download_signed, name="download_signed_copy"),
    path("verificar/", verification.verify_any, name="verify_any"),
    path("verificar/<str:code>/", verification.verify, name="verify"),
    path("quien-debe/<int:period_id>/planilla.xlsx", owed.owed_xlsx, name="owed_xlsx"),
    path("quien-debe/<int:period_id>/planilla.csv", owed.owed_csv, name="owed_csv"),
]
