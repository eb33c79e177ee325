from django.urls import path

from plan.views import accounts, appointments, institutions, notices, people

app_name = "plan"

urlpatterns = [
    path("personas/", people.people, name="people"),
    path("avisos/", notices.inbox, name="inbox"),
    path("avisos/leidos/", notices.read_all, name="read_all_notices"),
    path("avisos/<int:pk>/abrir/", notices.open_notice, name="open_notice"),
    path("avisos/enviados/", notices.sent, name="sent_notices"),
    path("avisos/enviados/reintentar/", notices.retry_failed, name="retry_failed_notices"),
    path("avisos/enviados/<int:pk>/reintentar/", notices.retry_one, name="retry_notice"),
    path("personas/<int:pk>/", people.person, name="person"),
    path("personas/<int:pk>/invitar/", accounts.invite, name="invite"),
    path("personas/<int:pk>/retirar-invitacion/", accounts.withdraw_invitation, name="withdraw_invitation"),
    path("personas/<int:pk>/desactivar/", accounts.deactivate, name="deactivate"),
    path("personas/<int:pk>/activar/", accounts.reactivate, name="reactivate"),
    path("personas/nombrar/<slug:slug>/", appointments.appoint, name="appoint"),
    path("personas/nombramientos/<int:pk>/traspasar/", appointments.hand_over, name="hand_over"),
    path("personas/nombramientos/<int:pk>/terminar/", appointments.end, name="end_appointment"),
    path("personas/nombramientos/<int:pk>/confirmar/", appointments.confirm, name="confirm_appointment"),
    path("personas/nombramientos/<int:pk>/descartar/", appointments.discard, name="discard_appointment"),
    path("instituciones/", institutions.institutions, name="institutions"),
    path("instituciones/<int:pk>/", institutions.institution, name="institution"),
    path("instituciones/<int:pk>/editar/", institutions.edit_institution, name="edit_institution"),
    path("instituciones/<int:pk>/nombre/", institutions.rename_institution, name="rename_institution"),
]
