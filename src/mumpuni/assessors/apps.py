from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessorsConfig(AppConfig):
    name = "mumpuni.assessors"
    verbose_name = _("Asesor")

    def ready(self) -> None:
        from mumpuni.assessors import workflow  # noqa: F401, PLC0415 - models need the app registry
