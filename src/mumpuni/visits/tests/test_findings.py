"""Findings: told to the body, answered with evidence, judged by somebody who is not tied."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mumpuni.access.models import Organisation
from mumpuni.access.person import SYSTEM, Person
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.kernel.errors import Invalid, NotPermitted, Refused
from mumpuni.kernel.models import Event, PolicyValue, Task
from mumpuni.kernel.workflow import amend, perform
from mumpuni.visits import actions
from mumpuni.visits.models import Finding
from mumpuni.visits.tests import make

pytestmark = pytest.mark.django_db

TODAY, noon = make.TODAY, make.noon
ANSWER = {"root_cause": "Belum ditugaskan.", "correction": "Analisis disusun."}


@pytest.fixture
def body() -> Organisation:
    return access.organisation("LSP Pertama", code="1001")


def refusal(call: Callable[[], object]) -> str:
    """Return the number of the rule that refuses."""
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def stepping(finding: Finding, name: str, by: Person, on: date = TODAY) -> str:
    return refusal(lambda: perform(finding, name, by, at=noon(on), note="Belum cukup."))


def test_n16_findings_are_written_while_the_visit_runs_on_its_items(body: Organisation) -> None:
    lead = make.assessor()
    visit = make.assigned_visit(body, team=[lead])
    assert refusal(lambda: make.drafted(visit)) == "N-16"

    running = make.running_visit(access.organisation(), on=after(1))
    assert refusal(lambda: make.drafted(running, item="W1")) == "N-16"
    stranger = make.acting(lead)
    facts = {"grade": "minor", "statement": "Berkas kurang."}
    assert (
        refusal(lambda: actions.draft_finding(running, facts, stranger, at=noon(TODAY))) == "N-05"
    )
    draft = make.drafted(running, item="A1")

    amend(draft, {"statement": "Akta lewat."}, make.lead(running), at=noon(TODAY))
    assert draft.statement == "Akta lewat."


def test_a_draft_is_not_told_by_hand(body: Organisation) -> None:
    draft = make.drafted(make.running_visit(body))

    assert stepping(draft, "raise", make.officer()) == "not-permitted"


def test_the_last_day_follows_the_policy_of_the_day(body: Organisation) -> None:
    PolicyValue.objects.create(
        name="visits.major_days",
        valid_from=TODAY,
        value=45,
        source="uji",
        entered_by="uji",
    )

    assert make.raised("major", of=body).due_on == after(45)
    assert make.raised("minor").due_on == after(90)


def test_n10_a_major_finding_is_answered_with_cause_correction_and_evidence(
    body: Organisation,
) -> None:
    finding, by = make.raised(of=body), make.administrator(body)

    assert stepping(finding, "answer", by) == "N-10"
    amend(finding, ANSWER, by, at=noon(TODAY))
    assert stepping(finding, "answer", by) == "N-10"
    actions.attach_evidence(finding, make.photo(), by, at=noon(TODAY))
    actions.withdraw_evidence(finding, finding.evidence.get(), by, at=noon(TODAY))
    assert stepping(finding, "answer", by) == "N-10"
    actions.attach_evidence(finding, make.photo(), by, at=noon(TODAY))

    perform(finding, "answer", by, at=noon(TODAY))

    assert finding.state == Finding.State.ANSWERED


def test_a_minor_finding_needs_no_file(body: Organisation) -> None:
    finding, by = make.raised("minor", of=body), make.administrator(body)
    amend(finding, ANSWER, by, at=noon(TODAY))

    perform(finding, "answer", by, at=noon(TODAY))

    assert finding.state == Finding.State.ANSWERED


def test_the_same_file_is_kept_once_and_the_trail_tells_its_digest(body: Organisation) -> None:
    finding, by = make.raised(of=body), make.administrator(body)
    upload = make.photo("bukti.png")

    for _each in range(2):
        actions.attach_evidence(finding, upload, by, at=noon(TODAY))

    kept = finding.evidence.get()
    [told] = Event.objects.filter(subject="visits.finding", changes__has_key="evidence")
    assert told.changes["evidence"] == ["", f"bukti.png (SHA-256 {kept.sha256})"]
    assert kept.content_type == "image/png"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "N-13"),
        (b"GIF89a" + b"\0" * 64, "N-12"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "N-12"),
        (b"<script>alert(1)</script>", "N-12"),
        (b"%PDF-1.7 bukan apa-apa", "N-12"),
        (b"\0" * 5_000_001, "N-13"),
    ],
    ids=["empty", "gif", "broken", "script", "no pdf", "large"],
)
def test_evidence_is_judged_by_its_content(body: Organisation, content: bytes, rule: str) -> None:
    finding, by = make.raised(of=body), make.administrator(body)
    upload = SimpleUploadedFile("bukti.png", content, "image/png")

    with pytest.raises(Invalid) as refused:
        actions.attach_evidence(finding, upload, by, at=noon(TODAY))

    assert refused.value.code == rule
    assert set(refused.value.fields) == {"evidence"}
    assert not finding.evidence.exists()


def test_a_photo_is_no_pdf(body: Organisation) -> None:
    visit = make.running_visit(body)
    document = SimpleUploadedFile("foto.png", make.pdf_bytes(), "image/png")

    with pytest.raises(Invalid) as refused:
        actions.add_photo(visit, "A1", document, make.lead(visit), at=noon(TODAY))

    assert refused.value.code == "N-12"
    actions.add_photo(visit, "A1", make.photo(), make.lead(visit), at=noon(TODAY))
    assert visit.photos.get().content_type == "image/png"


def test_a_pdf_is_evidence(body: Organisation) -> None:
    finding, by = make.raised(of=body), make.administrator(body)
    document = SimpleUploadedFile("bukti.txt", make.pdf_bytes(), "text/plain")

    actions.attach_evidence(finding, document, by, at=noon(TODAY))

    assert finding.evidence.get().content_type == "application/pdf"


def test_an_answer_goes_back_and_forth_until_it_is_closed(body: Organisation) -> None:
    finding = make.raised(of=body)
    make.answer(finding, on=after(30))
    assert stepping(finding, "answer", make.administrator(body)) == "wrong-state"

    perform(finding, "return", make.officer(), at=noon(after(31)), note="Akar masalah kurang.")

    assert finding.due_on == after(45)  # not so soon that nobody can act
    [task] = Task.objects.open()
    assert (task.waits_in, task.organisation_id, task.due_on) == ("open", body.pk, after(45))
    amend(finding, {"root_cause": "Tugas tidak dibagi."}, make.administrator(body), at=noon(TODAY))
    perform(finding, "answer", make.administrator(body), at=noon(after(32)))
    perform(finding, "close", make.officer(), at=noon(after(33)))
    assert finding.state == Finding.State.CLOSED
    assert not Task.objects.open().exists()


def test_a_return_keeps_a_last_day_that_is_far_enough(body: Organisation) -> None:
    finding = make.raised(of=body)
    make.answer(finding)

    perform(finding, "return", make.officer(), at=noon(TODAY), note="Belum cukup.")

    assert finding.due_on == after(30)


def test_n11_who_is_tied_judges_no_answer(body: Organisation) -> None:
    finding = make.raised(of=body)
    make.answer(finding)
    lead = make.lead(finding.visit)
    tied = finding.visit.team.get().assessor
    values = {"kind": "consultancy", "valid_from": TODAY}
    actions.declare_tie(tied, body, values, make.coordinator(), at=noon(TODAY))
    member = access.person(
        Role.LICENSING_OFFICER, of=access.authority(), by=access.member(Role.BODY_ADMIN, body)
    )

    assert stepping(finding, "close", lead) == "N-11"
    assert stepping(finding, "return", lead) == "N-11"
    assert stepping(finding, "close", member) == "N-11"


def test_n11_an_assessor_judges_what_their_own_team_found(body: Organisation) -> None:
    finding, other = make.raised(of=body), make.assessor()
    make.answer(finding)

    assert stepping(finding, "close", make.acting(other)) == "N-05"
    perform(finding, "close", make.lead(finding.visit), at=noon(TODAY))


def test_n14_a_finding_lapses_on_the_day_after_its_last(body: Organisation) -> None:
    finding = make.raised(of=body)

    assert stepping(finding, "lapse", SYSTEM, after(30)) == "N-14"
    assert stepping(finding, "lapse", make.officer(), after(31)) == "not-permitted"
    perform(finding, "lapse", SYSTEM, at=noon(after(31)))
    assert finding.state == Finding.State.LAPSED
    with pytest.raises(Refused):
        amend(finding, ANSWER, make.administrator(body), at=noon(after(31)))


def test_n14_an_observation_has_no_last_day(body: Organisation) -> None:
    finding = make.raised("observation", of=body)

    assert stepping(finding, "lapse", SYSTEM, after(999)) == "N-14"


def test_a_lapsed_finding_is_reopened_with_its_full_time(body: Organisation) -> None:
    finding = make.raised(of=body)
    perform(finding, "lapse", SYSTEM, at=noon(after(31)))

    perform(finding, "reopen", make.officer(), at=noon(after(40)), note="Banjir.")

    assert (finding.state, finding.due_on) == (Finding.State.OPEN, after(70))


def test_n19_an_observation_alone_is_closed_without_an_answer(body: Organisation) -> None:
    minor = make.raised("minor", of=body)
    observation = make.raised("observation", of=access.organisation())

    assert stepping(minor, "note", make.officer()) == "N-19"
    perform(observation, "note", make.officer(), at=noon(TODAY))

    assert observation.state == Finding.State.CLOSED


def test_a_body_answers_its_own_findings_only(body: Organisation) -> None:
    finding = make.raised(of=body)
    other = make.administrator(access.organisation())

    with pytest.raises(NotPermitted):
        amend(finding, ANSWER, other, at=noon(TODAY))
    with pytest.raises(NotPermitted):
        amend(finding, {"statement": "Tidak ada"}, make.administrator(body), at=noon(TODAY))
    with pytest.raises(NotPermitted):
        perform(finding, "answer", other, at=noon(TODAY))
