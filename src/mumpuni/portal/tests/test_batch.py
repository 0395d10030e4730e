"""V-09, V-10, V-11: many certificates at once, on the page and in the files one takes along."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import subprocess
from collections.abc import Sequence
from datetime import date
from typing import Any

import pikepdf
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from mumpuni.access.models import Organisation
from mumpuni.access.tests import make as access
from mumpuni.certificates.models import Certificate, LookupCount, VerificationReceipt
from mumpuni.credentials.keys import ensure_keys
from mumpuni.credentials.models import SigningKey
from mumpuni.credentials.seals import unsealed
from mumpuni.credentials.signing import PublicKey
from mumpuni.kernel.models import PolicyValue
from mumpuni.portal.batch.paper import ROWS_INSIDE
from mumpuni.portal.batch.rows import rows_of_text
from mumpuni.portal.tests.test_verification_pages import NASTY, words
from tests import debian

pytestmark = pytest.mark.django_db

PAGE = "/verifikasi/banyak/"
UNKNOWN = "62010 2512 3 0000042 2026"


def ask(client: Client, text: str = "", **given: Any) -> Any:
    return client.post(PAGE, {"text": text, **given})


def upload(client: Client, content: bytes, name: str = "daftar.csv") -> Any:
    return client.post(PAGE, {"text": "", "file": SimpleUploadedFile(name, content)})


def carried(response: Any) -> str:
    assert response.status_code == 200, words(response.content)
    found = re.search(r'name="hasil" value="([^"]+)"', response.content.decode())
    assert found
    return found[1]


def file_of(client: Client, response: Any, kind: str) -> bytes:
    handed = client.post(f"{PAGE}hasil/", {"hasil": carried(response), "berkas": kind})
    assert handed.status_code == 200
    assert f'.{kind}"' in handed["Content-Disposition"]
    return handed.content


def table_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def workbook(*rows: Sequence[object]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False})
    sheet = book.add_worksheet()
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    book.close()
    return target.getvalue()


def limit(name: str, value: int) -> None:
    PolicyValue.objects.create(
        name=name, valid_from=date(2020, 1, 1), value=value, source="uji", entered_by="uji"
    )


@pytest.fixture
def authority() -> dict[SigningKey.Kind, SigningKey]:
    now = timezone.now()
    return ensure_keys(access.authority(), now.year, now)


def test_each_row_is_answered_with_verdict_reason_and_body(
    client: Client, certificate: Certificate
) -> None:
    page = words(ask(client, f"{certificate.number}; Dewi Ayu\n\n{UNKNOWN}\nbukan nomor\n").content)

    assert "3 baris diperiksa" in page
    assert "Berlaku (1)" in page
    assert "Tidak ditemukan (2)" in page
    assert "terdaftar dan berlaku sampai" in page
    assert "Dewi Ayu" in page
    assert certificate.body_name in page
    assert "Ini bukan pola nomor" in page


def test_v10_a_name_is_told_to_those_who_wrote_it_only(
    client: Client, certificate: Certificate
) -> None:
    text = f"{certificate.number}\n{certificate.public_id}\n{certificate.number}, Budi"
    response = ask(client, text)

    page = response.content.decode()
    assert "D. A." in page
    assert "Nama tidak cocok (1)" in words(response.content)
    assert "Dewi" not in page


def test_one_verdict_is_shown_without_asking_again(
    client: Client, certificate: Certificate
) -> None:
    answer = ask(client, f"{certificate.number}\n{UNKNOWN}")

    with CaptureQueriesContext(connection) as queries:
        page = client.post(f"{PAGE}hasil/", {"hasil": carried(answer), "putusan": "not_found"})

    assert UNKNOWN in page.content.decode()
    assert certificate.number not in words(page.content)
    assert not [one for one in queries if "certificates_" in one["sql"]]


def test_numbers_and_names_may_be_parted_in_many_ways() -> None:
    rows = rows_of_text(
        f"{UNKNOWN}\tDewi\r\n{UNKNOWN};Dewi, S.Kom.\n{UNKNOWN} , Dewi\n"
        f'"{UNKNOWN}";"Dewi"\n\n  {UNKNOWN}  \n; Dewi'
    )

    assert {row.typed for row in rows[:5]} == {UNKNOWN}
    assert [row.name for row in rows] == ["Dewi", "Dewi, S.Kom.", "Dewi", "Dewi", "", "Dewi"]
    assert rows[5].problem == "Baris ini tidak memuat nomor."


@pytest.mark.parametrize(
    "heading", [None, ("Nomor", "Nama"), ("Holder", "Urut", "CERTIFICATE  NUMBER")]
)
def test_a_workbook_is_read_by_its_headings_or_by_its_first_columns(
    client: Client, certificate: Certificate, heading: Sequence[str] | None
) -> None:
    row = {"Nomor": certificate.number, "Nama": "Dewi Ayu", "Holder": "Dewi Ayu", "Urut": 7}
    row["CERTIFICATE  NUMBER"] = certificate.number
    cells = [row[name] for name in heading or ("Nomor", "Nama")]

    answer = upload(client, workbook(*([heading] if heading else []), cells), "daftar.xlsx")

    page = words(answer.content)
    assert "1 baris diperiksa" in page
    assert "Berlaku (1)" in page
    assert "Dewi Ayu" in page


def test_a_csv_is_read_whatever_its_separator(client: Client, certificate: Certificate) -> None:
    for separator in (",", ";", "\t"):
        content = f"\ufeffNomor{separator}Nama\r\n{certificate.number}{separator}Dewi Ayu\r\n"
        assert "Berlaku (1)" in words(upload(client, content.encode()).content), separator


def test_a_number_that_a_sheet_has_rounded_says_so(client: Client) -> None:
    page = words(upload(client, workbook([62010251230000042.0]), "daftar.xlsx").content)

    assert "sudah dibulatkan lembar kerja" in page
    assert "Belum dapat dipastikan (1)" in page


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        ("Nomor;Nama\nä".encode("latin-1"), "a.csv", "bukan CSV UTF-8"),
        ("Nomor;Nama\n1;2".encode("utf-16"), "a.csv", "bukan CSV"),
        (workbook([UNKNOWN])[:-50], "a.xlsx", "bukan XLSX"),
        (b"1\0002", "a.csv", "bukan CSV"),
        (b"\n \n", "a.csv", "Tidak ada nomor"),
        (b"1\n" * 1_100_000, "a.csv", "lebih besar dari 2 MB"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    client: Client, content: bytes, name: str, problem: str
) -> None:
    response = upload(client, content, name)

    assert response.status_code == 422
    assert problem in words(response.content)


def test_a_workbook_is_known_by_its_content_not_by_its_name(
    client: Client, certificate: Certificate
) -> None:
    assert "Berlaku (1)" in words(
        upload(client, workbook([certificate.number]), "daftar.csv").content
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "Tidak ada nomor"),
        ("\n \n", "Tidak ada nomor"),
        ("1\n" * 1001, "Ada 1.001 baris; sekali periksa paling banyak 1.000. Bagilah menjadi 2."),
        ("1\x002", "null"),
        ("9" * 600_000, "500"),
    ],
)
def test_what_cannot_be_asked_comes_back_as_it_was(client: Client, text: str, problem: str) -> None:
    response = ask(client, text)

    assert response.status_code == 422
    assert problem.casefold() in words(response.content).casefold()
    assert not VerificationReceipt.objects.exists()


def test_a_text_of_five_megabytes_is_turned_away_with_the_limit(client: Client) -> None:
    response = ask(client, "9" * 5_000_000)

    assert response.status_code == 413
    assert "paling banyak 2,5 MB" in words(response.content)


def test_a_text_and_a_file_are_not_asked_for_together(client: Client) -> None:
    response = ask(client, UNKNOWN, file=SimpleUploadedFile("a.csv", b"1"))

    assert response.status_code == 422
    assert "Isi salah satu" in words(response.content)
    assert UNKNOWN in response.content.decode()


def test_what_is_typed_is_text_never_markup(client: Client, authority: object) -> None:
    nasty = [one for one in NASTY if "\0" not in one]
    response = ask(client, "\n".join(f"{one}\t{one}" for one in nasty))

    page = response.content.decode()
    assert f"{len(nasty)} baris diperiksa" in words(response.content)
    assert "<script>alert" not in page
    assert "<img" not in page
    assert file_of(client, response, "pdf").startswith(b"%PDF")


def test_a_file_runs_no_formulas(client: Client, authority: object) -> None:
    text = '=HYPERLINK("http://x.test")\n+1+1\tName\n-2\t=1+1\n@SUM(A1)\t\n'
    for row in table_of(file_of(client, ask(client, text), "csv"))[1:5]:
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))], row


def test_the_csv_is_signed_by_the_authority(
    client: Client, authority: dict[SigningKey.Kind, SigningKey], certificate: Certificate
) -> None:
    content = file_of(client, ask(client, f"{certificate.number}; Dewi Ayu\n{UNKNOWN}"), "csv")

    *_rows, receipt, (label, jws) = table_of(content)
    assert label == "JWS"
    payload = content[: content.rindex(b"JWS,")]
    key = authority[SigningKey.Kind.P256]
    header, signature = check_jws(jws, payload, key.published)
    assert header == {"alg": "ES256", "kid": key.verification_method}
    assert len(signature) == 64
    with pytest.raises(Exception, match="signature-wrong"):
        check_jws(jws, payload.replace(b"Berlaku", b"Dicabut"), key.published)
    assert receipt[1] == f"http://127.0.0.1:8000/verifikasi/tanda-terima/{code_of(content)}"


def check_jws(jws: str, payload: bytes, key: PublicKey) -> tuple[dict[str, str], bytes]:
    """Check a detached JWS as RFC 7515 says, with nothing of the code that wrote it."""
    header, nothing, signature = jws.split(".")
    assert nothing == ""
    encoded = base64.urlsafe_b64encode(payload).decode().rstrip("=")
    raw = base64.urlsafe_b64decode(signature + "==")
    key.check(raw, f"{header}.{encoded}".encode())
    return json.loads(base64.urlsafe_b64decode(header + "==")), raw


def code_of(content: bytes) -> str:
    found = re.search(rb"tanda-terima/([A-Z2-7]{16})", content)
    assert found
    return found[1].decode()


def test_both_files_tell_the_same_and_the_pdf_holds_the_csv(
    client: Client, authority: object, certificate: Certificate
) -> None:
    answer = ask(client, f"{certificate.number}; Dewi Ayu\n{UNKNOWN}")
    rows, paper = file_of(client, answer, "csv"), file_of(client, answer, "pdf")

    with pikepdf.open(io.BytesIO(paper)) as pdf:
        inside = pdf.attachments[ROWS_INSIDE].get_file().read_bytes()
    assert inside.rpartition(b"JWS,")[0] == rows.rpartition(b"JWS,")[0]
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)
    assert code_of(rows) in text
    assert "Dewi Ayu" in text


def test_the_pdf_is_sealed_and_accepted_by_other_programs(
    client: Client, authority: object, certificate: Certificate, tmp_path: Any
) -> None:
    file = tmp_path / "tanda-terima.pdf"
    file.write_bytes(file_of(client, ask(client, f"{certificate.number}\n" * 60), "pdf"))

    told = subprocess.run(
        [debian.program("pdfsig", package="poppler-utils"), file],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    checked = subprocess.run(
        [debian.program("qpdf", package="qpdf"), "--check", file],
        capture_output=True,
        text=True,
        check=False,
    )

    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert len(PdfReader(file).pages) > 1


def test_v11_a_receipt_keeps_no_number_and_no_name(
    client: Client, authority: object, certificate: Certificate
) -> None:
    answer = ask(client, f"{certificate.number}; Dewi Ayu\n{UNKNOWN}")
    receipt = VerificationReceipt.objects.get()

    kept = [str(getattr(receipt, field.name)) for field in receipt._meta.fields]
    assert receipt.rows == 2
    assert receipt.summary == {"valid": 1, "not_found": 1}
    assert not [one for one in kept if "Dewi" in one or certificate.number in one]
    rows = file_of(client, answer, "csv").rpartition(b"JWS,")[0]
    assert receipt.digest == hashlib.sha256(rows).hexdigest()


def test_two_batches_of_the_same_rows_have_other_digests(client: Client) -> None:
    ask(client, UNKNOWN)
    ask(client, UNKNOWN)

    assert len({one.digest for one in VerificationReceipt.objects.all()}) == 2


def compare(client: Client, code: str, content: bytes) -> str:
    given = {"file": SimpleUploadedFile("berkas", content)}
    return words(client.post(f"/verifikasi/tanda-terima/{code}", given).content)


def test_v11_a_file_is_checked_against_its_receipt(client: Client, authority: object) -> None:
    rows = file_of(client, ask(client, UNKNOWN), "csv")
    code = code_of(rows)

    assert "Tidak ditemukan 1" in words(client.get(f"/verifikasi/tanda-terima/{code}").content)
    assert "Berkas cocok" in compare(client, code, rows)
    assert "Berkas cocok" in compare(client, code, rows.rpartition(b"JWS,")[0])
    assert "Berkas tidak cocok" in compare(client, code, rows.replace(b"0000042", b"0000043"))
    assert "Berkas tidak cocok" in compare(client, code, b"\xff\xfe")
    assert client.get(f"/verifikasi/tanda-terima/{code.lower()}").status_code == 200
    for unknown in ("AAAAAAAAAAAAAAAA", "%00", "x", "..%2f"):
        assert client.get(f"/verifikasi/tanda-terima/{unknown}").status_code == 404


def test_v11_a_paper_is_checked_by_its_seal_and_what_is_inside(
    client: Client, authority: object
) -> None:
    one, other = ask(client, UNKNOWN), ask(client, UNKNOWN)
    paper, code = file_of(client, one, "pdf"), code_of(file_of(client, one, "csv"))

    assert "Berkas cocok" in compare(client, code, paper)
    assert "Berkas tidak cocok" in compare(client, code, file_of(client, other, "pdf"))
    middle = len(paper) // 2
    changed = paper[:middle] + bytes([paper[middle] ^ 1]) + paper[middle + 1 :]
    assert "Berkas tidak cocok" in compare(client, code, changed)
    assert "Berkas tidak cocok" in compare(client, code, unsealed(paper))
    assert "Berkas tidak cocok" in compare(client, code, b"%PDF-1.7 tanpa isi")


@pytest.mark.parametrize("carried", ["", "x", "eyJhIjoxfQ:1abc:def"])
def test_a_forged_answer_gets_no_file(client: Client, authority: object, carried: str) -> None:
    response = client.post(f"{PAGE}hasil/", {"hasil": carried, "berkas": "pdf"})

    assert response.status_code == 422
    assert b"V-11" in response.content


def test_the_address_of_an_answer_leads_back_to_the_question(client: Client) -> None:
    assert client.get(f"{PAGE}hasil/")["Location"] == PAGE


def test_files_wait_until_there_is_an_authority_to_sign_them(client: Client) -> None:
    Organisation.objects.filter(kind=Organisation.Kind.AUTHORITY).update(
        kind=Organisation.Kind.PARTNER
    )
    answer = carried(ask(client, UNKNOWN))

    response = client.post(f"{PAGE}hasil/", {"hasil": answer, "berkas": "csv"})

    assert response.status_code == 409
    assert b"V-11" in response.content


def test_w21_a_batch_counts_as_its_rows(client: Client) -> None:
    limit("portal.batch_rows", 3)
    assert ask(client, "1\n2").status_code == 200

    refused = ask(client, "1\n2")

    assert refused.status_code == 429
    assert b"W-21" in refused.content
    elsewhere = client.post(PAGE, {"text": "1\n2"}, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 200


def test_v09_the_authority_says_how_many_rows_a_batch_may_have(client: Client) -> None:
    limit("verification.batch_limit", 2)

    assert ask(client, "1\n2").status_code == 200
    assert "paling banyak 2" in words(ask(client, "1\n2\n3").content)


def test_v12_answers_are_counted_by_verdict(client: Client, certificate: Certificate) -> None:
    ask(client, f"{certificate.number}\n{certificate.number}\n{UNKNOWN}")

    counted = {(one.channel, one.verdict): one.total for one in LookupCount.objects.all()}
    assert counted == {("batch", "valid"): 2, ("batch", "not_found"): 1}


def test_a_thousand_rows_cost_as_many_queries_as_one(
    client: Client, certificate: Certificate
) -> None:
    ask(client, UNKNOWN)  # reads the policies, which are then known for a while
    cost = {}
    for rows in (1, 100, 1000):
        with CaptureQueriesContext(connection) as queries:
            page = ask(client, f"{certificate.number}\n" * rows)
        cost[rows] = len(queries)
        assert f"Berlaku ({rows})".replace("1000", "1.000") in words(page.content)

    assert len(set(cost.values())) == 1, cost
    assert cost[1] <= 7


def test_answers_are_kept_out_of_caches_and_search_engines(client: Client) -> None:
    for response in (client.get(PAGE), ask(client, UNKNOWN)):
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_the_page_and_its_files_speak_english(
    client: Client, authority: object, certificate: Certificate
) -> None:
    client.cookies["django_language"] = "en"
    answer = ask(client, certificate.number)

    heading, row, *_rest = table_of(file_of(client, answer, "csv"))
    assert heading[:4] == ["Row", "Number", "Name", "Verdict"]
    assert "Valid" in row
    assert "Berlaku" not in words(answer.content)


def test_v12_the_statistics_tell_how_often_and_how_was_asked(
    client: Client, certificate: Certificate
) -> None:
    ask(client, f"{certificate.number}\n{certificate.number}\n{UNKNOWN}")
    client.get(f"/v/{certificate.public_id}")
    client.get("/api/v1/verify", {"number": certificate.number})

    page = words(client.get("/statistik/").content)
    assert "Pemeriksaan sertifikat 30 hari terakhir menurut jawabannya" in page
    by_verdict = client.get("/statistik/pemeriksaan-per-putusan.csv").getvalue().decode()
    assert "Berlaku,4\r\n" in by_verdict
    assert "Tidak ditemukan,1\r\n" in by_verdict
    by_way = client.get("/statistik/pemeriksaan-per-cara.csv").getvalue().decode()
    assert "Pemeriksaan bersama,3\r\nAPI,1\r\n" in by_way


def test_the_page_of_one_certificate_leads_to_the_page_of_many(client: Client) -> None:
    assert f'href="{PAGE}"' in client.get("/verifikasi/").content.decode()
