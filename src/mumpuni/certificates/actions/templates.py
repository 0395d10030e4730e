"""Templates of credentials: kept and told to the log before the first credential is made of one."""

from __future__ import annotations

from collections.abc import Mapping
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
"""What certificates of one template share: the request they come from, and simulation."""


def templates_for(kinds: Mapping[Kind, int]) -> dict[Kind, CredentialTemplate]:
    """Return the templates of kinds of certificates, of each of which the key of one is told.

    Two queries, more where a template is new.
    """
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
