"""What proves a certificate: the signed credential, its token, and the proof that the log tells of it."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from itertools import batched
from typing import Final

from django.db.models import Prefetch, QuerySet

from mumpuni.certificates import award
from mumpuni.certificates.models import Certificate, Credential
from mumpuni.certificates.models.numbers import PUBLIC_ID
from mumpuni.certificates.publication.files import CREDENTIAL, JSON, TEXT, TOKEN, File, NotPublished
from mumpuni.credentials.models import StatusList
from mumpuni.transparency.entries import commitment
from mumpuni.transparency.models import Leaf
from mumpuni.transparency.queries import proof_of, proofs_of

CERTIFICATE: Final = Certificate._meta.label_lower
ISSUE: Final = Leaf.Action.ISSUE
AT_ONCE: Final = 1_000
PROVEN_AT_ONCE: Final = 16_384
"""Leaves whose proofs share what was read of the tree: enough to gain, few enough to hold."""


def credential_of(public_id: str) -> Credential:
    """Return what proves a certificate."""
    found = Credential.objects.of(public_id) if PUBLIC_ID.fullmatch(public_id) else None
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
        subject=CERTIFICATE,
        subject_id=credential_of(public_id).pk,
        action=ISSUE,
        index__isnull=False,
    ).first()
    if found is None:
        raise NotPublished(public_id)
    return proof_of(found).encode()


def issued_between(first: int, last: int, damage: list[str]) -> Iterator[list[File]]:
    """Yield the files of the certificates whose issue the log tells at these indexes, one by one.

    One that is not what the log was told is not published; `damage` is given the index.
    """
    for some in batched(_proven(first, last), AT_ONCE):
        keys = [leaf.subject_id for leaf, _proof in some]
        found = _credentials().in_bulk(keys)
        for leaf, proof in some:
            if files := _files(leaf, found.get(leaf.subject_id), proof):
                yield files
            else:
                damage.append(f"entry {leaf.index}: the certificate is gone or was altered")


def proven_between(first: int, last: int) -> Iterator[list[File]]:
    """Yield the proofs alone."""
    for some in batched(_proven(first, last), AT_ONCE):
        names = dict(
            Certificate.objects.filter(pk__in=[leaf.subject_id for leaf, _proof in some])
            .values_list("pk", "public_id")
            .order_by()
        )
        for leaf, proof in some:
            if leaf.subject_id in names:
                yield [_proof_file(names[leaf.subject_id], proof)]


def _proven(first: int, last: int) -> Iterator[tuple[Leaf, str]]:
    leaves = Leaf.objects.filter(subject=CERTIFICATE, action=ISSUE).order_by("index")
    for start in range(first, last, PROVEN_AT_ONCE):
        end = min(start + PROVEN_AT_ONCE, last)
        yield from proofs_of(leaves.filter(index__gte=start, index__lt=end))


def _credentials() -> QuerySet[Credential]:
    """Return credentials with what their documents need; what many share is fetched once."""
    return Credential.objects.select_related("certificate").prefetch_related(
        Prefetch("certificate__status_list", StatusList.objects.only("year", "number")),
        "template",
        "key",
        "jwt_key",
    )


def _files(leaf: Leaf, proving: Credential | None, proof: str) -> list[File]:
    """Return all files of a certificate, or none where the log was told of another document."""
    if proving is None:
        return []
    name, document = proving.certificate.public_id, award.document_of(proving)
    if commitment(ISSUE, name, sha256(document).digest()) != bytes(leaf.commitment):
        return []
    return [
        File(f"c/{name}", document, CREDENTIAL),
        File(f"c/{name}.json", document, JSON),
        File(f"c/{name}.jwt", award.token_of(proving).encode(), TOKEN),
        _proof_file(name, proof),
    ]


def _proof_file(name: str, proof: str) -> File:
    return File(f"c/{name}.tlog-proof", proof.encode(), TEXT)
