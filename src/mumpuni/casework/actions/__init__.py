"""What is done with tasks, and how documents are issued."""

from mumpuni.casework.actions.documents import (
    decree_numbers,
    drafted,
    file_of,
    issue_document,
    issue_documents,
)
from mumpuni.casework.actions.tasks import assign, lapse, release, remind, take

__all__ = [
    "assign",
    "decree_numbers",
    "drafted",
    "file_of",
    "issue_document",
    "issue_documents",
    "lapse",
    "release",
    "remind",
    "take",
]
