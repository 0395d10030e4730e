"""Sanctioning licences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
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


def lifting(sanction: Sanction, day: date, note: str) -> PartChange:
    """Return the change that ends a sanction from a day on; one that had not begun never does."""

    def change(licence: Licence) -> Changes:
        held = next(one for one in licence.sanctions.all() if one.pk == sanction.pk)
        held.lifted_on = max(day, held.effective_on)
        held.lifting_note = note.strip()
        held.save(update_fields=["lifted_on", "lifting_note"])
        return {"lifted_on": ["", str(held.lifted_on)], "lifting_note": ["", held.lifting_note]}

    return change
