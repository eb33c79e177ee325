from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "indicators"
    verbose_name = "Indicadores, reportes y evidencia"
    default_auto_field = "django.db.models.BigAutoField"
