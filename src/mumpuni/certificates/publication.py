"""What is published for verifiers everywhere: bytes by address, the same for site and static tree."""

from __future__ import annotations

from mumpuni.certificates import award
from mumpuni.certificates.models import Certificate, Credential
from mumpuni.credentials import did
from mumpuni.credentials.canonical import canonical_json
from mumpuni.credentials.models import StatusList
from mumpuni.credentials.queries import keys_under
from mumpuni.credentials.status import Purpose
from mumpuni.transparency.models import Leaf
from mumpuni.transparency.queries import proof_of


class NotPublished(LookupError):
    """There is no such thing, or not yet."""


def did_document(name: str) -> bytes:
    """Return the document of a DID."""
    keys = list(keys_under(name))
    if not keys:
        raise NotPublished(name)
    return canonical_json(did.did_document(name, keys))


def credential_of(public_id: str) -> Credential:
    """Return what proves a certificate, with all that its documents need; one query."""
    found = (
        Credential.objects.filter(certificate__public_id=public_id)
        .select_related("certificate__status_list", "template", "key", "jwt_key")
        .first()
    )
    if found is None:
        raise NotPublished(public_id)
    return found


def credential(public_id: str) -> bytes:
    """Return the signed credential."""
    return award.document_of(credential_of(public_id))


def token(public_id: str) -> bytes:
    """Return the credential as a `vc+jwt`."""
    return award.token_of(credential_of(public_id)).encode()


def log_proof(public_id: str) -> bytes:
    """Return the proof that the log tells of the issue."""
    found = Leaf.objects.filter(
        subject=Certificate._meta.label_lower,
        subject_id=credential_of(public_id).pk,
        action=Leaf.Action.ISSUE,
        index__isnull=False,
    ).first()
    if found is None:
        raise NotPublished(public_id)
    return proof_of(found).encode()


def status_list(code: str, year: int, number: int, purpose: Purpose) -> bytes:
    """Return a status list as it was last signed."""
    found = StatusList.objects.filter(organisation__code=code, year=year, number=number)
    text: str | None = found.values_list(purpose, flat=True).first()
    if not text:
        raise NotPublished(f"{code}/{year}/{number}/{purpose}")
    return text.encode()
