"""Sanctioning licences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from mumpuni.kernel.errors import Invalid
from mumpuni.kernel.workflow import Attempt, Changes
from mumpuni.licensing import rules
from mumpuni.licensing.models import Licence, Sanction

type PartChange = Callable[[Licence], Changes]


def preparing(values: Mapping[str, Any]) -> PartChange:
    """Return the change that writes down the sanction to come, or mends it."""

    def change(licence: Licence) -> Changes:
        sanction = licence.prepared_sanction or Sanction(licence=licence)
        before = {name: getattr(sanction, name) for name in Sanction.FIELDS}
        for name, value in values.items():
            setattr(sanction, name, value)
        if sanction.kind == Sanction.Kind.REVOCATION:
            sanction.months = None
        rules.check_term(sanction.kind, sanction.months)
        _save(sanction)
        return {
            name: [_told(before[name]), _told(getattr(sanction, name))]
            for name in Sanction.FIELDS
            if before[name] != getattr(sanction, name)
        }

    return change


def discarding() -> PartChange:
    """Return the change that drops the sanction that was prepared."""

    def change(licence: Licence) -> Changes:
        prepared = licence.prepared_sanction
        if prepared is None:
            return {}
        told = str(prepared)
        prepared.delete()
        return {"sanction": [told, ""]}

    return change


def _save(sanction: Sanction) -> None:
    try:
        sanction.full_clean()
    except ValidationError as error:
        raise Invalid(
            " ".join(error.messages),
            fields={name: list(messages) for name, messages in error.message_dict.items()},
        ) from error
    sanction.save()


def _told(value: object) -> str:
    return "" if value is None else str(value)


def impose(licence: Licence, attempt: Attempt) -> None:
    """Put the prepared sanction in force, from the day it names."""
    prepared = licence.prepared_sanction
    assert prepared is not None, "L-20 has seen to it"
    prepared.imposed_at = attempt.at
    prepared.save(update_fields=["imposed_at"])


def lift(licence: Licence, attempt: Attempt) -> None:
    """End the freeze today; one that had not begun yet never does."""
    for freeze in licence.sanctions.all():
        if freeze.imposed_at is not None and freeze.lifted_on is None:
            freeze.lifted_on = max(attempt.on, freeze.effective_on)
            freeze.lifting_note = attempt.note.strip()
            freeze.save(update_fields=["lifted_on", "lifting_note"])
