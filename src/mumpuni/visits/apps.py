from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitsConfig(AppConfig):
    name = "mumpuni.visits"
    verbose_name = _("Kunjungan")

    def ready(self) -> None:
        from mumpuni.visits import workflow  # noqa: F401, PLC0415 - models need the app registry
