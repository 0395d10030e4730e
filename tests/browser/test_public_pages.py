"""What everybody sees: verification, front page, directories; small, without script, for all eyes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.certificates.models import Certificate
from mumpuni.certificates.tests import make
from tests.browser.visit import NARROW, WIDE, Scheme, Visit, wire_bytes

BUDGET = 50_000


@pytest.fixture
def certificate(transactional_db: None) -> Certificate:
    return make.issued_certificate(name="Dewi Ayu Lestari")


def pages(certificate: Certificate) -> dict[str, str]:
    return {
        "home": "/",
        "valid": f"/v/{certificate.public_id}",
        "not-found": "/verifikasi/?q=62010+2512+3+0000042+2026",
        "verify": "/verifikasi/",
        "verify-file": "/verifikasi/berkas/",
        "report": "/verifikasi/lapor/",
        "bodies": "/direktori/lsp/",
        "body": f"/direktori/lsp/{certificate.organisation_id}/",
        "statistics": "/statistik/",
        "api": "/api/",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_public_pages_keep_nobody_out(
    visit: Callable[..., Visit],
    shot: Callable[[Visit, str], None],
    certificate: Certificate,
    width: int,
    scheme: Scheme,
) -> None:
    window = visit(width=width, scheme=scheme)
    for name, path in pages(certificate).items():
        window.open(path)
        shot(window, f"portal-{name}-{width}-{scheme}")

        assert window.barriers() == [], name
        assert window.overflow() <= 0, name


def test_a_file_is_compared_with_what_was_issued(
    visit: Callable[..., Visit],
    shot: Callable[[Visit, str], None],
    certificate: Certificate,
    tmp_path: Path,
) -> None:
    make.printed(certificate)
    given, changed = tmp_path / "asli.pdf", tmp_path / "diubah.pdf"
    given.write_bytes(certificate.document.read())
    changed.write_bytes(given.read_bytes().replace(b"/Title", b"/Titel", 1))
    certificate.document.close()
    window = visit(width=NARROW, scripts=False)

    for file, word in ((given, "Berlaku"), (changed, "Belum dapat dipastikan")):
        page = window.open("/verifikasi/berkas/")
        page.get_by_label("Berkas atau foto").set_input_files(file)
        page.get_by_role("button", name="Periksa", exact=True).click()
        shot(window, f"portal-file-{file.stem}")

        expect(page.locator(".verdict h2")).to_have_text(word)


def test_a_revoked_certificate_is_red(
    visit: Callable[..., Visit], shot: Callable[[Visit, str], None], certificate: Certificate
) -> None:
    make.take(certificate, "revoke")
    window = visit(width=NARROW)

    page = window.open(f"/v/{certificate.public_id}")
    shot(window, "portal-revoked")

    expect(page.locator(".verdict h2")).to_have_text("Dicabut")
    assert window.barriers() == []


def test_verification_needs_no_script(
    visit: Callable[..., Visit], certificate: Certificate
) -> None:
    page = visit(scripts=False).open("/")

    page.get_by_label("Nomor sertifikat, nomor registrasi").fill(certificate.number)
    page.get_by_role("button", name="Periksa").click()

    expect(page.locator(".verdict h2")).to_have_text("Berlaku")
    expect(page.get_by_text("Dewi Ayu Lestari")).to_be_visible()


def test_an_answer_can_be_read_in_english_and_reported(
    visit: Callable[..., Visit], certificate: Certificate
) -> None:
    page = visit().open(f"/v/{certificate.public_id}")

    page.get_by_role("button", name="English").click()
    expect(page.locator(".verdict h2")).to_have_text("Valid")
    page.get_by_role("button", name="Bahasa Indonesia").click()
    page.get_by_role("link", name="Ada yang janggal?").click()
    page.get_by_label("Apa yang janggal").fill("Nama tidak cocok.")
    page.get_by_role("button", name="Kirim laporan").click()

    expect(page.get_by_text("Terima kasih")).to_be_visible()


@pytest.mark.parametrize("name", ["home", "valid", "not-found"])
def test_an_answer_is_small_on_the_wire(
    visit: Callable[..., Visit], certificate: Certificate, name: str
) -> None:
    cost = wire_bytes(visit(), pages(certificate)[name])

    assert sum(cost.values()) < BUDGET, cost
    assert not [address for address in cost if "htmx" in address]


def test_the_desk_and_its_pages_keep_nobody_out(
    visit: Callable[..., Visit], shot: Callable[[Visit, str], None], certificate: Certificate
) -> None:
    body = certificate.organisation
    window = visit(width=NARROW)
    window.sign_in(access.member(Role.BODY_ADMIN, body, "Rina Kartika"), body.pk)
    for name, path in {
        "desk": "/meja/",
        "account": "/akses/",
        "invite": f"/akses/lembaga/{body.pk}/undang/",
        "organisation": f"/akses/lembaga/{body.pk}/",
        "members": "/akses/anggota/",
        "token": "/akses/token/baru/",
    }.items():
        window.open(path)
        shot(window, f"portal-{name}")
        assert window.barriers() == [], name
        assert window.overflow() <= 0, name
