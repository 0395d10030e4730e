"""How people come into a session by the pages: applying themselves, or from a spreadsheet."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from mumpuni.access.models import Individual, User
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.assessment.forms import COLUMNS, read_entries, template
from mumpuni.assessment.models import Candidate, SelfAssessment, Session
from mumpuni.assessment.tests import make
from mumpuni.kernel.models import Event
from mumpuni.kernel.time import legal_day

pytestmark = pytest.mark.django_db

HTML = "<script>alert(1)</script>'; DROP TABLE x; --"
HEADINGS = [str(column.heading) for column in COLUMNS]
IDENTITY = {
    "name": "Dewi Lestari",
    "document_kind": "nik",
    "document_number": "3201054101900001",
    "born_on": "1990-01-01",
}
APPLICATION = {
    "purpose": "certification",
    "affiliation": "none",
    "education": "SMK",
    "occupation": "Pemrogram",
    "evidence": "Ijazah.",
}


@pytest.fixture
def session() -> Session:
    return make.open_session(on=legal_day(timezone.now()) + timedelta(days=5))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def admin_of(session: Session) -> Client:
    return signed_in(access.member(Role.BODY_ADMIN, of=session.organisation))


def test_an_individual_applies_assesses_themselves_and_submits(session: Session) -> None:
    account = access.user("Dewi")
    client = signed_in(account)
    listed = client.get(reverse("assessment:open-sessions")).content.decode()
    client.post(reverse("assessment:apply", args=[session.pk]), IDENTITY | APPLICATION)
    candidate = Candidate.objects.get()
    form = reverse("assessment:self-assessment", args=[candidate.pk])
    first, *others = session.scheme_version.scheme_units.all()

    half = client.post(form, {f"unit-{first.pk}": "K"})
    kept = candidate.self_assessments.count()
    client.post(form, {f"unit-{part.pk}": "BK" for part in others} | {f"unit-{first.pk}": "K"})
    client.post(reverse("assessment:candidate-step", args=[candidate.pk, "submit"]))

    assert session.scheme_version.title in listed
    assert half["Location"] == form
    assert kept == 2
    candidate.refresh_from_db()
    assert candidate.state == "submitted"
    assert candidate.individual.user == account
    assert (
        session.scheme_version.title
        in client.get(reverse("assessment:my-applications")).content.decode()
    )
    assert (
        reverse("assessment:apply", args=[session.pk])
        not in client.get(reverse("assessment:open-sessions")).content.decode()
    )


def test_who_is_known_is_not_asked_who_they_are_again(session: Session) -> None:
    account = access.user("Dewi")
    client = signed_in(account)
    client.post(reverse("assessment:apply", args=[session.pk]), IDENTITY | APPLICATION)
    other = make.open_session(session.organisation, session.scheme_version, on=session.held_on)

    page = client.get(reverse("assessment:apply", args=[other.pk])).content.decode()

    assert 'name="document_number"' not in page
    assert "Ijazah." in page
    assert IDENTITY["document_number"] not in page


def test_the_identity_number_is_encrypted_and_leaves_no_trace_in_the_trail(
    session: Session,
) -> None:
    signed_in(access.user()).post(
        reverse("assessment:apply", args=[session.pk]), IDENTITY | APPLICATION
    )

    raw = Individual.objects.extra(select={"sealed": "document_number"}).values("sealed")[0]
    assert IDENTITY["document_number"].encode() not in bytes(raw["sealed"])
    for event in Event.objects.all():
        assert IDENTITY["document_number"] not in str(event.changes) + event.note


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("document_number", "3201"),
        ("born_on", "1990-02-31"),
        ("born_on", "2999-01-01"),
        ("name", "a" * 201),
        ("email", "bukan surel"),
        ("affiliation", "keluarga"),
        ("evidence", "a" * 5001),
        ("name", "Dewi\x00"),
    ],
)
def test_a_wrong_application_comes_back_as_it_was_typed(
    session: Session, field: str, value: str
) -> None:
    given = IDENTITY | APPLICATION | {field: value}

    page = signed_in(access.user()).post(reverse("assessment:apply", args=[session.pk]), given)

    assert page.status_code == 422
    assert 'id="kesalahan"' in page.content.decode()
    assert not Candidate.objects.exists()
    assert not Individual.objects.filter(name__startswith="Dewi").exists()


def test_a_name_of_markup_is_shown_as_text(session: Session) -> None:
    client = signed_in(access.user())
    client.post(
        reverse("assessment:apply", args=[session.pk]), IDENTITY | APPLICATION | {"name": HTML}
    )

    page = client.get(Candidate.objects.get().get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_answers_to_elements_of_other_schemes_are_ignored(session: Session) -> None:
    candidate = make.applicant(session, at=timezone.now())
    foreign = make.scheme().scheme_units.all()[0].unit.elements.all()[0]

    admin_of(session).post(
        reverse("assessment:self-assessment", args=[candidate.pk]), {f"k-{foreign.pk}": "K"}
    )

    assert not SelfAssessment.objects.exists()


def row(ordinal: int, **changed: Any) -> list[Any]:
    values: dict[str, Any] = {
        "name": f"Peserta {ordinal}",
        "document_kind": "NIK",
        "document_number": f"320105410190{ordinal:04d}",
        "born_in": "Bogor",
        "born_on": date(1990, 1, 1),
        "sex": "P",
        "email": f"p{ordinal}@contoh.test",
        "phone": "0812000000",
        "address": "Jalan Uji 1",
        "education": "SMK",
        "occupation": "Pemrogram",
        "purpose": "Sertifikasi",
        "affiliation": "Tidak terikat",
        "evidence": "Ijazah",
        "claims_all": "",
    }
    return list((values | changed).values())


def workbook(rows: Sequence[Sequence[Any]], headings: Sequence[str] = HEADINGS) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for number, cells in enumerate([headings, *rows]):
        sheet.write_row(number, 0, cells)
    book.close()
    return target.getvalue()


def text(rows: Sequence[Sequence[Any]], delimiter: str = ";") -> bytes:
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter).writerows([HEADINGS, *rows])
    return target.getvalue().encode("utf-8-sig")


def upload(
    session: Session, content: bytes, *, name: str = "asesi.xlsx", all_or_none: str = "ya"
) -> Any:
    return admin_of(session).post(
        reverse("assessment:upload", args=[session.pk]),
        {"file": SimpleUploadedFile(name, content), "all_or_none": all_or_none},
    )


@pytest.mark.parametrize(
    "content",
    [
        workbook([row(1), row(2, claims_all="K")]),
        text([row(1), row(2, claims_all="k")]),
        text([row(1), row(2, claims_all="ya")], ","),
        workbook([list(reversed(row(1))), list(reversed(row(2, claims_all="K")))], HEADINGS[::-1]),
    ],
    ids=["xlsx", "csv;", "csv,", "columns in another order"],
)
def test_a_spreadsheet_enters_candidates(session: Session, content: bytes) -> None:
    page = upload(session, content)

    assert page.status_code == 200
    first, second = Candidate.objects.order_by("pk")
    assert (first.individual.name, first.individual.sex) == ("Peserta 1", "female")
    assert first.individual.born_on == date(1990, 1, 1)
    assert not first.self_assessments.exists()
    assert second.self_assessments.count() == 6
    assert Event.objects.filter(subject="assessment.candidate", step="begin").count() == 2


def test_what_is_wrong_is_told_by_row_and_column_and_nothing_is_kept(session: Session) -> None:
    content = workbook(
        [row(1), row(2, document_number="12"), row(3, born_on="31/02/1990"), row(4, sex="X")]
    )

    page = upload(session, content)

    shown = page.content.decode()
    assert page.status_code == 422
    assert [(one.row, one.column) for one in page.context["unfit"]] == [
        (3, "Nomor identitas"),
        (4, "Tanggal lahir"),
        (5, "Jenis kelamin (P/L)"),
    ]
    assert "A-27" in shown
    assert not Candidate.objects.exists()


def test_good_rows_are_kept_where_that_was_chosen(session: Session) -> None:
    known = make.applicant(session, at=timezone.now()).individual
    other = access.individual("Orang Lain")
    content = workbook(
        [
            row(1),
            row(2, document_number="12"),
            row(3, document_number=known.document_number, name=known.name),
            row(4, document_number=other.document_number, name="Bukan Dia"),
            row(5),
            row(5),
        ]
    )

    page = upload(session, content, all_or_none="tidak")

    assert page.status_code == 200
    assert [(one.row, one.code) for one in page.context["unfit"]] == [
        (3, ""),
        (4, "A-16"),
        (5, "A-28"),
        (7, "A-16"),
    ]
    assert Candidate.objects.count() == 1 + 2


def test_more_rows_than_places_are_refused_by_row(session: Session) -> None:
    page = upload(session, workbook([row(n) for n in range(1, 23)]), all_or_none="tidak")

    assert [(one.row, one.code) for one in page.context["unfit"]] == [(22, "A-12"), (23, "A-12")]
    assert Candidate.objects.count() == session.quota


def test_a_number_that_a_sheet_has_rounded_is_not_believed(session: Session) -> None:
    page = upload(session, workbook([row(1, document_number=3201054101900001)]))

    (fault,) = page.context["unfit"]
    assert (fault.row, fault.column, fault.code) == (2, "Nomor identitas", "A-27")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7 bukan lembar kerja \xff\xfe", "asesi.xlsx"),
        (b"PK\x03\x04 rusak", "asesi.xlsx"),
        ("Nama;Nomor identitas\nJosé;1".encode("latin-1"), "asesi.csv"),
        ("Nama;Nomor\n".encode("utf-16"), "asesi.csv"),
        (b"Nama;Jenis identitas\nBudi;NIK", "asesi.csv"),
        (b"a\x00b", "asesi.csv"),
        (b'"' + b"a" * 200_000, "asesi.csv"),
    ],
)
def test_a_29_a_file_that_is_no_list_of_candidates_is_refused(
    session: Session, content: bytes, name: str
) -> None:
    page = upload(session, content, name=name)

    assert page.status_code == 422
    assert "A-29" in page.content.decode()


def test_a_29_a_small_workbook_that_claims_an_endless_sheet_is_refused(session: Session) -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write(0, 0, "Nama")
    sheet.write(1_048_575, 16_383, "ujung")
    book.close()

    page = upload(session, target.getvalue())

    assert page.status_code == 422
    assert "A-29" in page.content.decode()


def test_an_empty_and_a_huge_file_are_refused(session: Session) -> None:
    empty = upload(session, b"")
    huge = upload(session, b"a" * (5 * 1024 * 1024 + 1), name="asesi.csv")

    assert (empty.status_code, huge.status_code) == (422, 422)
    assert "5 MB" in huge.content.decode()


def test_the_template_holds_an_example_that_reads_well() -> None:
    entries, unfit = read_entries(SimpleUploadedFile("asesi.xlsx", template()))

    assert not unfit
    assert [entry.identity.name for entry in entries] == ["Contoh Nama"]


def test_a_thousand_rows_are_checked_in_seconds_at_a_fixed_cost(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    session = make.open_session(on=legal_day(timezone.now()) + timedelta(days=5), quota=500)
    admin = admin_of(session)
    content = workbook([row(n) for n in range(1, 1001)])
    began = time.monotonic()

    with django_assert_max_num_queries(20):
        page = admin.post(
            reverse("assessment:upload", args=[session.pk]),
            {"file": SimpleUploadedFile("asesi.xlsx", content), "all_or_none": "tidak"},
        )

    assert Candidate.objects.count() == 500
    assert len(page.context["unfit"]) == 500
    assert time.monotonic() - began < 30
