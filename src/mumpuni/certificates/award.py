"""The verifiable credential of a certificate: an Open Badges 3.0 document with markers, and values.

Everything that certificates of a scheme, a body and a day's rules share stands in the template; what
differs from holder to holder is a marker, `{{name}}`. Neither identity number nor birth date is told.
Every node has an identifier, so that canonical form needs no search (docs/credentials.md).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mumpuni.certificates.models import Certificate, Credential
from mumpuni.credentials import contexts, jwt, proofs
from mumpuni.credentials.compact import Claims
from mumpuni.credentials.errors import NotVerified
from mumpuni.credentials.models import StatusList
from mumpuni.credentials.proofs import Signatures
from mumpuni.credentials.shapes import Form, Shape
from mumpuni.credentials.signing import Ed25519Signer, public_key
from mumpuni.credentials.status import PURPOSES, Purpose, status_entries
from mumpuni.credentials.verification import verify
from mumpuni.kernel.time import JAKARTA

CONTEXTS = (contexts.CREDENTIALS_V2, contexts.OPEN_BADGES)
PLACE = "/c/"
COMPETENT = "K"
# names that Open Badges leaves to us
REGISTRATION, LICENCE = "ext:registrationNumber", "ext:licenceNumber"
LAST_SECOND = time(23, 59, 59)
EXAMPLE_KEY = "contoh"
EXAMPLE_AT = datetime(2026, 6, 8, 5, tzinfo=UTC)
EXAMPLE = {
    "public_id": "ABCDEFGHIJKLMNOP",
    "holder_name": "Contoh",
    "number": "62010 2512 3 0000042 2026",
    "registration_number": "TIK.1565.00042.2026",
    "decided_at": "2026-06-01T17:00:00Z",
    "valid_from": "2026-06-07T17:00:00Z",
    "valid_until": "2029-06-07T16:59:59Z",
    "status_year": "2026",
    "status_number": "1",
    "status_index": "0",
}

type Json = dict[str, Any]


def credential_address(base: str, public_id: str) -> str:
    """Return the address of a credential, which is also its identifier."""
    return f"{base}{PLACE}{public_id}"


def status_list_address(base: str, code: str, year: object, number: object, purpose: str) -> str:
    """Return the address of a signed status list."""
    return f"{base}/status/{code}/{year}/{number}/{purpose}"


def template_for(certificate: Certificate, *, base: str, issuer: str) -> Json:
    """Return the credential with markers for what `values_of` tells.

    `base` is the public address without a slash at its end, `issuer` the body's DID.
    """
    lists: dict[Purpose, str] = {
        purpose: status_list_address(
            base, certificate.organisation.code, "{{status_year}}", "{{status_number}}", purpose
        )
        for purpose in PURPOSES
    }
    own = credential_address(base, "{{public_id}}")
    return {
        "@context": list(CONTEXTS),
        "id": own,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": _titled(certificate),
        "issuer": _issuer(certificate, issuer),
        "awardedDate": "{{decided_at}}",
        "validFrom": "{{valid_from}}",
        "validUntil": "{{valid_until}}",
        "credentialStatus": status_entries(lists, own, "{{status_index}}"),
        "credentialSubject": {
            "id": f"{own}#pemegang",
            "type": ["AchievementSubject"],
            "identifier": [
                _identity(f"{own}#nama", "name", "{{holder_name}}"),
                _identity(f"{own}#registrasi", REGISTRATION, "{{registration_number}}"),
            ],
            "licenseNumber": "{{number}}",
            "achievement": _achievement(certificate, base, issuer),
            "result": [
                {
                    "id": f"{own}#hasil-{place}",
                    "type": ["Result"],
                    "resultDescription": f"{_scheme(certificate, base)}#unit-{place}",
                    "value": COMPETENT,
                    "status": "Completed",
                }
                for place in _places(certificate)
            ],
        },
    }


@dataclass(frozen=True)
class Template:
    """A template made ready to be read: its text, the body's DID, the public address, the facts."""

    content: str
    form: Form
    issuer: str
    base: str
    facts: tuple[object, ...]

    @cached_property
    def shape(self) -> Shape:
        """The template made ready to be signed, which takes far longer."""
        return Shape.compile(json.loads(self.content))


@lru_cache(maxsize=10_000)
def compiled(content: str) -> Template:
    """Return a template made ready, once per process."""
    document = json.loads(content)
    return Template(
        content=content,
        form=Form.of(document),
        issuer=document["issuer"]["id"],
        base=document["id"].partition(PLACE)[0],
        facts=_facts_in(document),
    )


def facts_of(certificate: Certificate) -> tuple[object, ...]:
    """Return what a certificate says that its template must say as well."""
    return (
        _titled(certificate),
        _described(certificate),
        certificate.scheme_number,
        str(certificate.scheme_version),
        certificate.field_name,
        certificate.body_name,
        certificate.licence_number,
        tuple((unit["code"], unit["title"]) for unit in certificate.units),
    )


def _facts_in(document: Json) -> tuple[object, ...]:
    achievement, issuer = document["credentialSubject"]["achievement"], document["issuer"]
    return (
        document["name"],
        achievement["description"],
        achievement["humanCode"],
        achievement["version"],
        achievement["fieldOfStudy"],
        issuer["name"],
        issuer["otherIdentifier"][0]["identifier"],
        tuple((unit["targetCode"], unit["targetName"]) for unit in achievement["alignment"]),
    )


def check(credential: Credential) -> None:
    """Hold that a certificate is what was signed and told to the log.

    Raises:
        NotVerified: a fact, a signature or the template was changed since.
    """
    certificate, template = credential.certificate, compiled(credential.template.content)
    if template.facts != facts_of(certificate):
        raise NotVerified("facts-changed")
    document = document_of(credential)
    if sha256(document).digest() != bytes(credential.digest):
        raise NotVerified("document-changed")
    proofs.check_canonical(
        template.form,
        values_of(certificate),
        signature=bytes(credential.jcs_signature),
        key=credential.key.published,
        verification_method=credential.key.verification_method,
        created=credential.signed_at,
    )


def lint(template: Template) -> None:
    """Sign an example with a key that is thrown away, and verify it as anybody would.

    Raises:
        Unsignable, NotVerified: no credential of this template would be accepted.
    """
    key = Ed25519PrivateKey.generate()
    signer = Ed25519Signer(f"{template.issuer}#{EXAMPLE_KEY}", key)
    signatures = proofs.sign(template.shape, EXAMPLE, signer, EXAMPLE_AT)
    document = proofs.secured_document(
        template.shape, EXAMPLE, signatures, signer.verification_method, EXAMPLE_AT
    )
    verify(document, lambda _method: public_key(key), at=EXAMPLE_AT).require()


class Told(NamedTuple):
    """What of a certificate its credential alone tells, as it is read to be signed."""

    public_id: str
    holder_name: str
    number: str
    registration_number: str
    decided_on: date
    issued_on: date
    valid_until: date
    status_index: int


def values_of(certificate: Certificate) -> dict[str, str]:
    """Return what the markers stand for in the credential of a certificate with a status list."""
    assert certificate.status_list is not None
    return values(certificate, certificate.status_list)


def values(certificate: Certificate | Told, place: StatusList) -> dict[str, str]:
    """Return what the markers stand for, where the status list was read by itself."""
    return {
        "public_id": certificate.public_id,
        "holder_name": certificate.holder_name,
        "number": certificate.number,
        "registration_number": certificate.registration_number,
        "decided_at": instant(certificate.decided_on, time.min),
        "valid_from": instant(certificate.issued_on, time.min),
        "valid_until": instant(certificate.valid_until, LAST_SECOND),
        "status_year": str(place.year),
        "status_number": str(place.number),
        "status_index": str(certificate.status_index),
    }


def document_of(credential: Credential) -> bytes:
    """Return the signed credential, always the same bytes."""
    template = compiled(credential.template.content)
    return proofs.secured_document(
        template.form,
        values_of(credential.certificate),
        Signatures(bytes(credential.rdfc_signature), bytes(credential.jcs_signature)),
        credential.key.verification_method,
        credential.signed_at,
    )


def token_of(credential: Credential) -> str:
    """Return the credential as a `vc+jwt`."""
    form = compiled(credential.template.content).form
    return jwt.assemble(
        form.document_bytes(values_of(credential.certificate)),
        credential.jwt_key.verification_method,
        bytes(credential.jwt_signature),
    )


def claims_of(certificate: Certificate) -> Claims:
    """Return what the code for scanners without a network says."""
    assert certificate.status_list is not None
    assert certificate.status_index is not None
    place = certificate.status_list
    return Claims(
        number=certificate.number,
        name=certificate.holder_name,
        scheme=certificate.scheme_title,
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
        status_list=f"{certificate.organisation.code}/{place.year}/{place.number}",
        status_index=certificate.status_index,
        digest=bytes(certificate.credential.digest),
    )


@lru_cache(maxsize=1_000)
def instant(day: date, at: time) -> str:
    """Return an instant of a legal day as credentials write it."""
    return proofs.instant(datetime.combine(day, at, JAKARTA))


def _issuer(certificate: Certificate, issuer: str) -> Json:
    licence = {
        "id": f"{issuer}#lisensi",
        "type": "IdentifierEntry",
        "identifier": certificate.licence_number,
        "identifierType": LICENCE,
    }
    return {
        "id": issuer,
        "type": ["Profile"],
        "name": certificate.body_name,
        "otherIdentifier": [licence],
    }


def _identity(name: str, kind: str, value: str) -> Json:
    return {
        "id": name,
        "type": "IdentityObject",
        "hashed": False,
        "identityType": kind,
        "identityHash": value,
    }


def _titled(certificate: Certificate) -> str:
    title = certificate.scheme_title
    return f"SIMULASI: {title}" if certificate.simulated else title


def _described(certificate: Certificate) -> str:
    level = f" KKNI {certificate.kkni_level}." if certificate.kkni_level else ""
    return f"{certificate.scheme_title_en or certificate.scheme_title}.{level}"


def _achievement(certificate: Certificate, base: str, issuer: str) -> Json:
    scheme = _scheme(certificate, base)
    return {
        "id": scheme,
        "type": ["Achievement"],
        "achievementType": "Certification",
        "name": _titled(certificate),
        "description": _described(certificate),
        "humanCode": certificate.scheme_number,
        "version": str(certificate.scheme_version),
        "fieldOfStudy": certificate.field_name,
        "inLanguage": "id",
        "creator": {"id": issuer, "type": ["Profile"], "name": certificate.body_name},
        "criteria": {
            "id": f"{scheme}#kriteria",
            "narrative": "Dinyatakan kompeten oleh pleno pada setiap unit kompetensi skema ini.",
        },
        "alignment": [
            {
                "id": f"{scheme}#standar-{place}",
                "type": ["Alignment"],
                "targetCode": unit["code"],
                "targetName": unit["title"],
                "targetFramework": "SKKNI",
                "targetUrl": f"{base}/unit/{unit['code']}/",
            }
            for place, unit in enumerate(certificate.units, 1)
        ],
        "resultDescription": [
            {
                "id": f"{scheme}#unit-{place}",
                "type": ["ResultDescription"],
                "name": f"{unit['code']} {unit['title']}",
                "resultType": "Status",
            }
            for place, unit in enumerate(certificate.units, 1)
        ],
    }


def _scheme(certificate: Certificate, base: str) -> str:
    return f"{base}/direktori/skema/{certificate.request.session.scheme_version_id}"


def _places(certificate: Certificate) -> range:
    return range(1, len(certificate.units) + 1)
