"""Proofs: signatures and a line in the log for each certificate, when it has its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from mumpuni.access.models import Organisation
from mumpuni.access.person import SYSTEM
from mumpuni.certificates import award
from mumpuni.certificates.actions.templates import Kind, templates_for
from mumpuni.certificates.models import (
    Certificate,
    CertificateRequest,
    Credential,
    CredentialTemplate,
)
from mumpuni.credentials import jwt, keys, proofs
from mumpuni.credentials.models import SigningKey, StatusList
from mumpuni.kernel.copying import copy_rows
from mumpuni.kernel.models import Progress
from mumpuni.kernel.time import legal_day
from mumpuni.kernel.workflow import perform
from mumpuni.transparency.actions import Deed, append
from mumpuni.transparency.entries import commitment
from mumpuni.transparency.jobs import publish_soon
from mumpuni.transparency.models import Leaf

CERTIFICATE = Certificate._meta.label_lower
ED25519, P256 = SigningKey.Kind.ED25519, SigningKey.Kind.P256


class _Unproven(NamedTuple):
    """A certificate that waits for its proofs: where it stands, and what its credential tells."""

    key: int
    kind: Kind
    values: dict[str, str]


class _Proof(NamedTuple):
    """A row of `Credential`."""

    certificate: int
    template: str
    key: int
    jwt_key: int
    signed_at: datetime
    rdfc_signature: bytes
    jcs_signature: bytes
    jwt_signature: bytes
    digest: bytes


@transaction.atomic
def prove_request(request_id: int, *, at: datetime, between: tuple[int, int] | None = None) -> int:
    """Prove the certificates of a request that lack it, or those between two keys; return how many.

    Those another worker has in hand are passed over. Whoever proves the last finishes the request.
    """
    certificates = Certificate.objects.filter(request=request_id)
    if between:
        certificates = certificates.filter(pk__range=between)
    proven = prove(certificates.select_for_update(skip_locked=True), at=at)
    conclude(request_id, at=at, proven=proven)
    return proven


def prove(certificates: QuerySet[Certificate], *, at: datetime) -> int:
    """Prove those of a body's certificates that are not proven yet; return how many.

    They come locked by the caller, and without a join, for that would be locked as well.
    """
    unproven = _unproven(certificates)
    if not unproven:
        return 0
    made = list(_proofs(unproven, at))
    copy_rows(Credential, _Proof._fields, made)
    append(
        Deed(
            Leaf.Action.ISSUE,
            commitment(Leaf.Action.ISSUE, one.values["public_id"], proof.digest),
            CERTIFICATE,
            one.key,
        )
        for one, proof in zip(unproven, made, strict=True)
    )
    publish_soon()
    return len(made)


@transaction.atomic
def conclude(request_id: int, *, at: datetime, proven: int = 0) -> None:
    """Show how far the issue is, and finish it when all is done.

    The lock lets one worker alone find that. A request of which everybody was passed over ends, too.
    """
    request = CertificateRequest.objects.select_for_update().get(pk=request_id)
    progress = Progress.objects.filter(subject=request.subject, subject_id=request.pk)
    progress.update(done=F("done") + proven, failed=request.refusals.count())
    if request.state != CertificateRequest.State.APPROVED or request.unissued().exists():
        return
    if request.certificates.filter(credential=None).exists():
        return
    progress.update(state=Progress.State.DONE, finished_at=timezone.now())
    perform(request, "finish", SYSTEM, at=at)


def _unproven(certificates: QuerySet[Certificate]) -> list[_Unproven]:
    """Read what is to be signed, without making a record of each row."""
    proven = Credential.objects.filter(certificate=OuterRef("pk"))
    rows = _still_unproven(
        certificates.filter(~Exists(proven), status_list__isnull=False)
        .order_by("pk")
        .values_list("pk", "request", "simulated", "status_list", *award.Told._fields)
    )
    places = StatusList.objects.in_bulk(
        {place for _key, _request, _simulated, place, *_told in rows}
    )
    return [
        _Unproven(key, (request, simulated), award.values(award.Told(*told), places[place]))
        for key, request, simulated, place, *told in rows
    ]


def _still_unproven[R: tuple[Any, ...]](rows: Iterable[R]) -> list[R]:
    """Leave out what another worker proved between the look at a row and its lock."""
    locked = list(rows)
    keys = [row[0] for row in locked]
    proven = set(Credential.objects.filter(pk__in=keys).values_list("pk", flat=True))
    return [row for row in locked if row[0] not in proven]


def _proofs(unproven: Sequence[_Unproven], at: datetime) -> Iterator[_Proof]:
    templates = templates_for({one.kind: one.key for one in unproven})
    body = Organisation.objects.get(certificates=unproven[0].key)
    signing = _Signing.of(body, at)
    for one in unproven:
        yield signing.prove(one, templates[one.kind])


class _Signing(NamedTuple):
    """The keys of a body, and the second at which they sign."""

    key: SigningKey
    signer: Any
    jwt_key: SigningKey
    jwt_signer: Any
    at: datetime

    @classmethod
    def of(cls, body: Organisation, at: datetime) -> _Signing:
        held = keys.ensure_keys(body, legal_day(at).year, at, (ED25519, P256))
        key, jwt_key = held[ED25519], held[P256]
        return cls(key, keys.signer(key), jwt_key, keys.signer(jwt_key), at.replace(microsecond=0))

    def prove(self, one: _Unproven, template: CredentialTemplate) -> _Proof:
        shape, values = award.compiled(template.content).shape, one.values
        signed = proofs.sign(shape, values, self.signer, self.at)
        document = proofs.secured_document(
            shape, values, signed, self.signer.verification_method, self.at
        )
        token = jwt.signature(shape.document_bytes(values), self.jwt_signer)
        return _Proof(
            one.key,
            template.pk,
            self.key.pk,
            self.jwt_key.pk,
            self.at,
            signed.rdfc,
            signed.jcs,
            token,
            sha256(document).digest(),
        )
