from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlenaryConfig(AppConfig):
    name = "mumpuni.plenary"
    verbose_name = _("Pleno")

    def ready(self) -> None:
        from mumpuni.plenary import workflow  # noqa: F401, PLC0415 - models need the app registry
