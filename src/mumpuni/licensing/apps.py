from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LicensingConfig(AppConfig):
    name = "mumpuni.licensing"
    verbose_name = _("Lisensi LSP")

    def ready(self) -> None:
        """Give the records their workflows."""
        from mumpuni.licensing import workflow  # noqa: F401, PLC0415 - needs loaded models
