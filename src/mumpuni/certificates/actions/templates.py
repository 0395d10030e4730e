"""Templates of credentials: kept and told to the log before the first credential is made of one."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from django.conf import settings

from mumpuni.certificates import award
from mumpuni.certificates.models import Certificate, CredentialTemplate
from mumpuni.credentials.canonical import canonical_json
from mumpuni.credentials.did import did_of_body
from mumpuni.transparency.actions import Deed, append
from mumpuni.transparency.entries import commitment
from mumpuni.transparency.models import Leaf

TEMPLATE = CredentialTemplate._meta.label_lower
NO_SECRET = ""  # a template tells of nobody
NO_RECORD = 0  # and is found by its digest

type Kind = tuple[int, bool]


def kind_of(certificate: Certificate) -> Kind:
    """Return what certificates of one template share: the request they come from, and simulation."""
    return certificate.request_id, certificate.simulated


def templates_for(certificates: Iterable[Certificate]) -> dict[Kind, CredentialTemplate]:
    """Return the template of each kind of certificate; two queries, more where one is new."""
    kinds = {kind_of(one): one.pk for one in certificates}
    related = Certificate.objects.select_related("organisation", "request__session")
    examples = related.in_bulk(list(kinds.values()))
    contents = {kind: _content(examples[key]) for kind, key in kinds.items()}
    digests = {content: sha256(content).hexdigest() for content in contents.values()}
    known = CredentialTemplate.objects.in_bulk(list(digests.values()))
    for content, digest in digests.items():
        if digest not in known:
            known[digest] = _keep(digest, content)
    return {kind: known[digests[content]] for kind, content in contents.items()}


def _content(certificate: Certificate) -> bytes:
    base = settings.PUBLIC_URL
    issuer = did_of_body(certificate.organisation)
    return canonical_json(award.template_for(certificate, base=base, issuer=issuer))


def _keep(digest: str, content: bytes) -> CredentialTemplate:
    template, new = CredentialTemplate.objects.get_or_create(
        digest=digest, defaults={"content": content.decode()}
    )
    if new:
        award.lint(award.compiled(template.content))
        told = commitment(Leaf.Action.TEMPLATE, NO_SECRET, bytes.fromhex(digest))
        append([Deed(Leaf.Action.TEMPLATE, told, TEMPLATE, NO_RECORD)])
    return template
