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
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from mumpuni.certificates import queries
from mumpuni.certificates.documents import qr_code
from mumpuni.certificates.publication import offers
from mumpuni.certificates.publication.offers import Denied
from mumpuni.certificates.rules import check_may_download
from mumpuni.web.page import PageRequest, PublicRequest, page, public_page

WALLET = "openid-credential-offer://?"
BEARER = "Bearer "


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
    view: Callable[Concatenate[PublicRequest, P], dict[str, Any]],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Answer wallets on any page of any site in JSON that nobody keeps, refusals as well."""

    @csrf_exempt
    @public_page
    @wraps(view)
    def answered(request: PublicRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            response = JsonResponse(view(request, *args, **kwargs))
        except Denied as denied:
            response = _denial(denied.error)
        patch_cache_control(response, no_store=True)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return answered


def _denial(error: str) -> JsonResponse:
    if error == "invalid_token":
        headers = {"WWW-Authenticate": f'Bearer error="{error}"'}
        return JsonResponse({"error": error}, status=HTTPStatus.UNAUTHORIZED, headers=headers)
    return JsonResponse({"error": error}, status=HTTPStatus.BAD_REQUEST)


@require_safe
@for_wallets
def issuer_metadata(_request: PublicRequest) -> dict[str, Any]:
    """Answer what wallets ask first."""
    return offers.issuer_metadata()


@require_safe
@for_wallets
def server_metadata(_request: PublicRequest) -> dict[str, Any]:
    """Answer where codes are exchanged."""
    return offers.server_metadata()


@require_safe
@for_wallets
def offer(_request: PublicRequest, reference: str) -> dict[str, Any]:
    """Answer with an offer to whoever has its address."""
    return offers.offer(reference)


@require_POST
@for_wallets
def token(request: PublicRequest) -> dict[str, Any]:
    """Exchange a code."""
    asked = request.POST
    return offers.exchange(asked.get("grant_type", ""), asked.get("pre-authorized_code", ""))


@require_POST
@for_wallets
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
