"""What the VC Data Model 2.0 asks of a credential beyond its being JSON-LD: one fault, one code."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from mumpuni.credentials import contexts
from mumpuni.credentials.signing import multibase

type Faults = Iterator[str]

BASES = (contexts.CREDENTIALS_V1, contexts.CREDENTIALS_V2)
URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\\x7f\ud800-\udfff]+")
DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
INDEX = re.compile(r"0|[1-9]\d{0,15}")
# without TLS on this machine alone: that is how a demonstration runs
LIST_URL = re.compile(r"https://|http://(127\.0\.0\.1|localhost)[:/]")
LANGUAGE_OBJECT = {"@value", "@language", "@direction"}
BEGINNINGS, ENDS = ("validFrom", "issuanceDate"), ("validUntil", "expirationDate")


def faults(credential: dict[str, Any]) -> list[str]:
    """Return the codes of everything that is wrong with the structure of a credential."""
    return [
        *_context_faults(credential),
        *_identity_faults(credential),
        *_subject_faults(credential.get("credentialSubject")),
        *_text_faults(credential),
        *_period_faults(credential),
        *_status_faults(credential),
        *_property_faults(credential),
        *_resource_faults(credential),
    ]


def moment(credential: dict[str, Any], names: tuple[str, str]) -> datetime | None:
    """Return when the credential begins or ends; None where it does not say, or not rightly."""
    for name in names:
        if name in credential:
            return _date_time(credential[name])
    return None


def issuer_id(credential: dict[str, Any]) -> str | None:
    """Return the issuer's identifier, which is a text or in an object."""
    issuer = credential.get("issuer")
    found = issuer.get("id") if isinstance(issuer, dict) else issuer
    return found if isinstance(found, str) else None


def _context_faults(credential: dict[str, Any]) -> Faults:
    context = credential.get("@context")
    first = context[0] if isinstance(context, list) and context else context
    if first not in BASES:
        yield "context-first-wrong"
    if isinstance(context, list) and not all(isinstance(item, str | dict) for item in context):
        yield "context-malformed"


def _identity_faults(credential: dict[str, Any]) -> Faults:
    if "id" in credential and not _is_url(credential["id"]):
        yield "id-malformed"
    if "VerifiableCredential" not in (_types(credential) or []):
        yield "type-wrong"
    if not _is_url(issuer_id(credential)):
        yield "issuer-malformed"


def _subject_faults(subject: Any) -> Faults:
    subjects = _many(subject)
    if not subjects or not all(isinstance(one, dict) and one for one in subjects):
        yield "subject-malformed"
    elif not all(_is_url(one["id"]) for one in subjects if "id" in one):
        yield "subject-id-malformed"


def _text_faults(credential: dict[str, Any]) -> Faults:
    issuer = credential.get("issuer")
    for owner in (credential, issuer if isinstance(issuer, dict) else {}):
        for name in ("name", "description"):
            if name in owner and not all(map(_is_text, _many(owner[name]))):
                yield f"{name}-malformed"


def _period_faults(credential: dict[str, Any]) -> Faults:
    for name in (*BEGINNINGS, *ENDS):
        if name in credential and _date_time(credential[name]) is None:
            yield f"{name}-malformed"
    begin, end = moment(credential, BEGINNINGS), moment(credential, ENDS)
    if begin and end and end < begin:
        yield "period-reversed"
    context = credential.get("@context")
    if contexts.CREDENTIALS_V1 in _many(context) and "issuanceDate" not in credential:
        yield "issuanceDate-missing"


def _status_faults(credential: dict[str, Any]) -> Faults:
    for status in _many(credential.get("credentialStatus")):
        if not isinstance(status, dict) or not _types(status) or not _fits(status, "id", _is_url):
            yield "status-malformed"
        elif "BitstringStatusListEntry" in (_types(status) or []):
            yield from _bitstring_faults(status)


def _bitstring_faults(status: dict[str, Any]) -> Faults:
    if not isinstance(status.get("statusPurpose"), str):
        yield "status-purpose-malformed"
    if not INDEX.fullmatch(str(status.get("statusListIndex"))):
        yield "status-index-malformed"
    if not LIST_URL.match(str(status.get("statusListCredential"))):
        yield "status-list-malformed"


def _property_faults(credential: dict[str, Any]) -> Faults:
    """Each of these names a type; a schema must also be found by its id."""
    for name in ("credentialSchema", "termsOfUse", "evidence", "refreshService"):
        for item in _many(credential.get(name)):
            if not isinstance(item, dict) or not _types(item) or not _fits(item, "id", _is_url):
                yield f"{name}-malformed"
            elif name == "credentialSchema" and "id" not in item:
                yield "credentialSchema-malformed"


def _resource_faults(credential: dict[str, Any]) -> Faults:
    resources = _many(credential.get("relatedResource"))
    if not all(isinstance(one, dict) and _is_url(one.get("id")) for one in resources):
        yield "relatedResource-malformed"
        return
    if len({one["id"] for one in resources}) < len(resources):
        yield "relatedResource-twice"
    for resource in resources:
        if not {"digestSRI", "digestMultibase"} & resource.keys():
            yield "relatedResource-without-digest"
        elif resource["id"] in contexts.PINNED and not _has_digest(resource):
            yield "relatedResource-digest-wrong"


def _has_digest(resource: dict[str, Any]) -> bool:
    """Compare with the bytes of a context that we carry; others cannot be fetched."""
    content = contexts.PINNED[resource["id"]].read()
    expected: dict[str, set[str]] = {"digestSRI": set(), "digestMultibase": set()}
    for name, multihash in (("sha256", b"\x12\x20"), ("sha384", b"\x20\x30")):
        digest = hashlib.new(name, content).digest()
        expected["digestSRI"].add(f"{name}-{base64.b64encode(digest).decode()}")
        url_safe = base64.urlsafe_b64encode(multihash + digest).rstrip(b"=").decode()
        expected["digestMultibase"] |= {f"u{url_safe}", multibase(multihash + digest)}
    return all(
        str(resource[name]) in digests for name, digests in expected.items() if name in resource
    )


def _types(node: dict[str, Any]) -> list[str] | None:
    """Return the types of an object; None where they are missing or no names."""
    types = _many(node.get("type"))
    if not types or not all(isinstance(one, str) and one for one in types):
        return None
    return types


def _fits(node: dict[str, Any], name: str, test: Callable[[Any], bool]) -> bool:
    return name not in node or test(node[name])


def _is_text(value: Any) -> bool:
    """Accept a text, or one with its language and direction."""
    if isinstance(value, dict):
        return (
            isinstance(value.get("@value"), str)
            and value.keys() <= LANGUAGE_OBJECT
            and all(isinstance(one, str) for one in value.values())
        )
    return isinstance(value, str)


def _is_url(value: Any) -> bool:
    return isinstance(value, str) and bool(URL.fullmatch(value))


def _date_time(value: Any) -> datetime | None:
    if not isinstance(value, str) or not DATE_TIME.fullmatch(value):
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _many(value: Any) -> list[Any]:
    """Return what may be one, several or none as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
