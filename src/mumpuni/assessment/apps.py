from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    name = "mumpuni.assessment"
    verbose_name = _("Asesmen")

    def ready(self) -> None:
        from mumpuni.assessment import workflow  # noqa: F401, PLC0415 - models need the app registry
