"""Is each certificate still what was signed and told to the log? Row by row, from leaf to leaf (C-15).

What is read at once is bounded, so that a country's certificates need no more memory than a few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import batched
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from mumpuni.certificates import award
from mumpuni.certificates.models import (
    Certificate,
    CertificateRequest,
    Credential,
    CredentialTemplate,
    FindingKind,
)
from mumpuni.credentials import jwt, proofs
from mumpuni.credentials.errors import NotVerified, Unsignable
from mumpuni.credentials.models import SigningKey
from mumpuni.credentials.proofs import Signatures
from mumpuni.kernel.models import Event
from mumpuni.kernel.workflow import BEGIN
from mumpuni.transparency.entries import commitment
from mumpuni.transparency.models import Leaf

AT_ONCE = 1_000
CERTIFICATE = Certificate._meta.label_lower
TEMPLATE = CredentialTemplate._meta.label_lower
Action = Leaf.Action
F = FindingKind
Kind = SigningKey.Kind
STATE_AFTER: dict[str, str] = {
    Action.SUSPEND: Certificate.State.SUSPENDED,
    Action.REINSTATE: Certificate.State.VALID,
    Action.REVOKE: Certificate.State.REVOKED,
    Action.SUPERSEDE: Certificate.State.REPLACED,
}
TOLD = Leaf.objects.filter(subject=CERTIFICATE, subject_id=OuterRef("pk"), action=Action.ISSUE)
BEGUN = Event.objects.filter(subject=CERTIFICATE, subject_id=OuterRef("pk"), step=BEGIN)
TIME_TO_PROVE = timedelta(hours=1)
FACTS = ("title", "description", "scheme", "version", "field", "body", "licence", "units")
"""What certificates of a template share, in the order of `award.facts_of`."""


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was signed or told; `leaf` is the index of the issue in the log."""

    kind: FindingKind
    what: str
    certificate: int | None = None
    number: str = ""
    public_id: str = ""
    leaf: int | None = None


class Fault(NamedTuple):
    """What is wrong with a certificate."""

    kind: FindingKind
    what: str


def findings() -> Iterator[Finding]:
    """Compare all certificates and templates with all that the log was told of them."""
    for templates in _batches_of_templates():
        yield from _template_findings(templates)
    for leaves in _batches_of_issues():
        yield from _issue_findings(leaves)
    yield from _untold()
    yield from _unproven(timezone.now())


def _batches_of_templates() -> Iterator[tuple[CredentialTemplate, ...]]:
    return batched(CredentialTemplate.objects.iterator(AT_ONCE), AT_ONCE)


def _template_findings(templates: Sequence[CredentialTemplate]) -> Iterator[Finding]:
    told_as = {_told_as(template): template for template in templates}
    told = Leaf.objects.filter(subject=TEMPLATE, commitment__in=told_as)
    missing = told_as.keys() - {bytes(one) for one in told.values_list("commitment", flat=True)}
    for template in templates:
        if not _is_whole(template):
            yield Finding(F.TEMPLATE_ALTERED, f"template {template} is not what was signed")
    for one in missing:
        yield Finding(F.TEMPLATE_UNTOLD, f"template {told_as[one]} is not in the log")


def _told_as(template: CredentialTemplate) -> bytes:
    return commitment(Action.TEMPLATE, "", bytes.fromhex(template.digest))


def _is_whole(template: CredentialTemplate) -> bool:
    return sha256(template.content.encode()).hexdigest() == template.digest


def _batches_of_issues() -> Iterator[Sequence[Leaf]]:
    """Yield what the log was told of issues, those leaves that wait for their index included."""
    issues = Leaf.objects.filter(subject=CERTIFICATE, action=Action.ISSUE).order_by("pk")
    last = 0
    while leaves := list(issues.filter(pk__gt=last)[:AT_ONCE]):
        yield leaves
        last = leaves[-1].pk


def _issue_findings(leaves: Sequence[Leaf]) -> Iterator[Finding]:
    kept = _Kept.of(leaves)
    for leaf in leaves:
        certificate = kept.certificates.get(leaf.subject_id)
        if certificate is None:
            what = f"the certificate of {_named(leaf)} is not in the database"
            yield Finding(F.CERTIFICATE_MISSING, what, leaf.subject_id, leaf=leaf.index)
            continue
        for kind, what in kept.faults_of(certificate, leaf):
            told = f"certificate {certificate.number} ({_named(leaf)}) {what}"
            yield Finding(
                kind, told, certificate.pk, certificate.number, certificate.public_id, leaf.index
            )


def _named(leaf: Leaf) -> str:
    return "a leaf that waits" if leaf.index is None else f"leaf {leaf.index}"


def _untold() -> Iterator[Finding]:
    """Find the certificates that claim to be proven and of whose issue the log knows nothing."""
    untold = Certificate.objects.filter(~Exists(TOLD), credential__isnull=False)
    for one in untold.iterator(AT_ONCE):
        what = f"certificate {one.number} is signed, and its issue is not in the log"
        yield Finding(F.ISSUE_UNTOLD, what, one.pk, one.number, one.public_id)


def _unproven(at: datetime) -> Iterator[Finding]:
    """Find the certificates that nobody issued, or that should have been proven by now."""
    just_made = Q(created_at__range=(at - TIME_TO_PROVE, at))
    due = Q(status_list__isnull=False, request__state=CertificateRequest.State.ISSUED) & ~just_made
    unproven = Certificate.objects.filter(~Exists(TOLD), credential=None)
    for one in unproven.filter(~Exists(BEGUN) | due).iterator(AT_ONCE):
        what = f"certificate {one.number} was never signed"
        yield Finding(F.NEVER_SIGNED, what, one.pk, one.number, one.public_id)


@dataclass(frozen=True)
class _Kept:
    """All that the database keeps of the certificates of some leaves; four queries."""

    certificates: dict[int, Certificate]
    moves: dict[int, Leaf]
    templates: dict[str, CredentialTemplate]
    keys: dict[int, SigningKey]

    @classmethod
    def of(cls, leaves: Sequence[Leaf]) -> _Kept:
        certificates = _certificates(leaf.subject_id for leaf in leaves)
        proven = [one.credential for one in certificates.values() if one.proven]
        keys = {key for one in proven for key in (one.key_id, one.jwt_key_id)}
        return cls(
            certificates,
            Leaf.objects.in_bulk([key for one in certificates.values() for key in _moves_of(one)]),
            CredentialTemplate.objects.in_bulk(list({one.template_id for one in proven})),
            SigningKey.objects.in_bulk(list(keys)),
        )

    def faults_of(self, certificate: Certificate, issue: Leaf) -> Iterator[Fault]:
        """Compare a certificate with the leaf of its issue, and with those of what became of it."""
        yield from self._faults_of_state(certificate)
        if not certificate.proven:
            yield Fault(F.CREDENTIAL_MISSING, "has lost its signatures")
            return
        credential = certificate.credential
        template = self.templates.get(credential.template_id)
        key, jwt_key = self.keys.get(credential.key_id), self.keys.get(credential.jwt_key_id)
        if template is None or not _is_whole(template):
            yield Fault(F.TEMPLATE_ALTERED, "has a template that is not what was signed")
        elif not (key and key.kind == Kind.ED25519 and jwt_key and jwt_key.kind == Kind.P256):
            yield Fault(F.KEY_ALTERED, "has a key that cannot have signed it")
        else:
            credential.template, credential.key, credential.jwt_key = template, key, jwt_key
            yield from _faults_of_facts(certificate)
            yield from _faults_of_proofs(credential, issue)

    def _faults_of_state(self, certificate: Certificate) -> Iterator[Fault]:
        moves = [self.moves[key] for key in _moves_of(certificate)]
        told = STATE_AFTER[moves[-1].action] if moves else Certificate.State.VALID
        if certificate.state != told:
            yield Fault(F.STATE_DIFFERS, f"is {certificate.state}; the log says {told}")
        digest = bytes(certificate.credential.digest) if certificate.proven else b""
        for move in moves:
            if bytes(move.commitment) != commitment(move.action, certificate.public_id, digest):
                yield Fault(F.MOVE_DIFFERS, f"is not the one of which {_named(move)} tells")


def _certificates(keys: Iterable[int]) -> dict[int, Certificate]:
    """Read certificates, each at one instant with the leaves of what became of it."""
    moves = Leaf.objects.filter(
        subject=CERTIFICATE, subject_id=OuterRef("pk"), action__in=STATE_AFTER
    )
    found = (
        Certificate.objects.filter(pk__in=list(keys))
        .select_related("credential", "status_list")
        .annotate(moves=ArraySubquery(moves.order_by("pk").values("pk")))
    )
    return {one.pk: one for one in found}


def _moves_of(certificate: Certificate) -> list[int]:
    moves: list[int] = certificate.moves  # type: ignore[attr-defined]  # annotated
    return moves


def _faults_of_facts(certificate: Certificate) -> Iterator[Fault]:
    """Compare what certificates of a template share, and in whose name they were signed."""
    credential = certificate.credential
    template, key = award.compiled(credential.template.content), credential.key
    try:
        own = award.facts_of(certificate)
    except (KeyError, TypeError):
        yield Fault(F.FACTS_DIFFER, "has units that are none")
        return
    for name, kept, signed in zip(FACTS, own, template.facts, strict=True):
        if kept != signed:
            yield Fault(F.FACTS_DIFFER, f"has another {name} than was signed: {signed}")
    if (key.organisation_id, key.controller) != (certificate.organisation_id, template.issuer):
        yield Fault(F.ISSUER_DIFFERS, f"is not of the body in whose name {key} signed")


def _faults_of_proofs(credential: Credential, issue: Leaf) -> Iterator[Fault]:
    if credential.certificate.status_list is None:
        yield Fault(F.CERTIFICATE_ALTERED, "has lost its place in the status list")
        return
    try:
        digest = sha256(award.document_of(credential)).digest()
        yield from _faults_of_digest(digest, credential, issue)
        if digest == bytes(credential.digest):
            _check_signatures(credential)
    except NotVerified as error:
        yield Fault(F.SIGNATURE_WRONG, f"has a signature that does not hold: {error}")
    except Unsignable as error:
        yield Fault(F.CERTIFICATE_ALTERED, f"has something that nobody signs: {error}")


def _faults_of_digest(digest: bytes, credential: Credential, issue: Leaf) -> Iterator[Fault]:
    """Tell whether the row or the log is not as it was when the certificate was signed."""
    told = commitment(issue.action, credential.certificate.public_id, digest)
    is_told, is_kept = bytes(issue.commitment) == told, bytes(credential.digest) == digest
    if not is_told and not is_kept:
        yield Fault(F.CERTIFICATE_ALTERED, "is not what was signed and told to the log")
    elif not is_told:
        yield Fault(F.TOLD_OTHERWISE, "is not what the log was told")
    elif not is_kept:
        yield Fault(F.DIGEST_DIFFERS, "does not have the digest that is kept of it")


def _check_signatures(credential: Credential) -> None:
    """Check all three.

    Raises:
        NotVerified: one does not hold.
    """
    shape = award.compiled(credential.template.content).shape
    values = award.values_of(credential.certificate)
    proofs.check(
        shape,
        values,
        Signatures(bytes(credential.rdfc_signature), bytes(credential.jcs_signature)),
        key=credential.key.published,
        verification_method=credential.key.verification_method,
        created=credential.signed_at,
    )
    jwt.check(
        shape.document_bytes(values),
        bytes(credential.jwt_signature),
        key=credential.jwt_key.published,
        verification_method=credential.jwt_key.verification_method,
    )
