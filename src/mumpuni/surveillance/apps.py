from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SurveillanceConfig(AppConfig):
    name = "mumpuni.surveillance"
    verbose_name = _("Surveilans")

    def ready(self) -> None:
        from mumpuni.surveillance import workflow  # noqa: F401, PLC0415 - models need the app registry
