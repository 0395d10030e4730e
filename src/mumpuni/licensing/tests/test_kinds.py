"""Applications of every kind: their ways, what comes along, and what a grant does.

L-31, L-52 and L-53 refuse nothing: they say what is carried over and what a grant leaves behind.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.formats import date_format

from mumpuni.access.models import Organisation
from mumpuni.access.person import SYSTEM
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.casework import actions as casework
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import Invalid, Refused
from mumpuni.kernel.jobs import do_queued
from mumpuni.kernel.models import Event, Task
from mumpuni.kernel.workflow import Attempt
from mumpuni.licensing import actions, jobs, queries, rules
from mumpuni.licensing.models import (
    ROUTES,
    ApplicationDocument,
    BodyType,
    Licence,
    LicenceApplication,
    checklist_on,
    items_of,
    required_documents,
)
from mumpuni.licensing.tests import make
from mumpuni.reference.queries.calendar import add_working_days
from mumpuni.schemes.tests import make as schemes

pytestmark = pytest.mark.django_db

Kind = LicenceApplication.Kind
FIRST_END = date(2029, 1, 1)  # of a licence granted on 2 January 2024
RENEWED_ON = date(2028, 10, 2)
LATER = date(2024, 6, 3)
DAY_OF = {Kind.NEW: LATER, Kind.RENEWAL: RENEWED_ON, Kind.SCOPE: LATER, Kind.CHANGE: LATER}


def ready(kind: str) -> LicenceApplication:
    if kind == Kind.NEW:
        return make.complete(on=LATER)
    return make.ready(kind, make.licensed_body(), on=DAY_OF[Kind(kind)])


def granted(kind: str) -> LicenceApplication:
    application = ready(kind)
    make.advance(application, "granted", on=DAY_OF[Kind(kind)])
    return application


def refusal(application: LicenceApplication, step: str, on: date, note: str = "Alasan.") -> str:
    actor = make.administrator(application.organisation)
    with pytest.raises(Refused) as refused:
        workflow.perform(application, step, actor, at=make.noon(on), note=note)
    return refused.value.code


def begin_refused(kind: str, of: Organisation, on: date) -> str:
    with pytest.raises(Refused) as refused:
        make.begun(kind, of, on=on)
    return refused.value.code


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_goes_its_way(kind: LicenceApplication.Kind) -> None:
    application = ready(kind)
    application.needs_assessment = True
    make.advance(application, "document_verification", on=DAY_OF[kind])
    if kind == Kind.SCOPE:
        workflow.amend(application, {"needs_assessment": True}, make.officer(), at=make.noon(LATER))

    make.advance(application, "granted", on=DAY_OF[kind])

    events = Event.objects.filter(subject=application.subject, subject_id=application.pk)
    way = [event.after for event in events.exclude(step="amend").order_by("pk")]
    assert way == ["draft", *ROUTES[kind], "granted"]


def test_a_scope_that_grows_little_is_not_assessed_in_full() -> None:
    application = ready(Kind.SCOPE)
    make.advance(application, "document_verification", on=LATER)
    make.accept_all(application, on=LATER)

    workflow.perform(application, "verify", make.officer(), at=make.noon(LATER))

    assert application.state == "plenary"


def test_a_scope_that_grows_much_is_assessed_in_full() -> None:
    most = rules.SCOPE_ASSESSMENT_SCHEMES.default
    versions = [schemes.verified_scheme() for _ in range(most + 1)]
    application = make.ready(Kind.SCOPE, make.licensed_body(), on=LATER, schemes=versions)

    make.advance(application, "full_assessment", on=LATER)

    assert application.needs_assessment


@pytest.mark.parametrize("kind", [Kind.NEW, Kind.RENEWAL, Kind.CHANGE])
def test_l_33_only_a_scope_goes_without_full_assessment(kind: LicenceApplication.Kind) -> None:
    application = ready(kind)
    make.advance(application, "document_verification", on=DAY_OF[kind])

    with pytest.raises(Refused) as refused:
        workflow.amend(
            application,
            {"needs_assessment": False},
            make.officer(),
            at=make.noon(DAY_OF[kind]),
        )

    assert refused.value.code == "L-33"


def test_l_33_facts_of_a_licensed_body_are_not_filled_in_again() -> None:
    application = ready(Kind.SCOPE)
    admin = make.administrator(application.organisation)

    with pytest.raises(Refused) as refused:
        workflow.amend(application, {"founder_name": "Lain"}, admin, at=make.noon(LATER))

    assert refused.value.code == "L-33"


def test_l_33_a_change_of_data_names_no_scheme() -> None:
    application = ready(Kind.CHANGE)

    with pytest.raises(Refused) as refused:
        make.choose(application, schemes.verified_scheme(), on=LATER)

    assert refused.value.code == "L-33"


@pytest.mark.parametrize("kind", [Kind.RENEWAL, Kind.SCOPE, Kind.CHANGE])
def test_l_23_a_body_without_licence_applies_for_one_first(kind: LicenceApplication.Kind) -> None:
    assert begin_refused(kind, make.applicant(), LATER) == "L-23"


@pytest.mark.parametrize("kind", [Kind.RENEWAL, Kind.SCOPE, Kind.CHANGE])
def test_l_23_nothing_is_asked_for_about_a_revoked_licence(kind: LicenceApplication.Kind) -> None:
    licence = make.licence()
    make.revoke(licence, on=LATER)

    assert begin_refused(kind, licence.organisation, RENEWED_ON) == "L-23"


def test_l_23_a_frozen_licence_is_not_renewed() -> None:
    licence = make.licence()
    make.freeze(licence, on=RENEWED_ON)

    assert begin_refused(Kind.RENEWAL, licence.organisation, RENEWED_ON) == "L-23"


def test_l_23_a_frozen_scope_shrinks_but_does_not_grow() -> None:
    versions = [schemes.verified_scheme() for _ in range(2)]
    licence = make.licence(schemes=versions)
    make.freeze(licence, on=LATER)
    application = make.ready(Kind.SCOPE, licence.organisation, on=LATER)
    assert refusal(application, "submit", LATER) == "L-23"
    added = [row.scheme_version_id for row in application.schemes.all()]
    admin = make.administrator(application.organisation)
    change = actions.exchanging(drop=[*added, versions[0].pk])
    workflow.amend_parts(application, "schemes", change, admin, at=make.noon(LATER))

    make.advance(application, "granted", on=LATER)

    [left] = licence.scope.in_force(LATER)
    assert left.scheme_version == versions[1]


@pytest.mark.parametrize(("early", "code"), [(181, "L-24"), (180, "")])
def test_l_24_a_renewal_is_begun_within_the_window(early: int, code: str) -> None:
    body, on = make.licensed_body(), FIRST_END - timedelta(days=early)

    if code:
        assert begin_refused(Kind.RENEWAL, body, on) == code
    else:
        assert make.begun(Kind.RENEWAL, body, on=on).state == "draft"


def test_l_24_a_licence_that_was_renewed_is_not_renewed_again() -> None:
    application = granted(Kind.RENEWAL)

    assert begin_refused(Kind.RENEWAL, application.organisation, RENEWED_ON) == "L-24"


def test_what_is_known_comes_along_and_nothing_is_uploaded_twice() -> None:
    body = make.granted_body()
    first = LicenceApplication.objects.get(organisation=body)

    application = make.begun(Kind.RENEWAL, body, on=RENEWED_ON)

    for name in LicenceApplication.EDITABLE:
        assert getattr(application, name) == getattr(first, name), name
    came = {document.kind: document for document in application.documents.all()}
    assert set(came) == {document.kind for document in first.documents.all()}
    for document in first.documents.all():
        other = came[document.kind]
        assert (other.file.name, other.carried_from) == (document.file.name, document)
        assert other.verdict == "pending"
    missing = set(required_documents(application)) - set(came)
    assert missing == {"performance", "self_assessment"}


def test_what_comes_along_is_the_newest_of_each_kind() -> None:
    changed = make.ready(Kind.CHANGE, make.granted_body(), on=LATER)
    make.attach(changed, ApplicationDocument.Kind.OFFICE, on=LATER)
    carried = changed.documents.get(kind="office", carried_from__isnull=False)
    admin = make.administrator(changed.organisation)
    attempt = Attempt(admin, make.noon(LATER))
    taking_back = actions.withdrawing(carried.pk, attempt)
    workflow.amend_parts(changed, "documents", taking_back, admin, at=attempt.at)
    make.advance(changed, "granted", on=LATER)
    newest = changed.documents.get(kind="office", withdrawn_at=None)

    application = make.begun(Kind.RENEWAL, changed.organisation, on=RENEWED_ON)

    assert application.documents.get(kind="office").carried_from == newest
    assert application.documents.filter(kind="quality_manual").exists()


def test_l_31_a_rejected_file_does_not_come_along() -> None:
    body = make.applicant()
    application = make.in_state("document_verification", of=body)
    make.accept_all(application)
    office = application.documents.get(kind="office")
    judged = actions.judging({office.pk: actions.Judgement("rejected", "Alamat lain.")})
    at = make.noon(make.GRANTED_ON)
    workflow.amend_parts(application, "verdicts", judged, make.officer(), at=at)
    workflow.perform(application, "return", make.officer(), at=at, note="Perbaiki.")
    make.attach(application, ApplicationDocument.Kind.OFFICE)
    make.advance(application, "granted")
    body.refresh_from_db()

    came = make.begun(Kind.RENEWAL, body, on=RENEWED_ON).documents.get(kind="office")

    assert came.carried_from != office
    assert came.sha256 != office.sha256


def test_l_25_a_document_that_is_not_on_the_checklist_is_refused() -> None:
    application = make.draft()

    with pytest.raises(Invalid) as refused:
        make.attach(application, ApplicationDocument.Kind.CHANGE_BASIS)

    assert refused.value.code == "L-25"
    assert list(refused.value.fields) == ["change_basis"]


@pytest.mark.parametrize("body_type", BodyType)
def test_version_1_asks_new_bodies_for_the_groups_that_sources_name(body_type: BodyType) -> None:
    application = LicenceApplication(kind=Kind.NEW, body_type=body_type, begun_on=LATER)

    assert checklist_on(LATER).version == 1
    assert len(items_of(application)) == 13
    assert len(required_documents(application)) == (10 if body_type == BodyType.P3 else 9)


def test_l_28_an_application_about_the_scope_changes_it() -> None:
    body = make.licensed_body()
    application = make.begun(Kind.SCOPE, body, on=LATER)
    make.bring_missing(application, on=LATER)

    assert refusal(application, "submit", LATER) == "L-28"


def test_l_28_what_came_into_the_scope_meanwhile_is_not_added_again() -> None:
    application = ready(Kind.SCOPE)
    make.advance(application, "plenary", on=LATER)
    [row] = application.schemes.all()
    licence = Licence.objects.get(organisation=application.organisation)
    licence.scope.create(scheme_version=row.scheme_version, valid_from=LATER)
    make.name_decree(application, on=LATER)

    with pytest.raises(Refused) as refused:
        workflow.perform(application, "grant", make.plenary_member(), at=make.noon(LATER))

    assert refused.value.code == "L-28"


def test_l_03_a_scope_is_not_emptied() -> None:
    version = schemes.verified_scheme()
    body = make.licensed_body(schemes=[version])
    application = make.begun(Kind.SCOPE, body, on=LATER)
    make.bring_missing(application, on=LATER)
    make.drop(application, version, on=LATER)

    assert refusal(application, "submit", LATER) == "L-03"


def test_l_29_a_change_of_data_changes_something() -> None:
    body = make.licensed_body(email="kantor@lsp.test")
    application = make.begun(Kind.CHANGE, body, on=LATER)
    make.bring_missing(application, on=LATER)
    make.propose(application, on=LATER, email="kantor@lsp.test")

    assert not application.proposals.exists()
    assert refusal(application, "submit", LATER) == "L-29"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"email": "bukan surel"}, "invalid"),
        ({"name": ""}, "invalid"),
        ({"region": "99.99"}, "invalid"),
        ({"sector_code": "tik!"}, "invalid"),
        ({"address": " "}, "L-01"),
        ({"name": "x" * 201}, "invalid"),
    ],
)
def test_what_no_record_would_hold_is_not_proposed(wrong: dict[str, str], code: str) -> None:
    application = ready(Kind.CHANGE)

    with pytest.raises(Invalid) as refused:
        make.propose(application, on=LATER, **wrong)

    assert (refused.value.code, list(refused.value.fields)) == (code, list(wrong))


def test_l_32_a_renewal_adds_no_scheme() -> None:
    application = ready(Kind.RENEWAL)

    with pytest.raises(Invalid) as refused:
        make.choose(application, schemes.verified_scheme(), on=RENEWED_ON)

    assert refused.value.code == "L-32"


def test_l_04_a_renewal_leaves_behind_what_is_no_longer_verified() -> None:
    versions = [schemes.verified_scheme() for _ in range(2)]
    body = make.licensed_body(schemes=versions)
    verifier = schemes.scheme_verifier()
    workflow.perform(versions[0], "retire", verifier, at=make.noon(LATER), note="Diganti.")

    application = make.ready(Kind.RENEWAL, body, on=RENEWED_ON)
    [left] = application.schemes.all()
    assert (left.scheme_version, left.action) == (versions[0], "drop")
    make.choose(application, versions[0], on=RENEWED_ON)

    assert refusal(application, "submit", RENEWED_ON) == "L-04"


def test_l_52_a_renewal_goes_on_where_the_last_term_ends_under_the_same_number() -> None:
    application = ready(Kind.RENEWAL)
    licence = Licence.objects.get(organisation=application.organisation)
    make.freeze(licence, on=date(2025, 1, 6))
    make.thaw(licence, on=date(2026, 1, 5))

    make.advance(application, "granted", on=RENEWED_ON)

    first, second = licence.terms.order_by("valid_from")
    assert first.valid_until == FIRST_END
    assert (second.valid_from, second.valid_until) == (date(2029, 1, 2), date(2034, 1, 1))
    assert second.application == application
    assert Licence.objects.get(organisation=application.organisation).number == licence.number
    told = Event.objects.filter(subject="licensing.licence", step="amend").latest("pk")
    assert told.changes == {"term": ["", str(second)]}


def test_l_52_a_renewal_after_the_end_begins_on_the_day_of_the_decision() -> None:
    body, on = make.licensed_body(), date(2029, 5, 7)
    application = make.ready(Kind.RENEWAL, body, on=on)

    make.advance(application, "granted", on=on)

    licence = Licence.objects.get(organisation=body)
    assert licence.status_on(date(2029, 5, 6)) == "expired"
    assert licence.status_on(on) == "active"
    assert licence.last_day == date(2034, 5, 6)


def test_l_53_a_scheme_that_a_renewal_drops_ends_with_the_old_term() -> None:
    kept, dropped = schemes.verified_scheme(), schemes.verified_scheme()
    body = make.licensed_body(schemes=[kept, dropped])
    application = make.ready(Kind.RENEWAL, body, on=RENEWED_ON)
    make.drop(application, dropped, on=RENEWED_ON)

    make.advance(application, "granted", on=RENEWED_ON)

    rows = {row.scheme_version: row for row in Licence.objects.get(organisation=body).scope.all()}
    assert rows[dropped].valid_until == FIRST_END
    assert rows[dropped].ended_by == application
    assert rows[kept].valid_until is None


def test_l_53_the_scope_changes_from_the_day_of_the_decision() -> None:
    kept, dropped, added = (schemes.verified_scheme() for _ in range(3))
    body = make.licensed_body(schemes=[kept, dropped])
    application = make.ready(Kind.SCOPE, body, on=LATER, schemes=[added])
    make.drop(application, dropped, on=LATER)

    make.advance(application, "granted", on=LATER)

    licence = Licence.objects.get(organisation=body)

    def scope(on: date) -> set[object]:
        return {row.scheme_version for row in licence.scope.in_force(on)}

    assert scope(LATER - timedelta(days=1)) == {kept, dropped}
    assert scope(LATER) == {kept, added}
    told = Event.objects.filter(subject="licensing.licence", step="amend").latest("pk")
    assert told.changes == {"scope": [str(dropped), str(added)]}


def test_l_53_a_scheme_added_and_dropped_on_one_day_was_never_in_scope() -> None:
    version = schemes.verified_scheme()
    body = make.licensed_body()
    for kind, change in (("add", make.choose), ("drop", make.drop)):
        application = make.begun(Kind.SCOPE, body, on=LATER)
        make.bring_missing(application, on=LATER)
        change(application, version, on=LATER)
        make.advance(application, "granted", on=LATER)
        held = queries.in_scope_on(Licence.objects.get(organisation=body), version.pk, LATER)
        assert held == (kind == "add")


def test_a_change_of_data_puts_it_on_record_and_the_trail_tells_both() -> None:
    body = make.licensed_body(name="LSP Lama", address="Jalan Lama 1")
    application = make.begun(Kind.CHANGE, body, on=LATER)
    make.bring_missing(application, on=LATER)
    make.propose(
        application,
        on=LATER,
        name="LSP Baru",
        address="Jalan Baru 2",
        founder_name="Asosiasi Baru",
        sector_code="KEU",
    )
    assert body.name == "LSP Lama"

    make.advance(application, "granted", on=LATER)

    body.refresh_from_db()
    assert (body.name, body.address) == ("LSP Baru", "Jalan Baru 2")
    licence = Licence.objects.get(organisation=body)
    assert (licence.founder_name, licence.sector_code) == ("Asosiasi Baru", "KEU")
    told = Event.objects.filter(subject=body.subject, subject_id=body.pk, step="amend").latest("pk")
    assert told.changes == {
        "name": ["LSP Lama", "LSP Baru"],
        "address": ["Jalan Lama 1", "Jalan Baru 2"],
    }
    after = make.begun(Kind.CHANGE, body, on=LATER)
    assert (after.founder_name, after.sector_code) == ("Asosiasi Baru", "KEU")


def test_nothing_is_on_record_before_the_decision() -> None:
    application = ready(Kind.CHANGE)
    make.advance(application, "plenary", on=LATER)

    body = Organisation.objects.get(pk=application.organisation_id)

    assert body.address == "Jalan Contoh 1"


def test_the_readiness_grows_to_a_hundred() -> None:
    body = make.licensed_body()
    application = make.begun(Kind.SCOPE, body, on=LATER)
    attempt = Attempt(make.administrator(body), make.noon(LATER))

    def score() -> int:
        found = LicenceApplication.objects.get(pk=application.pk)
        return rules.readiness(found, attempt).score

    scores = [score()]
    make.bring_missing(application, on=LATER)
    scores.append(score())
    make.choose(application, schemes.verified_scheme(), on=LATER)
    scores.append(score())

    assert scores == [50, 75, 100]


def returned(on: date) -> LicenceApplication:
    application = make.in_state("document_verification", on=on)
    workflow.perform(application, "return", make.officer(), at=make.noon(on), note="Perbaiki.")
    return application


def test_l_30_an_application_lapses_on_the_working_day_after() -> None:
    application = returned(LATER)
    last = Task.objects.open().get(case_id=application.pk).due_on
    assert last == add_working_days(LATER, rules.CORRECTION_DAYS.default)

    assert casework.lapse(make.noon(last), last) == 0
    with pytest.raises(Refused) as refused:
        workflow.perform(application, "lapse", SYSTEM, at=make.noon(last))
    assert refused.value.code == "L-30"
    after = add_working_days(last, 1)
    assert casework.lapse(make.noon(after), after) == 1

    application.refresh_from_db()
    assert application.state == "lapsed"
    assert make.draft(of=application.organisation).state == "draft"


def test_whose_turn_it_is_follows_the_state() -> None:
    application = returned(LATER)
    body = application.organisation
    task = queries.turn(queries.application_in_full(make.administrator(body)).get())

    assert task is not None
    assert (task.organisation_id, str(task.turn)) == (body.pk, "Perbaikan dokumen oleh pemohon")
    stands = {one.state.value: one.stands for one in queries.route(application)}
    assert stands["submitted"] == "passed"
    assert stands["document_verification"] == "present"
    assert stands["plenary"] == "ahead"


def test_a_body_is_reminded_once_for_each_threshold() -> None:
    licence = make.licence()
    admin = access.member(Role.BODY_ADMIN, licence.organisation)
    access.member(Role.BODY_DECIDER, licence.organisation)

    def on(days: int) -> list[str]:
        mail.outbox.clear()
        at = make.noon(FIRST_END - timedelta(days=days))
        for key, threshold in actions.to_remind(at.date()):
            actions.remind(key, threshold, at=at)
            actions.remind(key, threshold, at=at)
        return [to for sent in mail.outbox for to in sent.to]

    heard = {days: admin.email in on(days) for days in (181, 180, 179, 90, 60, 30, 1)}

    assert heard == {181: False, 180: True, 179: False, 90: True, 60: False, 30: True, 1: False}


@pytest.mark.django_db(transaction=True)
def test_the_reminder_says_until_when_and_where_to_renew() -> None:
    today = timezone.localdate()
    licence = make.licence(on=today - timedelta(days=5 * 365))
    admin = access.member(Role.BODY_ADMIN, licence.organisation)

    jobs.remind_of_ending_licences(timestamp=0)
    do_queued()

    [letter] = [sent for sent in mail.outbox if admin.email in sent.to]
    assert licence.number in letter.subject
    assert "/lisensi/permohonan/baru" in letter.body
    assert date_format(licence.last_day) in letter.body


def test_a_body_that_renews_is_not_reminded() -> None:
    application = ready(Kind.RENEWAL)
    on = FIRST_END - timedelta(days=60)
    assert [days for _key, days in actions.to_remind(on)] == [90]

    make.advance(application, "document_verification", on=RENEWED_ON)

    assert actions.to_remind(on) == []
