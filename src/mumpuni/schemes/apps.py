from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchemesConfig(AppConfig):
    name = "mumpuni.schemes"
    verbose_name = _("Skema sertifikasi")

    def ready(self) -> None:
        from mumpuni.schemes import workflow  # noqa: F401, PLC0415 - models need the app registry
