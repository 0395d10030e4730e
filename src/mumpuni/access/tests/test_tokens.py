from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from inline_snapshot import snapshot

from mumpuni.access import invitations
from mumpuni.access.models import AccessToken, Membership
from mumpuni.access.person import Person
from mumpuni.access.queries import memberships_of, person_for, person_of_token
from mumpuni.access.roles import Permission, Role
from mumpuni.access.tests import make
from mumpuni.kernel.errors import Invalid, NotPermitted, Refused
from mumpuni.kernel.models import PolicyValue
from mumpuni.kernel.workflow import begin, perform

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
TODAY = date(2026, 3, 2)
MONTH = NOON + timedelta(days=30)


@pytest.fixture
def maker() -> Person:
    body = make.organisation()
    return make.person(Role.BODY_ADMIN, of=body, by=make.member(Role.BODY_ADMIN, body))


def token_of(maker: Person, *scopes: str, expires_at: datetime = MONTH) -> tuple[AccessToken, str]:
    return invitations.create_token(
        "Sistem LSP", list(scopes), expires_at=expires_at, by=maker, at=NOON
    )


def test_a_token_acts_for_its_maker_within_its_scopes(maker: Person) -> None:
    _, secret = token_of(maker, Permission.SESSION_VIEW)

    program = person_of_token(secret, NOON, TODAY)

    assert program is not None
    assert program.user_id == maker.user_id
    assert program.organisation_id == maker.organisation_id
    assert program.holds(Permission.SESSION_VIEW)
    assert not program.holds(Permission.SESSION_MANAGE)


def test_a_token_opens_nothing_once_expired_or_revoked(maker: Person) -> None:
    token, secret = token_of(maker, Permission.SESSION_VIEW)

    assert person_of_token(secret, MONTH, TODAY) is None
    perform(token, "revoke", maker, at=NOON)
    assert person_of_token(secret, NOON, TODAY) is None
    assert person_of_token(secret + "x", NOON, TODAY) is None


def test_a_token_loses_what_its_maker_loses(maker: Person) -> None:
    token, secret = token_of(maker, Permission.SESSION_VIEW)

    Membership.objects.filter(user=token.user).update(valid_until=date(2026, 3, 1))

    program = person_of_token(secret, NOON, TODAY)
    assert program is not None
    assert not program.holds(Permission.SESSION_VIEW)


def test_a_token_of_the_authority_opens_nothing_without_a_second_factor() -> None:
    officer = make.member(Role.LICENSING_OFFICER)
    maker = make.person(Role.LICENSING_OFFICER, of=make.authority(), by=officer)
    _, secret = token_of(maker, Permission.LICENCE_VIEW)
    assert person_of_token(secret, NOON, TODAY) is not None

    Authenticator.objects.filter(user=officer).delete()

    assert person_of_token(secret, NOON, TODAY) is None


def test_a_role_of_the_authority_opens_nothing_without_a_second_factor() -> None:
    officer = make.member(Role.LICENSING_OFFICER)
    held = memberships_of(officer, TODAY)

    person = person_for(officer, held, make.authority().pk, has_mfa=False)

    assert person.needs_mfa
    assert person.roles == {Role.INDIVIDUAL}


@pytest.mark.parametrize("expires_at", [NOON, NOON + timedelta(days=366)])
def test_a_token_ends_within_the_policy(maker: Person, expires_at: datetime) -> None:
    with pytest.raises(Refused) as refused:
        token_of(maker, Permission.SESSION_VIEW, expires_at=expires_at)

    assert refused.value.code == "K-20"


def test_the_longest_life_of_a_token_is_a_policy(maker: Person) -> None:
    PolicyValue.objects.create(
        name="access.token_life", valid_from=TODAY, value=10, source="uji", entered_by="uji"
    )

    with pytest.raises(Refused) as refused:
        token_of(maker, Permission.SESSION_VIEW)

    assert refused.value.code == "K-20"


@pytest.mark.parametrize("scope", [Permission.LICENCE_DECIDE, Permission.TOKEN_MANAGE, "apa saja"])
def test_a_token_reaches_no_further_than_its_maker(maker: Person, scope: str) -> None:
    with pytest.raises(Refused) as refused:
        token_of(maker, scope)

    assert refused.value.code == "K-21"


def test_a_token_needs_a_scope(maker: Person) -> None:
    with pytest.raises(Invalid):
        token_of(maker)


def test_nobody_makes_a_token_for_somebody_else(maker: Person) -> None:
    token = AccessToken(
        name="Titipan",
        digest="0" * 64,
        user=make.user(),
        organisation_id=maker.organisation_id,
        scopes=[Permission.SESSION_VIEW],
        expires_at=MONTH,
    )

    with pytest.raises(NotPermitted):
        begin(token, maker, at=NOON)


def test_who_may_revoke_a_token(maker: Person) -> None:
    token, _ = token_of(maker, Permission.SESSION_VIEW)
    people = {
        "owner": maker,
        "owner for themselves": make.person(by=token.user),
        "colleague": make.person(Role.BODY_ADMIN, of=token.organisation),
        "authority admin": make.person(Role.AUTHORITY_ADMIN, of=make.authority()),
    }

    assert make.matrix({"active": token}, people) == snapshot(
        {"active owner": ["revoke"], "active owner for themselves": ["revoke"]}
    )
    assert [
        who for who, person in people.items() if AccessToken.objects.visible_to(person).exists()
    ] == ["owner", "owner for themselves"]
