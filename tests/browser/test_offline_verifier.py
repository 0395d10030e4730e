"""The verifier in the browser: installed, without a network, by keyboard, for all eyes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.test import override_settings
from playwright.sync_api import FilePayload, Page, expect

from mumpuni.certificates.actions import document_of, sign_status_lists
from mumpuni.certificates.tests import make
from mumpuni.credentials.models import SigningKey
from mumpuni.portal.tests.evidence import DAY, ISSUED, NOW, Evidence
from mumpuni.transparency.actions import publish
from tests.browser.visit import NARROW, WIDE, Scheme, Visit, wire_bytes

PAGE = "/verifikasi/luring/"
BUDGET = 30_000
IS_KEPT = (
    "navigator.serviceWorker.ready.then(() => caches.keys()).then((names) => names.length > 1)"
)


@pytest.fixture
def kept(transactional_db: None) -> Callable[..., Evidence]:
    """Store what the site hands out to devices."""
    caches["process"].clear()

    def keeping(**given: Any) -> Evidence:
        evidence = Evidence(**given)
        evidence.keep()
        return evidence

    return keeping


def arrive(window: Visit, at: datetime = NOW) -> Page:
    """Open the page and wait until the device has all it needs."""
    window.context.clock.set_fixed_time(at)
    page = window.open(PAGE)
    page.locator("#simpanan", has_text="WIB.").wait_for()
    page.wait_for_function(IS_KEPT)
    return page


def give(page: Page, *files: tuple[str, str]) -> None:
    chosen: list[FilePayload] = [
        {"name": name, "mimeType": "text/plain", "buffer": content.encode()}
        for name, content in files
    ]
    page.get_by_label("Berkas sertifikat").set_input_files(chosen)
    page.get_by_role("button", name="Periksa", exact=True).click()


def verdict(page: Page) -> str:
    page.locator("#hasil").wait_for()
    return page.locator("#hasil .verdict h2").inner_text()


def badges(page: Page) -> list[str]:
    return page.locator("#pemeriksaan .badge").all_inner_texts()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_certificate_is_checked_without_a_network(
    visit: Callable[..., Visit],
    shot: Callable[[Visit, str], None],
    kept: Callable[..., Evidence],
    width: int,
    scheme: Scheme,
) -> None:
    evidence = kept()
    window = visit(width=width, scheme=scheme)
    with override_settings(LOG_WITNESSES=[f"https://saksi.contoh {evidence.witness.verifier}"]):
        page = arrive(window)
    window.context.set_offline(True)

    page.reload()
    give(page, ("a.json", evidence.credential), ("a.tlog-proof", evidence.proof))

    assert verdict(page) == "Berlaku"
    assert badges(page) == ["Ya"] * 6
    expect(page.get_by_text("Dewi Ayu Lestari")).to_be_visible()
    expect(page.get_by_text("Menurut daftar status per 27 November 2026")).to_be_visible()
    shot(window, f"offline-valid-{width}-{scheme}")
    assert window.barriers() == []
    assert window.overflow() <= 0


def test_the_pdf_is_enough_without_a_network(
    visit: Callable[..., Visit], shot: Callable[[Visit, str], None], tmp_path: Path
) -> None:
    caches["process"].clear()
    certificate = make.issued_certificate(name="Dewi Ayu Lestari")
    publish(make.ISSUED_AT)
    sign_status_lists(make.ISSUED_AT)
    with document_of(certificate, at=make.ISSUED_AT).open("rb") as document:
        (tmp_path / "sertifikat.pdf").write_bytes(document.read())
    window = visit(width=NARROW)
    page = arrive(window, at=make.ISSUED_AT + DAY)
    window.context.set_offline(True)

    page.get_by_label("Berkas sertifikat").set_input_files(tmp_path / "sertifikat.pdf")
    page.get_by_role("button", name="Periksa", exact=True).click()

    assert verdict(page) == "Berlaku"
    assert badges(page) == ["Ya"] * 5 + ["Tidak dapat diperiksa"]
    shot(window, "offline-pdf")


def test_a_forged_certificate_is_red_without_a_network(
    visit: Callable[..., Visit], shot: Callable[[Visit, str], None], kept: Callable[..., Evidence]
) -> None:
    evidence = kept()
    window = visit(width=NARROW)
    page = arrive(window)
    window.context.set_offline(True)

    page.get_by_label("Atau tempel isinya").fill(evidence.credential.replace("Dewi", "Dewa"))
    page.get_by_role("button", name="Periksa", exact=True).click()

    assert verdict(page) == "Tidak sah"
    shot(window, "offline-forged")
    assert window.barriers() == []


def test_the_code_on_paper_is_checked_without_a_network(
    visit: Callable[..., Visit], shot: Callable[[Visit, str], None], kept: Callable[..., Evidence]
) -> None:
    evidence = kept()
    window = visit(width=NARROW)
    page = arrive(window)
    window.context.set_offline(True)

    page.get_by_label("Atau tempel isinya").fill(evidence.code)
    page.get_by_role("button", name="Periksa", exact=True).click()

    assert verdict(page) == "Berlaku"
    assert badges(page) == ["Ya"] * 4 + ["Tidak dapat diperiksa"] * 2
    shot(window, "offline-paper")
    assert window.overflow() <= 0


def test_a_suspended_certificate_says_since_which_list(
    visit: Callable[..., Visit], kept: Callable[..., Evidence]
) -> None:
    evidence = kept(set_in={"suspension": 1})
    page = arrive(visit())

    give(page, ("a.json", evidence.credential))

    assert verdict(page) == "Dibekukan"
    expect(page.locator("#alasan")).to_contain_text("27 November 2026")


def test_old_lists_are_never_called_valid(
    visit: Callable[..., Visit], shot: Callable[[Visit, str], None], kept: Callable[..., Evidence]
) -> None:
    evidence = kept()
    window = visit(width=NARROW, scheme="dark")
    page = arrive(window)
    window.context.set_offline(True)
    window.context.clock.set_fixed_time(NOW + 30 * DAY)
    page.reload()

    give(page, ("a.json", evidence.credential))

    assert verdict(page) == "Belum dapat dipastikan"
    expect(page.locator("#alasan")).to_contain_text("sudah kedaluwarsa")
    shot(window, "offline-old-list")


def test_new_lists_are_fetched_at_the_press_of_a_button(
    visit: Callable[..., Visit], kept: Callable[..., Evidence]
) -> None:
    evidence = kept()
    page = arrive(visit())
    give(page, ("a.json", evidence.credential))
    assert verdict(page) == "Berlaku"

    states = SigningKey.State
    SigningKey.objects.update(state=states.COMPROMISED, compromised_at=ISSUED - DAY)
    caches["process"].clear()
    with page.expect_response("**/bundel.json"):
        page.get_by_role("button", name="Perbarui kunci dan daftar status").click()
    page.locator("#simpanan", has_text="WIB.").wait_for()
    give(page, ("a.json", evidence.credential), ("a.tlog-proof", evidence.proof))
    page.locator('#hasil .verdict[data-tone="bad"]').wait_for()

    expect(page.locator("#alasan")).to_contain_text("bocor")


def test_only_the_page_itself_is_kept_as_the_page(
    visit: Callable[..., Visit], kept: Callable[..., Evidence]
) -> None:
    kept()
    window = visit()
    page = arrive(window)
    page.goto(f"{window.site}{PAGE}bundel.json")
    page.go_back()
    window.context.set_offline(True)

    page.reload()

    expect(page.get_by_role("heading", name="Periksa tanpa jaringan")).to_be_visible()


def test_the_keyboard_is_enough(visit: Callable[..., Visit], kept: Callable[..., Evidence]) -> None:
    evidence = kept()
    page = arrive(visit())
    page.get_by_label("Berkas sertifikat").focus()

    page.keyboard.press("Tab")
    page.keyboard.insert_text(evidence.credential)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert verdict(page) == "Berlaku"
    assert page.evaluate("document.activeElement.textContent") == "Berlaku"


def test_what_is_no_certificate_is_answered_kindly(
    visit: Callable[..., Visit], shot: Callable[[Visit, str], None], kept: Callable[..., Evidence]
) -> None:
    kept()
    window = visit(width=NARROW)
    page = arrive(window)
    field = page.get_by_label("Atau tempel isinya")
    button = page.get_by_role("button", name="Periksa", exact=True)

    for text, answer in {
        "<script>alert(1)</script>": "bukan berkas sertifikat",
        "HTTPS://SERTIFIKASI.CONTOH.ID/V/ABCDEFGH23456789": "memerlukan jaringan",
        json.dumps(
            {"issuer": "x", "credentialSubject": {"achievement": {}}}
        ): "Tidak ada tanda tangan",
        "": "Pilih sebuah berkas",
    }.items():
        field.fill(text)
        button.click()
        page.locator("#alasan", has_text=answer).wait_for()

    assert verdict(page) == "Tidak terbaca"
    expect(page.locator("#rincian")).to_be_hidden()
    shot(window, "offline-unreadable")


def test_the_page_speaks_english_too_without_a_network(
    visit: Callable[..., Visit], shot: Callable[[Visit, str], None], kept: Callable[..., Evidence]
) -> None:
    evidence = kept()
    window = visit(width=NARROW, language="en")
    page = arrive(window)
    window.context.set_offline(True)
    page.reload()

    page.get_by_label("Or paste its content").fill(evidence.token)
    page.get_by_role("button", name="Check", exact=True).click()

    assert verdict(page) == "Valid"
    expect(page.get_by_text("By the status lists as of 27 November 2026")).to_be_visible()
    shot(window, "offline-english")
    assert window.overflow() <= 0


def test_the_page_can_be_installed(
    visit: Callable[..., Visit], kept: Callable[..., Evidence]
) -> None:
    kept()
    window = visit()
    page = arrive(window)

    found = window.context.new_cdp_session(page).send("Page.getInstallabilityErrors")

    # windows of tests are private ones, which install nothing
    assert {one["errorId"] for one in found["installabilityErrors"]} <= {"in-incognito"}


def test_the_page_and_all_its_modules_are_small_on_the_wire(
    visit: Callable[..., Visit], kept: Callable[..., Evidence]
) -> None:
    cost = wire_bytes(visit(), PAGE)

    script = {name: size for name, size in cost.items() if "/verifier/" in name}
    assert sum(script.values()) < BUDGET, script


def test_without_script_the_page_leads_on(
    visit: Callable[..., Visit], shot: Callable[[Visit, str], None], kept: Callable[..., Evidence]
) -> None:
    window = visit(width=NARROW, scripts=False)
    page = window.open(PAGE)

    expect(page.get_by_role("link", name="periksa sertifikat dengan nomornya")).to_be_visible()
    expect(page.locator("#alat")).to_be_hidden()
    shot(window, "offline-no-script")
