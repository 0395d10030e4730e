"""The register of licensing assessors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from mumpuni.access.models import Individual
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.kernel.errors import Invalid, NotPermitted, Refused
from mumpuni.kernel.workflow import amend, perform
from mumpuni.visits import actions
from mumpuni.visits.models import LicensingAssessor
from mumpuni.visits.tests import make

pytestmark = pytest.mark.django_db

TODAY, noon = make.TODAY, make.noon
NIK = "3174050202850001"


def refusal(call: Callable[[], object]) -> str:
    """Return the number of the rule that refuses."""
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def entry_for(email: str, name: str = "Siti Rahayu", number: str = NIK) -> actions.Entry:
    return actions.Entry(
        email=email, name=name, document_kind="nik", document_number=number, grade="junior"
    )


def entering(entry: actions.Entry) -> str:
    return refusal(lambda: actions.enter(entry, make.coordinator(), at=noon(TODAY)))


def test_an_assessor_gets_a_number_with_the_first_activation_and_keeps_it() -> None:
    first, second = make.assessor(), make.assessor()

    perform(second, "suspend", make.coordinator(), at=noon(TODAY), note="Cuti.")
    perform(second, "reinstate", make.coordinator(), at=noon(TODAY), note="Kembali.")

    assert (first.number, second.number) == ("AL.0001", "AL.0002")
    assert second.state == LicensingAssessor.State.ACTIVE


def test_n17_an_entry_is_one_person_with_one_account() -> None:
    known = access.user("Siti Rahayu")
    made = actions.enter(entry_for(known.email), make.coordinator(), at=noon(TODAY))
    assert made.individual.user == known

    other = access.user("Budi")
    assert entering(entry_for(known.email)) == "N-17"  # entered before
    assert entering(entry_for(other.email)) == "N-17"  # a document of somebody else
    assert entering(entry_for(known.email, number="3174050202850002")) == "N-17"
    free = access.individual("Tono")
    assert entering(entry_for(other.email, "Budi", free.document_number)) == "N-17"
    assert Individual.objects.get(pk=free.pk).user is None


def test_a_person_known_without_account_gets_theirs() -> None:
    known, account = access.individual("Siti  Rahayu"), access.user()

    entry = entry_for(account.email, "siti rahayu", known.document_number)
    made = actions.enter(entry, make.coordinator(), at=noon(TODAY))

    assert made.individual == known
    assert Individual.objects.get(pk=known.pk).user == account


@pytest.mark.parametrize(
    ("field", "wrong"), [("email", "tidak@ada.test"), ("document_number", "1")]
)
def test_what_is_wrong_with_an_entry_stands_beside_its_field(field: str, wrong: str) -> None:
    changed: dict[str, Any] = {field: wrong}
    entry = replace(entry_for(access.user().email), **changed)

    with pytest.raises(Invalid) as refused:
        actions.enter(entry, make.coordinator(), at=noon(TODAY))

    assert set(refused.value.fields) == {field}


def test_n18_nobody_becomes_active_out_of_term() -> None:
    made = make.entry()

    def activating() -> str:
        return refusal(lambda: perform(made, "activate", make.coordinator(), at=noon(TODAY)))

    assert activating() == "N-18"
    over = {
        "certificate_number": "1",
        "valid_from": date(2020, 1, 1),
        "valid_until": TODAY - timedelta(days=1),
    }
    actions.add_term(made, over, make.coordinator(), at=noon(TODAY))
    assert activating() == "N-18"


@pytest.mark.parametrize("changed", [{"valid_until": date(2019, 12, 31)}, {}])
def test_terms_end_after_they_begin_and_begin_once(changed: dict[str, date]) -> None:
    made = make.assessor()
    again = {
        "certificate_number": "2",
        "valid_from": make.FIRST_DAY,
        "valid_until": TODAY,
        **changed,
    }

    with pytest.raises(Invalid) as refused:
        actions.add_term(made, again, make.coordinator(), at=noon(TODAY))

    assert set(refused.value.fields) <= {"valid_from", "valid_until"}
    assert made.terms.count() == 1


def test_n17_an_assessor_declares_their_own_ties_and_no_others() -> None:
    one, other, body = make.assessor(), make.assessor(), access.organisation()
    values = {"kind": "family", "valid_from": TODAY}

    actions.declare_tie(one, body, values, make.acting(one), at=noon(TODAY))

    assert (
        refusal(lambda: actions.declare_tie(other, body, values, make.acting(one), at=noon(TODAY)))
        == "N-17"
    )
    tie = one.ties.get()
    with pytest.raises(Invalid):
        actions.end_tie(tie, TODAY - timedelta(days=1), make.acting(one), at=noon(TODAY))
    actions.end_tie(tie, TODAY, make.acting(one), at=noon(TODAY))
    tie.refresh_from_db()
    assert tie.valid_until == TODAY


def test_a_tie_ends_after_it_began() -> None:
    values = {"kind": "family", "valid_from": TODAY, "valid_until": TODAY - timedelta(days=1)}

    with pytest.raises(Invalid):
        actions.declare_tie(
            make.assessor(), access.organisation(), values, make.coordinator(), at=noon(TODAY)
        )


def test_the_register_is_kept_by_the_coordinator() -> None:
    made = make.assessor()
    for role in (Role.LICENSING_OFFICER, Role.LICENSING_ASSESSOR, Role.AUDITOR):
        with pytest.raises(NotPermitted):
            amend(made, {"grade": "junior"}, access.person(role), at=noon(TODAY))

    amend(made, {"grade": "junior"}, make.coordinator(), at=noon(TODAY))
    perform(made, "end", make.coordinator(), at=noon(TODAY), note="Pensiun.")

    assert (made.grade, made.state) == ("junior", "ended")
