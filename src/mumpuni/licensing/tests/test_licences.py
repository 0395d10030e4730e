"""Licences: what a grant makes, how they stand on a day, and what sanctions do."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from inline_snapshot import snapshot

from mumpuni.access.person import SYSTEM
from mumpuni.access.tests import make as access
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import NotPermitted, Refused, WrongState
from mumpuni.kernel.models import Event, PolicyValue
from mumpuni.licensing import queries, rules
from mumpuni.licensing.models import Licence, LicenceTerm, Sanction
from mumpuni.licensing.queries import Status
from mumpuni.licensing.tests import make
from mumpuni.schemes.tests import make as schemes

pytestmark = pytest.mark.django_db


def status(licence: Licence, day: date) -> Status:
    fresh = queries.licence_of(licence.organisation_id)
    assert fresh is not None
    return queries.status_on(fresh, day)


def test_a_grant_gives_number_code_term_and_scope() -> None:
    version = schemes.verified_scheme()

    body = make.licensed_body(schemes=[version], on=date(2024, 2, 29))

    licence = queries.licence_of(body.pk)
    assert licence is not None
    assert licence.number == f"BNSP-LSP-{licence.ordinal:04d}-ID"
    assert body.code == f"{licence.ordinal:04d}"
    [term] = licence.terms.all()
    assert (term.valid_from, term.valid_until) == (date(2024, 2, 29), date(2029, 2, 28))
    assert term.decree_number.startswith("KEP.")
    assert queries.in_scope_on(licence, version.pk, date(2024, 2, 29))
    assert not queries.in_scope_on(licence, version.pk, date(2024, 2, 28))
    assert Event.objects.filter(subject="licensing.licence", step="begin").count() == 1


def test_the_term_follows_the_policy_of_the_day() -> None:
    PolicyValue.objects.create(
        name="licensing.licence_months",
        valid_from=date(2024, 6, 1),
        value=36,
        source="uji",
        entered_by="uji",
    )

    before, after = make.licence(on=date(2024, 5, 31)), make.licence(on=date(2024, 6, 1))

    assert before.terms.get().valid_until == date(2029, 5, 30)
    assert after.terms.get().valid_until == date(2027, 5, 31)


def test_a_licence_has_a_beginning_and_an_end() -> None:
    licence = make.licence(on=date(2024, 1, 2))

    assert status(licence, date(2024, 1, 1)) == Status.NOT_LICENSED
    assert status(licence, date(2024, 1, 2)) == Status.ACTIVE
    assert status(licence, date(2029, 1, 1)) == Status.ACTIVE
    assert status(licence, date(2029, 1, 2)) == Status.EXPIRED


def test_a_freeze_outlasts_its_months_until_it_is_lifted() -> None:
    licence = make.licence(on=date(2024, 1, 2))
    make.freeze(licence, on=date(2024, 12, 6), months=6)

    assert status(licence, date(2024, 12, 5)) == Status.ACTIVE
    assert status(licence, date(2024, 12, 6)) == Status.FROZEN
    assert status(licence, date(2025, 9, 1)) == Status.FROZEN

    make.thaw(licence, on=date(2025, 8, 1))
    assert status(licence, date(2025, 7, 31)) == Status.FROZEN
    assert status(licence, date(2025, 8, 1)) == Status.ACTIVE
    assert licence.state == "active"


def test_a_sanction_counts_from_the_day_it_names_not_from_the_day_it_was_typed() -> None:
    licence = make.licence(on=date(2024, 1, 2))
    make.freeze(licence, on=date(2024, 12, 9), effective_on=date(2024, 12, 6))

    assert status(licence, date(2024, 12, 6)) == Status.FROZEN


def test_a_freeze_lifted_before_its_first_day_never_holds() -> None:
    licence = make.licence(on=date(2024, 1, 2))
    make.freeze(licence, on=date(2024, 12, 6), effective_on=date(2024, 12, 20))
    make.thaw(licence, on=date(2024, 12, 10))

    assert status(licence, date(2024, 12, 20)) == Status.ACTIVE


def test_a_revocation_is_for_good() -> None:
    licence = make.licence(on=date(2024, 1, 2))
    make.freeze(licence, on=date(2024, 12, 6))
    make.revoke(licence, on=date(2025, 3, 1))

    assert status(licence, date(2025, 2, 28)) == Status.FROZEN
    assert status(licence, date(2025, 3, 1)) == Status.REVOKED
    assert status(licence, date(2035, 3, 1)) == Status.REVOKED
    with pytest.raises(WrongState):
        make.thaw(licence, on=date(2025, 4, 1))


def test_a_term_that_ends_outweighs_a_freeze() -> None:
    licence = make.licence(on=date(2020, 1, 2))
    make.freeze(licence, on=date(2024, 12, 6))

    assert status(licence, date(2025, 1, 2)) == Status.EXPIRED


def test_l_10_who_relies_on_a_frozen_licence_is_told_since_when() -> None:
    body = make.licensed_body(name="LSP Contoh", on=date(2024, 1, 2))
    licence = Licence.objects.get(organisation=body)
    assert rules.check_active(body.pk, date(2024, 12, 5)) == licence
    make.freeze(licence, on=date(2024, 12, 6), decree_number="KEP.9/BNSP/XII/2024")

    with pytest.raises(Refused, match=r"6 Desember 2024 \(SK KEP.9/BNSP/XII/2024\)") as refused:
        rules.check_active(body.pk, date(2024, 12, 7))

    assert refused.value.code == "L-10"


@pytest.mark.parametrize(
    ("day", "told"), [(date(2023, 12, 31), "belum berlaku"), (date(2030, 1, 1), "sudah berakhir")]
)
def test_l_10_a_licence_outside_its_terms_is_refused(day: date, told: str) -> None:
    body = make.licensed_body(on=date(2024, 1, 2))

    with pytest.raises(Refused, match=told) as refused:
        rules.check_active(body.pk, day)

    assert refused.value.code == "L-10"


def test_l_10_a_revoked_licence_is_refused() -> None:
    licence = make.licence(on=date(2024, 1, 2))
    make.revoke(licence, on=date(2024, 5, 1))

    with pytest.raises(Refused, match="dicabut sejak 1 Mei 2024") as refused:
        rules.check_active(licence.organisation_id, date(2024, 5, 1))

    assert refused.value.code == "L-10"


def test_l_10_a_body_without_licence_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        rules.check_active(make.applicant().pk, date(2024, 5, 1))

    assert refused.value.code == "L-10"


def test_l_11_a_scheme_out_of_scope_is_refused() -> None:
    inside, outside = schemes.verified_scheme(), schemes.verified_scheme()
    body = make.licensed_body(schemes=[inside], on=date(2024, 1, 2))

    rules.check_in_scope(body.pk, inside.pk, date(2024, 1, 2))
    for version, day in ((outside, date(2024, 1, 2)), (inside, date(2024, 1, 1))):
        with pytest.raises(Refused) as refused:
            rules.check_in_scope(body.pk, version.pk, day)
        assert refused.value.code == "L-11"


def freeze(licence: Licence, step: str = "freeze") -> str:
    with pytest.raises(Refused) as refused:
        workflow.perform(licence, step, SYSTEM, at=make.noon(date(2024, 12, 6)))
    return refused.value.code


def test_l_20_a_sanction_that_is_not_prepared_cannot_take_force() -> None:
    licence = make.licence()

    assert freeze(licence) == "L-20"
    assert freeze(licence, "revoke") == "L-20"


def test_l_20_a_prepared_freeze_revokes_nothing() -> None:
    licence = make.licence()
    make.prepare(licence, on=date(2024, 12, 6))

    assert freeze(licence, "revoke") == "L-20"


def test_l_21_a_freeze_names_its_months() -> None:
    licence = make.licence()

    with pytest.raises(Refused) as refused:
        make.prepare(licence, on=date(2024, 12, 6), months=None)

    assert refused.value.code == "L-21"
    assert list(refused.value.fields) == ["months"]


def test_l_22_a_sanction_does_not_begin_before_the_licence() -> None:
    licence = make.licence(on=date(2024, 1, 2))
    make.prepare(licence, on=date(2024, 12, 6), effective_on=date(2024, 1, 1))

    assert freeze(licence) == "L-22"


def test_l_55_a_sanction_ends_from_a_day_that_is_written_down() -> None:
    licence = make.licence(on=date(2024, 1, 2))
    make.freeze(licence, on=date(2024, 12, 6))
    assert freeze(licence, "thaw") == "L-55"
    make.revoke(licence, on=date(2025, 1, 6))
    assert freeze(licence, "reinstate") == "L-55"


def test_a_revocation_that_is_undone_leaves_the_freeze_of_before() -> None:
    licence = make.licence(on=date(2024, 1, 2))
    make.freeze(licence, on=date(2024, 12, 6))
    make.revoke(licence, on=date(2025, 1, 6))
    make.lift(licence, Sanction.Kind.REVOCATION, on=date(2025, 2, 3))
    workflow.perform(licence, "reinstate", SYSTEM, at=make.noon(date(2025, 2, 3)))

    assert licence.state == "frozen"
    assert status(licence, date(2025, 2, 2)) == Status.REVOKED
    assert status(licence, date(2025, 2, 3)) == Status.FROZEN
    make.thaw(licence, on=date(2025, 3, 3))
    assert status(licence, date(2025, 3, 3)) == Status.ACTIVE


def test_a_prepared_sanction_is_mended() -> None:
    licence = make.licence()
    make.prepare(licence, on=date(2024, 12, 6))
    make.prepare(licence, on=date(2024, 12, 7), months=12)

    sanction = licence.sanctions.get()
    assert (sanction.effective_on, sanction.months) == (date(2024, 12, 7), 12)


def test_a_prepared_sanction_holds_nothing() -> None:
    licence = make.licence(on=date(2024, 1, 2))
    make.prepare(licence, on=date(2024, 12, 6))

    assert status(licence, date(2024, 12, 6)) == Status.ACTIVE


def test_wrong_facts_of_a_sanction_are_told_by_field() -> None:
    licence = make.licence()

    with pytest.raises(Refused) as refused:
        make.prepare(licence, on=date(2024, 12, 6), months=999, reason="")

    assert sorted(refused.value.fields) == ["months", "reason"]


def test_nobody_sanctions_a_licence_by_themselves() -> None:
    licence = make.licence()
    make.prepare(licence, on=date(2024, 12, 6))

    for actor in (make.administrator(licence.organisation), make.law_officer()):
        with pytest.raises(NotPermitted):
            workflow.perform(licence, "freeze", actor, at=make.noon(date(2024, 12, 6)))


def test_the_public_list_tells_status_and_end_in_one_query(
    django_assert_num_queries: Any,
) -> None:
    active, frozen = make.licence(on=date(2024, 1, 2)), make.licence(on=date(2024, 1, 3))
    make.freeze(frozen, on=date(2024, 12, 6))

    with django_assert_num_queries(1):
        found = {
            one.pk: (one.status, one.valid_until, str(one.organisation.region))
            for one in queries.public_licences(date(2024, 12, 7))
        }

    assert found[active.pk] == ("active", date(2029, 1, 1), "DKI Jakarta")
    assert found[frozen.pk] == ("frozen", date(2029, 1, 2), "DKI Jakarta")
    assert list(queries.sanctioned_licences(date(2024, 12, 7))) == [frozen]
    assert not queries.sanctioned_licences(date(2024, 12, 5)).exists()


def test_the_seven_bodies_frozen_in_2024_stand_as_the_report_says() -> None:
    with (settings.DATA / "seed" / "sanksi_pembekuan_2024.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    version = schemes.verified_scheme(at=make.noon(date(2022, 1, 3)))
    for row in rows:
        body = make.licensed_body(name=row["nama_lsp"], schemes=[version], on=date(2022, 1, 3))
        make.freeze(
            Licence.objects.get(organisation=body),
            on=date.fromisoformat(row["mulai"]),
            months=int(row["durasi_bulan"]),
            reason=row["alasan_menurut_dokumen"],
        )

    def frozen(day: date) -> set[str]:
        listed = queries.public_licences(day)
        return {one.organisation.name for one in listed if one.status == Status.FROZEN}

    assert len(rows) == 7
    assert "LSP Hatsindo Indonesia Teknik" not in frozen(date(2024, 12, 5))
    assert "LSP Hatsindo Indonesia Teknik" in frozen(date(2024, 12, 7))
    assert [len(frozen(date(2024, 11, day))) for day in (20, 21)] == [0, 4]
    assert len(frozen(date(2024, 12, 31))) == 7


DAYS = st.integers(0, 3000).map(lambda days: date(2020, 1, 1) + timedelta(days=days))


class ListAndRecordAgree(TestCase):
    """The status in SQL and the status in Python are one."""

    licence: Licence

    @classmethod
    def setUpTestData(cls) -> None:
        cls.licence = make.licence(on=date(2020, 1, 1))

    @hypothesis_settings(max_examples=60)
    @given(
        terms=st.lists(st.tuples(DAYS, st.integers(0, 900)), max_size=3),
        sanctions=st.lists(
            st.tuples(
                st.sampled_from(Sanction.Kind),
                DAYS,
                st.one_of(st.none(), st.integers(0, 600)),
                st.booleans(),
            ),
            max_size=4,
        ),
        days=st.lists(DAYS, min_size=5, max_size=5),
    )
    def test_on_every_day(self, terms: Any, sanctions: Any, days: list[date]) -> None:
        LicenceTerm.objects.all().delete()
        until = date(2019, 1, 1)
        for first, length in sorted(terms):
            if first > until:
                until = first + timedelta(days=length)
                self.licence.terms.create(decree_number="SK", valid_from=first, valid_until=until)
        prepared = False
        for kind, first, lasts, imposed in sanctions:
            if not imposed and prepared:
                continue
            prepared |= not imposed
            self.licence.sanctions.create(
                kind=kind,
                decree_number="SK",
                effective_on=first,
                months=3,
                reason="uji",
                imposed_at=make.noon(first) if imposed else None,
                lifted_on=None if lasts is None else first + timedelta(days=lasts),
            )
        licence = queries.licence_of(self.licence.organisation_id)
        assert licence is not None
        for day in days:
            listed = queries.public_licences(day).get()
            assert listed.status == queries.status_on(licence, day)


def test_who_may_take_which_step() -> None:
    licence = make.licence()
    records = {}
    for state in Licence.State:
        copy = Licence.objects.get(pk=licence.pk)
        copy.state = state
        records[state.value] = copy
    people = {
        "body_admin": make.administrator(licence.organisation),
        "other_body": make.administrator(make.applicant()),
        "officer": make.officer(),
        "assessor": make.licensing_assessor(),
        "plenary": make.plenary_member(),
        "law": make.law_officer(),
        "individual": access.person(),
        "system": SYSTEM,
    }

    assert access.matrix(records, people) == snapshot(
        {
            "active system": ["freeze", "revoke"],
            "frozen system": ["thaw", "revoke"],
            "revoked system": ["reinstate"],
        }
    )
