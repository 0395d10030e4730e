"""Programs plan meetings, vote and read outcomes with a token."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mumpuni.access.models import (
    AccessToken,
    Membership,
    Organisation,
    User,
    new_secret,
    secret_digest,
)
from mumpuni.access.roles import Permission as P
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.plenary.models import Meeting
from mumpuni.plenary.tests import make

pytestmark = pytest.mark.django_db

API = "/api/v1"
SCOPES = [P.MEETING_VIEW, P.MEETING_MANAGE, P.MEETING_VOTE, P.MEMBER_MANAGE]


def token(by: User) -> dict[str, str]:
    """Return the header of a token for somebody acting for the first of their organisations."""
    secret = new_secret()
    AccessToken.objects.create(
        name="uji",
        digest=secret_digest(secret),
        user=by,
        organisation=by.memberships.order_by("pk")[0].organisation,
        scopes=SCOPES,
        expires_at=timezone.now() + timedelta(days=1),
    )
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def secretary() -> dict[str, str]:
    user = access.member(Role.LICENSING_OFFICER)
    Membership.objects.create(
        user=user,
        organisation=access.authority(),
        role=Role.AUTHORITY_ADMIN,
        valid_from=access.SINCE,
    )
    return token(user)


def send(client: Client, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
    call = getattr(client, method)
    return call(f"{API}{path}", body, content_type="application/json", headers=headers)


def test_a_meeting_is_held_by_api(
    client: Client, secretary: dict[str, str], body: Organisation
) -> None:
    voters = [make.voter(name) for name in ("Ani", "Budi", "Citra")]
    keys = [user.pk for user in voters]
    planned = send(
        client,
        "post",
        "/meetings",
        {
            "held_on": timezone.localdate().isoformat(),
            "place": "Jakarta",
            "chair_id": keys[0],
            "member_ids": keys[:2],
        },
        secretary,
    )
    assert planned.status_code == 201
    meeting = f"/meetings/{planned.json()['id']}"
    send(client, "patch", meeting, {"place": "Daring"}, secretary)
    send(client, "put", f"{meeting}/members", {"user_ids": keys}, secretary)
    asked = {"subject": "access.organisation", "subject_id": body.pk, "question": "admit"}
    listed = send(client, "post", f"{meeting}/items", asked, secretary).json()
    send(client, "put", f"{meeting}/presence", {"user_ids": keys}, secretary)
    opened = send(client, "post", f"{meeting}/steps/open", {}, secretary).json()
    item = f"/agenda-items/{listed['id']}"
    for user in voters:
        voted = send(client, "post", f"{item}/ballots", {"choice": "yes"}, token(user))
        assert (voted.status_code, voted.json()["choice"]) == (201, "yes")
    before = client.get(f"{API}{item}", headers=secretary).json()
    decided = send(client, "post", f"{item}/steps/decide", {}, secretary).json()
    after = client.get(f"{API}{item}", headers=secretary).json()
    shown = client.get(f"{API}{meeting}", headers=secretary).json()

    assert opened["number"].startswith("001/PLENO/")
    assert (listed["state"], listed["subject_id"]) == ("listed", body.pk)
    assert {ballot["choice"] for ballot in before["ballots"]} == {None}
    assert {ballot["choice"] for ballot in after["ballots"]} == {"yes"}
    assert (decided["state"], decided["outcome"]) == ("decided", "carried")
    assert shown["place"] == "Daring"
    assert [one["name"] for one in shown["members"]] == ["Ani", "Budi", "Citra"]
    assert [one["outcome"] for one in shown["items"]] == ["carried"]


def test_refusals_name_the_rule(
    client: Client, secretary: dict[str, str], body: Organisation
) -> None:
    voters = [make.voter() for _ in range(3)]
    now = timezone.now()
    item = make.listed(body, "admit", make.opened(voters, now), now)
    ballots = f"/agenda-items/{item.pk}/ballots"
    headers = token(voters[0])
    send(client, "post", ballots, {"choice": "no"}, headers)

    twice = send(client, "post", ballots, {"choice": "yes"}, headers)
    unsaid = send(client, "post", ballots, {"choice": "excluded"}, token(voters[1]))
    early = send(client, "post", f"/agenda-items/{item.pk}/steps/decide", {}, secretary)
    nothing = {"subject": "access.organisation", "subject_id": 1, "question": "unknown"}
    unknown = send(client, "post", f"/meetings/{item.meeting_id}/items", nothing, secretary)

    assert [answer.status_code for answer in (twice, unsaid, early, unknown)] == [
        409,
        422,
        409,
        422,
    ]
    told = [answer.json()["type"] for answer in (twice, unsaid, early, unknown)]
    assert told == ["/rules/P-05", "/rules/P-06", "/rules/P-04", "/rules/P-09"]


def test_meetings_and_items_are_searched(
    client: Client, secretary: dict[str, str], body: Organisation
) -> None:
    now = timezone.now()
    make.carried(body, "admit", now)
    make.planned(at=now, kind=Meeting.Kind.APPEAL)

    def listed(path: str, **asked: str) -> int:
        answer = client.get(f"{API}{path}", asked, headers=secretary)
        return len(answer.json()["items"])

    assert [listed("/meetings"), listed("/meetings", kind="appeal")] == [2, 1]
    assert [listed("/meetings", state="closed"), listed("/meetings", q="pertama")] == [1, 1]
    assert [listed("/agenda-items", q="pertama"), listed("/agenda-items", q="kedua")] == [1, 0]
    assert listed("/agenda-items", outcome="carried") == 1
    assert listed("/agenda-items", state="listed") == 0


def test_for_a_body_no_meeting_exists(client: Client, body: Organisation) -> None:
    now = timezone.now()
    item = make.carried(body, "admit", now)
    headers = token(access.member(Role.BODY_ADMIN, body))

    for path in (f"/meetings/{item.meeting_id}", f"/agenda-items/{item.pk}"):
        assert client.get(f"{API}{path}", headers=headers).status_code == 404
        assert client.get(f"{API}{path}/steps", headers=headers).status_code == 404
    assert client.get(f"{API}/agenda-items", headers=headers).json()["items"] == []
    assert client.get(f"{API}/meetings/{item.meeting_id}").status_code == 401
