"""A certificate and all that speaks for it, signed with keys of our own: no database is needed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mumpuni.access.tests import make as access
from mumpuni.credentials import compact, did, jwt, status
from mumpuni.credentials.models import SigningKey, StatusList
from mumpuni.credentials.proofs import instant, secured_document, sign, sign_document
from mumpuni.credentials.shapes import Shape
from mumpuni.credentials.signing import Ed25519Signer, P256Signer, public_key
from mumpuni.credentials.tests import badges
from mumpuni.transparency import notes, tree
from mumpuni.transparency.entries import Entry, commitment
from mumpuni.transparency.models import Checkpoint, LogKey
from mumpuni.transparency.proofs import Proof

HOST = "https://sertifikasi.contoh.id"
ISSUED = datetime(2026, 11, 25, 2, 30, tzinfo=UTC)
NOW = datetime(2026, 11, 28, 2, 30, tzinfo=UTC)
DAY = timedelta(days=1)
ORIGIN = "sertifikasi.contoh.id/log"
OTHERS_IN_THE_LOG = 12


@dataclass
class Body:
    """A certification body with its key of the year."""

    code: str = "1001"
    name: str = "2026-ed25519"
    private: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    private_p256: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    successor: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    compromised_at: datetime | None = None

    @property
    def did(self) -> str:
        return did.did_of(HOST, f"lsp/{self.code}")

    @property
    def signer(self) -> Ed25519Signer:
        return Ed25519Signer(f"{self.did}#{self.name}", self.private)

    @property
    def list_signer(self) -> Ed25519Signer:
        """Who signs lists now: no key that was stolen."""
        if self.compromised_at:
            return Ed25519Signer(f"{self.did}#2026-ed25519-2", self.successor)
        return self.signer

    @property
    def token_signer(self) -> P256Signer:
        return P256Signer(f"{self.did}#2026-p256", self.private_p256)

    @property
    def keys(self) -> list[SigningKey]:
        first, token = self._key(self.name, self.private), self._key("2026-p256", self.private_p256)
        if not self.compromised_at:
            return [first, token]
        first.state, first.compromised_at = SigningKey.State.COMPROMISED, self.compromised_at
        return [first, token, self._key("2026-ed25519-2", self.successor)]

    def _key(
        self, name: str, private: Ed25519PrivateKey | ec.EllipticCurvePrivateKey
    ) -> SigningKey:
        public = public_key(private)
        return SigningKey(
            kind=public.kind,
            state=SigningKey.State.ACTIVE,
            year=2026,
            key_id=name,
            controller=self.did,
            public_key=public.raw,
            backend=SigningKey.Backend.FILE,
            location=f"{self.code}/{name}",
        )

    @property
    def document(self) -> dict[str, Any]:
        """The DID document, which tells of a key whether it was stolen."""
        return did.did_document(self.did, self.keys)


@dataclass
class Evidence:
    """A certificate, and what a device keeps so that it can be checked without a network."""

    body: Body = field(default_factory=Body)
    holder: str = "Dewi Ayu Lestari"
    public_id: str = "ABCDEFGH23456789"
    index: int = 4711
    set_in: Mapping[status.Purpose, int] = field(default_factory=dict)
    listed_at: datetime = NOW - DAY
    log: notes.SigningKey = field(
        default_factory=lambda: notes.SigningKey(ORIGIN, Ed25519PrivateKey.generate())
    )
    witness: notes.SigningKey = field(
        default_factory=lambda: notes.SigningKey(
            "saksi.contoh.id", Ed25519PrivateKey.generate(), notes.WITNESS_KEY
        )
    )

    @cached_property
    def credential(self) -> str:
        """The file that the holder has."""
        shape, signer = Shape.compile(self._template()), self.body.signer
        signed = sign(shape, self._values, signer, ISSUED)
        method = signer.verification_method
        return secured_document(shape, self._values, signed, method, ISSUED).decode()

    @cached_property
    def token(self) -> str:
        """The same as `vc+jwt`."""
        content = Shape.compile(self._template()).document_bytes(self._values)
        return jwt.sign(content, self.body.token_signer)

    @property
    def _values(self) -> dict[str, str]:
        own = {"public_id": self.public_id, "status_index": str(self.index)}
        return badges.values(self.holder) | own

    def _template(self) -> dict[str, Any]:
        template = badges.template(self.body.did)
        template["credentialStatus"] = status.status_entries(
            {purpose: self.list_url(purpose) for purpose in status.PURPOSES},
            template["id"],
            "{{status_index}}",
        )
        return template

    def list_url(self, purpose: status.Purpose) -> str:
        return f"{HOST}/status/{self.body.code}/2026/1/{purpose}"

    @cached_property
    def bundle(self) -> dict[str, Any]:
        """Keys and lists, as the site hands them out."""
        return {
            "generated_at": instant(self.listed_at),
            "log_keys": [str(self.log.verifier)],
            "witness_keys": [str(self.witness.verifier)],
            "did_documents": [self.body.document],
            "status_lists": {
                self.list_url(purpose): self._status_list(purpose) for purpose in status.PURPOSES
            },
        }

    def _status_list(self, purpose: status.Purpose) -> dict[str, Any]:
        values = [(self.index, self.set_in[purpose])] if purpose in self.set_in else []
        unsigned = status.status_list_credential(
            self.list_url(purpose), self.body.did, purpose, values, self.listed_at
        )
        return sign_document(unsigned, self.body.list_signer, self.listed_at)

    @cached_property
    def code(self) -> str:
        """The second QR code of the paper."""
        claims = compact.Claims(
            number="62090 2512 0000001 2026",
            name=self.holder,
            scheme="Pemrogram",
            issued_on=ISSUED.date(),
            valid_until=date(2029, 11, 24),
            status_list=f"{self.body.code}/2026/1",
            status_index=self.index,
            digest=sha256(self.credential.encode()).digest(),
        )
        return compact.encode(claims, self.body.signer)

    def keep(self) -> None:
        """Store keys, lists and a head of the log, as the site has them."""
        organisation = access.organisation(code=self.body.code)
        for key in self.body.keys:
            key.organisation = organisation
            key.save()
        lists = self.bundle["status_lists"]
        signed = {each: json.dumps(lists[self.list_url(each)]) for each in status.PURPOSES}
        StatusList.objects.create(
            organisation=organisation, year=2026, number=1, signed_at=self.listed_at, **signed
        )
        head = {"root": bytes(32), "key": str(self.log.verifier), "at": self.listed_at}
        Checkpoint.objects.get_or_create(size=1, defaults=head)
        LogKey.objects.get_or_create(verifier=head["key"], defaults={"since": self.listed_at})

    @cached_property
    def proof(self) -> str:
        """What shows that the log told of the certificate when it was issued."""
        return self.proof_of("issue")

    def proof_of(self, action: str, at: datetime = ISSUED) -> str:
        digest = sha256(self.credential.encode()).digest()
        line = Entry(action, at, commitment(action, self.public_id, digest)).line
        lines = [b"%d\n" % number for number in range(OTHERS_IN_THE_LOG)]
        lines.insert(7, line)
        hashes = [tree.leaf_hash(one) for one in lines]

        def node(height: int, place: int) -> bytes:
            return tree.complete_root(hashes[place << height : (place + 1) << height])

        size = len(lines)
        head = notes.Checkpoint(ORIGIN, size, tree.root(size, node)).text
        seen = self.witness.cosign(head, int(at.timestamp()) + 5)
        note = notes.Note(head, (self.log.sign(head), seen))
        return str(Proof(line, 7, tree.inclusion_proof(7, size, node), str(note)))
