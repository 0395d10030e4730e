"""What is true of certificates."""

from mumpuni.certificates.models.certificates import Certificate
from mumpuni.certificates.models.checks import CertificateCheck, FindingKind
from mumpuni.certificates.models.credentials import Credential, CredentialTemplate, IssueRefusal
from mumpuni.certificates.models.receipts import VerificationReceipt
from mumpuni.certificates.models.reports import MisuseReport
from mumpuni.certificates.models.requests import CertificateRequest, Replacement
from mumpuni.certificates.models.tallies import IssuedInYear, LookupCount

__all__ = [
    "Certificate",
    "CertificateCheck",
    "CertificateRequest",
    "Credential",
    "CredentialTemplate",
    "FindingKind",
    "IssueRefusal",
    "IssuedInYear",
    "LookupCount",
    "MisuseReport",
    "Replacement",
    "VerificationReceipt",
]
