"""The pages of django-allauth that the portal offers, under Spanish paths and allauth's own names, and the page of an
invitation."""

from allauth.account import views
from django.urls import path

from mitp_portal.invitation import invitation
from mitp_portal.password import change_password

urlpatterns = [
    path("invitacion/<str:secret>/", invitation, name="account_invitation"),
    path("ingresar/", views.login, name="account_login"),
    path("salir/", views.logout, name="account_logout"),
    path("cuenta-inactiva/", views.account_inactive, name="account_inactive"),
    path("clave/cambiar/", change_password, name="account_change_password"),
    path("clave/recuperar/", views.password_reset, name="account_reset_password"),
    path("clave/recuperar/enviado/", views.password_reset_done, name="account_reset_password_done"),
    path(
        "clave/nueva/<slug:uidb36>/<slug:key>/", views.password_reset_from_key, name="account_reset_password_from_key"
    ),
    path("clave/nueva/lista/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]
