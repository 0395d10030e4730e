"""Many rows at once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from mumpuni.kernel.copying import copy_records, copy_rows, insert_alike
from mumpuni.kernel.models import Event, Tally

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)


@pytest.mark.django_db
def test_rows_are_copied_as_they_are() -> None:
    rows = [("tab\tand\\backslash", 1, NOON), ("\u00ae \\N \n", 2, NOON)]

    copy_rows(Tally, ("key", "count", "until"), rows)

    assert sorted(Tally.objects.values_list("key", "count", "until")) == sorted(rows)


@pytest.mark.django_db
def test_a_row_that_breaks_a_constraint_takes_all_with_it() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_rows(Tally, ("key", "count", "until"), [("a", 1, NOON), ("a", 2, NOON)])

    assert not Tally.objects.exists()


@pytest.mark.django_db
def test_records_get_their_keys_and_are_what_they_were() -> None:
    events = [
        Event(at=NOON, actor="system", subject="a.b", subject_id=place, step="begin", after="x")
        for place in range(3)
    ]
    events[1].changes = {"name": ["", "Ayu\t\\"]}

    copy_records(events)

    kept = {event.pk: (event.subject_id, event.changes) for event in Event.objects.all()}
    assert kept == {event.pk: (event.subject_id, event.changes) for event in events}
    events[0].refresh_from_db()
    assert events[0].at == NOON


@pytest.mark.django_db
def test_records_alike_differ_in_what_was_given_only() -> None:
    pattern = Event(at=NOON, actor="system", subject="a.b", step="begin", changes={"x": ["", "%s"]})

    keys = insert_alike(pattern, ["subject_id", "after"], [(1, "\u00ae \\N\t'%s"), (2, "")])

    kept = Event.objects.order_by("subject_id")
    assert list(kept.values_list("pk", "subject_id", "after", "at", "changes")) == [
        (keys[0], 1, "\u00ae \\N\t'%s", NOON, {"x": ["", "%s"]}),
        (keys[1], 2, "", NOON, {"x": ["", "%s"]}),
    ]
    assert insert_alike(pattern, ["subject_id"], []) == []
