from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "plan"
    verbose_name = "Plan, instituciones y personas"
    default_auto_field = "django.db.models.BigAutoField"
