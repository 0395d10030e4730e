"""Licences granted before this system are entered, many at once (L-54)."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mumpuni.access.person import SYSTEM
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.kernel.errors import NotPermitted, Refused
from mumpuni.licensing import actions
from mumpuni.licensing.models import Licence
from mumpuni.licensing.tests import make
from mumpuni.schemes.tests import make as schemes

pytestmark = pytest.mark.django_db
NOON = make.noon(make.GRANTED_ON)


def test_an_entered_licence_stands_as_its_source_tells() -> None:
    scheme = schemes.verified_scheme()
    entry = replace(make.entered("LSP Lama", on=date(2023, 5, 8)), schemes=[scheme])

    actions.enter_licences([entry], SYSTEM, at=NOON)

    licence = Licence.objects.get(organisation__name="LSP Lama")
    assert licence.number == f"BNSP-LSP-{licence.organisation.code}-ID"
    assert licence.source == "Daftar lisensi BNSP"
    assert (licence.status_on(date(2023, 5, 7)), licence.status_on(date(2023, 5, 8))) == (
        "not_licensed",
        "active",
    )
    assert licence.last_day == date(2028, 5, 7)
    assert [row.scheme_version for row in licence.standing_scope] == [scheme]


def test_the_last_day_is_the_one_of_the_source() -> None:
    entry = replace(make.entered(), valid_until=date(2026, 3, 31))

    [licence] = actions.enter_licences([entry], SYSTEM, at=NOON)

    assert licence.last_day == date(2026, 3, 31)


def test_l_54_an_entered_licence_names_its_source() -> None:
    entry = replace(make.entered(), source=" ")

    with pytest.raises(Refused) as refused:
        actions.enter_licences([entry], SYSTEM, at=NOON)

    assert refused.value.code == "L-54"
    assert not Licence.objects.exists()


def test_the_next_licence_is_numbered_after_those_entered() -> None:
    last = make.licence().ordinal

    granted = make.granted_body().licence

    assert granted.ordinal == last + 1


def test_a_body_enters_no_licence() -> None:
    actor = access.person(Role.BODY_ADMIN, of=make.applicant())

    with pytest.raises(NotPermitted):
        actions.enter_licences([make.entered()], actor, at=NOON)


def test_many_take_as_many_statements_as_few() -> None:
    scheme = schemes.verified_scheme()

    def statements(count: int) -> int:
        entries = [replace(make.entered(), schemes=[scheme]) for _ in range(count)]
        with CaptureQueriesContext(connection) as taken:
            actions.enter_licences(entries, SYSTEM, at=NOON)
        return len(taken)

    assert statements(2) == statements(50)
