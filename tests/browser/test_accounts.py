"""Signing in as people do: by password, authenticator app, recovery code and security key."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Page, expect

from mumpuni.access.models import User
from mumpuni.access.roles import Role
from mumpuni.access.tests import make
from tests.browser.visit import Visit

GUARDED = "/akses/"


def code(secret: str) -> str:
    """Return the code of this half minute (RFC 6238), as an authenticator app shows it."""
    moment = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), moment, hashlib.sha1)
    start = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


def enter(page: Page, user: User) -> None:
    page.get_by_label("E-mail").fill(user.email)
    confirm(page)


def newcomer() -> User:
    """Make an officer of the authority who has no second factor yet."""
    user = make.member(Role.LICENSING_OFFICER)
    make.confirm_email(user)
    Authenticator.objects.filter(user=user).delete()
    return user


def confirm(page: Page) -> None:
    """Give the password; what guards an account asks for it again."""
    page.get_by_label("Kata sandi").fill(make.PASSWORD)
    page.locator("main form button[type=submit]").click()


@pytest.fixture(autouse=True)
def _no_attempts_are_remembered(transactional_db: None) -> None:
    cache.clear()


def test_a_candidate_signs_in_and_out(visit: Callable[..., Visit]) -> None:
    window = visit()
    page = window.open(GUARDED)
    assert page.url.endswith("/akun/login/?next=/akses/")

    user = make.user("Asesi Contoh")
    make.confirm_email(user)
    enter(page, user)
    expect(page).to_have_url(window.site + GUARDED)
    assert window.barriers() == []

    window.open("/akun/logout/").locator("main button[type=submit]").click()
    assert "/akun/login/" in window.open(GUARDED).url


def test_a_wrong_password_is_told_without_saying_which_part(
    visit: Callable[..., Visit], shot: Callable[[Visit, str], None]
) -> None:
    window = visit(width=360)
    page = window.open("/akun/login/")
    page.get_by_label("E-mail").fill(make.user().email)
    page.get_by_label("Kata sandi").fill("salah sekali")
    page.locator("main form button[type=submit]").click()

    expect(page.locator("#kesalahan")).to_be_visible()
    assert window.barriers() == []
    shot(window, "login-wrong-360")


def test_guessing_is_slowed_down(visit: Callable[..., Visit]) -> None:
    window = visit()
    page = window.open("/akun/login/")
    victim = make.user()
    for _ in range(6):
        page.get_by_label("E-mail").fill(victim.email)
        page.get_by_label("Kata sandi").fill("salah sekali")
        page.locator("main form button[type=submit]").click()

    page.get_by_label("E-mail").fill(victim.email)
    page.get_by_label("Kata sandi").fill(make.PASSWORD)
    page.locator("main form button[type=submit]").click()

    expect(page.locator("main")).to_contain_text("Terlalu banyak")
    assert page.url.startswith(window.site + "/akun/login/")


def test_anybody_may_open_an_account(visit: Callable[..., Visit]) -> None:
    window = visit()
    page = window.open("/akun/signup/")
    assert window.barriers() == []
    page.locator("#id_email").fill("asesi.baru@contoh.test")
    page.locator("#id_password1").fill(make.PASSWORD)
    page.locator("#id_password2").fill(make.PASSWORD)
    page.locator("main form button[type=submit]").click()

    expect(page).not_to_have_url(window.site + "/akun/signup/")
    assert User.objects.get(email="asesi.baru@contoh.test").check_password(make.PASSWORD)


def test_a_forgotten_password_is_replaced_by_mail(visit: Callable[..., Visit]) -> None:
    user = make.user()
    window = visit()
    page = window.open("/akun/password/reset/")
    page.locator("#id_email").fill(user.email)
    page.locator("main form button[type=submit]").click()
    link = re.search(r"http://\S+", str(mail.outbox[-1].body))
    assert link is not None

    page.goto(link[0])
    assert window.barriers() == []
    page.locator("#id_password1").fill("kata-sandi-baru-yang-panjang")
    page.locator("#id_password2").fill("kata-sandi-baru-yang-panjang")
    page.locator("main form button[type=submit]").first.click()

    page.wait_for_url("**/akun/password/reset/key/done/")
    user.refresh_from_db()
    assert user.check_password("kata-sandi-baru-yang-panjang")


def test_staff_of_the_authority_activate_an_app_and_sign_in_with_it(
    visit: Callable[..., Visit], shot: Callable[[Visit, str], None]
) -> None:
    user = newcomer()
    window = visit()
    page = window.open(GUARDED)
    enter(page, user)
    expect(page).to_have_url(window.site + "/akun/2fa/")
    expect(page.get_by_text("Autentikasi dua faktor diwajibkan")).to_be_visible()
    assert window.barriers() == []
    shot(window, "mfa-1280")

    page.locator("a[href='/akun/2fa/totp/activate/']").click()
    page.wait_for_url("**/akun/reauthenticate/**")
    assert window.barriers() == []
    confirm(page)
    page.wait_for_url("**/akun/2fa/totp/activate/")
    assert window.barriers() == []
    shot(window, "totp-1280")
    secret = page.locator("#authenticator_secret").input_value()
    assert page.locator("img.qr").evaluate("image => image.complete && image.naturalWidth > 0")
    page.locator("#id_code").fill("000000")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("#kesalahan")).to_be_visible()
    page.locator("#id_code").fill(code(secret))
    page.locator("main form button[type=submit]").click()
    assert window.open(GUARDED).url == window.site + GUARDED

    codes = window.open("/akun/2fa/recovery-codes/").locator("#recovery_codes").input_value()
    assert window.barriers() == []
    again(window, user, lambda: code(secret))
    again(window, user, lambda: codes.split()[0])


def again(window: Visit, user: User, given: Callable[[], str]) -> None:
    """Sign out and in again with a second factor."""
    cache.clear()  # a code counts once, and this test is quicker than a code's half minute
    window.context.clear_cookies()
    page = window.open(GUARDED)
    enter(page, user)
    page.wait_for_url("**/akun/2fa/authenticate/**")
    page.locator("#id_code").fill(given())
    page.locator("main form button[type=submit]").first.click()
    expect(page).to_have_url(window.site + GUARDED)


def test_a_security_key_does_as_well(visit: Callable[..., Visit]) -> None:
    user = newcomer()
    window = visit()
    window.site = window.site.replace("127.0.0.1", "localhost")  # keys know names, not addresses
    plug_in_a_key(window)
    enter(window.open(GUARDED), user)

    page = window.open("/akun/2fa/webauthn/add/")
    confirm(page)
    assert window.barriers() == []
    page.locator("#id_name").fill("Kunci kantor")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/akun/2fa/recovery-codes/**")
    assert window.open(GUARDED).url == window.site + GUARDED
    window.open("/akun/2fa/webauthn/")
    assert window.barriers() == []

    window.context.clear_cookies()
    enter(window.open(GUARDED), user)
    page.wait_for_url("**/akun/2fa/authenticate/**")
    assert window.barriers() == []
    page.locator("#mfa_webauthn_authenticate").click()
    page.wait_for_url(f"**{GUARDED}")


def plug_in_a_key(window: Visit) -> None:
    session = window.context.new_cdp_session(window.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
