from django.urls import path

from mitp_portal.logbook import views

urlpatterns = [
    path("bitacora/", views.log, name="log"),
    path("bitacora/exportar/", views.export, name="export_log"),
]
