from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "mumpuni.casework"
    verbose_name = _("Meja perkara")
