from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "mumpuni.access"
    verbose_name = _("Akses")

    def ready(self) -> None:
        """Give the records their workflows."""
        from mumpuni.access import workflow  # noqa: F401, PLC0415 - needs loaded models
