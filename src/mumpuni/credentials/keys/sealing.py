"""Sealing a document with a body's key of the year."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import structlog
from django.conf import settings

from mumpuni.access.models import Organisation
from mumpuni.credentials.keys.stores import signer
from mumpuni.credentials.keys.yearly import ensure_keys
from mumpuni.credentials.models import SigningKey
from mumpuni.credentials.seals import TimeStampFailed, seal, time_stamp
from mumpuni.kernel.time import legal_day

log = structlog.get_logger("mumpuni.credentials")

SEAL = SigningKey.Kind.SEAL


def sealed(
    pdf: bytes, by: Organisation, *, reason: str, at: datetime, name: str | None = None
) -> bytes:
    """Return a PDF file under a body's seal, with a time stamp where an authority gives one.

    `name` is what the body was called when the facts were written down, if it is another by now.

    Raises:
        Refused: the body has no code yet (Y-06).
    """
    key = ensure_keys(by, legal_day(at).year, at, [SEAL])[SEAL]
    under_seal = partial(
        seal,
        pdf,
        sign=signer(key).sign,
        certificate=bytes(key.certificate),
        reason=reason,
        signed_at=at,
        name=name or by.name,
    )
    if not settings.TSA_URL:
        return under_seal()
    try:
        return under_seal(stamp=time_stamp(settings.TSA_URL))
    except TimeStampFailed as error:
        # nobody waits for another authority: the seal holds without it
        log.warning("seal_without_time_stamp", body=by.pk, reason=str(error))
        return under_seal()
