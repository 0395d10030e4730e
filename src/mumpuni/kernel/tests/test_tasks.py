"""K-03: whose turn it is follows from the state; a step may let the record choose its target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mumpuni.kernel import workflow
from mumpuni.kernel.models import Event, Task
from mumpuni.kernel.tests.parcel import Clerk, Parcel
from mumpuni.kernel.workflow import Branch, Step, Wait

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
LATER = NOON + timedelta(days=3)
CLERK = Clerk()
LIGHT = 2


def straight_to(parcel: Parcel) -> str:
    return "sent" if parcel.weight <= LIGHT else "packed"


DISPATCH = Step[Parcel](
    name="dispatch",
    label="Lepas",
    source=frozenset({"open"}),
    target=Branch(("packed", "sent"), straight_to),
    permission="pack",
)
LIFT = Step[Parcel](
    name="lift",
    label="Angkat",
    source=frozenset({"packed"}),
    target="packed",
    permission="pack",
)
WAITS = {
    "open": Wait[Parcel](label="Pengemasan", permission="pack", of=lambda _parcel: 7),
    "packed": Wait[Parcel](
        label="Pengiriman",
        permission="send",
        due=lambda parcel, since: since + timedelta(days=parcel.weight),
        lapses_by="reopen",
    ),
}


@pytest.fixture(autouse=True)
def _parcels_that_wait(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    flow = Parcel.workflow
    monkeypatch.setattr(
        Parcel, "workflow", replace(flow, steps=(*flow.steps, DISPATCH, LIFT), waits=WAITS)
    )
    with connection.schema_editor() as schema:
        schema.create_model(Parcel)
    yield
    with connection.schema_editor() as schema:
        schema.delete_model(Parcel)


def parcel(weight: int = 5) -> Parcel:
    made = Parcel(weight=weight)
    workflow.begin(made, CLERK, at=NOON)
    return made


def test_k03_a_task_stands_open_while_a_record_waits() -> None:
    made = parcel()

    task = Task.objects.get()
    assert (task.case_kind, task.case_id, task.case) == ("kernel.parcel", made.pk, made)
    assert (task.waits_in, task.permission, task.organisation_id) == ("open", "pack", 7)
    assert (task.turn, task.opened_at, task.due_on) == ("Pengemasan", NOON, None)


def test_k03_leaving_a_state_closes_its_task_and_opens_that_of_the_next() -> None:
    made = parcel()

    workflow.perform(made, "pack", CLERK, at=LATER)

    packing, sending = Task.objects.order_by("pk")
    assert (packing.state, packing.closed_at) == ("closed", LATER)
    assert (sending.state, sending.waits_in, sending.organisation_id) == ("open", "packed", None)
    assert sending.due_on == date(2026, 11, 30)


def test_k03_a_step_that_keeps_the_state_keeps_the_task() -> None:
    made = parcel()
    workflow.perform(made, "pack", CLERK, at=NOON)
    task = Task.objects.open().get()

    workflow.perform(made, "lift", CLERK, at=LATER)

    assert Task.objects.open().get() == task


def test_k03_a_state_without_a_turn_has_no_task() -> None:
    made = parcel()
    for name in ("pack", "send"):
        workflow.perform(made, name, CLERK, at=NOON)

    assert not Task.objects.open()


def test_k03_many_records_cost_as_many_statements_as_few() -> None:
    cost = {}
    for many in (2, 20):
        parcels = [Parcel(weight=1) for _ in range(many)]
        workflow.begin_all(parcels, CLERK, at=NOON)
        with CaptureQueriesContext(connection) as queries:
            workflow.perform_all(parcels, "pack", CLERK, at=NOON)
        cost[many] = len(queries)
        assert Task.objects.open().about(*parcels).filter(waits_in="packed").count() == many

    assert cost[2] == cost[20]


@pytest.mark.parametrize(("weight", "state"), [(LIGHT, "sent"), (LIGHT + 1, "packed")])
def test_the_record_chooses_its_target_and_the_trail_says_which(weight: int, state: str) -> None:
    made = parcel(weight)

    workflow.perform(made, "dispatch", CLERK, at=NOON)

    assert made.state == state
    assert Event.objects.get(step="dispatch").after == state
