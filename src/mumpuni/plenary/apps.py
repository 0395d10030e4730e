from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlenaryConfig(AppConfig):
    name = "mumpuni.plenary"
    verbose_name = _("Pleno")
