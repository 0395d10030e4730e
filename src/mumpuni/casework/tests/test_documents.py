"""Issued documents by their rules (D-06 to D-08), their file, and the page that answers for them."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from django.db import ProgrammingError, transaction
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries, Settings

from mumpuni.access.models import Organisation
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.casework import actions, queries
from mumpuni.casework.models import IssuedDocument
from mumpuni.casework.queries import STANDINGS, Standing
from mumpuni.casework.tests import make
from mumpuni.credentials.models import SigningKey
from mumpuni.credentials.seals import check_seal
from mumpuni.kernel.errors import Refused
from tests import debian
from tests.program import token

pytestmark = pytest.mark.django_db


@pytest.fixture
def authority() -> Organisation:
    return access.authority()


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def codes_of(content: bytes) -> list[str]:
    bitmap = pypdfium2.PdfDocument(content)[0].render(scale=3, grayscale=True)
    rows = memoryview(bytes(bitmap.buffer)).cast("B", (bitmap.height, bitmap.stride))
    return [code.text for code in zxingcpp.read_barcodes(rows)]


def page_of(document: IssuedDocument, client: Client | None = None) -> str:
    return (client or Client()).get(document.get_absolute_url()).content.decode()


def signed_in(role: Role, of: Organisation) -> Client:
    client = Client()
    client.force_login(access.member(role, of))
    return client


@pytest.mark.usefixtures("authority")
def test_a_document_is_set_from_its_facts_with_a_code_that_opens_its_page(
    settings: Settings,
) -> None:
    settings.PUBLIC_URL = "https://lisensi.contoh.go.id"
    document = make.document()

    content = actions.file_of(document, at=make.NOON)

    words = text_of(content)
    for word in (
        "BADAN NASIONAL SERTIFIKASI PROFESI",
        "SURAT KEPUTUSAN",
        document.number,
        "Jalan Contoh 1",
        "Memberikan lisensi.",
        "Pemrogram Junior",
        "Ditetapkan pada 23 November 2026",
    ):
        assert word in words
    assert "SIMULASI" not in words
    assert codes_of(content) == [f"https://lisensi.contoh.go.id/d/{document.public_id}"]


@pytest.mark.usefixtures("authority")
def test_the_file_says_it_is_for_archives_and_for_everybody() -> None:
    content = actions.file_of(make.document(), at=make.NOON)
    root: Any = PdfReader(io.BytesIO(content)).trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()

    assert re.findall(r"pdfaid:(part|conformance)>(\w+)<", metadata) == [
        ("part", "3"),
        ("conformance", "A"),
    ]
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert root["/Lang"] == "id"


@pytest.mark.parametrize("kind", IssuedDocument.Kind)
@pytest.mark.usefixtures("authority")
def test_what_is_simulated_says_so(kind: IssuedDocument.Kind) -> None:
    front = {"opening": "kepada", "holder": "LSP", "statement": "berlaku", "period": "selalu"}
    facts = make.document().facts | front
    document = make.document(kind=kind, simulated=True, facts=facts)

    assert "SIMULASI: bukan dokumen yang sah" in text_of(actions.file_of(document, at=make.NOON))
    assert "Dokumen simulasi" in page_of(document)


def test_the_seal_of_the_authority_is_accepted_by_other_programs(
    authority: Organisation, tmp_path: Path
) -> None:
    content = actions.file_of(make.document(), at=make.NOON)
    key = SigningKey.objects.get(organisation=authority, kind=SigningKey.Kind.SEAL)

    assert check_seal(content, roots=[bytes(key.certificate)]).holds
    file = tmp_path / "keputusan.pdf"
    file.write_bytes(content)
    told = subprocess.run(
        [debian.program("pdfsig", package="poppler-utils"), file],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    assert "Signature is Valid" in told
    assert "Total document signed" in told


@pytest.mark.usefixtures("authority")
def test_a_file_is_set_once_and_kept() -> None:
    document = make.document()

    first = actions.file_of(document, at=make.NOON)

    again = IssuedDocument.objects.get()
    assert actions.file_of(again, at=make.NOON) == first
    assert again.sha256 == hashlib.sha256(first).hexdigest()


@pytest.mark.parametrize("how", ["altered", "lost"])
@pytest.mark.usefixtures("authority")
def test_d_07_a_file_that_is_not_what_was_issued_is_not_handed_out(how: str) -> None:
    document = make.document()
    content = actions.file_of(document, at=make.NOON)
    place = Path(document.file.path)
    if how == "altered":
        place.write_bytes(content.replace(b"BNSP", b"PSNB"))
    else:
        place.unlink()

    with pytest.raises(Refused) as refused:
        actions.file_of(document, at=make.NOON)

    assert refused.value.code == "D-07"
    answer = Client().get(f"{document.get_absolute_url()}.pdf")
    assert (answer.status_code, b"D-07" in answer.content) == (409, True)


def test_d_07_without_an_authority_nothing_is_sealed() -> None:
    with pytest.raises(Refused) as refused:
        actions.file_of(make.document(), at=make.NOON)

    assert refused.value.code == "D-07"


def test_d_06_a_number_is_given_once() -> None:
    make.document(number="KEP.0001/BNSP/I/2020")

    with pytest.raises(Refused) as refused:
        make.document(number="KEP.0001/BNSP/I/2020")

    assert refused.value.code == "D-06"
    make.document(number="KEP.0001/BNSP/I/2020", kind=IssuedDocument.Kind.LETTER)


@pytest.mark.usefixtures("authority")
def test_d_06_the_database_refuses_to_change_what_was_issued() -> None:
    document = make.document()
    actions.file_of(document, at=make.NOON)

    for change in ({"title": "Lain"}, {"sha256": "0" * 64}):
        with pytest.raises(ProgrammingError, match="stays as issued"), transaction.atomic():
            IssuedDocument.objects.update(**change)
    with pytest.raises(ProgrammingError, match="stays as issued"), transaction.atomic():
        IssuedDocument.objects.all().delete()


def test_l_51_numbers_of_decrees_follow_each_other_and_pass_over_typed_ones() -> None:
    make.document(number="KEP.0002/BNSP/III/2026")

    assert actions.decree_numbers(make.DAY, 2) == [
        "KEP.0001/BNSP/XI/2026",
        "KEP.0003/BNSP/XI/2026",
    ]
    assert actions.decree_numbers(make.DAY.replace(year=2027, month=1)) == ["KEP.0001/BNSP/I/2027"]


def test_everybody_reads_a_public_document() -> None:
    document = make.document()

    page = page_of(document)

    assert "Asli" in page
    assert document.number in page
    assert "Memberikan lisensi." in page
    assert "Pemrogram Junior" in page


@pytest.mark.usefixtures("authority")
def test_d_08_other_documents_are_read_by_whoever_sees_their_case() -> None:
    body = access.organisation("LSP Pertama")
    document = make.document(body, public=False)
    own, other = (
        signed_in(Role.BODY_ADMIN, one) for one in (body, access.organisation("LSP Kedua"))
    )

    for client in (Client(), other):
        page = page_of(document, client)
        assert "Asli" in page
        assert document.number in page
        assert "Memberikan lisensi." not in page
        assert client.get(f"{document.get_absolute_url()}.pdf").status_code == 404

    assert "Memberikan lisensi." in page_of(document, own)
    answer = own.get(f"{document.get_absolute_url()}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert "private" in answer["Cache-Control"]


def test_an_address_that_leads_nowhere_is_answered() -> None:
    answer = Client().get("/d/AAAAAAAAAAAAAAAAAAAAAA")

    assert answer.status_code == 404
    assert "Tidak dikenal" in answer.content.decode()


def test_a_document_names_the_one_that_took_its_place_and_how_its_case_stands(
    monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    monkeypatch.setitem(
        STANDINGS,
        "access.organisation",
        lambda about, on: [Standing("Lisensi", f"{about.kind} {on.year}", "warn", "/direktori/")],
    )
    body = access.organisation()
    old, new = make.document(body), make.document(body)

    with django_assert_max_num_queries(4):
        page = page_of(old)

    assert "sudah digantikan" in page
    assert new.get_absolute_url() in page
    assert "decree 20" in page
    assert "sudah digantikan" not in page_of(new)


def test_documents_about_a_record_are_in_the_order_of_their_days() -> None:
    body = access.organisation()
    later, earlier = make.document(body), make.document(body, on=make.DAY.replace(month=1))
    make.document()

    assert list(queries.documents_of(body)) == [earlier, later]


def test_programs_ask_without_a_token_and_fetch_files_with_one(authority: Organisation) -> None:
    body = access.organisation()
    document = make.document(body, public=False)
    address = f"/api/v1/documents/{document.public_id}"

    told = Client().get(address).json()

    assert (told["number"], told["says"], told["replaced_by"]) == (document.number, [], "")
    assert Client().get(f"{address}/file").status_code == 401
    own, other = (
        {"Authorization": f"Bearer {token(access.member(Role.BODY_ADMIN, one), one)}"}
        for one in (body, access.organisation())
    )
    assert Client().get(f"{address}/file", headers=other).status_code == 404
    assert Client().get(f"{address}/file", headers=own).content.startswith(b"%PDF-")
    assert Client().get("/api/v1/documents/AAAA").status_code == 404


def test_a_program_is_told_what_a_public_document_says_and_what_replaced_it() -> None:
    body = access.organisation()
    old, new = make.document(body), make.document(body)

    told = Client().get(f"/api/v1/documents/{old.public_id}").json()

    assert told["replaced_by"] == new.public_id
    assert told["says"][1] == {"kind": "heading", "text": "Menetapkan"}
