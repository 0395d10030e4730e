from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "mumpuni.certificates"
    verbose_name = _("Sertifikat")

    def ready(self) -> None:
        """Declare the lives of this package's records."""
        from mumpuni.certificates import workflow  # noqa: F401, PLC0415 - needs loaded models
