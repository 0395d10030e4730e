"""Meetings in the browser: planned, opened, voted in, minuted."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertRedirects

from mumpuni.access.models import Membership, Organisation, User
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.kernel.workflow import perform
from mumpuni.plenary.models import AgendaItem, Ballot, Meeting
from mumpuni.plenary.tests import make

pytestmark = pytest.mark.django_db

HTML = "<script>alert('x')</script>"
BAD_TEXTS = ["'; DROP TABLE plenary_ballot; --", HTML, "%", "\\", "\0", "a" * 50_000, "Ω²"]
PUT = "/pleno/ajukan/access.organisation/admit"


def sign_in(client: Client, user: User) -> None:
    client.force_login(user)
    session = client.session
    session["has_mfa"] = True
    session.save()


@pytest.fixture
def secretary() -> User:
    """Somebody who keeps agenda and count, and sees the organisations that these tests vote on."""
    user = access.member(Role.LICENSING_OFFICER)
    Membership.objects.create(
        user=user,
        organisation=access.authority(),
        role=Role.AUTHORITY_ADMIN,
        valid_from=access.SINCE,
    )
    return user


@pytest.fixture
def voters() -> list[User]:
    return [make.voter(name) for name in ("Ani", "Budi", "Citra")]


@pytest.fixture
def meeting(voters: list[User]) -> Meeting:
    return make.opened(voters, timezone.now())


@pytest.fixture
def item(body: Organisation, meeting: Meeting) -> AgendaItem:
    return make.listed(body, "admit", meeting, timezone.now())


def pages_of(meeting: Meeting, item: AgendaItem) -> list[str]:
    address = meeting.get_absolute_url()
    inside = ("undangan/", "anggota/", "kehadiran/", "agenda/", "catatan/", "risalah/")
    return [
        address,
        *(address + name for name in inside),
        f"{address}langkah/close",
        item.get_absolute_url(),
        f"{item.get_absolute_url()}suara/",
        f"{item.get_absolute_url()}langkah/decide",
    ]


def test_a_stranger_is_asked_to_sign_in(
    client: Client, meeting: Meeting, item: AgendaItem, body: Organisation
) -> None:
    for address in [
        *pages_of(meeting, item),
        "/pleno/",
        "/pleno/rencanakan/",
        f"{PUT}/{body.pk}/",
    ]:
        assertRedirects(
            client.get(address), f"/akun/login/?next={address}", fetch_redirect_response=False
        )


def test_for_the_body_itself_and_for_another_no_meeting_exists(
    client: Client, meeting: Meeting, item: AgendaItem, body: Organisation
) -> None:
    for user in (access.member(Role.BODY_ADMIN, body), access.member(Role.BODY_ADMIN)):
        client.force_login(user)
        for address in pages_of(meeting, item):
            assert client.get(address).status_code == 404
            assert client.post(address).status_code == 404
        assert str(meeting.number) not in client.get("/pleno/").text
        assert client.get("/pleno/rencanakan/").status_code == 403
    assert client.get(f"{PUT}/{body.pk}/").status_code == 404


def test_a_meeting_is_planned_opened_voted_in_and_minuted(
    client: Client, secretary: User, voters: list[User], body: Organisation
) -> None:
    sign_in(client, secretary)
    planned = client.post(
        "/pleno/rencanakan/",
        {
            "kind": "plenary",
            "held_on": timezone.localdate().isoformat(),
            "place": "Ruang Sidang",
            "chair": voters[0].pk,
            "members": [user.pk for user in voters],
        },
    )
    meeting = Meeting.objects.get()
    address = meeting.get_absolute_url()
    assertRedirects(planned, address)
    assert "LSP Pertama" in client.get(f"{address}agenda/").text

    client.post(f"{address}agenda/", {"records": [f"access.organisation:admit:{body.pk}"]})
    item = AgendaItem.objects.get()
    client.post(f"{address}kehadiran/", {"present": [user.pk for user in voters]})
    client.post(f"{address}langkah/open")
    for user, choice in zip(voters, ("yes", "yes", "no"), strict=True):
        sign_in(client, user)
        assert 'name="choice" value="yes"' in client.get(address).text
        voted = client.post(f"{item.get_absolute_url()}suara/", {"choice": choice})
        assertRedirects(voted, f"{address}#butir-{item.pk}")
    sign_in(client, secretary)
    client.post(f"{item.get_absolute_url()}langkah/decide")
    client.post(f"{address}catatan/", {"minutes_note": "Rapat berjalan tertib."})
    client.post(f"{address}langkah/close")

    minutes = client.get(f"{address}risalah/").text
    assert "Setuju 2, tolak 1, abstain 0, tidak ikut 0." in minutes
    assert "Citra: Tolak" in minutes
    assert "Rapat berjalan tertib." in minutes
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.CLOSED


def test_choices_are_unseen_until_they_are_counted(
    client: Client, secretary: User, item: AgendaItem
) -> None:
    now = timezone.now()
    make.vote(item, "no", "no", at=now)
    sign_in(client, secretary)

    before = client.get(item.get_absolute_url()).text
    make.vote(item, at=now)
    assert "Ani" in before
    assert "Tolak" not in before
    assert before.count("Sudah memberi suara") == 2

    sign_in(client, item.meeting.members.get(user__name="Ani").user)
    assert "Tolak" in client.get(item.get_absolute_url()).text


def test_a_member_tied_to_the_body_reads_why_they_do_not_vote(
    client: Client, voters: list[User], body: Organisation
) -> None:
    Membership.objects.create(
        user=voters[1], organisation=body, role=Role.BODY_DECIDER, valid_from=access.SINCE
    )
    meeting = make.opened(voters, timezone.now())
    item = make.listed(body, "admit", meeting, timezone.now())
    sign_in(client, voters[1])

    shown = client.get(meeting.get_absolute_url()).text
    refused = client.post(f"{item.get_absolute_url()}suara/", {"choice": "yes"})

    assert "Anggota lembaga yang perkaranya diputus." in shown
    assert 'name="choice"' not in shown
    assert refused.status_code == 409
    assert "P-06" in refused.text


def test_a_vote_with_a_reason_and_a_withdrawal(
    client: Client, voters: list[User], item: AgendaItem
) -> None:
    address = f"{item.get_absolute_url()}suara/"
    sign_in(client, voters[0])
    unsaid = client.post(address, {"choice": "excluded"})
    assert unsaid.status_code == 422
    assert "Tuliskan ikatan Anda" in unsaid.text

    client.post(address, {"choice": "excluded", "reason": "Saudara direktur."})

    assert item.ballots.get().reason == "Saudara direktur."
    assert "Saudara direktur." in client.get(item.get_absolute_url()).text
    again = client.get(address)
    assert (again.status_code, "P-06" in again.text) == (409, True)


def test_who_joined_the_body_meanwhile_is_told_that_the_vote_is_not_counted(
    client: Client, voters: list[User], item: AgendaItem, body: Organisation
) -> None:
    sign_in(client, voters[0])
    client.get("/pleno/")
    Membership.objects.create(
        user=voters[0], organisation=body, role=Role.BODY_DECIDER, valid_from=access.SINCE
    )

    told = client.post(f"{item.get_absolute_url()}suara/", {"choice": "yes"}, follow=True)

    assert "Suara Anda tidak dihitung" in told.text
    assert item.ballots.get().choice == Ballot.Choice.EXCLUDED


def test_a_record_is_put_on_an_agenda_from_its_own_page(
    client: Client, secretary: User, voters: list[User], body: Organisation
) -> None:
    sign_in(client, secretary)
    assert "Belum ada sidang yang direncanakan." in client.get(f"{PUT}/{body.pk}/").text
    meeting = make.planned(voters, timezone.now())

    response = client.post(f"{PUT}/{body.pk}/", {"meeting": meeting.pk})

    item = AgendaItem.objects.get()
    assertRedirects(response, item.get_absolute_url())
    assert body.get_absolute_url() in client.get(item.get_absolute_url()).text
    assert client.get(f"/pleno/ajukan/access.organisation/other/{body.pk}/").status_code == 404


def test_only_the_secretariat_puts_records_on_an_agenda(
    client: Client, meeting: Meeting, body: Organisation
) -> None:
    sign_in(client, access.member(Role.AUTHORITY_ADMIN))
    assert client.get(f"{PUT}/{body.pk}/").status_code == 403

    sign_in(client, access.member(Role.PLENARY_MEMBER))
    assert client.get(f"{meeting.get_absolute_url()}agenda/").status_code == 403
    assert client.post(f"{meeting.get_absolute_url()}agenda/").status_code == 403


def test_a_meeting_is_changed_on_its_pages(
    client: Client, secretary: User, voters: list[User]
) -> None:
    meeting = make.planned(voters, timezone.now())
    address = meeting.get_absolute_url()
    sign_in(client, secretary)
    tomorrow = timezone.localdate() + timedelta(days=1)

    client.post(
        f"{address}undangan/",
        {
            "kind": "plenary",
            "held_on": tomorrow.isoformat(),
            "place": "Daring",
            "chair": voters[1].pk,
        },
    )
    client.post(f"{address}anggota/", {"members": [voters[2].pk]})

    meeting.refresh_from_db()
    assert (meeting.held_on, meeting.place) == (tomorrow, "Daring")
    assert {member.user for member in meeting.members.all()} == {voters[1], voters[2]}
    assert client.get(f"{address}risalah/").status_code == 404


def test_nobody_need_be_there(client: Client, secretary: User, meeting: Meeting) -> None:
    sign_in(client, secretary)

    client.post(f"{meeting.get_absolute_url()}kehadiran/", {})

    assert not meeting.members.filter(present=True)


def test_meetings_are_searched_sorted_and_downloaded(
    client: Client, secretary: User, item: AgendaItem
) -> None:
    other = make.planned(at=timezone.now(), place="Bandung")
    sign_in(client, secretary)

    assert "Bandung" not in client.get("/pleno/", {"q": "pertama"}).text
    assert "Bandung" in client.get("/pleno/", {"q": "bandung", "state": "planned"}).text
    assert "Bandung" not in client.get("/pleno/", {"kind": "appeal"}).text
    assert client.get("/pleno/", {"sort": "-item_count"}).status_code == 200
    csv = b"".join(client.get("/pleno/", {"format": "csv"})).decode()
    assert str(item.meeting.number) in csv
    assert other.place in csv


@pytest.mark.parametrize("typed", BAD_TEXTS)
def test_bad_input_is_kept_out_or_shown_harmless(
    client: Client, secretary: User, voters: list[User], item: AgendaItem, typed: str
) -> None:
    address = make.planned(voters, timezone.now()).get_absolute_url()
    sign_in(client, secretary)
    invited: dict[str, Any] = {"kind": typed, "held_on": typed, "place": typed, "chair": typed}
    listed = client.get("/pleno/", {"q": typed, "year": typed, "state": typed, "page": typed})
    answers = [
        client.post("/pleno/rencanakan/", invited | {"members": [typed]}),
        client.post(f"{address}undangan/", invited),
        client.post(f"{address}anggota/", {"members": [typed]}),
        client.post(f"{address}kehadiran/", {"present": [typed]}),
        client.post(f"{address}agenda/", {"records": [typed]}),
    ]
    sign_in(client, voters[0])
    answers.append(client.post(f"{item.get_absolute_url()}suara/", {"choice": typed}))

    assert listed.status_code == 200
    assert [answer.status_code for answer in answers] == [422] * len(answers)
    assert not any(HTML in answer.text for answer in [listed, *answers])


def test_pages_take_the_same_few_queries_however_long_they_are(
    client: Client,
    secretary: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    now = timezone.now()
    voters = [make.voter() for _ in range(7)]
    meeting = make.opened(voters, now)
    listed = [make.listed(access.organisation(), "admit", meeting, now) for _ in range(8)]
    for one in listed[:4]:
        make.vote(one, *["yes"] * 7, at=now)
        perform(one, "decide", make.secretary(), at=now)
    for _ in range(20):
        make.planned(voters, now)
    address = meeting.get_absolute_url()
    for user in (secretary, voters[0]):
        sign_in(client, user)
        for page in (
            "/pleno/?per_page=50",
            address,
            f"{address}risalah/",
            listed[0].get_absolute_url(),
            listed[7].get_absolute_url(),
        ):
            with django_assert_max_num_queries(12):
                assert client.get(page).status_code == 200
    sign_in(client, secretary)
    for page in (f"{address}agenda/", f"{address}kehadiran/", f"{PUT}/{listed[0].case_id}/"):
        with django_assert_max_num_queries(12):
            assert client.get(page).status_code == 200
