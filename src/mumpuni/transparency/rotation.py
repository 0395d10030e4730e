"""One key of the log follows another: both sign for a while, then the first is gone (T-06)."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from mumpuni.kernel.errors import Refused
from mumpuni.kernel.time import legal_day
from mumpuni.transparency import actions, keys, queries
from mumpuni.transparency.entries import commitment_of_key
from mumpuni.transparency.models import Leaf, LogKey
from mumpuni.transparency.notes import Checkpoint, Note, VerifierKey

log = structlog.get_logger("mumpuni.transparency")


def introduce_key(at: datetime) -> VerifierKey:
    """Make a key that signs every head besides the present one, and let the log tell of it.

    Raises:
        Refused: nothing was signed yet, or two keys are in use already (T-06).
    """
    with transaction.atomic(durable=True):
        actions.wait_for_turn()
        last = queries.latest()
        if last is None or len(queries.keys_in_use()) > 1:
            raise Refused(_("Log belum dimulai, atau sudah memakai dua kunci."), code="T-06")
        origin = Checkpoint.parse(Note.parse(last.note.encode()).text).origin
        key = keys.further_key(origin).verifier
        kept = LogKey.objects.create(verifier=str(key), since=at)
        told = commitment_of_key(key)
        actions.append([actions.Deed(Leaf.Action.KEY, told, LogKey._meta.label_lower, kept.pk)])
    log.info("log_key_introduced", key=str(key))
    return key


def retire_key(at: datetime) -> VerifierKey:
    """Let the newer of two keys sign alone, and delete the private half of the other.

    Raises:
        Refused: there are not two, or witnesses and auditors have not had time to follow (T-06).
    """
    with transaction.atomic(durable=True):
        actions.wait_for_turn()
        last, in_use = queries.latest(), queries.keys_in_use()
        if last is None or len(in_use) == 1:
            raise Refused(_("Log hanya memakai satu kunci."), code="T-06")
        old, new = in_use
        wanted = keys.OVERLAP_DAYS.on(legal_day(at))
        passed = (legal_day(at) - legal_day(new.since)).days
        if last.key != new.verifier or passed < wanted:
            message = _("Kunci baru belum %(days)s hari ikut menandatangani log.")
            raise Refused(message % {"days": wanted}, code="T-06")
        old.retired_at = at
        old.save(update_fields=["retired_at"])
    retired = VerifierKey.parse(old.verifier)
    keys.destroy(retired)
    log.info("log_key_retired", key=old.verifier)
    return retired
