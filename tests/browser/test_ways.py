"""Every way to use a page: by keyboard alone, without script, on paper."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from mumpuni.access.models import Membership, Organisation, User
from mumpuni.access.roles import Role
from mumpuni.access.tests import make
from mumpuni.reference.models import Region
from tests.browser.visit import NARROW, Visit

MOST_STOPS = 120
FOCUS_IS_SEEN = """
() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}
"""


@pytest.fixture
def _regions(transactional_db: None) -> None:
    Region.objects.create(code="11", level="province", name="Aceh")
    for number in range(1, 60):
        Region.objects.create(
            code=f"11.{number:02d}", level="regency", name=f"Kabupaten {number}", parent_id="11"
        )


@pytest.fixture
def body(transactional_db: None) -> Organisation:
    return make.organisation("LSP Contoh")


@pytest.fixture
def admin(body: Organisation) -> User:
    return make.member(Role.BODY_ADMIN, of=body, name="Admin Contoh")


@pytest.fixture
def decider(body: Organisation) -> Membership:
    made = make.member(Role.BODY_DECIDER, of=body, name="Anggota Pleno Contoh")
    return Membership.objects.get(user=made)


def walk_to(page: Page, selector: str) -> None:
    """Press Tab until something is reached; every stop on the way must show that it has focus."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_IS_SEEN), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached by keyboard")


@pytest.mark.usefixtures("_regions")
def test_a_table_is_filtered_sorted_and_paged_by_keyboard(visit: Callable[..., Visit]) -> None:
    page = visit().open("/styleguide/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"

    walk_to(page, "#saring-q")
    page.keyboard.type("kabupaten")
    page.keyboard.press("Enter")
    expect(page.locator("#daftar .count")).to_contain_text("1–25 dari 59")
    assert "q=kabupaten" in page.url

    walk_to(page, "#daftar thead a[href*='sort=-code']")
    page.keyboard.press("Enter")
    page.wait_for_url("**sort=-code**")
    expect(page.locator("#daftar tbody tr").first).to_contain_text("11.59")

    walk_to(page, "#daftar a[rel=next]")
    page.keyboard.press("Enter")
    page.wait_for_url("**page=2**")
    expect(page.locator("#daftar .count")).to_contain_text("26–50 dari 59")


def test_a_step_is_taken_by_keyboard(
    visit: Callable[..., Visit],
    shot: Callable[[Visit, str], None],
    admin: User,
    decider: Membership,
) -> None:
    window = visit()
    window.sign_in(admin)
    page = window.open(f"/akses/anggota/{decider.pk}/")
    assert window.barriers() == []

    walk_to(page, "details.danger > summary")
    page.keyboard.press("Enter")
    walk_to(page, "#catatan-end")
    page.keyboard.type("Pindah tugas.")
    assert window.barriers() == []
    shot(window, "record-1280")
    walk_to(page, "button.danger")
    page.keyboard.press("Enter")

    expect(page.get_by_text("“Akhiri” berhasil")).to_be_visible()
    decider.refresh_from_db()
    assert decider.state == "ended"


@pytest.mark.usefixtures("_regions")
def test_a_table_works_without_script(visit: Callable[..., Visit]) -> None:
    page = visit(scripts=False, width=NARROW).open("/styleguide/")

    page.locator("#saring-q").fill("kabupaten 5")
    page.locator("form.filters button").click()

    expect(page.locator("#daftar tbody tr")).to_have_count(15)
    page.locator("#daftar form.filters").get_by_text("Hapus saringan").click()
    assert page.url.endswith("/styleguide/")


def test_steps_and_dialogs_work_without_script(
    visit: Callable[..., Visit], admin: User, decider: Membership
) -> None:
    window = visit(scripts=False)
    page = window.open("/styleguide/")
    page.get_by_role("button", name="Lihat keterangan").click()
    expect(page.locator("#keterangan")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keterangan")).to_be_hidden()

    window.sign_in(admin)
    page = window.open(f"/akses/anggota/{decider.pk}/")
    page.locator("details.danger > summary").click()
    page.locator("button.danger").click()
    expect(page.get_by_text("“Akhiri” berhasil")).to_be_visible()


def test_a_form_is_sent_once_however_often_its_button_is_pressed(
    visit: Callable[..., Visit], admin: User, decider: Membership
) -> None:
    window = visit()
    window.sign_in(admin)
    page = window.open(f"/akses/anggota/{decider.pk}/")
    page.locator("details.danger > summary").click()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.locator("button.danger").dblclick()

    expect(page.get_by_text("“Akhiri” berhasil")).to_be_visible()
    assert sent.count("POST") == 1


def test_the_language_is_switched_and_kept(visit: Callable[..., Visit]) -> None:
    page = visit().open("/styleguide/")

    page.get_by_role("button", name="English").click()

    expect(page.get_by_role("heading", name="Style guide")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "en"


def test_paper_shows_the_content_without_the_controls(
    visit: Callable[..., Visit], shot: Callable[[Visit, str], None]
) -> None:
    window = visit()
    page = window.open("/styleguide/")
    page.emulate_media(media="print", color_scheme="dark")
    shot(window, "styleguide-print")

    expect(page.locator("nav.tabs")).to_be_hidden()
    expect(page.locator("form.filters")).to_be_hidden()
    expect(page.locator("section.verdict").first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
