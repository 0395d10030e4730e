"""How a holder puts a certificate into a wallet, and how the wallet fetches it (OpenID4VCI 1.0)."""

from __future__ import annotations

import base64
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate
from urllib.parse import urlencode

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from mumpuni.certificates import queries
from mumpuni.certificates.publication import offers
from mumpuni.certificates.publication.offers import Denied
from mumpuni.certificates.rules import check_may_download
from mumpuni.paper import qr_code
from mumpuni.web.page import PageRequest, PublicRequest, page, public_page

WALLET = "openid-credential-offer://?"
BEARER = "Bearer "
ANY_SITE = {"Access-Control-Allow-Origin": "*"}
MAY_SEND = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
}
UNKEPT = {"Cache-Control": "no-store"}

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


@require_POST
@page
def offered(request: PageRequest, pk: int) -> HttpResponse:
    """Offer the holder a code for a wallet; each time a new one."""
    held = get_object_or_404(queries.own_certificates(request.person), pk=pk)
    check_may_download(held)
    link = WALLET + urlencode({"credential_offer_uri": offers.make_offer(held.public_id)})
    drawn = base64.b64encode(qr_code(link).encode()).decode()
    context = {
        "title": _("Simpan ke dompet digital"),
        "certificate": held,
        "link": link,
        "code": f"data:image/svg+xml;base64,{drawn}",
        "minutes": offers.SECONDS // 60,
    }
    return render(request, "portal/wallet.html", context)


def for_wallets[**P](
    *methods: str,
) -> Callable[[Callable[Concatenate[PublicRequest, P], dict[str, Any]]], View[P]]:
    """Answer wallets on any page of any site in JSON that nobody keeps, refusals as well."""

    def view_of(read: Callable[Concatenate[PublicRequest, P], dict[str, Any]]) -> View[P]:
        @csrf_exempt
        @require_http_methods([*methods, "OPTIONS"])
        @public_page
        @wraps(read)
        def answered(request: PublicRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method == "OPTIONS":
                return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=ANY_SITE | MAY_SEND)
            try:
                return JsonResponse(read(request, *args, **kwargs), headers=ANY_SITE | UNKEPT)
            except Denied as denied:
                return _denial(denied.error)

        return answered

    return view_of


def _denial(error: str) -> JsonResponse:
    status, headers = HTTPStatus.BAD_REQUEST, ANY_SITE | UNKEPT
    if error == "invalid_token":
        status = HTTPStatus.UNAUTHORIZED
        headers |= {"WWW-Authenticate": f'Bearer error="{error}"'}
    return JsonResponse({"error": error}, status=status, headers=headers)


@for_wallets("GET", "HEAD")
def issuer_metadata(_request: PublicRequest) -> dict[str, Any]:
    """Answer what wallets ask first."""
    return offers.issuer_metadata()


@for_wallets("GET", "HEAD")
def server_metadata(_request: PublicRequest) -> dict[str, Any]:
    """Answer where codes are exchanged."""
    return offers.server_metadata()


@for_wallets("GET", "HEAD")
def offer(_request: PublicRequest, reference: str) -> dict[str, Any]:
    """Answer with an offer to whoever has its address."""
    return offers.offer(reference)


@for_wallets("POST")
def token(request: PublicRequest) -> dict[str, Any]:
    """Exchange a code."""
    asked = request.POST
    return offers.exchange(asked.get("grant_type", ""), asked.get("pre-authorized_code", ""))


@for_wallets("POST")
def credential(request: PublicRequest) -> dict[str, Any]:
    """Answer with the credential that a token is for."""
    authorisation = request.headers.get("Authorization", "")
    if not authorisation.startswith(BEARER):
        raise Denied("invalid_token")
    return offers.issued(authorisation.removeprefix(BEARER), _json(request))


def _json(request: PublicRequest) -> dict[str, Any]:
    try:
        asked = orjson.loads(request.body)
    except orjson.JSONDecodeError as error:
        raise Denied("invalid_credential_request") from error
    if not isinstance(asked, dict):
        raise Denied("invalid_credential_request")
    return asked
