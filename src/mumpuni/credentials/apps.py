from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CredentialsConfig(AppConfig):
    name = "mumpuni.credentials"
    verbose_name = _("Kredensial")

    def ready(self) -> None:
        """Give the records their workflows."""
        from mumpuni.credentials import workflow  # noqa: F401, PLC0415 - needs loaded models
