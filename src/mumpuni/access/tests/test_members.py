import re
from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from inline_snapshot import snapshot

from mumpuni.access import invitations, jobs
from mumpuni.access.models import Membership, Organisation, User
from mumpuni.access.person import SYSTEM, Person
from mumpuni.access.queries import memberships_of
from mumpuni.access.roles import Role
from mumpuni.access.tests import make
from mumpuni.kernel.errors import NotPermitted, Refused
from mumpuni.kernel.models import Event
from mumpuni.kernel.workflow import amend, begin, perform

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def give(role: Role, of: Organisation, by: Person, user: User | None = None) -> Membership:
    membership = Membership(user=user or make.user(), organisation=of, role=role, valid_from=TODAY)
    begin(membership, by, at=NOON)
    return membership


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        (Role.LICENSING_OFFICER, "certification_body"),
        (Role.BODY_ADMIN, "authority"),
        (Role.BODY_ADMIN, "partner"),
        (Role.INDIVIDUAL, "certification_body"),
        (Role.SYSTEM, "authority"),
    ],
)
def test_an_organisation_gives_only_the_roles_of_its_kind(role: Role, kind: str) -> None:
    administrator = make.person(Role.AUTHORITY_ADMIN, of=make.authority())

    with pytest.raises(Refused) as refused:
        give(role, make.organisation(kind=kind), administrator)

    assert refused.value.code == "K-10"


def test_only_the_authoritys_administrator_gives_roles_of_the_authority() -> None:
    # no life leads here: a body's administrator has no place in the authority
    outsider = make.person(Role.BODY_ADMIN, of=make.authority())

    with pytest.raises(Refused) as refused:
        give(Role.REGISTRAR, make.authority(), outsider)

    assert refused.value.code == "K-11"


def test_nobody_gives_a_role_to_themselves() -> None:
    body = make.organisation()
    user = make.member(Role.BODY_ADMIN, body)

    with pytest.raises(Refused) as refused:
        give(Role.BODY_DECIDER, body, make.person(Role.BODY_ADMIN, of=body, by=user), user)

    assert refused.value.code == "K-12"


def test_a_role_is_held_once() -> None:
    body = make.organisation()
    administrator = make.person(Role.BODY_ADMIN, of=body)
    held = give(Role.BODY_DECIDER, body, administrator)

    with pytest.raises(Refused) as refused:
        give(Role.BODY_DECIDER, body, administrator, held.user)

    assert refused.value.code == "K-13"


def test_the_last_administrator_stays() -> None:
    body = make.organisation()
    user = make.member(Role.BODY_ADMIN, body)
    membership = Membership.objects.get(user=user)
    administrator = make.person(Role.BODY_ADMIN, of=body, by=user)

    with pytest.raises(Refused) as refused:
        perform(membership, "end", administrator, at=NOON)
    assert refused.value.code == "K-14"

    give(Role.BODY_ADMIN, body, administrator)
    perform(membership, "end", administrator, at=NOON)
    assert membership.state == Membership.State.ENDED


def test_an_ended_role_opens_nothing_from_that_day_on_and_can_be_given_again() -> None:
    body = make.organisation()
    administrator = make.person(Role.BODY_ADMIN, of=body)
    user = make.member(Role.BODY_DECIDER, body)
    membership = Membership.objects.get(user=user)

    perform(membership, "end", administrator, at=NOON)

    assert memberships_of(user, TODAY) == []
    assert memberships_of(user, TODAY - timedelta(days=1)) == [membership]
    again = give(Role.BODY_DECIDER, body, administrator, user)
    perform(again, "end", administrator, at=NOON)
    assert memberships_of(user, TODAY) == []
    assert give(Role.BODY_DECIDER, body, administrator, user) in memberships_of(user, TODAY)


def test_who_may_end_a_membership() -> None:
    body = make.organisation()
    user = make.member(Role.BODY_DECIDER, body)
    membership = Membership.objects.get(user=user)
    people = {
        "stranger": make.person(),
        "member": make.person(Role.BODY_DECIDER, of=body, by=user),
        "body admin": make.person(Role.BODY_ADMIN, of=body),
        "other body admin": make.person(Role.BODY_ADMIN, of=make.organisation()),
        **{role.value: make.person(role, of=make.authority()) for role in (Role.REGISTRAR,)},
        "authority admin": make.person(Role.AUTHORITY_ADMIN, of=make.authority()),
    }

    assert make.matrix({"active": membership}, people) == snapshot(
        {"active body admin": ["end"], "active authority admin": ["end"]}
    )


def test_one_sees_the_members_of_ones_own_organisation() -> None:
    body = make.organisation()
    make.member(Role.BODY_DECIDER, body)
    make.member(Role.BODY_DECIDER)

    seen = Membership.objects.visible_to(make.person(Role.BODY_ADMIN, of=body))

    assert {one.organisation_id for one in seen} == {body.pk}
    assert not Membership.objects.visible_to(make.person(Role.BODY_DECIDER, of=body))


@override_settings(PUBLIC_URL="https://mumpuni.test")
def test_an_invitation_opens_an_account_with_a_link_to_its_password(client: Client) -> None:
    body = make.organisation("LSP <b>Satu</b> & Dua")
    administrator = make.person(Role.BODY_ADMIN, of=body)

    membership = invitations.invite(
        body,
        Role.BODY_DECIDER,
        email="Baru@Contoh.test",
        name="Orang Baru",
        valid_until=None,
        by=administrator,
        at=NOON,
    )
    jobs.send_invitation(event_id=Event.objects.get(subject="access.membership").pk)

    assert membership.user.email == "baru@contoh.test"
    assert not membership.user.has_usable_password()
    (letter,) = mail.outbox
    assert letter.to == ["baru@contoh.test"]
    assert "LSP <b>Satu</b> & Dua" in letter.body
    link = next(line for line in letter.body.split() if line.startswith("https://"))
    page = client.get(link.removeprefix("https://mumpuni.test"), follow=True)
    assert page.status_code == 200
    assert b"password1" in page.content


def test_who_has_an_account_is_asked_to_sign_in() -> None:
    body = make.organisation()
    known = make.user("Orang Lama", language="en")
    make.confirm_email(known)

    invitations.invite(
        body,
        Role.BODY_DECIDER,
        email=known.email,
        name="nama lain",
        valid_until=date(2026, 12, 31),
        by=make.person(Role.BODY_ADMIN, of=body),
        at=NOON,
    )
    jobs.send_invitation(event_id=Event.objects.get(subject="access.membership").pk)

    known.refresh_from_db()
    assert known.name == "Orang Lama"
    assert "/akun/login/" in mail.outbox[0].body


def test_a_refused_invitation_opens_no_account() -> None:
    body = make.organisation()

    with pytest.raises(Refused):
        invitations.invite(
            body,
            Role.REGISTRAR,
            email="baru@contoh.test",
            name="",
            valid_until=None,
            by=make.person(Role.BODY_ADMIN, of=body),
            at=NOON,
        )

    assert not User.objects.filter(email="baru@contoh.test").exists()


def test_the_first_administrator_is_appointed_by_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("appoint_administrator", "admin@bnsp.test", "--name", "Administrator")

    membership = Membership.objects.get()
    assert membership.role == Role.AUTHORITY_ADMIN
    assert membership.organisation == make.authority()
    assert "Administrator BNSP" in capsys.readouterr().out
    with pytest.raises(CommandError, match="sudah memegang"):
        call_command("appoint_administrator", "admin@bnsp.test")


def test_an_organisation_keeps_its_own_profile() -> None:
    body = make.organisation()
    administrator = make.person(Role.BODY_ADMIN, of=body)

    amend(body, {"phone": "021 555 0100"}, administrator, at=NOON)

    assert body.phone == "021 555 0100"
    assert Event.objects.get(subject="access.organisation").changes == {
        "phone": ["", "021 555 0100"]
    }
    with pytest.raises(NotPermitted):
        amend(body, {"name": "LSP Lain"}, administrator, at=NOON)
    with pytest.raises(NotPermitted):
        amend(make.organisation(), {"phone": "1"}, administrator, at=NOON)
    assert list(Organisation.objects.visible_to(administrator)) == [body]


def test_only_the_authority_registers_organisations() -> None:
    with pytest.raises(NotPermitted):
        begin(
            Organisation(kind="certification_body", name="LSP Baru"),
            make.person(Role.BODY_ADMIN, of=make.organisation()),
            at=NOON,
        )

    begin(Organisation(kind="certification_body", name="LSP Baru"), SYSTEM, at=NOON)


def invited(email: str) -> User:
    body = make.organisation()
    return invitations.invite(
        body,
        Role.BODY_ADMIN,
        email=email,
        name="Undangan",
        valid_until=None,
        by=make.person(Role.AUTHORITY_ADMIN, of=make.authority()),
        at=NOON,
    ).user


def test_an_invitation_shuts_out_whoever_opened_an_account_with_anothers_address() -> None:
    squatted = make.user()

    user = invited(squatted.email.upper())

    assert user == squatted
    assert not user.check_password(make.PASSWORD)


def test_an_invitation_finds_the_account_of_a_confirmed_address() -> None:
    owner = make.user()
    make.confirm_email(owner)
    EmailAddress.objects.create(user=owner, email="kantor@contoh.test", verified=True)

    for email in (owner.email, "Kantor@contoh.test"):
        assert invited(email) == owner

    owner.refresh_from_db()
    assert owner.check_password(make.PASSWORD)


def test_nobody_comes_in_before_their_address_is_confirmed(client: Client) -> None:
    user = make.user()
    sign_in = {"login": user.email, "password": make.PASSWORD}

    client.post("/akun/login/", sign_in)
    assert client.get("/akses/").status_code == 302
    assert user.email in mail.outbox[-1].to

    make.confirm_email(user)
    client = Client()
    client.post("/akun/login/", sign_in)
    assert client.get("/akses/").status_code == 200


def test_whoever_opens_an_account_confirms_it_by_the_code_that_was_mailed(client: Client) -> None:
    told = {"email": "asesi@contoh.test", "password1": make.PASSWORD, "password2": make.PASSWORD}

    page = client.post("/akun/signup/", told, follow=True)
    assert "asesi@contoh.test" in page.content.decode()
    assert client.get("/akses/").status_code == 302
    found = re.search(r"^([A-Z0-9-]{6,9})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found is not None
    client.post(page.request["PATH_INFO"], {"code": found[1]})

    assert client.get("/akses/").status_code == 200
