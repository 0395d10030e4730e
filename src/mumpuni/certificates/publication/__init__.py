"""What is published for verifiers everywhere: bytes by address, the same for site and static tree."""

from mumpuni.certificates.publication.bodies import (
    authority_document,
    body_document,
    did_document,
    recognition,
    registry,
)
from mumpuni.certificates.publication.credentials import credential, credential_of, log_proof, token
from mumpuni.certificates.publication.files import NotPublished
from mumpuni.certificates.publication.lists import context, status_list

__all__ = [
    "NotPublished",
    "authority_document",
    "body_document",
    "context",
    "credential",
    "credential_of",
    "did_document",
    "log_proof",
    "recognition",
    "registry",
    "status_list",
    "token",
]
