"""What a grant puts on paper: the decree with its number (L-51), and the certificate anew."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from mumpuni.access.models import Organisation
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.casework import queries
from mumpuni.casework.actions import file_of
from mumpuni.casework.models import IssuedDocument
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import Refused
from mumpuni.licensing.models import Licence, LicenceApplication
from mumpuni.licensing.tests import make
from mumpuni.plenary.tests import make as plenary
from mumpuni.schemes.tests import make as schemes

pytestmark = pytest.mark.django_db

Kind = LicenceApplication.Kind
LATER = date(2024, 3, 4)
ENDING = date(2028, 10, 2)
NOON = make.noon(make.GRANTED_ON)


@pytest.fixture(autouse=True)
def _authority() -> None:
    access.authority()


def decree_of(application: LicenceApplication) -> IssuedDocument:
    return queries.documents_of(application).get(kind=IssuedDocument.Kind.DECREE)


def text_of(document: IssuedDocument) -> str:
    content = file_of(document, at=NOON)
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def granted(
    kind: str, of: Organisation, *, on: date, application: LicenceApplication | None = None
) -> LicenceApplication:
    found = application or make.ready(kind, of, on=on)
    make.advance(found, "granted", on=on)
    return found


def test_l_51_decrees_are_numbered_by_the_year_without_a_gap() -> None:
    for on in (make.GRANTED_ON, make.GRANTED_ON, date(2025, 11, 3)):
        make.in_state("granted", on=on)

    found = LicenceApplication.objects.order_by("pk").values_list("decree_number", flat=True)
    assert list(found) == ["KEP.0001/BNSP/I/2024", "KEP.0002/BNSP/I/2024", "KEP.0001/BNSP/XI/2025"]


def test_l_51_a_number_that_somebody_typed_is_kept_and_passed_over() -> None:
    typed = make.in_state("plenary")
    values = {"decree_number": "KEP.0001/BNSP/I/2024"}
    workflow.amend(typed, values, make.plenary_member(), at=NOON)
    make.advance(typed, "granted")

    follower = make.in_state("granted")

    assert decree_of(typed).number == "KEP.0001/BNSP/I/2024"
    assert decree_of(follower).number == "KEP.0002/BNSP/I/2024"


def test_d_06_a_decree_with_the_number_of_another_is_not_granted() -> None:
    number = decree_of(make.in_state("granted")).number
    second = make.in_state("plenary")
    workflow.amend(second, {"decree_number": number}, make.plenary_member(), at=NOON)
    plenary.carried(second, "grant", NOON)

    with pytest.raises(Refused) as refused:
        workflow.perform(second, "grant", make.plenary_member(), at=NOON)

    assert refused.value.code == "D-06"
    second.refresh_from_db()
    assert second.state == "plenary"


def test_a_refusal_takes_no_number() -> None:
    make.in_state("refused")

    decisions = [IssuedDocument.Kind.DECREE, IssuedDocument.Kind.LICENCE]
    assert not IssuedDocument.objects.filter(kind__in=decisions).exists()
    assert decree_of(make.in_state("granted")).number == "KEP.0001/BNSP/I/2024"


def test_a_new_licence_is_decreed_and_certified() -> None:
    version = schemes.verified_scheme(title="Pemrogram Junior", at=NOON)
    application = make.in_state("granted", of=make.applicant("LSP Contoh"), schemes=[version])
    licence = Licence.objects.get()

    decree, certificate = decree_of(application), queries.documents_of(licence).get()

    said = text_of(decree)
    for words in (
        "SURAT KEPUTUSAN",
        application.decree_number,
        "LSP Contoh",
        licence.number,
        "mulai 2 Januari 2024 sampai 1 Januari 2029",
        version.number,
        "Pemrogram Junior",
    ):
        assert words in said
    certified = text_of(certificate)
    for words in ("SERTIFIKAT LISENSI", licence.number, "LSP Contoh", "Pemrogram Junior"):
        assert words in certified
    assert (decree.public, certificate.public) == (True, True)


def test_a_renewal_is_in_force_from_its_new_term_on() -> None:
    body = make.granted_body()
    application = granted(Kind.RENEWAL, body, on=ENDING)
    term = Licence.objects.get().terms.get(application=application)

    decree = decree_of(application)

    assert decree.issued_on == ENDING
    assert decree.effective_on == term.valid_from == date(2029, 1, 2)
    assert "Memperpanjang lisensi" in text_of(decree)
    assert "2 Januari 2029" in text_of(decree)


def test_a_decree_about_the_scope_names_what_is_added_and_dropped() -> None:
    kept, left, new = (
        schemes.verified_scheme(title=title, at=NOON) for title in ("Tetap", "Keluar", "Masuk")
    )
    body = make.granted_body(schemes=[kept, left])
    application = make.ready(Kind.SCOPE, body, on=LATER, schemes=[new])
    make.drop(application, left, on=LATER)
    granted(Kind.SCOPE, body, on=LATER, application=application)

    said = text_of(decree_of(application))
    [*_earlier, newest] = queries.documents_of(Licence.objects.get())
    certified = text_of(newest)

    assert "skema yang ditambahkan" in said
    assert "Masuk" in said.partition("skema yang ditambahkan")[2]
    assert "Keluar" in said.partition("skema yang dikeluarkan")[2]
    assert "Tetap" not in said
    assert "Masuk" in certified
    assert "Keluar" not in certified


def test_a_decree_about_data_names_what_changes_and_the_certificate_follows() -> None:
    body = make.granted_body(name="LSP Lama")
    application = make.begun(Kind.CHANGE, body, on=LATER)
    make.bring_missing(application, on=LATER)
    make.propose(application, on=LATER, name="LSP Baru", address="Jalan Baru 9")
    granted(Kind.CHANGE, body, on=LATER, application=application)

    said = text_of(decree_of(application))
    old, new = queries.documents_of(Licence.objects.get())

    assert "Jalan Baru 9" in said
    assert "LSP Lama" in text_of(old)
    assert "LSP Baru" in text_of(new)
    assert queries.successor_of(old) == new


def test_grants_at_once_are_numbered_and_issued_together() -> None:
    applications = [make.in_state("plenary") for _ in range(3)]
    for application in applications:
        plenary.carried(application, "grant", NOON)

    workflow.perform_all(applications, "grant", make.plenary_member(), at=NOON)

    decrees = IssuedDocument.objects.filter(kind=IssuedDocument.Kind.DECREE)
    assert {one.number for one in decrees} == {f"KEP.000{i}/BNSP/I/2024" for i in (1, 2, 3)}
    assert IssuedDocument.objects.filter(kind=IssuedDocument.Kind.LICENCE).count() == len(decrees)


def test_the_pages_of_application_and_licence_show_what_was_issued() -> None:
    body = make.granted_body()
    licence, application = body.licence, LicenceApplication.objects.get()
    documents = [*queries.documents_of(application), *queries.documents_of(licence)]
    client = Client()
    client.force_login(access.member(Role.BODY_ADMIN, body))

    for address, shown in (
        (application.get_absolute_url(), documents[:1]),
        (licence.get_absolute_url(), documents),
    ):
        page = client.get(address).content.decode()
        assert all(f"{one.get_absolute_url()}.pdf" in page for one in shown)


def test_the_page_behind_the_code_tells_how_the_licence_stands_today() -> None:
    licence = make.granted_body(on=timezone.localdate() - timedelta(days=30)).licence
    [certificate] = queries.documents_of(licence)
    assert "Aktif" in Client().get(certificate.get_absolute_url()).content.decode()

    make.freeze(licence, on=timezone.localdate())

    page = Client().get(certificate.get_absolute_url()).content.decode()
    assert "Dibekukan" in page
    assert "Asli" in page
