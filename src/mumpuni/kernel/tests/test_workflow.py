"""The verbs: each checks, moves or fills, and writes one event in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from mumpuni.kernel import workflow
from mumpuni.kernel.errors import Invalid, NotPermitted, Refused, WrongState
from mumpuni.kernel.models import Event, Record
from mumpuni.kernel.queries import history, latest_steps
from mumpuni.kernel.tests.parcel import HEAVIEST, SEALED, Clerk, Parcel
from mumpuni.kernel.workflow import Attempt, Step, Workflow

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
CLERK = Clerk()


@pytest.fixture(autouse=True)
def _table_of_parcels(db: None) -> Iterator[None]:
    with connection.schema_editor() as schema:
        schema.create_model(Parcel)
    yield
    with connection.schema_editor() as schema:
        schema.delete_model(Parcel)


def parcel(weight: int = 5) -> Parcel:
    made = Parcel(weight=weight)
    workflow.begin(made, CLERK, at=NOON)
    return made


def test_a_record_begins_in_its_first_state_with_an_event() -> None:
    made = parcel()

    event = Event.objects.get()
    assert made.state == "open"
    assert (event.subject, event.subject_id, event.step) == ("kernel.parcel", made.pk, "begin")
    assert (event.actor, event.actor_name, event.organisation_id) == ("user:1", "Juru paket", 7)


def test_a_step_moves_the_record_and_tells_before_and_after() -> None:
    made = parcel()

    event = workflow.perform(made, "pack", CLERK, at=NOON, note=" rapi ")

    assert (event.before, event.after, event.note) == ("open", "packed", "rapi")
    assert (made.state, made.label) == ("packed", "P0001")
    assert Parcel.objects.get().state == "packed"


def test_a_rule_refuses_with_its_number_and_nothing_is_changed() -> None:
    made = parcel(weight=31)

    with pytest.raises(Refused, match="30 kg pada 2026-11-22") as refused:
        workflow.perform(made, "pack", CLERK, at=NOON)

    assert refused.value.code == "K-99"
    assert Parcel.objects.get().state == "open"
    assert not Event.objects.filter(step="pack").exists()


def test_k_01_a_step_that_needs_a_reason_is_refused_without_one() -> None:
    made = parcel()
    workflow.perform(made, "pack", CLERK, at=NOON)

    with pytest.raises(Refused) as refused:
        workflow.perform(made, "reopen", CLERK, at=NOON, note="  ")

    assert refused.value.code == "K-01"


@pytest.mark.parametrize("note", ["nul \0", "x" * 5_001])
def test_k_02_a_note_that_the_trail_cannot_hold_is_refused(note: str) -> None:
    made = parcel()

    for step in (
        lambda: workflow.perform(made, "pack", CLERK, at=NOON, note=note),
        lambda: workflow.perform_all([made], "pack", CLERK, at=NOON, note=note),
        lambda: workflow.begin(Parcel(weight=1), CLERK, at=NOON, note=note),
    ):
        with pytest.raises(Invalid) as refused:
            step()
        assert refused.value.code == "K-02"

    assert Parcel.objects.get().state == "open"


def test_a_step_is_refused_to_whoever_lacks_its_permission() -> None:
    made = parcel()

    with pytest.raises(NotPermitted):
        workflow.perform(made, "pack", Clerk(permissions=frozenset()), at=NOON)


def test_a_step_is_refused_from_another_state() -> None:
    with pytest.raises(WrongState, match=r"Kirim.*Terbuka"):
        workflow.perform(parcel(), "send", CLERK, at=NOON)


def test_an_unknown_step_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        workflow.perform(parcel(), "fly", CLERK, at=NOON)

    assert refused.value.code == "unknown-step"


def test_the_state_that_counts_is_the_locked_one_not_the_one_in_hand() -> None:
    made = parcel()
    stale = Parcel.objects.get()
    workflow.perform(made, "pack", CLERK, at=NOON)

    with pytest.raises(WrongState):
        workflow.perform(stale, "pack", CLERK, at=NOON)


def test_an_edit_writes_what_changed() -> None:
    made = parcel()

    event = workflow.amend(made, {"weight": 6, "secret": ""}, CLERK, at=NOON)

    assert event is not None
    assert event.changes == {"weight": ["5", "6"]}
    assert made.weight == 6


def test_an_edit_that_changes_nothing_leaves_no_event() -> None:
    assert workflow.amend(parcel(), {"weight": 5}, CLERK, at=NOON) is None


def test_what_is_confidential_stays_out_of_the_trail() -> None:
    event = workflow.amend(parcel(), {"secret": "rahasia"}, CLERK, at=NOON)

    assert event is not None
    assert "rahasia" not in str(event.changes)


def test_an_edit_is_refused_when_the_state_has_closed_it() -> None:
    made = parcel()
    workflow.perform(made, "pack", CLERK, at=NOON)

    with pytest.raises(WrongState) as refused:
        workflow.amend(made, {"weight": 6}, CLERK, at=NOON)

    assert refused.value.code == "closed-for-edits"


def test_a_rule_of_an_edit_refuses_with_its_number_and_nothing_is_changed() -> None:
    made = parcel()
    workflow.amend(made, {"secret": SEALED}, CLERK, at=NOON)

    with pytest.raises(Refused) as refused:
        workflow.amend(made, {"weight": 6}, CLERK, at=NOON)
    assert refused.value.code == "K-98"
    with pytest.raises(Refused) as refused:
        workflow.amend_parts(made, "contents", lambda _: {"isi": 1}, CLERK, at=NOON)
    assert refused.value.code == "K-98"

    assert Parcel.objects.get().weight == 5
    assert workflow.permitted_edits(made, CLERK, at=NOON) == frozenset()


@pytest.mark.parametrize("field", ["state", "label", "id"])
def test_a_field_that_no_edit_names_is_closed_to_everybody(field: str) -> None:
    with pytest.raises(NotPermitted):
        workflow.amend(parcel(), {field: "x"}, CLERK, at=NOON)


def test_a_broken_constraint_is_told_by_field_and_nothing_is_saved() -> None:
    with pytest.raises(Invalid) as refused:
        workflow.begin(Parcel(weight=0), CLERK, at=NOON)

    assert refused.value.status == 422
    assert "parcel_has_weight" in refused.value.message
    assert not Event.objects.exists()


def test_parts_are_changed_under_the_lock_and_audited() -> None:
    made = parcel()

    event = workflow.amend_parts(
        made, "contents", lambda locked: {"isi": locked.pk}, CLERK, at=NOON
    )

    assert event is not None
    assert event.changes == {"isi": made.pk}


def test_edits_of_one_name_open_parts_to_different_people_at_different_times() -> None:
    made = parcel()
    sender = Clerk(permissions=frozenset({"send"}))

    def add(locked: Parcel) -> dict[str, int]:
        return {"isi": locked.pk}

    with pytest.raises(WrongState):
        workflow.amend_parts(made, "contents", add, sender, at=NOON)
    workflow.perform(made, "pack", CLERK, at=NOON)

    assert workflow.amend_parts(made, "contents", add, sender, at=NOON)


def test_what_the_database_cannot_hold_is_refused() -> None:
    made = parcel()

    with pytest.raises(Invalid):
        workflow.amend(made, {"secret": "nul \0"}, CLERK, at=NOON)

    assert Parcel.objects.get(pk=made.pk).secret == ""


def test_parts_that_do_not_change_leave_no_event() -> None:
    assert workflow.amend_parts(parcel(), "contents", lambda _: {}, CLERK, at=NOON) is None


def test_bulk_moves_what_it_can_and_names_what_it_cannot() -> None:
    light, heavy = parcel(), parcel(weight=99)

    outcome = workflow.perform_all([heavy, light], "pack", CLERK, at=NOON)

    assert [event.subject_id for event in outcome.events] == [light.pk]
    assert {key: refused.code for key, refused in outcome.refusals.items()} == {heavy.pk: "K-99"}
    assert Parcel.objects.get(pk=light.pk).label == "P0001"
    assert Parcel.objects.get(pk=heavy.pk).state == "open"


@pytest.mark.parametrize("size", [1, 50])
def test_bulk_costs_the_same_number_of_queries_at_any_size(
    size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = [Parcel(weight=1) for _ in range(size)]
    workflow.begin_all(made, CLERK, at=NOON)

    with django_assert_num_queries(7):  # savepoints 2+2, lock, events 2, numbers, update
        workflow.perform_all(made, "pack", CLERK, at=NOON)

    assert Event.objects.filter(step="pack").count() == size


def test_bulk_of_nothing_does_nothing() -> None:
    assert workflow.perform_all([], "pack", CLERK, at=NOON) == workflow.Outcome([], {})
    assert workflow.begin_alike(Parcel(), ["weight"], [], CLERK, at=NOON) == []
    workflow.begin_all([], CLERK, at=NOON)

    assert not Event.objects.exists()


def test_records_alike_are_begun_like_any_others(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(4):  # savepoint 2, parcels, events
        keys = workflow.begin_alike(Parcel(weight=3), ["label"], [("A",), ("B",)], CLERK, at=NOON)

    kept = Parcel.objects.order_by("label")
    assert list(kept.values_list("pk", "state", "weight", "label")) == [
        (keys[0], "open", 3, "A"),
        (keys[1], "open", 3, "B"),
    ]
    for made in kept:
        event = Event.objects.get(subject=made.subject, subject_id=made.pk)
        assert (event.step, event.before, event.after, event.actor) == (
            "begin",
            "",
            "open",
            "user:1",
        )


@dataclass(frozen=True)
class Weakling(Clerk):
    """Somebody who may do things to light parcels."""

    def can(self, permission: str, record: Record) -> bool:
        return isinstance(record, Parcel) and record.weight < HEAVIEST


def test_each_of_many_alike_is_checked_by_what_it_will_be() -> None:
    rows = [(1,), (HEAVIEST,), (2,)]

    with pytest.raises(NotPermitted):
        workflow.begin_alike(Parcel(), ["weight"], rows, Weakling(), at=NOON)

    assert not Parcel.objects.exists()


def test_offers_show_open_steps_and_say_why_others_are_closed() -> None:
    [offer] = workflow.offers(parcel(weight=31), CLERK, at=NOON)

    assert offer.step.name == "pack"
    assert offer.refusal is not None
    assert offer.refusal.code == "K-99"


def test_offers_leave_out_what_the_actor_may_never_do() -> None:
    assert workflow.offers(parcel(), Clerk(permissions=frozenset({"send"})), at=NOON) == []


def test_permitted_edits_follow_state_and_permission() -> None:
    made = parcel()

    assert workflow.permitted_edits(made, CLERK, at=NOON) == {"contents"}
    assert workflow.permitted_edits(made, Clerk(permissions=frozenset()), at=NOON) == frozenset()


def test_history_is_newest_first_and_in_words() -> None:
    made = parcel()
    workflow.perform(made, "pack", CLERK, at=NOON)

    assert [(str(line.label), str(line.state)) for line in history(made)] == [
        ("Kemas", "Dikemas"),
        ("Dibuat", "Terbuka"),
    ]


def test_latest_steps_are_found_for_many_records_at_once() -> None:
    made = [parcel(), parcel()]
    outcome = workflow.perform_all(made, "pack", CLERK, at=NOON)

    found = latest_steps(made, "pack")

    assert found == {event.subject_id: event for event in outcome.events}
    assert latest_steps([], "pack") == {}


@pytest.mark.parametrize(
    "statement",
    ["UPDATE kernel_event SET note = 'x'", "DELETE FROM kernel_event", "TRUNCATE kernel_event"],
)
def test_the_database_refuses_to_change_the_trail(statement: str) -> None:
    parcel()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE kernel_event ENABLE TRIGGER kernel_event_never_emptied")

        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(statement)

    assert Event.objects.count() == 1


def test_two_steps_of_one_name_are_a_mistake_found_at_once() -> None:
    step: Step[Parcel] = Parcel.workflow.steps[0]

    with pytest.raises(ValueError, match="share a name"):
        Workflow(steps=(step, step), begun_by="begin")


def test_the_legal_day_of_an_attempt_is_jakartas() -> None:
    late_evening_in_utc = datetime(2026, 11, 22, 18, tzinfo=UTC)

    assert Attempt(CLERK, late_evening_in_utc).on == date(2026, 11, 23)
