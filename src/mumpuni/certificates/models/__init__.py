"""What is true of certificates."""

from mumpuni.certificates.models.certificates import Certificate
from mumpuni.certificates.models.reports import MisuseReport
from mumpuni.certificates.models.requests import CertificateRequest, Replacement

__all__ = ["Certificate", "CertificateRequest", "MisuseReport", "Replacement"]
