"""What an event changed is read in words: a licence is frozen, a certificate gets a blank."""

from datetime import date
from typing import Any

from django.utils import translation

from mumpuni.kernel.changes import Change
from mumpuni.kernel.models import Event
from mumpuni.kernel.queries import line_of


def event(subject: str, **given: Any) -> Event:
    return Event(subject=subject, subject_id=1, **{"step": "amend", "after": "active", **given})


def told(change: Change) -> tuple[str, object, object]:
    return str(change.label), change.before, change.after


def test_a_field_is_called_by_its_label_and_a_choice_by_its_own() -> None:
    line = line_of(event("kernel.policyvalue", changes={"value": ["3", "4"], "name": ["", "x"]}))

    assert [told(change) for change in line.changes] == [("nilai", 3, 4), ("kebijakan", "", "x")]


def test_a_day_of_a_part_is_a_day_and_its_codes_are_words() -> None:
    changes = {"kind": ["", "freeze"], "effective_on": ["", "2024-11-21"], "sanction": ["x", ""]}

    line = line_of(event("licensing.licence", changes=changes))

    assert [(told(change)[0], str(change.after)) for change in line.changes] == [
        ("jenis sanksi", "Pembekuan"),
        ("berlaku mulai", str(date(2024, 11, 21))),
        ("sanksi yang disiapkan", ""),
    ]


def test_what_cannot_be_read_stays_as_it_was_written() -> None:
    changes = {"valid_from": ["yesterday", "•••"], "gone": [1, 2], "odd": {"a": 1}}

    line = line_of(event("kernel.policyvalue", changes=changes))

    assert [told(change) for change in line.changes] == [
        ("berlaku mulai", "yesterday", "•••"),
        ("gone", 1, 2),
        ("odd", "", '{"a": 1}'),
    ]


def test_a_step_and_its_states_are_in_the_readers_language() -> None:
    frozen = event("licensing.licence", step="freeze", before="active", after="frozen", label="x")

    with translation.override("en"):
        line = line_of(frozen)
        words = [str(word) for word in (line.label, line.before, line.state)]

    assert words == ["Suspend the licence", "Active", "Suspended"]
    assert line.moved


def test_a_kind_that_is_no_more_is_read_as_it_was_written() -> None:
    line = line_of(event("gone.thing", label="Diubah", changes={"size": ["1", "2"]}))

    assert (line.label, line.state, line.moved) == ("Diubah", "active", False)
    assert [told(change) for change in line.changes] == [("size", "1", "2")]
