"""What verifiers everywhere read, without an account: bytes that may be kept, from any page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from mumpuni.certificates import publication
from mumpuni.certificates.publication.files import CREDENTIAL, JSON, JSON_LD, TEXT, TOKEN
from mumpuni.web.page import PublicRequest, public_page

MINUTES = "public, max-age=300"
"""As long as a status list may be kept: what a compromise or a revocation changes."""

A_DAY = "public, max-age=86400"
FOREVER = "public, max-age=31536000, immutable"

PAGE = "text/html"
WRITTEN = {
    CREDENTIAL: publication.credential,
    JSON_LD: publication.credential,
    JSON: publication.credential,
    TOKEN: publication.token,
}

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def published[**P](kind: str, keep: str) -> Callable[[Callable[P, bytes]], View[P]]:
    """Make a view of what returns bytes."""

    def view_of(read: Callable[P, bytes]) -> View[P]:
        @for_machines
        @wraps(read)
        def answer(_request: PublicRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            return _kept(HttpResponse(read(*args, **kwargs), content_type=kind), keep)

        return answer

    return view_of


def for_machines[**P](
    view: Callable[Concatenate[PublicRequest, P], HttpResponseBase],
) -> View[P]:
    """Answer programs on any page of any site; what is not published is said in a line of text."""

    @require_safe
    @conditional_page
    @public_page
    @wraps(view)
    def answered(request: PublicRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except publication.NotPublished:
            said = _("Tidak ada di sini, atau belum diterbitkan.")
            response = HttpResponse(said, content_type=TEXT, status=HTTPStatus.NOT_FOUND)
        response["Access-Control-Allow-Origin"] = "*"
        response["X-Robots-Tag"] = "noindex"
        return response

    return answered


authority_document = published(JSON, MINUTES)(publication.authority_document)
body_document = published(JSON, MINUTES)(publication.body_document)
status_list = published(CREDENTIAL, MINUTES)(publication.status_list)
context = published(JSON_LD, FOREVER)(publication.context)
credential_file = published(JSON, A_DAY)(publication.credential)
token = published(TOKEN, A_DAY)(publication.token)
log_proof = published(TEXT, MINUTES)(publication.log_proof)


@for_machines
def recognition(_request: PublicRequest, code: str) -> HttpResponse:
    """Answer with the authority's word on a body."""
    content = publication.recognition(code, timezone.now())
    return _kept(HttpResponse(content, content_type=JSON), MINUTES)


@for_machines
def registry(_request: PublicRequest) -> HttpResponse:
    """Answer with the list of recognised bodies."""
    content = publication.registry(timezone.now())
    return _kept(HttpResponse(content, content_type=JSON), MINUTES)


@for_machines
def credential(request: PublicRequest, public_id: str) -> HttpResponseBase:
    """Answer at a credential's own address: people with its page, programs in the form they ask."""
    wanted = request.get_preferred_type([*WRITTEN, PAGE]) or CREDENTIAL
    if wanted == PAGE:
        response: HttpResponseBase = redirect("portal:verification", public_id)
    else:
        content = WRITTEN[wanted](public_id)
        response = _kept(HttpResponse(content, content_type=wanted), A_DAY)
    patch_vary_headers(response, ["Accept"])
    return response


def _kept(response: HttpResponse, keep: str) -> HttpResponse:
    response["Cache-Control"] = keep
    return response
