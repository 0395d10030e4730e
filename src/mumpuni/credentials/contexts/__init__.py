"""The context files that credentials name, as their publishers serve them: no network is asked.

A credential means what its contexts say, so their bytes are pinned; README.md tells their sources.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import orjson

CREDENTIALS_V1 = "https://www.w3.org/2018/credentials/v1"
CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
CREDENTIALS_EXAMPLES_V2 = "https://www.w3.org/ns/credentials/examples/v2"
DATA_INTEGRITY_V1 = "https://w3id.org/security/data-integrity/v1"
DATA_INTEGRITY_V2 = "https://w3id.org/security/data-integrity/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
MULTIKEY = "https://w3id.org/security/multikey/v1"
DID = "https://www.w3.org/ns/did/v1"
CONTROLLED_IDENTIFIER = "https://www.w3.org/ns/cid/v1"


class UnknownContext(Exception):
    """A document names a context that we do not carry; nothing is fetched."""


@dataclass(frozen=True)
class Context:
    """One pinned file."""

    file: str
    sha256: str

    def read(self) -> bytes:
        """Return the bytes, or raise if they are not the ones that were pinned."""
        content = (Path(__file__).parent / self.file).read_bytes()
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise ValueError(f"{self.file} was changed")
        return content


PINNED = {
    CREDENTIALS_V1: Context(
        "credentials-v1.json", "ab4ddd9a531758807a79a5b450510d61ae8d147eab966cc9a200c07095b0cdcc"
    ),
    CREDENTIALS_V2: Context(
        "credentials-v2.json", "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"
    ),
    CREDENTIALS_EXAMPLES_V2: Context(
        "credentials-examples-v2.json",
        "58d3eb0c82ff326381c11710fb6728245849089a8b000896a3bc07c882ac0e89",
    ),
    DATA_INTEGRITY_V1: Context(
        "data-integrity-v1.json",
        "b5d829bd09aa7c42abc6efa0c8ed7635313b5487f37ccfce3ecd149ca9418554",
    ),
    DATA_INTEGRITY_V2: Context(
        "data-integrity-v2.json",
        "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
    ),
    OPEN_BADGES: Context(
        "openbadges-3.0.3.json", "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84"
    ),
    MULTIKEY: Context(
        "multikey-v1.json", "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597"
    ),
    DID: Context("did-v1.json", "4f3eae5568c9c5f036a082088f9e192019ee06faa78973c87ff91d5421b88dad"),
    CONTROLLED_IDENTIFIER: Context(
        "cid-v1.json", "ea216ecc1cb02cd39b693dba2250141e270ba0bf95890be107dd9a9e8e43de85"
    ),
}


def load(url: str, options: object = None) -> dict[str, Any]:
    """Return a context the way a JSON-LD processor asks for documents.

    Raises:
        UnknownContext: it is none of ours.
    """
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": _parsed(url),
        "tag": "static",
    }


@cache
def _parsed(url: str) -> Any:
    if url not in PINNED:
        raise UnknownContext(url)
    return orjson.loads(PINNED[url].read())
