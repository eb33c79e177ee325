from django.urls import include, path

from mitp_portal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("salud/", views.health, name="health"),
    path("", include("mitp_portal.logbook.urls")),
    path("", include("mitp_portal.search.urls")),
    path("", include("mitp_portal.account_urls")),
    path("", include("plan.urls")),
    path("", include("indicators.urls")),
    path("", include("reports.urls")),
]

handler400 = "mitp_portal.views.bad_request"
handler403 = "mitp_portal.views.permission_denied"
handler404 = "mitp_portal.views.page_not_found"
handler500 = "mitp_portal.views.server_error"
