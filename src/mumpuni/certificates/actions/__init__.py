"""Effects of steps and the work of jobs: issue, documents, replacement."""

from mumpuni.certificates.actions.issue import issue
from mumpuni.certificates.actions.printing import make_documents, print_replacement
from mumpuni.certificates.actions.receipts import keep_receipt
from mumpuni.certificates.actions.replacement import reissue
from mumpuni.certificates.actions.tallies import count_issued, count_lookups

__all__ = [
    "count_issued",
    "count_lookups",
    "issue",
    "keep_receipt",
    "make_documents",
    "print_replacement",
    "reissue",
]
