"""What became of certificates: told to the log, and signed in the lists that verifiers read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from mumpuni.certificates import award, publication
from mumpuni.certificates.models import Certificate, Credential
from mumpuni.credentials import keys, queries
from mumpuni.credentials.actions import Values, mark_stale, sign_status_list
from mumpuni.credentials.models import SigningKey, StatusList
from mumpuni.credentials.status import PURPOSES, Purpose
from mumpuni.kernel.time import legal_day
from mumpuni.kernel.workflow import Attempt
from mumpuni.transparency.actions import Deed, append
from mumpuni.transparency.entries import commitment
from mumpuni.transparency.jobs import publish_soon
from mumpuni.transparency.models import Leaf

SIGNED_EVERY = timedelta(hours=1)
ED25519 = SigningKey.Kind.ED25519
CERTIFICATE = Certificate._meta.label_lower
State = Certificate.State
VALUES: dict[Purpose, dict[str, int]] = {
    # who looks no further shall not take one that was replaced for one that stands
    "revocation": {State.REVOKED: 1, State.REPLACED: 1},
    "suspension": {State.SUSPENDED: 1},
    "message": {State.REPLACED: 1, State.REVOKED: 2},
}


def tell(action: Leaf.Action) -> Callable[[Sequence[Certificate], Attempt], None]:
    """Return the effect that lets log and lists tell of a step; for all certificates at once."""

    def tell_of_all(certificates: Sequence[Certificate], _attempt: Attempt) -> None:
        mark_stale(one.status_list_id for one in certificates if one.status_list_id)
        ids = {one.pk: one.public_id for one in certificates}
        digests = Credential.objects.filter(pk__in=ids).values_list("pk", "digest")
        append(
            Deed(action, commitment(action, ids[key], bytes(digest)), CERTIFICATE, key)
            for key, digest in digests
        )
        publish_soon()

    return tell_of_all


def tell_of_key(key_id: int) -> None:
    """Let the log tell the present document of the name under which a key signs."""
    key = SigningKey.objects.get(pk=key_id)
    digest = sha256(publication.did_document(key.controller)).digest()
    with transaction.atomic():
        told = commitment(Leaf.Action.KEY, key.controller, digest)
        append([Deed(Leaf.Action.KEY, told, key.subject, key.pk)])
        publish_soon()


def sign_status_lists(at: datetime) -> int:
    """Sign the lists that changed since, or an hour ago, one by one; return how many."""
    due = list(queries.lists_to_sign(at, SIGNED_EVERY))
    for one in due:
        key = keys.ensure_keys(one.organisation, legal_day(at).year, at, [ED25519])[ED25519]
        sign_status_list(one.pk, _addresses(one), _read, keys.signer(key), at)
    return len(due)


def _addresses(one: StatusList) -> dict[Purpose, str]:
    base, code = settings.PUBLIC_URL, one.organisation.code
    return {
        purpose: award.status_list_address(base, code, one.year, one.number, purpose)
        for purpose in PURPOSES
    }


def _read(one: StatusList) -> Values:
    moved = list(
        Certificate.objects.filter(status_list=one)
        .exclude(state=State.VALID)
        .values_list("status_index", "state")
    )
    return {
        purpose: [(index or 0, VALUES[purpose].get(state, 0)) for index, state in moved]
        for purpose in PURPOSES
    }
