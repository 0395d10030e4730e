"""The status lists of what was issued with a status, kept in memory."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from mumpuni.credentials import status
from mumpuni.credentials.conformance.documents import did, listed
from mumpuni.credentials.conformance.issuing import Issuer
from mumpuni.credentials.errors import NotVerified
from mumpuni.credentials.proofs import RDFC
from mumpuni.credentials.status import Purpose

LIST_TYPE = "BitstringStatusListCredential"
ENTRY_TYPE = "BitstringStatusListEntry"
PURPOSES: tuple[Purpose, ...] = ("revocation", "suspension")


@dataclass
class Lists:
    """One list for each purpose, at an address below `url`."""

    url: str
    issuer: Issuer
    marked: dict[Purpose, set[int]] = field(
        default_factory=lambda: {one: set() for one in PURPOSES}
    )
    _places: dict[str, int] = field(default_factory=dict)
    _ordinals: Iterator[int] = field(default_factory=count)
    _shuffling: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def with_status(self, credential: dict[str, Any]) -> dict[str, Any]:
        """Give a credential its places; none to a list, nor to one that brings its own."""
        if "credentialStatus" in credential or LIST_TYPE in listed(credential.get("type")):
            return credential
        place = status.position(self._shuffling, next(self._ordinals))
        self._places[str(credential.get("id"))] = place
        return {**credential, "credentialStatus": [self._entry(one, place) for one in PURPOSES]}

    def mark(self, credential_id: str, purpose: str) -> None:
        """Revoke or suspend a credential, for good.

        Raises:
            NotVerified: it is none of ours, or has no such status.
        """
        if credential_id not in self._places:
            raise NotVerified("credential-unknown", credential_id)
        self.marked[_purpose(purpose)].add(self._places[credential_id])

    def credential(self, purpose: Purpose, at: datetime) -> dict[str, Any]:
        """Return a list as it is now, signed."""
        values = [(place, 1) for place in self.marked[purpose].copy()]
        unsigned = status.status_list_credential(
            self._address(purpose), did(self.issuer.ed25519), purpose, values, at
        )
        return self.issuer.with_proof(unsigned, RDFC, at)

    def check(self, credential: dict[str, Any]) -> None:
        """Look up a credential whose structure has been checked.

        Raises:
            NotVerified: its status is set, or stands in a list of others; none is fetched.
        """
        for entry in listed(credential.get("credentialStatus", [])):
            self._check_entry(entry)

    def _check_entry(self, entry: dict[str, Any]) -> None:
        if ENTRY_TYPE not in listed(entry["type"]):
            raise NotVerified("status-type-unknown", str(entry["type"]))
        purpose = _purpose(entry["statusPurpose"])
        if entry["statusListCredential"] != self._address(purpose):
            raise NotVerified("status-list-unknown", entry["statusListCredential"])
        bits = status.bitstring((place, 1) for place in self.marked[purpose].copy())
        if status.entry_at(bits, int(entry["statusListIndex"])):
            raise NotVerified("status-set", purpose)

    def _address(self, purpose: Purpose) -> str:
        return f"{self.url}/{purpose}"

    def _entry(self, purpose: Purpose, place: int) -> dict[str, str]:
        return {
            "id": f"{self._address(purpose)}#{place}",
            "type": ENTRY_TYPE,
            "statusPurpose": purpose,
            "statusListIndex": str(place),
            "statusListCredential": self._address(purpose),
        }


def check_list(credential: dict[str, Any]) -> None:
    """Look more closely at a list than at other credentials.

    Raises:
        NotVerified: its issuer is no plain text, or its entries are none or too few.
    """
    if LIST_TYPE not in listed(credential.get("type")):
        return
    subject = credential.get("credentialSubject")
    if not isinstance(credential.get("issuer"), str):
        raise NotVerified("status-list-malformed", "issuer")
    if not isinstance(subject, dict) or subject.get("type") != "BitstringStatusList":
        raise NotVerified("status-list-malformed", "credentialSubject")
    if not isinstance(subject.get("statusPurpose"), str):
        raise NotVerified("status-list-malformed", "statusPurpose")
    if len(status.decode(str(subject.get("encodedList")))) * 8 < status.ENTRIES:
        raise NotVerified("status-list-length", "a list has 131,072 entries or more")


def _purpose(name: str) -> Purpose:
    for purpose in PURPOSES:
        if name == purpose:
            return purpose
    raise NotVerified("status-purpose-unknown", name)
