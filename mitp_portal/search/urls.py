from django.urls import path

from mitp_portal.search import views

urlpatterns = [path("buscar/", views.search, name="search")]
