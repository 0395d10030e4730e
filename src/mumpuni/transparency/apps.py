from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TransparencyConfig(AppConfig):
    name = "mumpuni.transparency"
    verbose_name = _("Log transparansi")

    def ready(self) -> None:
        """Stop the start where a witness of the settings is none."""
        from mumpuni.transparency.witnesses import configured  # noqa: PLC0415 - needs the models

        configured()
