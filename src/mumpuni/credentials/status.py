"""Bitstring Status List 1.0: what became of a credential, told without telling whose it is."""

from __future__ import annotations

import base64
import binascii
import gzip
import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b, shake_256
from itertools import groupby
from typing import Any, Final, Literal, NamedTuple

from mumpuni.access.models import Organisation
from mumpuni.credentials import contexts
from mumpuni.credentials.errors import NotVerified
from mumpuni.credentials.models import StatusList
from mumpuni.credentials.proofs import instant
from mumpuni.kernel import numbering
from mumpuni.kernel.secrecy import derived_key

type Purpose = Literal["revocation", "suspension", "message"]

ENTRIES: Final = 131_072
PURPOSES: Final[tuple[Purpose, ...]] = ("revocation", "suspension", "message")
SIZES: Final[dict[Purpose, int]] = {"revocation": 1, "suspension": 1, "message": 2}
MESSAGES: Final = ("valid", "superseded", "withdrawn", "error")
"""What the values 0 to 3 of the message list mean."""

VALIDITY: Final = timedelta(days=7)
TTL_MILLISECONDS: Final = 300_000
LARGEST: Final = 1 << 22
"""Bytes a foreign list may unfold to: 33 million entries."""

LOW_BITS: Final = 9
LOW: Final = (1 << LOW_BITS) - 1
ROUNDS: Final = 8


class Place(NamedTuple):
    """Where a credential stands for good."""

    status_list_id: int
    position: int


def take_positions(organisation: Organisation, year: int, count: int) -> list[Place]:
    """Take places for new credentials, in a further list where one is full (Y-07).

    Raises:
        TransactionManagementError: there is no transaction to tie the places to.
    """
    ordinals = numbering.take(f"credentials.status:{organisation.pk}:{year}", count)
    places: list[Place] = []
    for number, some in groupby(ordinals, key=lambda ordinal: (ordinal - 1) // ENTRIES + 1):
        one, _made = StatusList.objects.get_or_create(
            organisation=organisation, year=year, number=number
        )
        key = list_key(one.pk)
        places += [Place(one.pk, position(key, (ordinal - 1) % ENTRIES)) for ordinal in some]
    return places


def list_key(status_list_id: int) -> bytes:
    """Return the secret by which the places of a list are shuffled."""
    return blake2b(str(status_list_id).encode(), key=derived_key("status lists")).digest()


def position(key: bytes, n: int) -> int:
    """Return the place of the n-th credential: no two share one, and their order tells nothing.

    A Feistel network over 17 bits, in halves of 8 and 9, whose round functions are tables of
    random numbers drawn from the key.
    """
    high, low = n >> LOW_BITS, n & LOW
    for of_low, of_high in _rounds(key):
        high ^= of_low[low]
        low ^= of_high[high]
    return high << LOW_BITS | low


@lru_cache(maxsize=256)
def _rounds(key: bytes) -> tuple[tuple[bytes, list[int]], ...]:
    tables = [shake_256(key + bytes([n])).digest(3 * (LOW + 1)) for n in range(ROUNDS)]
    return tuple((drawn[: LOW + 1], _nine_bits(drawn[LOW + 1 :])) for drawn in tables)


def _nine_bits(drawn: bytes) -> list[int]:
    pairs = zip(drawn[::2], drawn[1::2], strict=True)
    return [(one << 8 | other) & LOW for one, other in pairs]


def bitstring(values: Iterable[tuple[int, int]], size: int = 1) -> bytes:
    """Return the bits of a list of which the entries given are not zero; leftmost is entry 0."""
    bits = bytearray(ENTRIES * size // 8)
    for index, value in values:
        if not (0 <= index < ENTRIES and 0 <= value < 1 << size):
            raise ValueError(f"entry {index} cannot be {value}")
        byte, offset = divmod(index * size, 8)
        bits[byte] |= value << (8 - size - offset)
    return bytes(bits)


def encode(bits: bytes) -> str:
    """Write bits as `encodedList`; the same bits give the same text."""
    return "u" + base64.urlsafe_b64encode(gzip.compress(bits, mtime=0)).rstrip(b"=").decode()


def decode(encoded: str) -> bytes:
    """Read `encodedList`.

    Raises:
        NotVerified: it is none, or unfolds to more than any list needs.
    """
    if not encoded.startswith("u"):
        raise NotVerified("status-list-malformed", "multibase")
    text = encoded[1:]
    unfolding = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        bits = unfolding.decompress(packed, LARGEST)
    except (ValueError, binascii.Error, zlib.error) as error:
        raise NotVerified("status-list-malformed", str(error)) from error
    if not unfolding.eof or unfolding.unused_data:
        raise NotVerified("status-list-malformed", "gzip")
    return bits


def entry_at(bits: bytes, index: int, size: int = 1) -> int:
    """Return what a list says of an entry.

    Raises:
        NotVerified: it has no such entry, or one that does not lie within a byte.
    """
    if size not in {1, 2, 4, 8}:
        raise NotVerified("status-size-unknown", str(size))
    byte, offset = divmod(index * size, 8)
    if not 0 <= byte < len(bits):
        raise NotVerified("status-index-out-of-range", str(index))
    return bits[byte] >> (8 - size - offset) & ((1 << size) - 1)


def status_list_credential(
    url: str, issuer: str, purpose: Purpose, values: Iterable[tuple[int, int]], at: datetime
) -> dict[str, Any]:
    """Return the unsigned credential that is a list, to be renewed within a week (Y-08)."""
    return {
        "@context": [contexts.CREDENTIALS_V2],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": instant(at),
        "validUntil": instant(at + VALIDITY),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encode(bitstring(values, SIZES[purpose])),
            "ttl": TTL_MILLISECONDS,
        },
    }


def status_entries(urls: dict[Purpose, str], credential: str, index: str) -> list[dict[str, Any]]:
    """Return `credentialStatus` of a credential: where each purpose is to be looked up.

    All of it may be markers of a shape, for which the index is a text.
    """
    return [_entry(purpose, urls[purpose], credential, index) for purpose in PURPOSES]


def _entry(purpose: Purpose, url: str, credential: str, index: str) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": f"{credential}#{purpose}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": index,
        "statusListCredential": url,
    }
    if purpose == "message":
        entry["statusSize"] = SIZES[purpose]
        entry["statusMessage"] = _explained(url, MESSAGES)
    return entry


def _explained(url: str, messages: Sequence[str]) -> list[dict[str, str]]:
    """Name the values of the list, each with an id so that the node is not a blank one."""
    return [
        {"id": f"{url}#{message}", "status": hex(value), "message": message}
        for value, message in enumerate(messages)
    ]
