"""Visits in the browser: the authority plans, the team visits, the body answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertRedirects

from mumpuni.access.models import Organisation, User
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.visits import actions
from mumpuni.visits.models import Finding, Kind, LicensingAssessor, TeamMember, Visit
from mumpuni.visits.tests import make

pytestmark = pytest.mark.django_db

HTML = "<script>alert('x')</script>"
NIK = "3174050202850001"
MOST_QUERIES = 12


@pytest.fixture
def body() -> Organisation:
    return access.organisation("LSP Pertama", code="1001")


def sign_in(client: Client, user: User) -> None:
    client.force_login(user)
    session = client.session
    session["has_mfa"] = True
    session.save()


def sign_in_as(client: Client, role: Role, of: Organisation | None = None) -> User:
    user = access.member(role, of)
    sign_in(client, user)
    return user


def sign_in_lead(client: Client, visit: Visit) -> None:
    user = visit.team.get(duty=TeamMember.Duty.LEAD).assessor.individual.user
    assert user is not None
    sign_in(client, user)


def content_of(download: Any) -> bytes:
    return b"".join(download.streaming_content)


def pages_of(visit: Visit, finding: Finding) -> list[str]:
    """Return the addresses that the body has, too."""
    file = finding.evidence.get()
    return [
        visit.get_absolute_url(),
        *(reverse(f"visits:{name}", args=[visit.pk]) for name in ("letter", "report")),
        finding.get_absolute_url(),
        reverse("visits:evidence", args=[finding.pk, file.pk]),
    ]


def pages_to_work_on(visit: Visit, finding: Finding, assessor: LicensingAssessor) -> list[str]:
    of_visit = [
        "amend-plan",
        "appoint",
        "declare",
        "instrument",
        "add-photo",
        "conclude",
        "draft-finding",
    ]
    of_assessor = ["assessor", "amend-assessor", "add-term", "declare-tie"]
    member = visit.team.get()
    return [
        *(reverse(f"visits:{name}", args=[visit.pk]) for name in of_visit),
        *(reverse(f"visits:{name}", args=[assessor.pk]) for name in of_assessor),
        reverse("visits:waive", args=[visit.pk, member.pk]),
        reverse("visits:end-tie", args=[assessor.pk, assessor.ties.get().pk]),
        reverse("visits:visit-step", args=[visit.pk, "cancel"]),
        reverse("visits:finding-step", args=[finding.pk, "close"]),
        reverse("visits:assessor-step", args=[assessor.pk, "suspend"]),
        reverse("visits:amend-finding", args=[finding.pk]),
        reverse("visits:answer", args=[finding.pk]),
    ]


@pytest.fixture
def story(body: Organisation) -> tuple[Visit, Finding, LicensingAssessor]:
    """A reported visit with an answered finding, and its lead, once tied to another body."""
    lead = make.assessor()
    values = {"kind": "training", "valid_from": make.TODAY}
    other = access.organisation()
    actions.declare_tie(lead, other, values, make.coordinator(), at=make.noon(make.TODAY))
    visit = make.reported_visit(body, findings=["major"], team=[lead])
    finding = visit.findings.get()
    make.answer(finding)
    return visit, finding, lead


def test_a_stranger_is_asked_to_sign_in(
    client: Client, story: tuple[Visit, Finding, LicensingAssessor]
) -> None:
    visit, finding, assessor = story
    lists = [
        reverse(f"visits:{name}") for name in ("visits", "findings", "assessors", "plan", "enter")
    ]

    for address in [
        *lists,
        *pages_of(visit, finding),
        *pages_to_work_on(visit, finding, assessor),
    ]:
        assertRedirects(
            client.get(address), f"/akun/login/?next={address}", fetch_redirect_response=False
        )


def test_what_is_of_another_body_does_not_exist(
    client: Client, story: tuple[Visit, Finding, LicensingAssessor]
) -> None:
    visit, finding, assessor = story
    sign_in_as(client, Role.BODY_ADMIN)

    for address in [*pages_of(visit, finding), *pages_to_work_on(visit, finding, assessor)]:
        assert client.get(address).status_code == 404, address
        assert client.post(address).status_code == 404, address
    for name in ("visits", "findings", "assessors"):
        assert "LSP Pertama" not in client.get(reverse(f"visits:{name}")).text
    assert client.get(reverse("visits:plan")).status_code == 403
    assert client.get(reverse("visits:enter")).status_code == 403


def test_a_body_sees_its_visit_once_the_letter_is_issued(
    client: Client, body: Organisation
) -> None:
    planned, assigned = make.planned_visit(body), make.assigned_visit(body)
    sign_in_as(client, Role.BODY_ADMIN, body)

    assert client.get(planned.get_absolute_url()).status_code == 404
    assert client.get(reverse("visits:letter", args=[planned.pk])).status_code == 404
    assert client.get(assigned.get_absolute_url()).status_code == 200
    assert "ST.0001" in client.get(reverse("visits:letter", args=[assigned.pk])).text
    assert client.get(reverse("visits:report", args=[assigned.pk])).status_code == 404


def test_a_body_sees_neither_answers_nor_drafts_before_the_report(
    client: Client, body: Organisation
) -> None:
    visit = make.running_visit(body)
    draft = make.drafted(visit, statement="Analisis rahasia.")
    note = {"A3": {"verdict": "nonconformity", "note": "Catatan rahasia."}}
    actions.answer_items(visit, note, make.lead(visit), at=make.noon(make.TODAY))
    actions.add_photo(visit, "A3", make.photo(), make.lead(visit), at=make.noon(make.TODAY))
    photo = reverse("visits:photo", args=[visit.pk, visit.photos.get().pk])
    sign_in_as(client, Role.BODY_ADMIN, body)

    shown = client.get(visit.get_absolute_url()).text

    assert "rahasia" not in shown
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get(photo).status_code == 404
    assert client.get(reverse("visits:instrument", args=[visit.pk])).status_code == 403


def test_the_history_of_a_running_visit_tells_the_body_no_answers(
    client: Client, body: Organisation
) -> None:
    visit = make.running_visit(body)
    note = {"A3": {"verdict": "observation", "note": "Catatan rahasia."}}
    actions.answer_items(visit, note, make.lead(visit), at=make.noon(make.TODAY))
    make.conclude(visit, "negative")
    sign_in_as(client, Role.BODY_ADMIN, body)

    shown = client.get(visit.get_absolute_url()).text

    assert "Catatan rahasia" not in shown
    assert "Sesuai uraian" not in shown


def test_a_visit_is_made_from_plan_to_report_in_the_browser(
    client: Client, body: Organisation
) -> None:
    lead = make.assessor()
    day = timezone.localdate().isoformat()
    sign_in_as(client, Role.LICENSING_OFFICER)
    plan = {
        "organisation": "1001",
        "kind": Kind.READINESS.value,
        "starts_on": day,
        "ends_on": day,
        "place": "Kantor LSP",
        "mode": "onsite",
    }
    client.post(reverse("visits:plan"), plan)
    visit = Visit.objects.get()
    address = visit.get_absolute_url()
    client.post(f"{address}tim", {"assessor": lead.pk, "duty": "lead"})
    client.post(f"{address}langkah/assign")

    sign_in_lead(client, visit)
    assert "tidak mempunyai hubungan" in client.get(f"{address}pernyataan").text
    client.post(f"{address}pernyataan")
    client.post(f"{address}langkah/start")
    for code in ("K1", "K2", "K3", "K4"):
        saved = client.post(f"{address}instrumen/{code}", {f"{code}-verdict": "conforms"})
        assert "Tersimpan" in saved.text
    saved = client.post(
        f"{address}instrumen", {"K5-verdict": "nonconformity", "K5-note": "Defisit"}
    )
    assertRedirects(saved, f"{address}instrumen")
    client.post(f"{address}foto", {"item": "K5", "photo": make.photo()})
    finding = {"grade": "minor", "item": "K5", "clause": "K5", "statement": "Anggaran kurang."}
    client.post(f"{address}temuan/baru", finding)
    client.post(f"{address}kesimpulan", {"summary": "Cukup.", "recommendation": "negative"})
    client.post(f"{address}langkah/report")

    visit.refresh_from_db()
    assert visit.state == Visit.State.REPORTED
    report = client.get(f"{address}laporan").text
    for text in ("LK.0001", "Anggaran kurang.", "Defisit", "Cukup.", "foto.png"):
        assert text in report
    sign_in_as(client, Role.BODY_ADMIN, body)
    assert "Defisit" in client.get(address).text
    photo = client.get(f"{address}foto/{visit.photos.get().pk}")
    assert photo["Content-Type"] == "image/png"
    assert content_of(photo).startswith(b"\x89PNG")


def test_an_item_is_saved_alone_and_says_what_is_wrong(client: Client, body: Organisation) -> None:
    visit = make.running_visit(body)
    sign_in_lead(client, visit)
    address = f"{visit.get_absolute_url()}instrumen"

    first = client.post(f"{address}/A1", {"A1-verdict": "conforms", "A1-note": HTML})
    without = client.post(f"{address}/A2", {"A2-note": "Belum jelas."})
    unknown = client.post(f"{address}/Z9", {"Z9-verdict": "conforms"})

    assert "Tersimpan" in first.text
    assert "Belum tersimpan" in without.text
    assert unknown.status_code == 404
    assert client.get(f"{address}/A1").status_code == 405
    assert [one.item for one in visit.answers.all()] == ["A1"]
    shown = client.get(address).text
    assert HTML not in shown
    assert 'hx-trigger="change delay:1s"' in shown


def test_an_item_that_is_set_back_is_saved_again(client: Client, body: Organisation) -> None:
    visit = make.running_visit(body)
    make.answer_all(visit)
    sign_in_lead(client, visit)
    address = f"{visit.get_absolute_url()}instrumen/A1"

    for verdict in ("observation", "conforms"):
        client.post(address, {"initial-A1-verdict": "conforms", "A1-verdict": verdict})
        assert visit.answers.get(item="A1").verdict == verdict


def test_a_stranger_to_the_team_saves_no_item_and_is_told_the_rule(
    client: Client, body: Organisation
) -> None:
    visit = make.running_visit(body)
    sign_in_as(client, Role.LICENSING_ASSESSOR)

    answer = client.post(f"{visit.get_absolute_url()}instrumen/A1", {"A1-verdict": "conforms"})

    assert "N-05" in answer.text
    assert not visit.answers.exists()
    assert client.get(f"{visit.get_absolute_url()}instrumen").status_code == 409


def test_saving_all_at_once_leaves_what_others_answered_meanwhile(
    client: Client, body: Organisation
) -> None:
    visit = make.running_visit(body)
    sign_in_lead(client, visit)
    address = f"{visit.get_absolute_url()}instrumen"
    stale = {"initial-A1-verdict": "", "A1-verdict": "", "A2-verdict": "conforms"}
    given = {"A1": {"verdict": "observation", "note": "Dari tablet lain."}}
    actions.answer_items(visit, given, make.lead(visit), at=make.noon(make.TODAY))

    assertRedirects(client.post(address, stale), address)

    held = {one.item: one.verdict for one in visit.answers.all()}
    assert held == {"A1": "observation", "A2": "conforms"}


def test_a_note_without_verdict_is_kept_on_the_page_and_the_rest_is_saved(
    client: Client, body: Organisation
) -> None:
    visit = make.running_visit(body)
    sign_in_lead(client, visit)
    address = f"{visit.get_absolute_url()}instrumen"

    response = client.post(address, {"A1-note": "Perlu dicek.", "A2-verdict": "conforms"})

    assert response.status_code == 422
    assert "Perlu dicek." in response.text
    assert [one.item for one in visit.answers.all()] == ["A2"]


def test_a_tied_assessor_is_refused_on_the_page_with_the_rule(
    client: Client, body: Organisation
) -> None:
    tied = make.assessor(access.member(Role.BODY_ADMIN, body))
    visit = make.planned_visit(body)
    sign_in_as(client, Role.LICENSING_OFFICER)

    response = client.post(f"{visit.get_absolute_url()}tim", {"assessor": tied.pk, "duty": "lead"})

    assert response.status_code == 422
    assert "N-03" in response.text
    assert not visit.team.exists()


def test_a_tie_is_shown_and_waived_by_the_coordinator(client: Client, body: Organisation) -> None:
    chosen = make.assessor()
    values = {"kind": "training", "valid_from": make.TODAY}
    actions.declare_tie(chosen, body, values, make.coordinator(), at=make.noon(make.TODAY))
    visit = make.planned_visit(body, team=[chosen])
    address = visit.get_absolute_url()
    waiving = f"{address}tim/{visit.team.get().pk}/kecualikan"
    sign_in_as(client, Role.LICENSING_OFFICER)
    assert client.get(waiving).status_code == 403
    assert client.post(f"{address}langkah/assign").status_code == 409

    sign_in_as(client, Role.DESK_COORDINATOR)
    assert "Pelatihan (2026–sekarang)" in client.get(waiving).text
    client.post(waiving, {"reason": "Pelatihan umum."})

    assert "Pelatihan umum." in client.get(address).text
    sign_in_as(client, Role.LICENSING_OFFICER)
    assertRedirects(client.post(f"{address}langkah/assign"), address)


def test_a_member_is_taken_off_the_team(client: Client, body: Organisation) -> None:
    visit = make.planned_visit(body, team=[make.assessor()])
    address = f"{visit.get_absolute_url()}tim/{visit.team.get().pk}/lepas"
    sign_in_as(client, Role.DESK_COORDINATOR)
    assert client.post(address).status_code == 403

    sign_in_as(client, Role.LICENSING_OFFICER)
    assertRedirects(client.post(address), visit.get_absolute_url())

    assert not visit.team.exists()


def test_a_body_answers_a_finding_with_evidence(client: Client, body: Organisation) -> None:
    finding = make.raised(of=body)
    sign_in_as(client, Role.BODY_ADMIN, body)
    address = finding.get_absolute_url()
    given = {"root_cause": "Lalai.", "correction": HTML}

    client.post(f"{address}jawab", {**given, "evidence": make.photo("bukti.png")})
    client.post(f"{address}langkah/answer")

    finding.refresh_from_db()
    assert finding.state == Finding.State.ANSWERED
    shown = client.get(address).text
    assert HTML not in shown
    assert "bukti.png" in shown
    file = client.get(f"{address}bukti/{finding.evidence.latest('pk').pk}")
    assert file["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert content_of(file).startswith(b"\x89PNG")


def test_evidence_that_is_no_picture_stands_beside_its_field(
    client: Client, body: Organisation
) -> None:
    finding = make.raised(of=body)
    sign_in_as(client, Role.BODY_ADMIN, body)
    bad = SimpleUploadedFile("foto.png", b"bukan apa-apa", "image/png")

    response = client.post(
        f"{finding.get_absolute_url()}jawab",
        {"root_cause": "Lalai.", "correction": "Disusun.", "evidence": bad},
    )

    assert response.status_code == 422
    assert "bukan foto" in response.text
    finding.refresh_from_db()
    assert finding.root_cause == ""


def test_evidence_is_taken_back_while_the_finding_is_open(
    client: Client, body: Organisation
) -> None:
    finding = make.raised(of=body)
    by = make.administrator(body)
    actions.attach_evidence(finding, make.photo(), by, at=make.noon(make.TODAY))
    sign_in_as(client, Role.BODY_ADMIN, body)
    address = f"{finding.get_absolute_url()}bukti/{finding.evidence.get().pk}/tarik"

    assertRedirects(client.post(address), finding.get_absolute_url())

    assert finding.evidence.get().withdrawn_at is not None


def test_a_visit_is_planned_for_a_case_one_may_see(client: Client, body: Organisation) -> None:
    case = make.reported_visit(body)
    address = reverse("visits:plan-about", args=[case.subject, case.pk])
    day = timezone.localdate().isoformat()
    plan = {"kind": "assessment", "starts_on": day, "ends_on": day, "place": "K", "mode": "onsite"}
    sign_in_as(client, Role.LICENSING_OFFICER)

    assert str(case) in client.get(address, {"kind": "assessment"}).text
    client.post(address, plan)

    visit = Visit.objects.get(state="planned")
    assert (visit.case, visit.organisation_id) == (case, case.organisation_id)
    assert str(case) in client.get(visit.get_absolute_url()).text
    for unknown in ("kernel.event", "licensing.nothing", "nothing", "access.user"):
        wrong = reverse("visits:plan-about", args=[unknown, 1])
        assert client.get(wrong).status_code == 404
    sign_in_as(client, Role.BODY_ADMIN, body)
    assert client.get(address).status_code == 403


def test_a_plan_that_does_not_fit_is_shown_again(client: Client, body: Organisation) -> None:
    sign_in_as(client, Role.LICENSING_OFFICER)
    day = timezone.localdate()
    plan = {
        "organisation": "LSP Entah",
        "kind": "assessment",
        "starts_on": day.isoformat(),
        "ends_on": (day - timedelta(days=1)).isoformat(),
        "place": "Kantor",
        "mode": "onsite",
    }

    unknown = client.post(reverse("visits:plan"), plan)
    too_early = client.post(reverse("visits:plan"), plan | {"organisation": "lsp pertama"})

    assert "Tidak ada LSP dengan kode atau nama ini." in unknown.text
    assert "Hari terakhir mendahului hari pertama." in too_early.text
    assert (unknown.status_code, too_early.status_code) == (422, 422)


def test_the_register_is_kept_in_the_browser(client: Client, body: Organisation) -> None:
    account = access.member(Role.LICENSING_ASSESSOR)
    sign_in_as(client, Role.DESK_COORDINATOR)
    day = timezone.localdate()
    entry = {
        "email": account.email,
        "name": account.name,
        "document_kind": "nik",
        "document_number": NIK,
        "grade": "senior",
    }
    client.post(reverse("visits:enter"), entry)
    made = LicensingAssessor.objects.get()
    address = made.get_absolute_url()
    term = {
        "certificate_number": "AL/1",
        "valid_from": day.isoformat(),
        "valid_until": (day + timedelta(days=700)).isoformat(),
    }
    client.post(f"{address}masa-berlaku", term)
    client.post(f"{address}ubah", {"grade": "lead"})
    client.post(f"{address}langkah/activate")

    sign_in(client, account)
    tie = {"organisation": "1001", "kind": "family", "valid_from": day.isoformat(), "note": "Adik"}
    client.post(f"{address}ikatan", tie)
    shown = client.get(address).text
    assert "Adik" in shown
    assert NIK not in shown
    client.post(f"{address}ikatan/{made.ties.get().pk}/akhiri", {"valid_until": day.isoformat()})

    made.refresh_from_db()
    assert (made.state, made.grade, made.number) == ("active", "lead", "AL.0001")
    assert made.ties.get().valid_until == day
    assert client.get(f"{address}ubah").status_code == 403


def test_lists_are_filtered_and_downloaded(client: Client, body: Organisation) -> None:
    make.reported_visit(body, findings=["major", "minor"])
    make.planned_visit(access.organisation("LSP Kedua"), Kind.WITNESS)
    sign_in_as(client, Role.LICENSING_OFFICER)

    visits = client.get(reverse("visits:visits"), {"kind": "witness"}).text
    assert "LSP Kedua" in visits
    assert "LSP Pertama" not in visits
    findings = reverse("visits:findings")
    assert client.get(findings, {"grade": "major"}).text.count("LSP Pertama") == 1
    csv = client.get(findings, {"format": "csv", "sort": "-due_on"})
    assert len(content_of(csv).decode().splitlines()) == 3
    named = reverse("visits:assessors")
    assert "AL.0001" in client.get(named, {"state": "active", "q": "AL.0001"}).text
    assert content_of(client.get(named, {"format": "xlsx"})).startswith(b"PK")


@pytest.mark.parametrize("name", ["visits", "findings", "assessors"])
def test_lists_cost_few_queries(
    client: Client,
    name: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _each in range(3):
        make.reported_visit(findings=["major"])
    sign_in_as(client, Role.LICENSING_OFFICER)

    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(reverse(f"visits:{name}"))


def test_pages_cost_few_queries(
    client: Client,
    body: Organisation,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    team = [make.assessor(), *(make.assessor(grade="junior") for _ in range(3))]
    reported = make.reported_visit(body, findings=["major", "minor"], team=team)
    finding = reported.findings.get(grade="major")
    make.answer(finding)
    running = make.running_visit(access.organisation(), team=[make.assessor()])
    planned = make.planned_visit(body, on=make.TODAY + timedelta(days=1), team=team)
    sign_in_as(client, Role.LICENSING_OFFICER)

    for record in (reported, planned, finding, team[0]):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(record.get_absolute_url()).status_code == 200
    sign_in_lead(client, reported)
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(finding.get_absolute_url())
    sign_in_lead(client, running)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(reverse("visits:instrument", args=[running.pk])).status_code == 200
