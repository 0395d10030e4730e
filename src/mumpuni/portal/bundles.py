"""What a device keeps so that it can check certificates without a network: nothing personal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

import orjson

from mumpuni.credentials.did import did_document
from mumpuni.credentials.models import SigningKey, StatusList
from mumpuni.credentials.proofs import JCS, instant
from mumpuni.credentials.status import PURPOSES
from mumpuni.transparency import queries, witnesses


def offline_bundle(at: datetime) -> dict[str, Any]:
    """Return the keys of all issuers, the status lists as last signed, and the keys of the log."""
    return {
        "generated_at": instant(at),
        "log_keys": [key.verifier for key in queries.log_keys()],
        "witness_keys": [str(witness.key) for witness in witnesses.configured()],
        "did_documents": _did_documents(),
        "status_lists": {signed["id"]: signed for signed in _signed_lists()},
    }


def _did_documents() -> list[dict[str, Any]]:
    keys = SigningKey.objects.order_by("controller", "year", "key_id")
    return [did_document(did, held) for did, held in groupby(keys, key=attrgetter("controller"))]


def _signed_lists() -> Iterator[dict[str, Any]]:
    signed = StatusList.objects.exclude(signed_at=None).order_by("pk")
    for texts in signed.values_list(*PURPOSES).iterator():
        yield from map(_with_the_simple_proof, map(orjson.loads, texts))


def _with_the_simple_proof(signed: dict[str, Any]) -> dict[str, Any]:
    """Leave out the proof that no browser checks: signatures are most of what is sent."""
    proofs = [proof for proof in signed["proof"] if proof["cryptosuite"] == JCS]
    return {**signed, "proof": proofs}
