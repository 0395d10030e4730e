"""Many certificates at once, as an employer does it: on a phone, in the dark, without script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mumpuni.certificates.models import Certificate
from mumpuni.certificates.tests import make
from tests.browser.visit import NARROW, WIDE, Scheme, Visit

PAGE = "/verifikasi/banyak/"
UNKNOWN = "62010 2512 3 0000042 2026"


@pytest.fixture
def certificate(transactional_db: None) -> Certificate:
    return make.issued_certificate(name="Dewi Ayu Lestari")


def ask(page: Page, certificate: Certificate) -> None:
    rows = [
        f"{certificate.number}; Dewi Ayu Lestari",
        certificate.registration_number,
        f"{certificate.number}; Budi",
        UNKNOWN,
        "12345678",
        "bukan nomor",
    ]
    page.get_by_label("Tempelkan nomor, satu per baris").fill("\n".join(rows))
    page.get_by_role("button", name="Periksa semua").click()
    expect(page.get_by_role("heading", name="Ringkasan")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_question_answer_and_receipt_keep_nobody_out(
    visit: Callable[..., Visit],
    shot: Callable[[Visit, str], None],
    certificate: Certificate,
    width: int,
    scheme: Scheme,
) -> None:
    window = visit(width=width, scheme=scheme)

    def look(name: str) -> None:
        shot(window, f"batch-{name}-{width}-{scheme}")
        assert window.barriers() == [], name
        assert window.overflow() <= 0, name

    page = window.open(PAGE)
    look("question")
    page.get_by_role("button", name="Periksa semua").click()
    expect(page.get_by_text("Tidak ada nomor yang ditulis.").first).to_be_visible()
    look("refused")
    ask(page, certificate)
    look("answer")
    page.get_by_role("button", name="Nama tidak cocok (1)").click()
    expect(page.get_by_text("Budi")).to_be_visible()
    expect(page.get_by_text(UNKNOWN)).to_have_count(0)
    look("filtered")
    page.locator('a[href^="/verifikasi/tanda-terima/"]').click()
    look("receipt")


def test_all_of_it_works_without_script(
    visit: Callable[..., Visit], certificate: Certificate, tmp_path: Path
) -> None:
    page = visit(scripts=False).open(PAGE)
    ask(page, certificate)

    files = {}
    for kind, button in {"pdf": "Unduh tanda terima (PDF)", "csv": "Unduh CSV"}.items():
        with page.expect_download() as download:
            page.get_by_role("button", name=button).click()
        files[kind] = tmp_path / f"tanda-terima.{kind}"
        download.value.save_as(files[kind])
    assert files["pdf"].read_bytes().startswith(b"%PDF")

    page.locator('a[href^="/verifikasi/tanda-terima/"]').click()
    page.get_by_label("Berkas tanda terima").set_input_files(files["csv"])
    page.get_by_role("button", name="Cocokkan").click()
    expect(page.locator(".verdict h2")).to_have_text("Berkas cocok")


def test_a_list_is_uploaded_by_keyboard_alone(
    visit: Callable[..., Visit], certificate: Certificate, tmp_path: Path
) -> None:
    file = tmp_path / "daftar.csv"
    file.write_text(f"Nomor;Nama\n{certificate.number};Dewi Ayu Lestari\n")
    page = visit(width=NARROW).open(PAGE)

    page.get_by_label("Atau unggah berkas").set_input_files(file)
    page.get_by_role("button", name="Periksa semua").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="Berlaku (1)")).to_be_visible()
    expect(page.get_by_text("Dewi Ayu Lestari").first).to_be_visible()
