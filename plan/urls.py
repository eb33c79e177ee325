from django.urls import path

from plan import views

app_name = "plan"

urlpatterns = [path("personas/", views.people, name="people")]
