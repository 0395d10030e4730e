"""A standard ceases to be in force; bodies are asked how they move on, and do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from inline_snapshot import snapshot
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertRedirects

from mumpuni.access.models import Organisation
from mumpuni.access.person import SYSTEM, Person
from mumpuni.access.roles import Permission, Role
from mumpuni.access.tests import make as access
from mumpuni.casework.actions import lapse
from mumpuni.kernel.errors import Invalid, NotPermitted, Refused
from mumpuni.kernel.models import Task
from mumpuni.kernel.workflow import amend, begin, perform
from mumpuni.schemes import actions, jobs, queries
from mumpuni.schemes.models import (
    CompetencyStandard,
    SchemeTransition,
    SchemeVersion,
    StandardChange,
)
from mumpuni.schemes.tests import make
from mumpuni.schemes.tests.test_scheme_api import send, token
from mumpuni.schemes.tests.test_scheme_pages import verifier_client

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 1)
EFFECTIVE, LAST = date(2026, 9, 1), date(2027, 9, 1)
HTML = "<script>alert('x')</script>"


def noon(day: date = TODAY) -> datetime:
    return datetime.combine(day, time(5), tzinfo=UTC)


def refusal(call: Callable[[], object]) -> str:
    """Return the number of the rule that refuses."""
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


@pytest.fixture
def body() -> Organisation:
    return access.organisation("LSP Pertama", code="1001")


@pytest.fixture
def version(body: Organisation) -> SchemeVersion:
    return make.verified_scheme(body, at=noon())


@pytest.fixture
def standard(version: SchemeVersion) -> CompetencyStandard:
    return queries.units_of(version)[0].unit.standard


def drafted(standard: CompetencyStandard, by: Person | None = None, **given: Any) -> StandardChange:
    """Write a change down."""
    values: dict[str, Any] = {
        "kind": StandardChange.Kind.REVOKED,
        "effective_on": EFFECTIVE,
        "transition_until": LAST,
        "basis": "Kepmen 1/2026",
    }
    change = StandardChange(standard=standard, **values | given)
    begin(change, by or make.scheme_verifier(), at=noon())
    return change


def announced(standard: CompetencyStandard, **given: Any) -> StandardChange:
    """Write a change down and have it announced by another."""
    change = drafted(standard, **given)
    perform(change, "announce", make.scheme_verifier(), at=noon())
    return change


def begun(change: StandardChange, *bodies: Organisation) -> list[SchemeTransition]:
    return actions.begin_transitions(change, bodies, at=noon())


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "replaced"},
        {"kind": "revoked", "replacement": True},
        {"kind": "replaced", "replacement": False},
        {"transition_until": EFFECTIVE - timedelta(days=1)},
    ],
)
def test_a_change_says_what_happens_and_until_when_s_13(
    standard: CompetencyStandard, wrong: dict[str, Any]
) -> None:
    if "replacement" in wrong:
        other = make.standard("skkni-9-2026")
        wrong = wrong | {"replacement": other if wrong["replacement"] else standard}

    with pytest.raises(Invalid, match="S-13"):
        drafted(standard, **wrong)


def test_a_standard_ceases_once_s_13(standard: CompetencyStandard) -> None:
    first = drafted(standard)
    with pytest.raises(Invalid, match="S-13"):
        drafted(standard)

    perform(first, "withdraw", make.scheme_verifier(), at=noon(), note="Keliru.")
    drafted(standard)

    other = make.standard("skkni-9-2026", status=CompetencyStandard.Status.REVOKED)
    assert refusal(lambda: drafted(other)) == "S-13"


def test_who_wrote_a_change_does_not_announce_it_s_14(standard: CompetencyStandard) -> None:
    writer, mender = make.scheme_verifier(), make.scheme_verifier()
    change = drafted(standard, by=writer)
    amend(change, {"advice": "Pakai SKKNI 9/2026."}, mender, at=noon())

    for person in (writer, mender):
        assert refusal(partial(perform, change, "announce", person, at=noon())) == "S-14"
    perform(change, "announce", make.scheme_verifier(), at=noon())


def test_a_change_takes_effect_on_its_day_by_itself_s_15(
    standard: CompetencyStandard, version: SchemeVersion
) -> None:
    change = announced(standard)
    early = partial(perform, change, "take_effect", SYSTEM, at=noon())
    assert refusal(early) == "S-15"

    assert lapse(noon(EFFECTIVE - timedelta(days=1)), EFFECTIVE - timedelta(days=1)) == 0
    assert lapse(noon(EFFECTIVE), EFFECTIVE) == 1

    change.refresh_from_db()
    standard.refresh_from_db()
    assert (change.state, standard.status) == ("in_effect", "revoked")
    assert queries.verified_versions().get() == version


def test_bodies_are_asked_once_and_mailed_at_a_fixed_number_of_queries(
    standard: CompetencyStandard, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    change = announced(standard)
    bodies = [access.organisation(f"LSP {place}") for place in range(8)]
    admins = [access.member(Role.BODY_ADMIN, one) for one in bodies]

    begun(change, bodies[0])
    for more in (bodies[1:2], bodies):
        with django_assert_num_queries(14):
            begun(change, *more)
    assert begun(change, *bodies) == []

    assert SchemeTransition.objects.count() == len(bodies)
    assert sorted(one.to[0] for one in mail.outbox) == sorted(one.email for one in admins)
    assert str(standard) in mail.outbox[0].subject
    assert "/peralihan/" in mail.outbox[0].body
    tasks = Task.objects.open().filter(case_kind="schemes.schemetransition")
    assert {one.organisation_id for one in tasks} == {one.pk for one in bodies}
    assert tasks[0].due_on is not None
    assert tasks[0].due_on > TODAY


def test_a_body_plans_and_moves_on_s_16_s_17(
    body: Organisation, standard: CompetencyStandard, version: SchemeVersion
) -> None:
    [transition] = begun(announced(standard), body)
    author = make.scheme_author(body)
    plan = partial(perform, transition, "plan", author, at=noon())
    assert refusal(plan) == "S-16"
    amend(
        transition,
        {"plan": "Versi 2 memakai standar baru.", "ready_on": LAST + timedelta(days=1)},
        author,
        at=noon(),
    )
    assert refusal(plan) == "S-16"
    amend(transition, {"ready_on": LAST}, author, at=noon())
    plan()

    complete = partial(perform, transition, "complete", author, at=noon())
    assert refusal(complete) == "S-17"
    perform(version, "retire", make.scheme_verifier(), at=noon(), note="Standar dicabut.")
    complete()

    assert transition.state == SchemeTransition.State.DONE
    assert not Task.objects.open().about(transition).exists()


def test_a_transition_lapses_after_its_last_day_and_can_still_be_completed_s_18(
    body: Organisation, standard: CompetencyStandard
) -> None:
    [transition] = begun(announced(standard), body)
    early = partial(perform, transition, "lapse", SYSTEM, at=noon(LAST))
    assert refusal(early) == "S-18"

    late = LAST + timedelta(days=1)
    lapse(noon(late), late)

    transition.refresh_from_db()
    assert transition.state == SchemeTransition.State.LAPSED
    SchemeVersion.objects.update(state="retired", retired_on=late)
    perform(transition, "complete", make.scheme_author(body), at=noon(late))


def test_a_plan_is_due_within_the_transition(
    body: Organisation, standard: CompetencyStandard
) -> None:
    soon = TODAY + timedelta(days=7)
    [transition] = begun(announced(standard, effective_on=TODAY, transition_until=soon), body)

    assert Task.objects.open().about(transition).get().due_on == soon


def test_what_bodies_owe_ends_with_a_change_that_is_withdrawn(
    body: Organisation, standard: CompetencyStandard
) -> None:
    change = announced(standard)
    [transition] = begun(change, body)

    event = perform(change, "withdraw", make.scheme_verifier(), at=noon(), note="Ditunda.")
    jobs.cancel_transitions(event_id=event.pk)

    transition.refresh_from_db()
    assert transition.state == SchemeTransition.State.CANCELLED


def test_who_may_take_which_step(body: Organisation, standard: CompetencyStandard) -> None:
    people: dict[str, Person] = {
        "author": make.scheme_author(body),
        "body_admin": access.person(Role.BODY_ADMIN, of=body),
        "other_admin": access.person(Role.BODY_ADMIN, of=access.organisation()),
        "verifier": make.scheme_verifier(),
        "coordinator": access.person(Role.DESK_COORDINATOR, of=access.authority()),
        "authority_admin": access.person(Role.AUTHORITY_ADMIN, of=access.authority()),
        "individual": access.person(),
        "system": SYSTEM,
    }
    change = announced(standard)
    [transition] = begun(change, body)

    def changes() -> dict[str, StandardChange]:
        return {state: _in(StandardChange(pk=change.pk), state) for state in type(change).State}

    def transitions() -> dict[str, SchemeTransition]:
        return {
            state: _in(SchemeTransition(pk=transition.pk, organisation=body), state)
            for state in type(transition).State
        }

    assert access.matrix(changes, people) == snapshot(
        {
            "draft verifier": ["announce", "withdraw"],
            "draft coordinator": ["announce", "withdraw"],
            "draft system": ["announce", "withdraw"],
            "announced verifier": ["take_effect", "withdraw"],
            "announced coordinator": ["take_effect", "withdraw"],
            "announced system": ["take_effect", "withdraw"],
        }
    )
    assert access.matrix(transitions, people) == snapshot(
        {
            "open author": ["plan", "complete"],
            "open body_admin": ["plan", "complete"],
            "open system": ["lapse", "cancel"],
            "planned author": ["complete"],
            "planned body_admin": ["complete"],
            "planned system": ["lapse", "cancel"],
            "lapsed author": ["complete"],
            "lapsed body_admin": ["complete"],
            "lapsed system": ["cancel"],
        }
    )


def _in[R: StandardChange | SchemeTransition](record: R, state: str) -> R:
    record.state = state
    return record


def test_everybody_reads_what_was_announced_and_nothing_before(
    client: Client, standard: CompetencyStandard
) -> None:
    draft = drafted(standard, basis=HTML)
    address = draft.get_absolute_url()

    assertRedirects(
        client.get(address), f"/akun/login/?next={address}", fetch_redirect_response=False
    )
    assert str(standard) not in client.get("/perubahan-standar/").text
    perform(draft, "announce", make.scheme_verifier(), at=noon())

    listed = client.get("/perubahan-standar/", {"q": standard.title.split()[0]})
    shown = client.get(address)
    assert str(standard) in listed.text
    assert "Kepmen" not in shown.text
    assert HTML not in shown.text
    assert "Riwayat" not in shown.text
    assert address in client.get(standard.get_absolute_url()).text


def test_pages_of_others_do_not_exist(
    client: Client, body: Organisation, standard: CompetencyStandard
) -> None:
    change = drafted(standard)
    [transition] = begun(change, body)
    told = change.get_absolute_url()
    own = transition.get_absolute_url()
    closed = [told, f"{told}ubah/", f"{told}langkah/announce", "/perubahan-standar/baru/"]
    closed += [own, f"{own}rencana/", f"{own}langkah/plan"]

    for page in [*closed[1:], "/peralihan/"]:
        assertRedirects(
            client.get(page), f"/akun/login/?next={page}", fetch_redirect_response=False
        )
    client.force_login(access.member(Role.BODY_ADMIN))
    for page in closed:
        assert client.get(page).status_code == 404
        assert client.post(page).status_code == 404
    assert "LSP Pertama" not in client.get("/peralihan/").text


def test_a_change_is_written_down_in_the_browser(
    client: Client, standard: CompetencyStandard
) -> None:
    other = make.standard("skkni-9-2026")
    verifier_client(client)
    given = {
        "standard": standard.key,
        "kind": "replaced",
        "replacement": other.key,
        "effective_on": "2026-09-01",
        "transition_until": "2027-09-01",
        "basis": "Kepmen 9/2026",
    }

    wrong = client.post("/perubahan-standar/baru/", given | {"replacement": "tidak-ada"})
    no_kind = client.post("/perubahan-standar/baru/", given | {"kind": HTML, "basis": "\0"})
    made = client.post("/perubahan-standar/baru/", given)
    change = StandardChange.objects.get()
    amended = client.post(f"{change.get_absolute_url()}ubah/", given | {"advice": "Segera."})
    shown = client.get(change.get_absolute_url())
    announce = client.post(f"{change.get_absolute_url()}langkah/announce")

    assert (wrong.status_code, no_kind.status_code) == (422, 422)
    assertRedirects(made, change.get_absolute_url(), fetch_redirect_response=False)
    assert amended.status_code == 302
    assert "Segera." in shown.text
    assert "Riwayat" in shown.text
    assert (announce.status_code, "S-14" in announce.text) == (409, True)


def test_a_body_plans_in_the_browser(
    client: Client, body: Organisation, standard: CompetencyStandard, version: SchemeVersion
) -> None:
    [transition] = begun(announced(standard), body)
    address = transition.get_absolute_url()
    client.force_login(access.member(Role.BODY_SCHEME_AUTHOR, body))

    inbox = client.get("/tugas/")
    shown = client.get(address)
    client.post(f"{address}rencana/", {"plan": "Versi 2.", "ready_on": "2027-01-01"})
    client.post(f"{address}langkah/plan")

    assert "Rencana peralihan skema" in inbox.text
    assert version.title in shown.text
    transition.refresh_from_db()
    assert transition.state == "planned"
    assert "Direncanakan" in client.get("/peralihan/").text


def test_lists_take_the_same_few_queries_however_long_they_are(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(1, 16):
        change = announced(make.standard(f"skkni-{place}-2019"))
        begun(change, access.organisation(), access.organisation())
    verifier_client(client)

    for address in ("/perubahan-standar/", "/peralihan/", change.get_absolute_url()):
        with django_assert_max_num_queries(9):
            assert client.get(address).status_code == 200


def test_changes_and_transitions_go_by_api_too(
    client: Client, body: Organisation, standard: CompetencyStandard
) -> None:
    desk = Permission.STANDARD_CHANGE
    writer = token(Role.SCHEME_VERIFIER, None, Permission.SCHEME_VIEW, desk)
    other = token(Role.SCHEME_VERIFIER, None, Permission.SCHEME_VIEW, desk)
    admin = token(Role.BODY_ADMIN, body, Permission.SCHEME_VIEW, Permission.TRANSITION_PLAN)
    given = {
        "standard": standard.key,
        "kind": "revoked",
        "effective_on": "2026-09-01",
        "transition_until": "2027-09-01",
        "basis": "Kepmen 9/2026",
    }

    unknown = send(client, "POST", "/standard-changes", given | {"standard": "x"}, writer)
    made = send(client, "POST", "/standard-changes", given, writer)
    path = f"/standard-changes/{made.json()['id']}"
    hidden = client.get(f"/api/v1{path}")
    send(client, "PATCH", path, {"advice": "Segera."}, writer)
    send(client, "POST", f"{path}/steps/announce", {}, other)
    shown = client.get(f"/api/v1{path}").json()
    [transition] = begun(StandardChange.objects.get(), body)
    own = f"/scheme-transitions/{transition.pk}"
    planned = send(client, "PATCH", own, {"plan": "Versi 2.", "ready_on": "2027-01-01"}, admin)
    stepped = send(client, "POST", f"{own}/steps/plan", {}, admin)
    listed = client.get("/api/v1/scheme-transitions?state=planned", headers=admin).json()

    assert unknown.json()["errors"] == {"standard": ["Tidak ada standar dengan kunci “x”."]}
    assert (made.status_code, hidden.status_code) == (201, 404)
    assert (shown["state"], shown["advice"], shown["scheme_count"]) == ("announced", "Segera.", 1)
    assert planned.json()["plan"] == "Versi 2."
    assert stepped.json()["state"] == "planned"
    assert [one["id"] for one in listed["items"]] == [transition.pk]
    assert client.get("/api/v1/standard-changes?kind=revoked").json()["count"] == 1


def test_the_api_is_closed_to_strangers_and_other_bodies(
    client: Client, body: Organisation, standard: CompetencyStandard
) -> None:
    change = drafted(standard)
    [transition] = begun(change, body)
    headers = token(Role.BODY_ADMIN, None, Permission.SCHEME_VIEW, Permission.TRANSITION_PLAN)
    own, path = f"/scheme-transitions/{transition.pk}", f"/standard-changes/{change.pk}"
    asked = [
        ("GET", own),
        ("PATCH", own),
        ("POST", f"{own}/steps/plan"),
        ("PATCH", path),
        ("POST", f"{path}/steps/announce"),
    ]

    for method, address in asked:
        assert send(client, method, address, {}, {}).status_code == 401
        assert send(client, method, address, {}, headers).status_code == 404
    assert client.get("/api/v1/scheme-transitions", headers=headers).json()["count"] == 0


def test_nobody_else_writes_changes_down(standard: CompetencyStandard) -> None:
    with pytest.raises(NotPermitted):
        drafted(standard, by=access.person(Role.BODY_ADMIN, of=access.organisation()))
    with pytest.raises(NotPermitted):
        begin(
            SchemeTransition(change=announced(standard), organisation=access.organisation()),
            make.scheme_verifier(),
            at=timezone.now(),
        )
