"""The inbox in the browser and for programs: what waits, for whom, until when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mumpuni.access.models import AccessToken, Organisation, User, new_secret, secret_digest
from mumpuni.access.roles import Permission, Role
from mumpuni.access.session import HAS_MFA
from mumpuni.access.tests import make as access
from mumpuni.kernel.models import Task
from mumpuni.schemes.models import SchemeVersion
from mumpuni.schemes.tests import make as schemes

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12
TASKS = "/api/v1/tasks"


@pytest.fixture
def body() -> Organisation:
    return access.organisation()


@pytest.fixture
def submitted(body: Organisation) -> SchemeVersion:
    """A scheme that waits for its verification."""
    return schemes.submitted_scheme(body, at=timezone.now())


def client_of(role: Role, of: Organisation | None = None) -> Client:
    return signed_in(access.member(role, of))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    session = client.session
    session[HAS_MFA] = True
    session.save()
    return client


def test_a_stranger_signs_in_first(client: Client) -> None:
    for address in ("/tugas/", "/tugas/bagi/", "/tugas/1/", "/tugas/1/petugas/"):
        response = client.get(address)
        assert (response.status_code, response["Location"].split("?")[0]) == (302, "/akun/login/")


def test_what_waits_is_listed_with_its_desk_and_leads_to_the_case(
    submitted: SchemeVersion, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(Role.SCHEME_VERIFIER)

    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get("/tugas/")

    task = Task.objects.get()
    assert task.due_on is not None
    assert "Verifikasi skema" in page.text
    assert f'href="/tugas/{task.pk}/"' in page.text
    assert "?desk=schemes" in page.text
    opened = client.get(f"/tugas/{task.pk}/")
    assert opened["Location"] == submitted.get_absolute_url()


def test_a_returned_scheme_waits_for_its_body_and_nobody_elses(
    submitted: SchemeVersion, body: Organisation
) -> None:
    client_of(Role.SCHEME_VERIFIER).post(
        f"{submitted.get_absolute_url()}langkah/return", {"note": "lengkapi"}
    )

    task = Task.objects.open().get()
    own = client_of(Role.BODY_SCHEME_AUTHOR, body)
    other = client_of(Role.BODY_SCHEME_AUTHOR, access.organisation())
    assert "Perbaikan skema" in own.get("/tugas/").text
    assert own.get(f"/tugas/{task.pk}/").status_code == 302
    assert "Perbaikan skema" not in other.get("/tugas/").text
    assert other.get(f"/tugas/{task.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=skema", True),
        ("q=lain", False),
        ("due=overdue", True),
        ("due=week", False),
        ("due=none", False),
        ("desk=schemes", True),
        ("desk=law", False),
        ("hands=nobody", True),
        ("hands=mine", False),
        ("due=%00", True),
    ],
)
def test_the_inbox_is_narrowed_by_its_address(
    submitted: SchemeVersion, asked: str, found: bool
) -> None:
    Task.objects.update(title="Skema uji", due_on=timezone.localdate() - timedelta(days=1))

    page = client_of(Role.SCHEME_VERIFIER).get(f"/tugas/?{asked}")

    assert ("Skema uji" in page.text) is found


def test_ticked_tasks_are_taken_together(submitted: SchemeVersion) -> None:
    user = access.member(Role.SCHEME_VERIFIER)
    client, task = signed_in(user), Task.objects.get()

    client.post("/tugas/langkah", {"step": "take", "pk": [task.pk], "next": "/tugas/"})

    assert Task.objects.get().assignee_id == user.pk
    assert str(user) in client.get("/tugas/?hands=mine").text


def test_a_coordinator_gives_tasks_to_those_who_may_do_them(submitted: SchemeVersion) -> None:
    verifier, examiner = (
        access.member(role) for role in (Role.SCHEME_VERIFIER, Role.LICENSING_OFFICER)
    )
    client, task = client_of(Role.DESK_COORDINATOR), Task.objects.get()
    address = "/tugas/bagi/?desk=schemes"

    refused = client.post(address, {"tasks": [task.pk], "assignee_id": examiner.pk})
    given = client.post(address, {"tasks": [task.pk], "assignee_id": verifier.pk})

    assert refused.status_code == 422
    assert given["Location"] == "/tugas/?desk=schemes"
    assert Task.objects.get().assignee_id == verifier.pk
    assert client_of(Role.SCHEME_VERIFIER).get("/tugas/bagi/").status_code == 403


def test_a_coordinator_gives_another_last_day(submitted: SchemeVersion) -> None:
    client, task = client_of(Role.DESK_COORDINATOR), Task.objects.get()

    address = f"/tugas/{task.pk}/petugas/"
    assert f'href="{address}"' in client.get("/tugas/").text

    client.post(address, {"assignee_id": "", "due_on": "2027-03-01"})

    assert str(Task.objects.get().due_on) == "2027-03-01"
    verifier = client_of(Role.SCHEME_VERIFIER)
    assert verifier.get(f"/tugas/{task.pk}/petugas/").status_code == 403


def test_programs_list_take_and_give_tasks(submitted: SchemeVersion) -> None:
    verifier, coordinator = (
        access.member(role) for role in (Role.SCHEME_VERIFIER, Role.DESK_COORDINATOR)
    )
    task = Task.objects.get()
    program, dividing = program_of(verifier), program_of(coordinator)

    listed = program.get(TASKS).json()["items"]
    assert [(one["id"], one["case_kind"], one["turn"]) for one in listed] == [
        (task.pk, "schemes.schemeversion", "Verifikasi skema")
    ]
    assert program.get(f"{TASKS}?mine=true").json()["count"] == 0
    assert program.get(f"{TASKS}?overdue=true").json()["count"] == 0

    program.post(f"{TASKS}/{task.pk}/steps/take", {}, content_type="application/json")
    assert program.get(f"{TASKS}?mine=true").json()["count"] == 1

    change = {"assignee_id": None, "due_on": "2027-03-01"}
    refused = program.patch(f"{TASKS}/{task.pk}", change, content_type="application/json")
    given = dividing.patch(f"{TASKS}/{task.pk}", change, content_type="application/json")
    assert refused.status_code == 403
    assert (given.json()["assignee_id"], given.json()["due_on"]) == (None, "2027-03-01")


def program_of(user: User) -> Client:
    secret = new_secret()
    AccessToken.objects.create(
        name="uji",
        digest=secret_digest(secret),
        user=user,
        organisation=access.authority(),
        scopes=list(Permission),
        expires_at=timezone.now() + timedelta(days=1),
    )
    return Client(headers={"Authorization": f"Bearer {secret}"})
