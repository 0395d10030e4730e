"""Every page: guarded, described in two languages, without anything inline."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from pytest_django.fixtures import Settings

from mumpuni.access.roles import Role
from mumpuni.access.tests import make
from mumpuni.web.page import PageRequest, page
from mumpuni.web.views import bad_request

pytestmark = pytest.mark.django_db

PUBLIC = ["/styleguide/", "/akun/login/", "/akun/signup/", "/akun/password/reset/", "/tidak-ada"]
INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\s(src=|type=\"application))"
)


@page
def room(request: PageRequest) -> HttpResponse:
    return HttpResponse("masuk")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("rahasia dapur")


def test_the_style_guide_shows_every_component(client: Client) -> None:
    response = client.get("/styleguide/")

    assert response.status_code == 200


@pytest.mark.parametrize("address", PUBLIC)
def test_nothing_is_inline(client: Client, address: str) -> None:
    assert INLINE.search(client.get(address).text) is None


@pytest.mark.parametrize("address", PUBLIC)
def test_the_content_policy_allows_our_own_origin_only(client: Client, address: str) -> None:
    policy = client.get(address)["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_other_headers_keep_the_page_to_itself(client: Client) -> None:
    response = client.get("/akun/login/")

    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_language_can_be_switched_and_is_kept(client: Client) -> None:
    assert '<html lang="id">' in client.get("/tidak-ada").text

    client.post("/i18n/setlang/", {"language": "en", "next": "/styleguide/"})

    shown = client.get("/tidak-ada").text
    assert '<html lang="en">' in shown
    assert "Page not found" in shown


def test_a_stranger_is_sent_to_the_login_and_back(rf: RequestFactory) -> None:
    request = rf.get("/kamar/?q=1")
    request.person = None  # type: ignore[attr-defined] # as PersonMiddleware does

    response = room(request)

    assert (response.status_code, response["Location"]) == (
        302,
        "/akun/login/?next=/kamar/%3Fq%3D1",
    )


def test_staff_of_the_authority_come_in_with_a_second_factor_only(rf: RequestFactory) -> None:
    officer = make.member(Role.LICENSING_OFFICER)
    Authenticator.objects.filter(user=officer).delete()
    client = Client()
    client.force_login(officer)
    request = client.get("/akun/2fa/").wsgi_request

    response = room(request)

    assert (response.status_code, response["Location"]) == (302, "/akun/2fa/")


def test_others_come_in_without(rf: RequestFactory) -> None:
    client = Client()
    client.force_login(make.user())

    assert room(client.get("/styleguide/").wsgi_request).status_code == 200


def test_a_form_from_elsewhere_is_turned_away_with_a_way_on() -> None:
    response = Client(enforce_csrf_checks=True).post("/i18n/setlang/", {"language": "en"})

    assert response.status_code == 403
    assert "Formulir ini sudah kedaluwarsa" in response.text


MUCH: dict[str, Any] = {
    "a long text": {"text": "9" * 2_600_000},
    "many fields": {f"field{number}": "1" for number in range(5_001)},
    "many files": {f"file{number}": SimpleUploadedFile("a", b"1") for number in range(101)},
}


@pytest.mark.parametrize("sent", MUCH.values(), ids=MUCH)
@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("id", ["Kiriman ini terlalu besar", "2,5 MB", "5.000 isian", "100 berkas"]),
        ("en", ["This is too much at once", "2.5 MB", "5,000 fields", "100 files"]),
    ],
)
def test_who_sends_too_much_is_told_the_limit(
    sent: dict[str, Any], language: str, told: list[str]
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/akun/login/")

    response = client.post("/i18n/setlang/", sent, headers={"accept-language": language})

    assert response.status_code == 413
    for words in told:
        assert words in response.text
    assert INLINE.search(response.text) is None
    assert '<header class="masthead">' in response.text


def malformed(request: HttpRequest) -> HttpResponse:
    raise BadRequest("rahasia dapur")


def test_other_bad_requests_are_not_said_to_be_too_large(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__

    response = Client(raise_request_exception=False).get("/salah")

    assert response.status_code == 400
    assert "rahasia" not in response.text


handler400 = bad_request
urlpatterns = [path("rusak", broken), path("salah", malformed)]


def test_a_fault_shows_a_page_that_tells_no_secret(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__

    response = Client(raise_request_exception=False).get("/rusak")

    assert response.status_code == 500
    assert "Terjadi gangguan" in response.text
    assert "rahasia" not in response.text


@pytest.mark.parametrize("address", ["/akun/login/", "/akun/signup/", "/akun/password/reset/"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_pages_of_accounts_have_our_look_in_both_languages(
    client: Client, address: str, language: str
) -> None:
    client.cookies["django_language"] = language

    shown = client.get(address).text

    assert f'<html lang="{language}">' in shown
    assert 'class="masthead"' in shown
    assert shown.count("<h1") == 1
