"""Keys made at start, and what they sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mumpuni.credentials import jwt, linked_data, structure
from mumpuni.credentials.canonical import canonical_json
from mumpuni.credentials.conformance.documents import CREDENTIAL, did, envelope
from mumpuni.credentials.conformance.embedding import embed
from mumpuni.credentials.errors import NotVerified
from mumpuni.credentials.proofs import Cryptosuite
from mumpuni.credentials.signing import Ed25519Signer, P256Signer, Signer, did_key, public_key
from mumpuni.credentials.text import check_texts


@dataclass(frozen=True)
class Issuer:
    """Two keys, each its own identifier: Ed25519 for proofs, P-256 for tokens."""

    ed25519: Ed25519Signer
    p256: P256Signer

    @classmethod
    def with_fresh_keys(cls) -> Self:
        ed25519, p256 = Ed25519PrivateKey.generate(), ec.generate_private_key(ec.SECP256R1())
        return cls(
            Ed25519Signer(did_key(public_key(ed25519)), ed25519),
            P256Signer(did_key(public_key(p256)), p256),
        )

    def with_proof(
        self, credential: dict[str, Any], suite: Cryptosuite, at: datetime
    ) -> dict[str, Any]:
        """Return a credential in our name with a proof.

        Raises:
            NotVerified, NotLinkedData, Unsignable: it does not conform.
        """
        return embed(_in_the_name_of(self.ed25519, credential), suite, self.ed25519, at)

    def enveloped(self, credential: dict[str, Any]) -> dict[str, Any]:
        """Return a credential in our name as a token in its envelope.

        Raises:
            NotVerified, NotLinkedData, Unsignable: it does not conform.
        """
        document = _in_the_name_of(self.p256, credential)
        check_texts(document)
        linked_data.dataset(document)
        return envelope(CREDENTIAL, jwt.sign(canonical_json(document), self.p256))


def _in_the_name_of(signer: Signer, credential: dict[str, Any]) -> dict[str, Any]:
    """Put the identifier of the key in the place of the issuer that was asked for."""
    if faults := structure.faults(credential):
        raise NotVerified(faults[0], ", ".join(faults))
    if "proof" in credential:
        raise NotVerified("proof-present", "it would not outlive the change of the issuer")
    issuer = credential["issuer"]
    named = {**issuer, "id": did(signer)} if isinstance(issuer, dict) else did(signer)
    return {**credential, "issuer": named}
