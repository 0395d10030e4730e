from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "mumpuni.casework"
    verbose_name = _("Meja perkara")

    def ready(self) -> None:
        """Give tasks their workflow."""
        from mumpuni.casework import workflow  # noqa: F401, PLC0415 - needs loaded models
