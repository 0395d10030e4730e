"""A wallet that knows nothing of us but the specification: OpenID4VCI 1.0, pre-authorised code."""

from __future__ import annotations

import base64
import json
import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import zxingcpp
from django.core.cache import cache
from django.db import connection
from django.test import Client
from PIL import Image

from mumpuni.access.models import User
from mumpuni.access.tests import make as access
from mumpuni.certificates.models import Certificate
from mumpuni.certificates.tests import make
from mumpuni.credentials import queries, verification

pytestmark = pytest.mark.django_db

PRE_AUTHORISED = "urn:ietf:params:oauth:grant-type:pre-authorized_code"
"""As the specification writes it, not as our code does."""


class Wallet:
    """Follows the addresses it is told and no others."""

    def __init__(self) -> None:
        self.http = Client(enforce_csrf_checks=True)

    def get(self, url: str) -> Any:
        address = urlsplit(url)
        answer = self.http.get(address.path, query_params=parse_qs(address.query))
        assert answer.status_code == 200, answer.content
        assert answer["Cache-Control"] == "no-store"
        return answer.json()

    def accept(self, link: str) -> Any:
        """Read the offer that a link or code names."""
        address = urlsplit(link)
        assert address.scheme == "openid-credential-offer"
        [url] = parse_qs(address.query)["credential_offer_uri"]
        return self.get(url)

    def well_known(self, issuer: str, name: str) -> Any:
        address = urlsplit(issuer)
        return self.get(f"{address.scheme}://{address.netloc}/.well-known/{name}{address.path}")

    def exchange(self, offer: Any, **changed: str) -> Any:
        server = self.well_known(offer["credential_issuer"], "oauth-authorization-server")
        assert server["issuer"] == offer["credential_issuer"]
        assert PRE_AUTHORISED in server["grant_types_supported"]
        grant = offer["grants"][PRE_AUTHORISED]
        form = {"grant_type": PRE_AUTHORISED, "pre-authorized_code": grant["pre-authorized_code"]}
        return self.http.post(urlsplit(server["token_endpoint"]).path, form | changed)

    def fetch(self, offer: Any, token: str, **asked: str) -> Any:
        issuer = self.well_known(offer["credential_issuer"], "openid-credential-issuer")
        return self.http.post(
            urlsplit(issuer["credential_endpoint"]).path,
            json.dumps(asked),
            content_type="application/json",
            headers={"authorization": f"Bearer {token}"},
        )


@pytest.fixture
def wallet() -> Wallet:
    cache.clear()
    return Wallet()


def signed_in(user: User | None) -> Client:
    assert user is not None
    client = Client()
    client.force_login(user)
    return client


def holder_of(certificate: Certificate) -> Client:
    return signed_in(certificate.candidate.individual.user)


def page_of_offer(certificate: Certificate) -> str:
    """Return the page on which the holder finds code and link."""
    answer = holder_of(certificate).post(f"/dompet/{certificate.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def read_code(drawing: str) -> str:
    """Read a drawn code as a camera does."""
    [side] = re.findall(r'viewBox="0 0 (\d+) \1"', drawing)
    picture = Image.new("L", (int(side), int(side)), "white")
    for column, row, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", drawing):
        end = int(column) + int(length), int(row) + 1
        picture.paste("black", (int(column), int(row), *end))
    found = zxingcpp.read_barcode(picture.resize((4 * int(side), 4 * int(side))))
    assert found is not None
    return found.text


def link_on(page: str) -> str:
    [link] = re.findall(r'href="(openid-credential-offer:[^"]+)"', page)
    return unescape(link)


def test_the_holder_finds_the_offer_by_their_certificates(certificate: Certificate) -> None:
    page = holder_of(certificate).get("/sertifikat/saya/").content.decode()

    assert f'action="/dompet/{certificate.pk}/"' in page


def test_the_holder_finds_the_files_as_well(certificate: Certificate) -> None:
    holder = holder_of(certificate)

    pages = [
        holder.get(path).content.decode()
        for path in ("/sertifikat/saya/", f"/sertifikat/{certificate.pk}/")
    ]

    for form in ("json", "jwt", "tlog-proof"):
        assert all(f'href="/c/{certificate.public_id}.{form}"' in page for page in pages)


@pytest.mark.parametrize("form", ["ldp_vc", "jwt_vc_json"])
def test_a_wallet_fetches_a_certificate_in_the_form_it_understands(
    certificate: Certificate, wallet: Wallet, form: str
) -> None:
    offer = wallet.accept(link_on(page_of_offer(certificate)))
    issuer = wallet.well_known(offer["credential_issuer"], "openid-credential-issuer")
    [name] = [
        name
        for name in offer["credential_configuration_ids"]
        if issuer["credential_configurations_supported"][name]["format"] == form
    ]
    token = wallet.exchange(offer).json()
    assert token["token_type"] == "Bearer"

    answer = wallet.fetch(offer, token["access_token"], credential_configuration_id=name)

    [issued] = answer.json()["credentials"]
    content = issued["credential"]
    text = json.dumps(content) if form == "ldp_vc" else content
    checked = verification.verify(text.encode(), queries.resolver(), at=make.ISSUED_AT)
    assert checked.outcome == verification.Outcome.PASSED
    assert checked.credential is not None
    assert checked.credential["id"].endswith(certificate.public_id)


def test_y09_a_code_is_exchanged_once(certificate: Certificate, wallet: Wallet) -> None:
    """Y-09."""
    offer = wallet.accept(link_on(page_of_offer(certificate)))
    assert wallet.exchange(offer).status_code == 200

    again = wallet.exchange(offer)

    assert (again.status_code, again.json()) == (400, {"error": "invalid_grant"})


def test_y09_an_offer_whose_time_is_over_is_gone(certificate: Certificate, wallet: Wallet) -> None:
    """Y-09."""
    [url] = parse_qs(urlsplit(link_on(page_of_offer(certificate))).query)["credential_offer_uri"]
    assert wallet.get(url)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE shared_cache SET expires = expires - interval '10 minutes'")

    assert wallet.http.get(urlsplit(url).path).json() == {"error": "invalid_request"}


def test_the_code_on_the_page_says_what_its_link_says(certificate: Certificate) -> None:
    page = page_of_offer(certificate)
    [drawn] = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', page)

    assert read_code(base64.b64decode(drawn).decode()) == link_on(page)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"pre-authorized_code": "ditebak"}, "invalid_grant"),
        ({"pre-authorized_code": ""}, "invalid_grant"),
        ({"grant_type": "authorization_code"}, "unsupported_grant_type"),
    ],
)
def test_a_token_is_for_who_has_the_code(
    certificate: Certificate, wallet: Wallet, changed: dict[str, str], error: str
) -> None:
    offer = wallet.accept(link_on(page_of_offer(certificate)))

    answer = wallet.exchange(offer, **changed)

    assert (answer.status_code, answer.json()) == (400, {"error": error})


def test_a_certificate_is_for_who_has_the_token(certificate: Certificate, wallet: Wallet) -> None:
    offer = wallet.accept(link_on(page_of_offer(certificate)))

    answer = wallet.fetch(offer, "ditebak", credential_configuration_id="sertifikat_ldp_vc")

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer error="invalid_token"'


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({}, "invalid_credential_request"),
        ({"credential_configuration_id": "ijazah"}, "unknown_credential_configuration"),
    ],
)
def test_what_is_not_offered_is_refused_in_the_words_of_the_protocol(
    certificate: Certificate, wallet: Wallet, asked: dict[str, str], error: str
) -> None:
    offer = wallet.accept(link_on(page_of_offer(certificate)))
    token = wallet.exchange(offer).json()["access_token"]

    answer = wallet.fetch(offer, token, **asked)

    assert (answer.status_code, answer.json()) == (400, {"error": error})


@pytest.mark.parametrize("body", ["", "[]", "{", '"x"'])
def test_a_request_that_is_no_object_is_refused(
    certificate: Certificate, wallet: Wallet, body: str
) -> None:
    offer = wallet.accept(link_on(page_of_offer(certificate)))
    token = wallet.exchange(offer).json()["access_token"]

    answer = wallet.http.post(
        "/dompet/kredensial",
        body,
        content_type="application/json",
        headers={"authorization": f"Bearer {token}"},
    )

    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_credential_request"})


def test_without_a_token_nothing_is_handed_out(wallet: Wallet) -> None:
    answer = wallet.http.post("/dompet/kredensial", "{}", content_type="application/json")

    assert answer.status_code == 401


@pytest.mark.parametrize("path", ["/dompet/token", "/dompet/kredensial"])
def test_a_wallet_that_is_a_page_elsewhere_may_ask(wallet: Wallet, path: str) -> None:
    answer = wallet.http.options(path)

    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Headers"] == "Authorization, Content-Type"
    assert wallet.http.get(path).status_code == 405


def test_only_the_holder_makes_an_offer(certificate: Certificate, client: Client) -> None:
    stranger = signed_in(access.user("Budi"))

    assert stranger.post(f"/dompet/{certificate.pk}/").status_code == 404
    assert client.post(f"/dompet/{certificate.pk}/").status_code == 302


@pytest.mark.parametrize("state", ["suspended", "revoked", "replaced"])
def test_c10_what_does_not_stand_is_not_offered(state: str, certificate: Certificate) -> None:
    make.take_to(certificate, state)

    answer = holder_of(certificate).post(f"/dompet/{certificate.pk}/")

    assert answer.status_code == 409
    assert "C-10" in answer.content.decode()
