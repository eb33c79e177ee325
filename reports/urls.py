"""Pages that tell: the plan with its figures, and the documents made of them."""

from django.urls import path

from reports.views import plan

app_name = "reports"

urlpatterns = [
    path("plan/", plan.overview, name="plan"),
    path("plan/textos/", plan.texts, name="plan_texts"),
    path("plan/acciones/<str:code>/", plan.action, name="action"),
]
