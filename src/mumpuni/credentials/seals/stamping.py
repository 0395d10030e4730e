"""Time stamps (RFC 3161): an authority elsewhere proves when a seal was there."""

from __future__ import annotations

import secrets
import urllib.request
from http.client import HTTPException

from asn1crypto import cms, core, tsp

from mumpuni.credentials.seals.cms import Stamp

SECONDS = 10
LARGEST_ANSWER = 64 * 1024
LARGEST_TOKEN = 12_288
"""A seal keeps this much room for it."""
NONCE_BYTES = 8


class TimeStampFailed(Exception):
    """The time-stamp authority gave no token, or one on something else."""


def time_stamp(url: str) -> Stamp:
    """Return what asks the authority at an address for a token.

    That callable raises `TimeStampFailed`. Who signed the token is judged where the seal is checked.
    """

    def stamp(digest: bytes) -> bytes:
        nonce = secrets.randbits(8 * NONCE_BYTES)
        answer = _asked(url, _question(digest, nonce))
        return _token(answer, digest, nonce)

    return stamp


def _question(digest: bytes, nonce: int) -> bytes:
    question: bytes = tsp.TimeStampReq(
        {
            "version": "v1",
            "message_imprint": {
                "hash_algorithm": {"algorithm": "sha256"},
                "hashed_message": digest,
            },
            "nonce": nonce,
            "cert_req": True,
        }
    ).dump()
    return question


def _asked(url: str, question: bytes) -> bytes:
    request = urllib.request.Request(  # noqa: S310 - the address is the installation's own setting
        url, data=question, headers={"Content-Type": "application/timestamp-query"}
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - likewise
            content: bytes = answer.read(LARGEST_ANSWER)
    except (OSError, HTTPException) as error:
        raise TimeStampFailed(f"no answer from the authority: {error}") from error
    return content


def _token(answer: bytes, digest: bytes, nonce: int) -> bytes:
    try:
        response = core.SequenceOf.load(answer, strict=True, spec=core.Any)
        status = response[0].parse(spec=tsp.PKIStatusInfo)["status"].native
        if status not in {"granted", "granted_with_mods"}:
            raise TimeStampFailed(f"the authority answers {status}")
        token = response[1].parse(spec=cms.ContentInfo)
        stated = token["content"]["encap_content_info"]["content"].parsed
        imprint = stated["message_imprint"]["hashed_message"].native
        same = (imprint, stated["nonce"].native) == (digest, nonce)
    except (ValueError, TypeError, LookupError) as error:
        raise TimeStampFailed("the authority's answer cannot be read") from error
    if not same:
        raise TimeStampFailed("the token is on something else")
    content: bytes = token.dump()
    if len(content) > LARGEST_TOKEN:
        raise TimeStampFailed(f"the token has {len(content)} bytes")
    return content
