"""The register: who enters it, until when, for what, and what it says of any day."""

from datetime import date, timedelta

import pytest
from inline_snapshot import snapshot
from pytest_django import DjangoAssertNumQueries

from mumpuni.access.models import Individual, Organisation
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.assessors import actions, queries, rules
from mumpuni.assessors.models import Assessor
from mumpuni.assessors.queries import Standing
from mumpuni.assessors.tests import make
from mumpuni.kernel import policy
from mumpuni.kernel.errors import Invalid, NotPermitted, Refused
from mumpuni.kernel.models import Event, PolicyValue
from mumpuni.kernel.workflow import amend, perform, perform_all
from mumpuni.schemes.models import SchemeVersion
from mumpuni.schemes.tests.make import draft_scheme, verified_scheme

pytestmark = pytest.mark.django_db

TODAY, noon = make.TODAY, make.noon
LAST_DAY = date(2029, 5, 31)


@pytest.fixture
def body() -> Organisation:
    return access.organisation("LSP Pertama", code="1001")


@pytest.fixture
def scheme() -> SchemeVersion:
    return verified_scheme()


def test_a_registered_assessor_has_number_term_scope_and_place(
    body: Organisation, scheme: SchemeVersion
) -> None:
    assessor = make.registered_assessor(body, [scheme])

    assert assessor.state == Assessor.State.REGISTERED
    assert assessor.number == "MET.000.000001 2026"
    assert assessor.registered_on == TODAY
    [term] = assessor.terms.all()
    assert (term.valid_from, term.valid_until) == (TODAY, LAST_DAY)
    assert term.certificate_number == assessor.certificate_number
    assert queries.is_current(assessor, TODAY)
    assert queries.has_scheme(assessor, scheme.scheme_id, TODAY)
    assert queries.is_appointed(assessor, body.pk, TODAY)
    assert list(queries.available(body.pk, scheme.scheme_id, TODAY)) == [assessor]


def test_numbers_run_on_and_a_number_given_before_is_kept(
    body: Organisation, scheme: SchemeVersion
) -> None:
    make.registered_assessor(body, [scheme])
    known = make.proposed_assessor(body, [scheme])
    Assessor.objects.filter(pk=known.pk).update(number="MET.000.007812 2015")
    second = make.proposed_assessor(body, [scheme])

    perform_all([known, second], "register", make.registrar(), at=noon(TODAY))

    assert [one.number for one in Assessor.objects.order_by("pk")][1:] == [
        "MET.000.007812 2015",
        "MET.000.000002 2026",
    ]


def test_registering_many_costs_the_same_number_of_queries(
    body: Organisation, scheme: SchemeVersion, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rules.TERM.on(TODAY)  # policies are read at most twice a minute
    for size in (1, 10):
        made = [make.proposed_assessor(body, [scheme]) for _ in range(size)]
        registrar = make.registrar()
        # savepoint 2, lock, prefetches 4, events, numbers, terms, places, update
        with django_assert_num_queries(13):
            perform_all(made, "register", registrar, at=noon(TODAY))


def test_the_term_is_counted_from_the_certificate_by_the_policy_of_its_day(
    body: Organisation, scheme: SchemeVersion
) -> None:
    PolicyValue.objects.create(
        name="assessors.term",
        valid_from=date(2026, 1, 1),
        value=48,
        source="uji",
        entered_by="uji",
    )
    policy.forget()

    old = make.registered_assessor(body, [scheme], certified_on=date(2025, 3, 1))
    new = make.registered_assessor(body, [scheme], certified_on=date(2026, 3, 1))

    assert old.terms.get().valid_until == date(2028, 2, 29)
    assert new.terms.get().valid_until == date(2030, 2, 28)


@pytest.mark.parametrize("certified_on", [TODAY + timedelta(days=1), date(2023, 6, 1)])
def test_a_certificate_not_in_force_registers_nobody(
    body: Organisation, scheme: SchemeVersion, certified_on: date
) -> None:
    assessor = make.proposed_assessor(body, [scheme], certified_on=certified_on)

    with pytest.raises(Refused) as refused:
        perform(assessor, "register", make.registrar(), at=noon(TODAY))

    assert refused.value.code == "R-01"


def test_the_same_document_with_another_name_is_refused_without_telling_the_name(
    body: Organisation,
) -> None:
    known = access.individual("Siti Rahayu")

    with pytest.raises(Refused) as refused:
        make.proposed_assessor(body, [], name="Budi", document_number=known.document_number)

    assert refused.value.code == "R-02"
    assert "Siti" not in refused.value.message


def test_nobody_stands_in_the_register_twice(body: Organisation, scheme: SchemeVersion) -> None:
    first = make.registered_assessor(body, [scheme], name="Siti Rahayu")

    with pytest.raises(Refused) as refused:
        make.proposed_assessor(
            access.organisation(),
            [scheme],
            name="SITI  rahayu",
            document_number=first.individual.document_number,
        )

    assert refused.value.code == "R-02"


def test_a_candidate_who_is_known_becomes_an_assessor_without_being_entered_again(
    body: Organisation, scheme: SchemeVersion
) -> None:
    known = access.individual("Siti Rahayu")

    assessor = make.proposed_assessor(
        body, [scheme], name="Siti Rahayu", document_number=known.document_number
    )

    assert assessor.individual == known
    assert Individual.objects.count() == 1


def test_an_impossible_identity_number_is_refused(body: Organisation) -> None:
    with pytest.raises(Invalid) as refused:
        make.proposed_assessor(body, [], document_number="3174053102900001")

    assert set(refused.value.fields) == {"document_number"}


def test_an_assessor_without_a_scheme_is_not_registered(body: Organisation) -> None:
    assessor = make.proposed_assessor(body, [])

    with pytest.raises(Refused) as refused:
        perform(assessor, "register", make.registrar(), at=noon(TODAY))

    assert refused.value.code == "R-03"


def test_nobody_decides_on_their_own_proposal_or_on_themselves(
    body: Organisation, scheme: SchemeVersion
) -> None:
    themselves = access.user()
    assessor = make.proposed_assessor(body, [scheme], by=themselves)
    of_body = access.person(Role.REGISTRAR, of=body)
    own = access.person(Role.REGISTRAR, of=access.authority(), by=themselves)

    for actor in (of_body, own):
        with pytest.raises(Refused) as refused:
            perform(assessor, "register", actor, at=noon(TODAY))
        assert refused.value.code == "R-04"


def test_a_member_of_the_proposing_body_decides_nothing_though_they_act_for_the_authority(
    body: Organisation, scheme: SchemeVersion
) -> None:
    assessor = make.proposed_assessor(body, [scheme])
    tied = access.person(
        Role.REGISTRAR, of=access.authority(), by=access.member(Role.BODY_ADMIN, body)
    )

    for attempt in (
        lambda: perform(assessor, "register", tied, at=noon(TODAY)),
        lambda: actions.set_scope(assessor, [], tied, at=noon(TODAY)),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.code == "R-04"


def test_who_is_not_current_may_not_assess(body: Organisation, scheme: SchemeVersion) -> None:
    assessor = make.registered_assessor(body, [scheme])

    rules.check_current(assessor, LAST_DAY)
    for day in (TODAY - timedelta(days=1), LAST_DAY + timedelta(days=1)):
        with pytest.raises(Refused) as refused:
            rules.check_current(assessor, day)
        assert refused.value.code == "R-05"


def test_a_scheme_out_of_scope_may_not_be_assessed(
    body: Organisation, scheme: SchemeVersion
) -> None:
    assessor = make.registered_assessor(body, [scheme])
    other = verified_scheme()

    rules.check_scheme(assessor, scheme.scheme_id, TODAY)
    with pytest.raises(Refused) as refused:
        rules.check_scheme(assessor, other.scheme_id, TODAY)

    assert refused.value.code == "R-06"


def test_another_body_may_not_use_an_assessor(body: Organisation, scheme: SchemeVersion) -> None:
    assessor = make.registered_assessor(body, [scheme])

    rules.check_appointed(assessor, body.pk, TODAY)
    with pytest.raises(Refused) as refused:
        rules.check_appointed(assessor, access.organisation().pk, TODAY)

    assert refused.value.code == "R-07"


def test_a_term_is_renewed_by_a_newer_certificate_only(
    body: Organisation, scheme: SchemeVersion
) -> None:
    assessor = make.registered_assessor(body, [scheme])
    renewed_on = date(2029, 4, 1)

    with pytest.raises(Refused) as refused:
        perform(assessor, "renew", make.registrar(), at=noon(renewed_on))
    assert refused.value.code == "R-08"

    amend(
        assessor,
        {"certificate_number": "RCC-1", "certified_on": renewed_on},
        make.body_admin(body),
        at=noon(renewed_on),
    )
    perform(assessor, "renew", make.registrar(), at=noon(renewed_on))

    assert [(str(t.valid_from), str(t.valid_until)) for t in assessor.terms.all()] == [
        ("2026-06-01", "2029-05-31"),
        ("2029-04-01", "2032-03-31"),
    ]
    assert queries.is_current(assessor, date(2032, 3, 31))


def test_assessors_are_appointed_to_bodies_only(body: Organisation, scheme: SchemeVersion) -> None:
    assessor = make.registered_assessor(body, [scheme])
    registrar = make.registrar()

    with pytest.raises(Refused) as refused:
        actions.appoint(assessor, access.authority(), registrar, at=noon(TODAY))

    assert refused.value.code == "R-09"


@pytest.mark.parametrize("state", ["draft", "unknown"])
def test_only_verified_schemes_enter_a_scope(body: Organisation, state: str) -> None:
    version = draft_scheme(units=0 if state == "unknown" else 3)

    with pytest.raises(Refused) as refused:
        make.proposed_assessor(body, [version])

    assert refused.value.code == "R-10"


def test_a_second_body_is_added_by_the_registrar_and_ended_by_the_body_itself(
    body: Organisation, scheme: SchemeVersion
) -> None:
    assessor = make.registered_assessor(body, [scheme])
    second = access.organisation("LSP Kedua")
    of_second = make.body_admin(second)
    later = TODAY + timedelta(days=100)
    assert not queries.assessors(of_second).exists()

    actions.appoint(assessor, second, make.registrar(), at=noon(TODAY))
    actions.appoint(assessor, second, make.registrar(), at=noon(TODAY))
    assert queries.assessors(of_second).get() == assessor
    actions.end_appointment(assessor, second, of_second, at=noon(later))

    assert queries.is_appointed(assessor, second.pk, later - timedelta(days=1))
    assert not queries.is_appointed(assessor, second.pk, later)
    assert queries.is_appointed(assessor, body.pk, later)


def test_a_body_does_not_end_anothers_appointment(
    body: Organisation, scheme: SchemeVersion
) -> None:
    assessor = make.registered_assessor(body, [scheme])
    second = access.organisation()
    actions.appoint(assessor, second, make.registrar(), at=noon(TODAY))

    with pytest.raises(NotPermitted):
        actions.end_appointment(assessor, second, make.body_admin(body), at=noon(TODAY))
    with pytest.raises(NotPermitted):
        actions.appoint(assessor, access.organisation(), make.body_admin(body), at=noon(TODAY))


def test_a_scope_that_changes_is_remembered_by_day(
    body: Organisation, scheme: SchemeVersion
) -> None:
    assessor = make.registered_assessor(body, [scheme])
    other = verified_scheme()
    later = TODAY + timedelta(days=30)

    actions.set_scope(assessor, [other.scheme], make.registrar(), at=noon(later))
    actions.set_scope(assessor, [other.scheme], make.registrar(), at=noon(later))

    assert queries.has_scheme(assessor, scheme.scheme_id, later - timedelta(days=1))
    assert not queries.has_scheme(assessor, scheme.scheme_id, later)
    assert queries.has_scheme(assessor, other.scheme_id, later)
    assert not queries.has_scheme(assessor, other.scheme_id, later - timedelta(days=1))
    assert Event.objects.filter(subject="assessors.assessor", step="amend").count() == 1


def test_what_began_today_and_ends_today_never_held(
    body: Organisation, scheme: SchemeVersion
) -> None:
    assessor = make.registered_assessor(body, [scheme])

    actions.end_appointment(assessor, body, make.body_admin(body), at=noon(TODAY))

    assert not assessor.appointments.exists()


def test_the_register_answers_for_any_day(body: Organisation, scheme: SchemeVersion) -> None:
    assessor = make.registered_assessor(body, [scheme])
    registrar = make.registrar()
    perform(assessor, "suspend", registrar, at=noon(date(2027, 1, 10)), note="Kode etik.")
    perform(assessor, "reinstate", registrar, at=noon(date(2027, 3, 1)), note="Selesai.")
    perform(assessor, "revoke", registrar, at=noon(date(2028, 1, 5)), note="Pelanggaran berat.")

    days = {
        date(2026, 5, 31): Standing.NOT_REGISTERED,
        date(2026, 6, 1): Standing.CURRENT,
        date(2027, 1, 9): Standing.CURRENT,
        date(2027, 1, 10): Standing.SUSPENDED,
        date(2027, 2, 28): Standing.SUSPENDED,
        date(2027, 3, 1): Standing.CURRENT,
        date(2028, 1, 4): Standing.CURRENT,
        date(2028, 1, 5): Standing.REVOKED,
        date(2035, 1, 1): Standing.REVOKED,
    }
    assert {day: queries.standing_on(assessor, day) for day in days} == days
    for day, standing in days.items():
        assert queries.is_current(assessor, day) is (standing == Standing.CURRENT)


def test_a_term_that_ended_is_told_from_a_revocation(
    body: Organisation, scheme: SchemeVersion
) -> None:
    assessor = make.registered_assessor(body, [scheme])

    assert queries.standing_on(assessor, LAST_DAY + timedelta(days=1)) == Standing.EXPIRED


def test_a_refused_proposal_can_be_mended_and_made_again(
    body: Organisation, scheme: SchemeVersion
) -> None:
    assessor = make.proposed_assessor(body, [scheme])
    admin = make.body_admin(body)
    perform(assessor, "refuse", make.registrar(), at=noon(TODAY), note="Nomor salah.")

    amend(assessor, {"certificate_number": "Benar"}, admin, at=noon(TODAY))
    perform(assessor, "propose-again", admin, at=noon(TODAY))
    perform(assessor, "register", make.registrar(), at=noon(TODAY))

    assert assessor.state == Assessor.State.REGISTERED


def test_who_expires_soon_is_found(body: Organisation, scheme: SchemeVersion) -> None:
    assessor = make.registered_assessor(body, [scheme])
    rows = queries.assessors(make.body_admin(body))

    assert list(queries.expiring(rows, LAST_DAY - timedelta(days=90), 90)) == [assessor]
    assert not queries.expiring(rows, LAST_DAY - timedelta(days=91), 90)
    assert not queries.expiring(rows, LAST_DAY + timedelta(days=1), 90)


def test_an_assessor_sees_their_own_entry_and_nobody_elses(
    body: Organisation, scheme: SchemeVersion
) -> None:
    account = access.user()
    own = make.registered_assessor(body, [scheme], by=account)
    make.registered_assessor(body, [scheme])

    person = access.person(by=account)

    assert list(queries.assessors(person)) == [own]
    assert queries.own_entry(person) == own
    assert queries.own_entry(access.person()) is None


def test_who_may_take_which_step(body: Organisation, scheme: SchemeVersion) -> None:
    account = access.user()
    people = {
        "body_admin": make.body_admin(body),
        "other_body": make.body_admin(access.organisation()),
        "decider": access.person(Role.BODY_DECIDER, of=body),
        "registrar": make.registrar(),
        "authority_admin": access.person(Role.AUTHORITY_ADMIN, of=access.authority()),
        "verifier": access.person(Role.SCHEME_VERIFIER, of=access.authority()),
        "auditor": access.person(Role.AUDITOR, of=access.authority()),
        "assessor": access.person(by=account),
    }

    def states() -> dict[str, Assessor]:
        made = {state: make.registered_assessor(body, [scheme]) for state in Assessor.State.values}
        for state, assessor in made.items():
            assessor.state = state
        return made

    assert access.matrix(states, people) == snapshot(
        {
            "proposed registrar": ["register", "refuse"],
            "registered registrar": ["renew", "suspend", "revoke"],
            "suspended registrar": ["reinstate", "revoke"],
            "refused body_admin": ["propose-again"],
        }
    )
