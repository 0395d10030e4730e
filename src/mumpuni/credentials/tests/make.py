"""Bodies that can sign, for tests."""

from datetime import UTC, datetime

from mumpuni.access.models import Organisation
from mumpuni.access.person import Person
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access

NOW = datetime(2026, 6, 1, 5, tzinfo=UTC)


def body(code: str = "1001") -> Organisation:
    """Make a body that has a code."""
    return access.organisation(f"LSP {code}", code=code)


def keeper() -> Person:
    """Make somebody of the authority who keeps the keys."""
    return access.person(Role.CERTIFICATION_OFFICER, of=access.authority())
