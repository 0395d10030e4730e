"""Effects of steps and the work of jobs: issue, proofs, documents, replacement, status."""

from mumpuni.certificates.actions.archiving import archive_documents
from mumpuni.certificates.actions.checking import check_certificates
from mumpuni.certificates.actions.issue import issue, show_progress
from mumpuni.certificates.actions.printing import document_of
from mumpuni.certificates.actions.proving import conclude, prove_request
from mumpuni.certificates.actions.receipts import keep_receipt
from mumpuni.certificates.actions.replacement import prove_replacement, reissue
from mumpuni.certificates.actions.statuses import sign_status_lists, tell, tell_of_key
from mumpuni.certificates.actions.tallies import count_issued, count_lookups

__all__ = [
    "archive_documents",
    "check_certificates",
    "conclude",
    "count_issued",
    "count_lookups",
    "document_of",
    "issue",
    "keep_receipt",
    "prove_replacement",
    "prove_request",
    "reissue",
    "show_progress",
    "sign_status_lists",
    "tell",
    "tell_of_key",
]
