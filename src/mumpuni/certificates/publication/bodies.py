"""Who may be believed: the keys of each body, and the authority's word on whom it recognises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial
from hashlib import sha256
from itertools import groupby
from operator import attrgetter
from typing import Self

import orjson
from django.conf import settings
from django.db.models import Q, QuerySet

from mumpuni.access.models import Organisation
from mumpuni.certificates.publication.files import JSON, NotPublished, Renewed
from mumpuni.credentials import did, keys, proofs
from mumpuni.credentials import recognition as recognising
from mumpuni.credentials.canonical import canonical_json
from mumpuni.credentials.models import SigningKey
from mumpuni.credentials.queries import keys_under
from mumpuni.credentials.recognition import Recognised
from mumpuni.kernel.time import JAKARTA, legal_day
from mumpuni.licensing.models import Licence, Status
from mumpuni.licensing.queries import public_licences

ED25519 = SigningKey.Kind.ED25519
LAST_SECOND = time(23, 59, 59)
A_DAY = timedelta(days=1)


def did_document(name: str) -> bytes:
    """Return the document of a DID."""
    held = list(keys_under(name))
    if not held:
        raise NotPublished(name)
    return canonical_json(did.did_document(name, held))


def authority_document() -> bytes:
    """Return the document of the authority's DID."""
    return did_document(did.did_of(settings.PUBLIC_URL))


def body_document(code: str) -> bytes:
    """Return the document of a body's DID."""
    return did_document(did.did_of(settings.PUBLIC_URL, f"lsp/{code}"))


def did_documents() -> Iterator[Renewed]:
    """Yield the documents of all who ever had a key under this host; one query."""
    ours = did.did_of(settings.PUBLIC_URL)
    held = SigningKey.objects.filter(Q(controller=ours) | Q(controller__startswith=f"{ours}:"))
    in_order = held.order_by("controller", "year", "key_id")
    for name, its_keys in groupby(in_order, key=attrgetter("controller")):
        document = canonical_json(did.did_document(name, its_keys))
        version = sha256(document).hexdigest()
        path = did.document_path(name).removeprefix("/")
        yield Renewed(path, version, partial(bytes, document), JSON)


@dataclass(frozen=True)
class Standing:
    """For which time a body is recognised, and since when that has been so.

    It begins with the body's first term, and ends with its last or on the eve of a sanction that
    is in force: what was issued before stays recognised.
    """

    since: date
    until: date
    as_of: date
    term_ends: date

    @classmethod
    def of(cls, licence: Licence, today: date) -> Self | None:
        begun = [term for term in licence.terms.all() if term.valid_from <= today]
        if not begun:
            return None
        since, until, as_of = begun[0].valid_from, begun[-1].valid_until, begun[-1].valid_from
        if sanction := licence.sanction_on(today):
            until, as_of = min(until, sanction.effective_on - A_DAY), sanction.effective_on
        return cls(since, until, as_of, begun[-1].valid_until) if since <= until else None


def recognition(code: str, at: datetime) -> bytes:
    """Return the authority's signed word on a body; the same bytes until something changes."""
    found = _licences(at).filter(organisation__code=code).first()
    for one in recognitions([found] if found else [], at):
        return one.read()
    raise NotPublished(code)


def recognitions(licences: Iterable[Licence], at: datetime) -> Iterator[Renewed]:
    """Yield the authority's word on each body that has had a licence."""
    method = authority_key(at)
    for licence in licences:
        standing = Standing.of(licence, legal_day(at))
        if standing is None:
            continue
        path = f"lsp/{licence.organisation.code}/recognition.json"
        document = _recognition(path, licence, standing)
        version = sha256(document + str(method).encode()).hexdigest()
        read = partial(_signed, document, method.pk, _midnight(standing.as_of))
        yield Renewed(path, version, read, JSON)


def all_recognitions(at: datetime) -> Iterator[Renewed]:
    """Yield the authority's word on all bodies."""
    return recognitions(_licences(at), at)


def authority_key(at: datetime) -> SigningKey:
    """Return the key with which the authority recognises, made at the first need (Y-01)."""
    authority = Organisation.objects.filter(kind=Organisation.Kind.AUTHORITY).first()
    if authority is None:
        raise NotPublished("there is no authority yet")
    return keys.ensure_keys(authority, legal_day(at).year, at, [ED25519])[ED25519]


def registry(at: datetime) -> bytes:
    """Return the list of recognised bodies, those aside whose licence was revoked."""
    standing = [
        (licence, found)
        for licence in _licences(at)
        if licence.status != Status.REVOKED and (found := Standing.of(licence, legal_day(at)))
    ]
    updated = max((found.as_of for _licence, found in standing), default=legal_day(at))
    bodies = [_recognised(licence, found) for licence, found in standing]
    return canonical_json(recognising.registry(bodies, updated=_midnight(updated)))


def registry_file(at: datetime) -> Renewed:
    """Return the same as a file."""
    content = registry(at)
    return Renewed("registry.json", sha256(content).hexdigest(), partial(bytes, content), JSON)


def _licences(at: datetime) -> QuerySet[Licence]:
    coded = public_licences(legal_day(at)).exclude(organisation__code="")
    return coded.prefetch_related("terms", "sanctions")


def _recognised(licence: Licence, standing: Standing) -> Recognised:
    return Recognised(
        did=did.did_of_body(licence.organisation),
        name=licence.organisation.name,
        url=f"{_base()}/direktori/lsp/{licence.organisation_id}/",
        since=_midnight(standing.since),
        until=_end_of(standing.until),
    )


def _recognition(path: str, licence: Licence, standing: Standing) -> bytes:
    return canonical_json(
        recognising.recognition(
            f"{_base()}/{path}",
            did.did_of(settings.PUBLIC_URL),
            [_recognised(licence, standing)],
            valid_from=_midnight(standing.as_of),
            valid_until=_end_of(standing.term_ends),
        )
    )


@lru_cache(maxsize=4096)
def _signed(document: bytes, key_id: int, created: datetime) -> bytes:
    """Sign a document, dated on what it tells, so that the bytes do not change with each reading."""
    signer = keys.signer(SigningKey.objects.get(pk=key_id))
    return canonical_json(proofs.sign_document(orjson.loads(document), signer, created))


def _base() -> str:
    return settings.PUBLIC_URL


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, JAKARTA)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, LAST_SECOND, JAKARTA)
