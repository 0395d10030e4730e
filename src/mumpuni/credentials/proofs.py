"""The proof set of a document: eddsa-rdfc-2022, which every badge program checks, and eddsa-jcs-2022.

Each proof covers the document without proofs. What is stored of a credential are its values and
these signatures; its bytes are written again from them, always the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Literal

import orjson

from mumpuni.credentials import linked_data
from mumpuni.credentials.canonical import canonical_json
from mumpuni.credentials.shapes import Form, Shape
from mumpuni.credentials.signing import PublicKey, Signer, multibase
from mumpuni.credentials.text import check_texts

type Cryptosuite = Literal["eddsa-rdfc-2022", "eddsa-jcs-2022"]

RDFC: Cryptosuite = "eddsa-rdfc-2022"
JCS: Cryptosuite = "eddsa-jcs-2022"


@dataclass(frozen=True)
class Signatures:
    """The two signatures of a document, 64 bytes each."""

    rdfc: bytes
    jcs: bytes


def sign(shape: Shape, values: Mapping[str, str], signer: Signer, created: datetime) -> Signatures:
    """Sign the credential of a shape that these values make."""
    rdfc, jcs = _configuration_hashes(shape.context, signer.verification_method, created)
    return Signatures(
        rdfc=signer.sign(rdfc + shape.dataset_hash(values)),
        jcs=signer.sign(jcs + hashlib.sha256(shape.document_bytes(values)).digest()),
    )


def check_canonical(  # noqa: PLR0913 - what was signed, by whom, when
    form: Form,
    values: Mapping[str, str],
    *,
    signature: bytes,
    key: PublicKey,
    verification_method: str,
    created: datetime,
) -> None:
    """Check the eddsa-jcs-2022 signature of what these values make, without reading a document.

    Raises:
        NotVerified: the key did not sign this.
    """
    proof = configuration(JCS, form.context, verification_method, instant(created))
    document = hashlib.sha256(form.document_bytes(values)).digest()
    key.check(signature, sha256_of_json(proof) + document)


def check(  # noqa: PLR0913 - what was signed, by whom, when
    shape: Shape,
    values: Mapping[str, str],
    signatures: Signatures,
    *,
    key: PublicKey,
    verification_method: str,
    created: datetime,
) -> None:
    """Check both signatures of what these values make, without reading a document.

    Raises:
        NotVerified: the key did not sign this.
    """
    rdfc, jcs = _configuration_hashes(shape.context, verification_method, created)
    key.check(signatures.rdfc, rdfc + shape.dataset_hash(values))
    key.check(signatures.jcs, jcs + hashlib.sha256(shape.document_bytes(values)).digest())


def secured_document(
    form: Form,
    values: Mapping[str, str],
    signatures: Signatures,
    verification_method: str,
    created: datetime,
) -> bytes:
    """Write the credential with its proofs as canonical JSON."""
    proofs = _proofs(form.context, signatures, verification_method, created)
    return form.secured_bytes(values, canonical_json(proofs).decode())


def sign_document(document: dict[str, Any], signer: Signer, created: datetime) -> dict[str, Any]:
    """Return a document with its proofs: for those that are one of a kind.

    Raises:
        Unsignable: verifiers elsewhere would read it differently.
    """
    check_texts(document)
    jcs_hash = sha256_of_json(document)
    with linked_data.to_be_signed():
        rdfc_hash = linked_data.dataset_hash(document)
    context, method = document["@context"], signer.verification_method
    rdfc, jcs = _configuration_hashes(context, method, created)
    signatures = Signatures(signer.sign(rdfc + rdfc_hash), signer.sign(jcs + jcs_hash))
    return {**document, "proof": _proofs(context, signatures, method, created)}


def instant(at: datetime) -> str:
    """Write an instant as it stands in credentials: UTC, whole seconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def configuration(
    suite: Cryptosuite, context: Any, verification_method: str, created: str
) -> dict[str, Any]:
    """Return a proof without its value, as it is hashed."""
    return {
        "@context": context,
        "type": "DataIntegrityProof",
        "cryptosuite": suite,
        "created": created,
        "verificationMethod": verification_method,
        "proofPurpose": "assertionMethod",
    }


def sha256_of_json(document: Any) -> bytes:
    """Return the SHA-256 of a document in canonical JSON."""
    return hashlib.sha256(canonical_json(document)).digest()


def _proofs(
    context: Any, signatures: Signatures, verification_method: str, created: datetime
) -> list[dict[str, Any]]:
    """Return the proof set; the jcs proof keeps its context, as its verifiers expect."""
    at = instant(created)
    rdfc = configuration(RDFC, context, verification_method, at)
    jcs = configuration(JCS, context, verification_method, at)
    del rdfc["@context"]
    return [
        {**rdfc, "proofValue": multibase(signatures.rdfc)},
        {**jcs, "proofValue": multibase(signatures.jcs)},
    ]


def _configuration_hashes(
    context: Any, verification_method: str, created: datetime
) -> tuple[bytes, bytes]:
    return _hashes(canonical_json(context), verification_method, instant(created))


@lru_cache(maxsize=256)
def _hashes(context: bytes, verification_method: str, created: str) -> tuple[bytes, bytes]:
    """Hash both configurations; a batch shares them."""
    parts = orjson.loads(context), verification_method, created
    return (
        linked_data.dataset_hash(configuration(RDFC, *parts)),
        sha256_of_json(configuration(JCS, *parts)),
    )
