from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OversightConfig(AppConfig):
    name = "mumpuni.oversight"
    verbose_name = _("Pengawasan")

    def ready(self) -> None:
        """Give the records their workflows."""
        from mumpuni.oversight import workflow  # noqa: F401, PLC0415 - needs loaded models
