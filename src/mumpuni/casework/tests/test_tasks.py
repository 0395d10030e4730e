"""Tasks by their rules (D-01 to D-05): who takes, divides and is told of them.

D-04 and D-05 are what time does.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from pytest_django import DjangoAssertNumQueries

from mumpuni.access.models import Organisation
from mumpuni.access.person import SYSTEM, Person
from mumpuni.access.roles import Permission, Role
from mumpuni.access.tests import make as access
from mumpuni.casework import actions, queries
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import NotPermitted, Refused
from mumpuni.kernel.models import Event, Task

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)


def task(
    permission: Permission = Permission.SCHEME_VERIFY,
    of: Organisation | None = None,
    due_on: date | None = None,
    title: str = "Skema Uji",
) -> Task:
    return Task.objects.create(
        case_kind="schemes.schemeversion",
        case_id=Task.objects.count() + 1,
        title=title,
        waits_in="submitted",
        permission=permission,
        organisation_id=of.pk if of else None,
        opened_at=NOON,
        due_on=due_on,
    )


def verifier() -> Person:
    return access.person(Role.SCHEME_VERIFIER)


def test_one_sees_what_one_may_do_for_the_authority_or_the_own_body() -> None:
    body = access.organisation()
    to_verify, to_examine = task(), task(Permission.LICENCE_EXAMINE)
    of_body, _of_other = (
        task(Permission.SCHEME_AUTHOR, of=one) for one in (body, access.organisation())
    )

    assert set(queries.tasks(verifier())) == {to_verify}
    assert set(queries.tasks(access.person(Role.BODY_SCHEME_AUTHOR, of=body))) == {of_body}
    assert set(queries.tasks(access.person(Role.DESK_COORDINATOR))) == {to_verify, to_examine}
    assert not queries.tasks(access.person(Role.BODY_ADMIN, of=body))


def test_a_closed_task_waits_for_nobody() -> None:
    Task.objects.filter(pk=task().pk).update(state=Task.State.CLOSED)

    assert not queries.tasks(verifier())


def test_desks_count_what_waits_and_what_is_overdue(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    task(due_on=MONDAY - timedelta(days=1))
    task(due_on=MONDAY)
    person = verifier()

    with django_assert_num_queries(1):
        counts = queries.desk_counts(person, MONDAY)

    assert counts["schemes"] == {"waiting": 2, "overdue": 1}
    assert counts["licensing"] == {"waiting": 0, "overdue": 0}


def test_one_takes_a_task_and_gives_it_back() -> None:
    person, found = verifier(), task()

    workflow.perform(found, "take", person, at=NOON)
    assert Task.objects.get().assignee_id == person.user_id

    workflow.perform(found, "release", person, at=NOON)
    assert Task.objects.get().assignee_id is None
    assert Task.objects.get().state == Task.State.OPEN


def test_d01_a_task_of_a_body_is_not_divided_by_the_authority() -> None:
    of_body = task(Permission.SCHEME_AUTHOR, of=access.organisation())

    with pytest.raises(Refused) as refused:
        workflow.amend(of_body, {"due_on": MONDAY}, access.person(Role.DESK_COORDINATOR), at=NOON)

    assert refused.value.code == "D-01"


def test_d01_a_coordinator_divides_tasks_and_the_trail_tells_it() -> None:
    coordinator, person = access.person(Role.DESK_COORDINATOR), verifier()
    tasks = [task(), task()]

    given = actions.assign(tasks, {"assignee_id": person.user_id}, coordinator, at=NOON)

    assert given == 2
    assert set(Task.objects.values_list("assignee_id", flat=True)) == {person.user_id}
    changes = Event.objects.filter(subject="kernel.task").values_list("changes", flat=True)
    assert list(changes) == [{"assignee_id": ["", str(person.user_id)]}] * 2


def test_only_a_coordinator_divides_tasks() -> None:
    with pytest.raises(NotPermitted):
        actions.assign([task()], {"assignee_id": 1}, verifier(), at=NOON)


def test_d02_one_takes_only_what_one_may_do() -> None:
    with pytest.raises(Refused) as refused:
        workflow.perform(task(Permission.LICENCE_EXAMINE), "take", verifier(), at=NOON)

    assert refused.value.code == "D-02"


def test_d03_one_gives_back_only_the_own() -> None:
    found = task()
    workflow.perform(found, "take", verifier(), at=NOON)

    with pytest.raises(Refused) as refused:
        workflow.perform(found, "release", verifier(), at=NOON)

    assert refused.value.code == "D-03"


def test_d04_who_may_act_is_told_once_of_what_is_due() -> None:
    body = access.organisation()
    author = access.member(Role.BODY_SCHEME_AUTHOR, body)
    person = access.member(Role.SCHEME_VERIFIER)
    task(due_on=MONDAY, title="Skema A")
    task(due_on=MONDAY + timedelta(days=7), title="Skema B")
    task(due_on=MONDAY + timedelta(days=8), title="Belum")
    task(Permission.SCHEME_AUTHOR, of=body, due_on=MONDAY, title="Skema C")

    assert actions.remind(MONDAY) == 2
    assert actions.remind(MONDAY) == 0

    told = {letter.to[0]: letter.body for letter in mail.outbox}
    assert set(told) == {author.email, person.email}
    assert "Skema A" in told[person.email]
    assert "Skema B" in told[person.email]
    assert "Belum" not in told[person.email]
    assert "Skema C" in told[author.email]


def test_d04_an_assigned_task_is_told_to_its_assignee_alone() -> None:
    access.member(Role.SCHEME_VERIFIER)
    user = access.user()
    found = task(due_on=MONDAY)
    workflow.perform(found, "take", access.person(Role.SCHEME_VERIFIER, by=user), at=NOON)

    actions.remind(MONDAY)

    assert [letter.to for letter in mail.outbox] == [[user.email]]


def test_d05_without_a_step_for_it_a_case_stays_overdue() -> None:
    task(due_on=MONDAY - timedelta(days=1))

    assert actions.lapse(NOON, MONDAY) == 0
    assert Task.objects.open().count() == 1
    assert SYSTEM.holds(Permission.CASE_LAPSE)
