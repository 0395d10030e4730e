"""The first administrator is appointed at the server, all others in the browser."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from mumpuni.access.models import Membership, User
from mumpuni.access.roles import Role
from mumpuni.kernel.models import Event

pytestmark = pytest.mark.django_db


def test_the_first_administrator_gets_an_account_and_the_role(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("appoint", "Admin@lembaga.go.id", "Sri Rahayu")

    held = Membership.objects.get()
    assert (held.user.email, held.user.name) == ("admin@lembaga.go.id", "Sri Rahayu")
    assert (held.role, held.organisation.kind) == (Role.AUTHORITY_ADMIN, "authority")
    assert not held.user.has_usable_password()
    assert [event.actor for event in Event.objects.all()] == ["system", "system"]
    assert "/akun/password/reset/" in capsys.readouterr().out


def test_an_account_that_is_there_already_gets_the_role() -> None:
    user = User.objects.create_user("sri@lembaga.go.id", name="Sri Rahayu")

    call_command("appoint", "SRI@lembaga.go.id", "Sri")

    assert Membership.objects.get().user == user


def test_there_is_no_second_first_administrator() -> None:
    call_command("appoint", "sri@lembaga.go.id", "Sri Rahayu")

    with pytest.raises(CommandError, match="an administrator already"):
        call_command("appoint", "budi@lembaga.go.id", "Budi")

    assert Membership.objects.count() == 1


def test_what_is_no_address_is_refused_and_nothing_kept() -> None:
    with pytest.raises(CommandError, match="no e-mail address"):
        call_command("appoint", "sri", "Sri Rahayu")

    assert not User.objects.exists()
