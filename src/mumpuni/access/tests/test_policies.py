from datetime import UTC, date, datetime

import pytest
from inline_snapshot import snapshot

from mumpuni.access.actions import set_policy
from mumpuni.access.roles import Role
from mumpuni.access.rules import TOKEN_LIFE
from mumpuni.access.tests import make
from mumpuni.kernel import policy
from mumpuni.kernel.errors import Invalid, NotPermitted, Refused
from mumpuni.kernel.models import Event, PolicyValue
from mumpuni.kernel.workflow import perform

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def set_value(
    value: int = 30,
    *,
    name: str = TOKEN_LIFE.name,
    valid_from: date = TODAY,
    source: str = "Keputusan 1/2026",
    role: Role = Role.AUTHORITY_ADMIN,
) -> PolicyValue:
    return set_policy(
        name,
        value,
        valid_from=valid_from,
        source=source,
        by=make.person(role, of=make.authority()),
        at=NOON,
    )


def test_a_value_holds_from_its_day_on() -> None:
    set_value(valid_from=date(2026, 4, 1))
    policy.forget()

    assert TOKEN_LIFE.on(date(2026, 3, 31)) == 365
    assert TOKEN_LIFE.on(date(2026, 4, 1)) == 30
    assert Event.objects.get().subject == "kernel.policyvalue"


def test_a_withdrawn_value_never_holds_and_its_day_is_free_again() -> None:
    value = set_value()

    perform(
        value,
        "withdraw",
        make.person(Role.AUTHORITY_ADMIN, of=make.authority()),
        at=NOON,
        note="Salah ketik.",
    )
    policy.forget()

    assert TOKEN_LIFE.on(TODAY) == 365
    set_value(60)
    policy.forget()
    assert TOKEN_LIFE.on(TODAY) == 60


def test_a_policy_must_be_declared() -> None:
    with pytest.raises(Refused) as refused:
        set_value(name="tidak.ada")

    assert refused.value.code == "K-30"


def test_a_policy_never_changes_backwards() -> None:
    with pytest.raises(Refused) as refused:
        set_value(valid_from=date(2026, 3, 1))

    assert refused.value.code == "K-31"


def test_a_value_needs_a_source_and_a_day_of_its_own() -> None:
    with pytest.raises(Invalid):
        set_value(source="")
    set_value()
    with pytest.raises(Invalid):
        set_value(31)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.PLENARY_MEMBER])
def test_others_set_no_policy(role: Role) -> None:
    with pytest.raises(NotPermitted):
        set_value(role=role)


def test_who_may_withdraw_a_value() -> None:
    people = {role.value: make.person(role, of=make.authority()) for role in Role}

    assert make.matrix({"set": set_value()}, people) == snapshot(
        {"set authority_admin": ["withdraw"]}
    )
