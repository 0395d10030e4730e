"""The document: what a reader, a scanner and a validator's first questions find in it."""

from __future__ import annotations

import io
import re
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from pytest_django import Settings

from mumpuni.certificates.documents import (
    CREDENTIAL,
    LOG_PROOF,
    certificate_pdf,
    template_digest,
)
from mumpuni.certificates.documents.wording import words_of
from mumpuni.certificates.models import Certificate
from mumpuni.credentials.seals import check_seal, seal, self_signed_certificate
from tests import debian

PUBLIC_ID = "ABCDEFGHIJKLMN23"
ATTACHED = {
    CREDENTIAL: '{"name": "Ñandú ® “Dewi”", "tab": "\\t", "e\u0301": 1}\r\n'.encode(),
    LOG_PROOF: "c2sp.org/tlog-proof@v1\nindex 7\n\n— log.contoh.id kAbC\n".encode(),
}
NO_GLYPH = b"\0\0"
OFFLINE_CODE = "6BF%RN%P$*" * 40


def certificate(**changed: Any) -> Certificate:
    values: dict[str, Any] = {
        "public_id": PUBLIC_ID,
        "number": "62010 2512 3 0000042 2026",
        "registration_number": "TIK.1565.00042.2026",
        "holder_name": "Dewi Ayu Lestari",
        "scheme_number": "SKM/BNSP/00010/2/2023/1324",
        "scheme_title": "Pemrogram Junior",
        "scheme_title_en": "Junior Coder",
        "scheme_version": 1,
        "field_name": "Informasi dan Komunikasi",
        "kkni_level": 3,
        "units": units(8),
        "body_name": "LSP Contoh",
        "licence_number": "BNSP-LSP-1565-ID",
        "issued_on": date(2026, 6, 8),
        "valid_until": date(2029, 6, 7),
    }
    return Certificate(**values | changed)


def units(count: int) -> list[dict[str, str]]:
    return [
        {"code": f"J.620100.{place:03}.02", "title": f"Menerapkan hal ke-{place}"}
        for place in range(1, count + 1)
    ]


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(content).pages)


def glyphs_of(page: pypdf.PageObject) -> set[bytes]:
    """Return the numbers of all glyphs on a page: two bytes each, as fonts of PDF/A have them."""
    content: Any = page.get_contents()
    shown = [operands[0] for operands, operator in content.operations if operator in {b"Tj", b"TJ"}]
    strings = [
        string.original_bytes
        for part in shown
        for string in (part if isinstance(part, list) else [part])
        if not isinstance(string, float | int)
    ]
    return {string[at : at + 2] for string in strings for at in range(0, len(string), 2)}


def qr_codes(content: bytes, page: int = 0) -> list[str]:
    bitmap = pypdfium2.PdfDocument(content)[page].render(scale=3, grayscale=True)
    rows = memoryview(bytes(bitmap.buffer)).cast("B", (bitmap.height, bitmap.stride))
    return [code.text for code in zxingcpp.read_barcodes(rows)]


def test_the_front_speaks_both_languages_and_the_back_lists_the_units() -> None:
    front, back = (page.extract_text() for page in read(certificate_pdf(certificate())).pages)

    for words in (
        "Dengan ini menyatakan bahwa,",
        "This is to certify that,",
        "Dewi Ayu Lestari",
        "Telah kompeten pada bidang:",
        "With Qualification / Competency:",
        "3 (tiga) tahun",
        "3 (three) years",
        "Atas nama Badan Nasional Sertifikasi Profesi",
        "62010 2512 3 0000042 2026",
        "8 Juni 2026",
        "7 Juni 2029",
    ):
        assert words in front
    assert "Daftar Unit Kompetensi" in back
    assert all(unit["code"] in back for unit in units(8))


def test_the_qr_code_on_the_page_opens_the_verification(settings: Settings) -> None:
    settings.PUBLIC_URL = "https://sertifikat.contoh.go.id"

    assert qr_codes(certificate_pdf(certificate())) == [
        f"https://sertifikat.contoh.go.id/v/{PUBLIC_ID}"
    ]


def test_the_file_says_it_is_for_archives_and_for_everybody() -> None:
    root: Any = read(certificate_pdf(certificate())).trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()

    assert re.findall(r"pdfaid:(part|conformance)>(\w+)<", metadata) == [
        ("part", "3"),
        ("conformance", "A"),
    ]
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "/OutputIntents" in root
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "id"


def complete(**changed: Any) -> bytes:
    return certificate_pdf(certificate(**changed), attachments=ATTACHED, offline_code=OFFLINE_CODE)


def sealed() -> tuple[bytes, bytes]:
    """Return a whole document under a seal, and the certificate of the seal's key."""
    key = rsa.generate_private_key(65_537, 3_072)
    moment = datetime(2026, 6, 8, tzinfo=UTC)
    by = self_signed_certificate(
        "LSP Contoh", key, valid_from=moment, valid_until=moment.replace(year=2028)
    )
    content = seal(
        complete(),
        sign=lambda signed: key.sign(signed, padding.PKCS1v15(), SHA256()),
        certificate=by,
        reason="Penerbitan sertifikat",
        signed_at=moment,
        name="LSP Contoh",
    )
    return content, by


def run(program: str, package: str, *arguments: str | Path) -> str:
    command = [debian.program(program, package=package), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_a_sealed_document_is_accepted_by_poppler_qpdf_and_pyhanko(tmp_path: Path) -> None:
    content, by = sealed()
    file = tmp_path / "sertifikat.pdf"
    file.write_bytes(content)

    assert "Signature is Valid" in run("pdfsig", "poppler-utils", "-nocert", file)
    assert "Total document signed" in run("pdfsig", "poppler-utils", "-nocert", file)
    assert "No syntax or stream encoding errors" in run("qpdf", "qpdf", "--check", file)
    assert check_seal(content, roots=[by]).holds


def test_what_is_attached_comes_back_bit_for_bit_from_under_the_seal(tmp_path: Path) -> None:
    file = tmp_path / "sertifikat.pdf"
    file.write_bytes(sealed()[0])

    run("pdfdetach", "poppler-utils", "-saveall", "-o", tmp_path, file)

    assert {name: (tmp_path / name).read_bytes() for name in ATTACHED} == ATTACHED


def test_attachments_belong_to_the_document_as_archives_ask() -> None:
    root: Any = read(complete()).trailer["/Root"]
    files = {file.get_object()["/UF"]: file.get_object() for file in root["/AF"]}

    assert {
        name: (file["/AFRelationship"], file["/EF"]["/F"]["/Subtype"], bool(file["/Desc"]))
        for name, file in files.items()
    } == {
        CREDENTIAL: ("/Data", "/application/vc", True),
        LOG_PROOF: ("/Supplement", "/text/plain", True),
    }


def test_only_known_files_are_attached() -> None:
    with pytest.raises(KeyError, match=r"virus\.exe"):
        certificate_pdf(certificate(), attachments={"virus.exe": b""})


def test_both_codes_are_read_off_the_page_by_another_program(tmp_path: Path) -> None:
    file = tmp_path / "sertifikat.pdf"
    file.write_bytes(sealed()[0])
    run("pdftoppm", "poppler-utils", "-r", "150", "-png", file, tmp_path / "halaman")

    front, back = (
        run("zbarimg", "zbar-tools", "--quiet", "--raw", tmp_path / f"halaman-{page}.png").strip()
        for page in (1, 2)
    )

    assert front.endswith(f"/v/{PUBLIC_ID}")
    assert back == OFFLINE_CODE


def test_a_document_without_an_offline_code_has_none_on_page_two() -> None:
    assert qr_codes(certificate_pdf(certificate()), page=1) == []
    assert "Verify offline" not in text_of(certificate_pdf(certificate()))
    assert "Verify offline" in text_of(complete())


def test_the_document_names_its_template_by_digest() -> None:
    assert re.fullmatch("[0-9a-f]{64}", template_digest())
    assert read(complete()).metadata["/Keywords"] == f"templat sha256:{template_digest()}"  # type: ignore[index] # it has metadata


def test_every_font_is_embedded() -> None:
    pages: Any = read(certificate_pdf(certificate())).pages
    fonts: list[Any] = [
        font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()
    ]

    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "/FontFile2" in descriptor
        assert "PlusJakartaSans" in descriptor["/FontName"]


def test_the_same_facts_make_the_same_bytes() -> None:
    assert certificate_pdf(certificate()) == certificate_pdf(certificate())
    assert complete() == complete()


def test_simulation_is_said_on_each_page() -> None:
    pages = [
        page.extract_text() for page in read(certificate_pdf(certificate(simulated=True))).pages
    ]

    assert [page.count("SIMULASI") > 0 for page in pages] == [True, True]
    assert "SIMULASI" not in text_of(certificate_pdf(certificate()))


@pytest.mark.parametrize(
    "name",
    [
        "#panic() *tebal* $x$ [a] @ref <label> \\ // `x`",
        "<b>Dewi</b> & 'Ayu'; DROP TABLE",
        '"} , json(bytes(sys.inputs.facts))',
        "O’Brien-Nguyễn Thị Ñandú Łukasz",
        "‘Aisyah “Ai” ʻAbdul Ḥafiẓ Ǎdhi, S.Kom.®",
    ],
)
def test_markup_in_a_name_is_only_a_name(name: str) -> None:
    found = " ".join(text_of(certificate_pdf(certificate(holder_name=name))).split())

    assert found.count(" ".join(name.split())) >= 1


def test_letters_without_a_glyph_do_no_harm() -> None:
    pages = read(certificate_pdf(certificate(holder_name="王小明 عمر\u200b\x07 Dewi"))).pages

    assert "Dewi" in pages[0].extract_text()


HARD_NAMES = [
    "محمد بن عبد الله",
    "نور\u200cالدین ڠڤڽۏچݢ",
    "דוד בן־גוריון",
    "Siti ®\ufe0f Nur 🎓",
    "👩🏽\u200d🏫 Guru 👨\u200d👩\u200d👧 🇮🇩 1\ufe0f\u20e3 \u2764\ufe0f",
    "محمد (Ali) Ahmad, S.Kom.",
    "De\u200cwi\u200d Ay\u200eu\u200f \ufe0e",
    "محمد" * 30,
    "🎓" * 120,
]


@pytest.mark.parametrize("name", HARD_NAMES)
def test_every_letter_is_found_in_the_text_of_the_page(name: str) -> None:
    front = read(certificate_pdf(certificate(holder_name=name))).pages[0].extract_text()

    # a reader may turn what runs from right to left, so only which letters there are is compared
    assert {mark for mark in name if mark.isprintable()} <= set(front)


@pytest.mark.parametrize("name", HARD_NAMES)
def test_no_letter_is_drawn_as_a_box(name: str) -> None:
    for page in read(complete(holder_name=name)).pages:
        assert NO_GLYPH not in glyphs_of(page)


def test_a_name_from_right_to_left_begins_on_the_right() -> None:
    page = pypdfium2.PdfDocument(certificate_pdf(certificate(holder_name="دوي (Ayu), S.Kom.")))[0]
    text = page.get_textpage()
    where = {letter: text.get_charbox(text.get_text_range().index(letter)) for letter in "دA"}

    assert where["د"][0] > where["A"][0]


def test_the_longest_texts_still_fit_the_front() -> None:
    long = certificate(
        holder_name="Suryadiningrat " * 13,
        scheme_title="Pelaksana Lapangan Pekerjaan " * 6,
        scheme_title_en="Field Works Supervisor " * 8,
        field_name="Bidang Pekerjaan Umum " * 13,
        body_name="Lembaga Sertifikasi Profesi " * 7,
    )

    content = certificate_pdf(long)

    front = read(content).pages[0].extract_text()
    assert len(read(content).pages) == 2
    assert "Ketua LSP" in front
    assert "berlaku untuk" in front
    assert qr_codes(content)


@pytest.mark.parametrize("name", ["Wolfeschlegelsteinhausenberger" * 4, "M\u0303" * 60])
def test_a_name_without_a_space_stays_on_the_page(name: str) -> None:
    for page in pypdfium2.PdfDocument(complete(holder_name=name)):
        picture = page.render(scale=1, grayscale=True)
        rows = memoryview(bytes(picture.buffer)).cast("B", (picture.height, picture.stride))
        right = picture.width - 10

        assert {rows[row, right] for row in range(picture.height)} == {255}


@pytest.mark.parametrize(("count", "pages"), [(1, 2), (30, 2), (120, 4)])
def test_many_units_go_on_to_further_pages(count: int, pages: int) -> None:
    content = certificate_pdf(certificate(units=units(count), simulated=True))

    assert len(read(content).pages) <= pages
    assert f"J.620100.{count:03}.02" in text_of(content)
    assert all("SIMULASI" in page.extract_text() for page in read(content).pages)


@pytest.mark.parametrize(
    ("valid_until", "words"),
    [
        (date(2027, 6, 7), "1 (one) year"),
        (date(2031, 6, 7), "5 (lima) tahun"),
        (date(2027, 12, 7), "18 bulan"),
    ],
)
def test_the_term_is_spelled(valid_until: date, words: str) -> None:
    assert words in str(words_of(certificate(valid_until=valid_until))["words"]["validity"])
