from django.urls import path

from plan.views import notices, people

app_name = "plan"

urlpatterns = [
    path("personas/", people.people, name="people"),
    path("avisos/", notices.inbox, name="inbox"),
    path("avisos/leidos/", notices.read_all, name="read_all_notices"),
    path("avisos/<int:pk>/abrir/", notices.open_notice, name="open_notice"),
    path("avisos/enviados/", notices.sent, name="sent_notices"),
    path("avisos/enviados/reintentar/", notices.retry_failed, name="retry_failed_notices"),
    path("avisos/enviados/<int:pk>/reintentar/", notices.retry_one, name="retry_notice"),
]
