from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessorsConfig(AppConfig):
    name = "mumpuni.assessors"
    verbose_name = _("Asesor")
