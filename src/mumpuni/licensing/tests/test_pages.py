"""Pages: who may open them, what they say, how they fail, what they cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mumpuni.access.models import Organisation, User
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.licensing.models import Licence, LicenceApplication, required_documents
from mumpuni.licensing.tests import make
from mumpuni.plenary.tests import make as plenary
from mumpuni.schemes.tests import make as schemes

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12
PAGES_OF_APPLICATION = ["", "lembaga", "data", "dokumen", "skema", "periksa", "asesmen", "sk"]
LISTS = ["/lisensi/", "/lisensi/permohonan/", "/lisensi/permohonan/menunggu"]
HOSTILE = "<script>alert(1)</script>'; DROP TABLE licensing_licence; --"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    session = client.session
    session["has_mfa"] = True
    session.save()
    return client


def staff(body: Organisation) -> Client:
    return signed_in(access.member(Role.BODY_ADMIN, body))


def authority(role: Role = Role.LICENSING_OFFICER) -> Client:
    return signed_in(access.member(role))


def address(application: LicenceApplication, part: str = "") -> str:
    return f"/lisensi/permohonan/{application.pk}/{part}"


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def draft() -> LicenceApplication:
    return make.draft()


def test_a_stranger_is_asked_to_sign_in() -> None:
    licence = make.granted_body().licence
    application = licence.application
    assert application is not None
    document = application.documents.first()
    assert document is not None
    addresses = [
        *LISTS,
        "/lisensi/permohonan/baru",
        "/lisensi/permohonan/baru/new",
        *(address(application, part) for part in PAGES_OF_APPLICATION),
        address(application, "langkah/submit"),
        address(application, f"dokumen/{document.pk}"),
        f"/lisensi/{licence.pk}/",
    ]

    for one in addresses:
        response = Client().get(one)
        assert (response.status_code, response["Location"].split("?")[0]) == (
            302,
            "/akun/login/",
        ), one
    withdrawing = address(application, f"dokumen/{document.pk}/tarik")
    assert Client().post(withdrawing).status_code == 302


def test_another_body_finds_nothing() -> None:
    licence = make.granted_body().licence
    application = licence.application
    assert application is not None
    document = application.documents.first()
    assert document is not None
    other = staff(make.applicant())

    for part in [*PAGES_OF_APPLICATION, "langkah/submit", f"dokumen/{document.pk}"]:
        assert other.get(address(application, part)).status_code == 404, part
    assert other.get(f"/lisensi/{licence.pk}/").status_code == 404
    assert other.post(address(application, f"dokumen/{document.pk}/tarik")).status_code == 404
    for one in LISTS:
        assert licence.organisation.name not in text(other.get(one))


def test_who_may_not_apply_is_told_so() -> None:
    response = authority().get("/lisensi/permohonan/baru")

    assert response.status_code == 403
    assert "administrator lembaga" in text(response)


def facts(**changed: str) -> dict[str, str]:
    return {
        "body_type": "p3",
        "founder_kind": "association",
        "founder_name": "Asosiasi Contoh",
        "candidate_group": "sector",
        "sector_code": "TIK",
        **changed,
    }


def test_one_applies_from_the_first_page_to_the_submission() -> None:
    body, version = make.applicant("LSP Baru"), schemes.verified_scheme()
    client = staff(body)

    response = client.post("/lisensi/permohonan/baru/new", facts())
    application = LicenceApplication.objects.get()
    assert response["Location"] == address(application)

    uploads = {str(kind): make.pdf() for kind in ["legal_form", "support"]}
    assert client.post(address(application, "dokumen"), uploads).status_code == 302
    assert "L-05" in text(client.get(address(application)))
    kinds = (
        "office organisation strategic_plan quality_manual schemes assessors venues impartiality"
    )
    client.post(address(application, "dokumen"), {kind: make.pdf() for kind in kinds.split()})

    assert version.title in text(client.get(address(application, "skema") + "?q=pemrogram"))
    client.post(address(application, "skema"), {"versions": [version.pk]})
    assert "L-0" not in text(client.get(address(application)))

    client.post(address(application, "langkah/submit"))
    application.refresh_from_db()
    assert application.state == "submitted"


def test_facts_that_contradict_each_other_are_told_beside_their_field() -> None:
    client = staff(make.applicant())

    response = client.post("/lisensi/permohonan/baru/new", facts(founder_kind="company"))

    assert response.status_code == 422
    assert "dibentuk oleh: Asosiasi industri atau profesi" in text(response)
    assert "Asosiasi Contoh" in text(response)
    assert not LicenceApplication.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"founder_name": "x" * 5_000},
        {"sector_code": "tik!"},
        {"body_type": "p9"},
        {"founder_name": "nol\0nol"},
        {"founder_name": ""},
    ],
)
def test_wrong_facts_are_refused_and_nothing_is_lost(wrong: dict[str, str]) -> None:
    client = staff(make.applicant())

    response = client.post("/lisensi/permohonan/baru/new", facts(**wrong))

    assert response.status_code == 422
    assert "sector" in text(response)
    assert not LicenceApplication.objects.exists()


def test_names_are_text_not_markup() -> None:
    body = make.applicant(HOSTILE)
    client = staff(body)

    client.post("/lisensi/permohonan/baru/new", facts(founder_name=HOSTILE))

    shown = text(client.get(address(LicenceApplication.objects.get())))
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown
    assert Licence.objects.count() == 0


def test_a_second_application_is_refused_with_its_rule(draft: LicenceApplication) -> None:
    response = staff(draft.organisation).post("/lisensi/permohonan/baru/new", facts())

    assert response.status_code == 422
    assert "L-06" in text(response)


def test_facts_are_changed(draft: LicenceApplication) -> None:
    client = staff(draft.organisation)

    client.post(address(draft, "lembaga"), facts(founder_name="Asosiasi Lain"))

    draft.refresh_from_db()
    assert draft.founder_name == "Asosiasi Lain"


def test_a_wrong_file_is_refused_and_the_right_ones_are_kept(draft: LicenceApplication) -> None:
    client = staff(draft.organisation)
    wrong = SimpleUploadedFile("akta.pdf", b"<html>", "application/pdf")

    response = client.post(
        address(draft, "dokumen"), {"legal_form": wrong, "office": make.pdf("kantor.pdf")}
    )

    assert response.status_code == 422
    assert "bukan PDF" in text(response)
    assert "kantor.pdf" in text(response)
    assert [document.kind for document in draft.documents.all()] == ["office"]


def test_a_document_is_handed_out_as_a_file_to_save(draft: LicenceApplication) -> None:
    make.attach(draft, "office")  # type: ignore[arg-type] # the value of the kind
    document = draft.documents.get()

    response = staff(draft.organisation).get(address(draft, f"dokumen/{document.pk}"))

    assert b"".join(response.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    assert response["Content-Disposition"] == 'attachment; filename="office.pdf"'
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


def test_a_document_is_not_found_under_another_application(draft: LicenceApplication) -> None:
    make.attach(draft, "office")  # type: ignore[arg-type] # the value of the kind
    document, other = draft.documents.get(), make.draft()

    assert authority().get(address(other, f"dokumen/{document.pk}")).status_code == 404


def test_a_document_is_taken_back(draft: LicenceApplication) -> None:
    make.attach(draft, "office")  # type: ignore[arg-type] # the value of the kind
    document = draft.documents.get()

    staff(draft.organisation).post(address(draft, f"dokumen/{document.pk}/tarik"))

    document.refresh_from_db()
    assert document.withdrawn_at is not None


@pytest.mark.parametrize("given", [["x"], ["-1"], ["9" * 30], []])
def test_schemes_that_are_none_are_refused(draft: LicenceApplication, given: list[str]) -> None:
    response = staff(draft.organisation).post(address(draft, "skema"), {"versions": given})

    assert response.status_code == 422
    assert not draft.schemes.exists()


def test_a_scheme_is_dropped(draft: LicenceApplication) -> None:
    version = schemes.verified_scheme()
    make.choose(draft, version)

    staff(draft.organisation).post(
        address(draft, "skema"), {"action": "drop", "versions": [version.pk]}
    )

    assert not draft.schemes.exists()


def verdicts(application: LicenceApplication, verdict: str, remark: str = "") -> dict[str, str]:
    documents = LicenceApplication.objects.get(pk=application.pk).current_documents
    sent = {"form-TOTAL_FORMS": str(len(documents)), "form-INITIAL_FORMS": str(len(documents))}
    for place, document in enumerate(documents):
        sent |= {
            f"form-{place}-document": str(document.pk),
            f"form-{place}-verdict": verdict,
            f"form-{place}-remark": remark,
        }
    return sent


def test_documents_are_examined_on_one_page() -> None:
    application = make.in_state("document_verification")
    client = authority()
    assert "Panduan mutu" in text(client.get(address(application, "periksa")))

    response = client.post(address(application, "periksa"), verdicts(application, "accepted"))

    assert response["Location"] == address(application)
    assert {document.verdict for document in application.documents.all()} == {"accepted"}


def test_a_rejection_without_remark_is_refused_and_what_was_ticked_stays() -> None:
    application = make.in_state("document_verification")

    response = authority().post(
        address(application, "periksa"), verdicts(application, "rejected", " ")
    )

    assert response.status_code == 422
    assert "L-13" in text(response)
    assert {document.verdict for document in application.documents.all()} == {"pending"}


def test_the_plenary_fills_in_the_decree_and_grants() -> None:
    application = make.in_state("plenary")
    plenary.carried(application, "grant")
    client = authority(Role.PLENARY_MEMBER)
    assert client.post(address(application, "sk"), {"decree_number": ""}).status_code == 422
    client.post(address(application, "sk"), {"decree_number": "KEP.1/BNSP/I/2024"})
    client.post(address(application, "langkah/grant"))

    licence = Licence.objects.get()
    assert licence.number in text(client.get(f"/lisensi/{licence.pk}/"))
    assert licence.number in text(client.get(address(application)))


def test_many_applications_are_appraised_at_once() -> None:
    made = [make.in_state("submitted") for _ in range(2)]
    for application in made:
        make.visited(application)
    client = authority()

    client.post(
        "/lisensi/permohonan/langkah", {"pk": [one.pk for one in made], "step": "appreciate"}
    )

    assert {one.state for one in LicenceApplication.objects.all()} == {"document_verification"}


def test_a_licence_tells_how_it_stood_on_a_day() -> None:
    licence = make.licence(on=date(2024, 1, 2))
    make.freeze(licence, on=date(2024, 12, 6), decree_number="KEP.7/BNSP/XII/2024")

    for client in (authority(Role.LAW_OFFICER), staff(licence.organisation)):
        here = f"/lisensi/{licence.pk}/"
        assert "Dibekukan" in text(client.get(here + "?on=2024-12-07"))
        assert "sejak 6 Desember 2024, SK KEP.7/BNSP/XII/2024" in text(
            client.get(here + "?on=2024-12-07")
        )
        assert "sejak 6 Desember 2024" not in text(client.get(here + "?on=2024-12-05"))


@pytest.mark.parametrize("day", ["2024-02-31", "kemarin", "", "9999999"])
def test_a_day_that_is_none_is_told(day: str) -> None:
    licence = make.licence()

    response = authority().get(f"/lisensi/{licence.pk}/", {"on": day})

    assert response.status_code == 422


@pytest.mark.parametrize("one", LISTS)
def test_lists_are_filtered_sorted_and_downloaded(one: str) -> None:
    licensed = make.granted_body()
    waiting = make.in_state("submitted")
    client = authority()
    for asked in ("?q=LSP", "?sort=-organisation__name", "?body_type=p3", "?q=" + "x" * 3000):
        assert client.get(one + asked).status_code == 200
    name = waiting.organisation.name if "menunggu" in one else licensed.name
    assert name in b"".join(client.get(one + "?format=csv").streaming_content).decode()  # type: ignore[attr-defined]
    workbook = client.get(one + "?format=xlsx")
    assert workbook.status_code == 200
    workbook.close()


def test_licences_are_filtered_by_their_status_today() -> None:
    licence = make.licence(on=date(2010, 1, 4))
    client = authority()

    assert licence.number in text(client.get("/lisensi/?status=expired"))
    assert licence.number not in text(client.get("/lisensi/?status=active"))


def queries_of(client: Client, one: str) -> int:
    client.get(one)
    with CaptureQueriesContext(connection) as taken:
        assert client.get(one).status_code == 200
    return len(taken)


def plenary_case() -> str:
    application = make.in_state("plenary")
    make.name_decree(application)
    return address(application)


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.LICENSING_OFFICER, lambda: "/lisensi/"),
        (Role.LICENSING_OFFICER, lambda: "/lisensi/permohonan/"),
        (Role.LICENSING_OFFICER, lambda: "/lisensi/permohonan/menunggu"),
        (Role.PLENARY_MEMBER, plenary_case),
        (
            Role.LICENSING_OFFICER,
            lambda: address(make.in_state("document_verification"), "periksa"),
        ),
        (Role.LICENSING_OFFICER, lambda: address(make.in_state("document_verification"))),
        (Role.LAW_OFFICER, lambda: f"/lisensi/{make.licence().pk}/?on=2024-12-07"),
    ],
)
def test_a_page_of_the_authority_takes_few_queries(role: Role, place: Callable[[], str]) -> None:
    for _ in range(3):
        make.in_state("submitted")

    assert queries_of(authority(role), place()) <= MOST_QUERIES


@pytest.mark.parametrize("part", ["", "lembaga", "dokumen", "skema"])
def test_a_page_of_the_applicant_takes_few_queries(part: str) -> None:
    application = make.complete(schemes=[schemes.verified_scheme() for _ in range(4)])

    assert queries_of(staff(application.organisation), address(application, part)) <= MOST_QUERIES


@pytest.mark.parametrize("one", LISTS)
def test_lists_cost_the_same_at_any_length(one: str) -> None:
    client = authority()
    make.licence()
    make.in_state("submitted")
    few = queries_of(client, one)
    for _ in range(3):
        make.licence()
        make.in_state("submitted")

    assert queries_of(client, one) == few


def test_the_begin_page_says_why_a_kind_is_closed() -> None:
    body = make.licensed_body(on=timezone.localdate())

    shown = text(staff(body).get("/lisensi/permohonan/baru"))

    assert "/lisensi/permohonan/baru/scope" in shown
    assert "/lisensi/permohonan/baru/change" in shown
    assert "/lisensi/permohonan/baru/new" not in shown
    assert "/lisensi/permohonan/baru/renewal" not in shown
    assert "L-07" in shown
    assert "L-24" in shown


def test_a_kind_that_is_none_is_not_found() -> None:
    assert staff(make.applicant()).get("/lisensi/permohonan/baru/hadiah").status_code == 404


def test_a_scope_is_changed_from_the_first_page_to_the_submission() -> None:
    kept, dropped, added = (schemes.verified_scheme() for _ in range(3))
    body = make.granted_body(schemes=[kept, dropped], on=timezone.localdate())
    client = staff(body)

    assert client.get("/lisensi/permohonan/baru/scope").status_code == 200
    response = client.post("/lisensi/permohonan/baru/scope")
    application = LicenceApplication.objects.get(kind="scope")
    assert response["Location"] == address(application)
    shown = text(client.get(address(application)))
    assert "50 dari 100" in shown
    assert "Dari permohonan" in shown
    assert "Terbawa" in text(client.get(address(application, "dokumen")))
    client.post(address(application, "dokumen"), {"new_schemes": make.pdf()})
    client.post(address(application, "skema"), {"versions": [added.pk]})
    client.post(address(application, "skema"), {"action": "drop", "versions": [dropped.pk]})
    page = text(client.get(address(application, "skema")))
    assert "Akan dikeluarkan dari ruang lingkup" in page
    client.post(address(application, "langkah/submit"))

    application.refresh_from_db()
    assert application.state == "document_verification"
    assert {(row.scheme_version, row.action) for row in application.schemes.all()} == {
        (added, "add"),
        (dropped, "drop"),
    }
    assert "Giliran BNSP" in text(client.get(address(application)))
    desk = authority()
    assert "Atur asesmen penuh" in text(desk.get(address(application)))
    desk.post(address(application, "asesmen"), {"needs_assessment": "on"})
    application.refresh_from_db()
    assert application.needs_assessment


def test_other_data_is_proposed_on_one_page() -> None:
    body = make.licensed_body(on=timezone.localdate(), name="LSP Lama")
    client = staff(body)
    client.post("/lisensi/permohonan/baru/change")
    application = LicenceApplication.objects.get(kind="change")
    assert "LSP Lama" in text(client.get(address(application, "data")))
    given = {
        "name": "LSP Baru",
        "address": body.address,
        "region": body.region_id,
        "founder_name": application.founder_name,
        "sector_code": application.sector_code,
    }

    wrong = client.post(address(application, "data"), given | {"sector_code": "tik!"})
    assert (wrong.status_code, application.proposals.count()) == (422, 0)
    client.post(address(application, "data"), given)

    [proposal] = application.proposals.all()
    assert (proposal.field, proposal.value) == ("name", "LSP Baru")
    shown = text(client.get(address(application)))
    assert "<del>LSP Lama</del>" in shown
    assert "<ins>LSP Baru</ins>" in shown


def test_lists_are_filtered_by_kind() -> None:
    body = make.licensed_body(on=timezone.localdate())
    make.begun("scope", body, on=timezone.localdate())
    client = staff(body)

    assert "<td" in text(client.get("/lisensi/permohonan/?kind=scope"))
    assert body.name not in text(authority().get("/lisensi/permohonan/?kind=renewal"))


def test_a_page_with_forty_documents_takes_few_queries() -> None:
    application = make.complete()
    for _ in range(4):
        make.attach(application, *required_documents(application))
    assert application.documents.count() >= 40

    for part in ("", "dokumen"):
        client = staff(application.organisation)
        assert queries_of(client, address(application, part)) <= MOST_QUERIES


@pytest.mark.parametrize("kind", ["scope", "change"])
def test_a_page_about_a_licence_takes_as_many_queries_with_more_documents(kind: str) -> None:
    body = make.licensed_body(on=timezone.localdate())
    application = make.ready(kind, body, on=timezone.localdate())
    client = staff(body)
    few = queries_of(client, address(application))
    for _ in range(3):
        make.attach(application, *required_documents(application), on=timezone.localdate())

    # the licence is read with its terms, sanctions and scope
    assert queries_of(client, address(application)) == few <= MOST_QUERIES + 4
