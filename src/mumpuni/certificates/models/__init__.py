"""What is true of certificates."""

from mumpuni.certificates.models.certificates import Certificate
from mumpuni.certificates.models.reports import MisuseReport
from mumpuni.certificates.models.requests import CertificateRequest, Replacement
from mumpuni.certificates.models.tallies import IssuedInYear

__all__ = ["Certificate", "CertificateRequest", "IssuedInYear", "MisuseReport", "Replacement"]
