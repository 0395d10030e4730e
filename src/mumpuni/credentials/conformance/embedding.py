"""Data Integrity proofs one at a time: of the cryptosuite asked for, and of holders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from mumpuni.credentials import contexts, linked_data, structure
from mumpuni.credentials.conformance.documents import listed
from mumpuni.credentials.errors import NotVerified
from mumpuni.credentials.proofs import (
    JCS,
    RDFC,
    Cryptosuite,
    configuration,
    instant,
    sha256_of_json,
)
from mumpuni.credentials.signing import Signer, from_multibase, multibase, resolve_did_key
from mumpuni.credentials.text import check_texts

HASHES: dict[str, Callable[[Any], bytes]] = {
    RDFC: linked_data.dataset_hash,
    JCS: sha256_of_json,
}


def embed(
    document: dict[str, Any], suite: Cryptosuite, signer: Signer, at: datetime
) -> dict[str, Any]:
    """Return a document with one proof.

    Raises:
        Unsignable: verifiers elsewhere would read it differently.
        NotLinkedData: it has a term that no context defines.
    """
    document = _with_terms_of_proofs(document)
    check_texts(document)
    linked_data.dataset(document)
    proof = configuration(suite, document["@context"], signer.verification_method, instant(at))
    signature = signer.sign(_signed_bytes(document, proof))
    if suite == RDFC:
        del proof["@context"]
    return {**document, "proof": {**proof, "proofValue": multibase(signature)}}


def _with_terms_of_proofs(document: dict[str, Any]) -> dict[str, Any]:
    """Add the context that defines proofs to a document of version 1.1, whose own does not."""
    context = listed(document["@context"])
    if contexts.CREDENTIALS_V1 not in context or contexts.DATA_INTEGRITY_V2 in context:
        return document
    return {**document, "@context": [*context, contexts.DATA_INTEGRITY_V2]}


def check_authentication(document: dict[str, Any], proof: Any, at: datetime) -> str:
    """Return the verification method by which a holder signed a document given without proofs.

    Raises:
        NotVerified: the proof is none of a holder, has run out, or does not hold.
    """
    _check_form(document, proof, at)
    method = proof["verificationMethod"]
    key = resolve_did_key(method)
    if key is None:
        raise NotVerified("key-not-found", method)
    if key.kind != "ed25519":
        raise NotVerified("key-kind-wrong", method)
    key.check(from_multibase(proof["proofValue"]), _signed_bytes(document, proof))
    return str(method)


def _check_form(document: dict[str, Any], proof: Any, at: datetime) -> None:
    if not isinstance(proof, dict) or proof.get("type") != "DataIntegrityProof":
        raise NotVerified("proof-malformed")
    if not all(isinstance(proof.get(name), str) for name in ("verificationMethod", "proofValue")):
        raise NotVerified("proof-malformed")
    if proof.get("cryptosuite") not in (RDFC, JCS):
        raise NotVerified("cryptosuite-unknown", str(proof.get("cryptosuite")))
    if proof.get("proofPurpose") != "authentication":
        raise NotVerified("proof-purpose-wrong", str(proof.get("proofPurpose")))
    if proof.get("@context", document["@context"]) != document["@context"]:
        raise NotVerified("proof-context-wrong")
    expiry = structure.moment(proof, ("expires", "expires"))
    if "expires" in proof and (expiry is None or at > expiry):
        raise NotVerified("proof-expired")


def _signed_bytes(document: dict[str, Any], proof: dict[str, Any]) -> bytes:
    """Return what a signature covers: its proof without the value, and the document."""
    hash_of = HASHES[proof["cryptosuite"]]
    unsigned = {name: value for name, value in proof.items() if name != "proofValue"}
    if proof["cryptosuite"] == RDFC:
        unsigned["@context"] = document["@context"]
    return hash_of(unsigned) + hash_of(document)
