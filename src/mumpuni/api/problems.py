"""Errors as problem documents (RFC 9457), the rule's number in their type."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Router, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from mumpuni.kernel.errors import Refused
from mumpuni.web.limits import TOO_LARGE, limit

CONTENT_TYPE = "application/problem+json"


class Problem(Schema):
    """A problem document; `type` ends in the number of the rule that refused."""

    type: str
    title: str
    status: int
    detail: str
    errors: dict[str, list[str]] = {}


def problem(
    status: int, code: str, detail: str, errors: dict[str, list[str]] | None = None
) -> HttpResponse:
    """Return a problem document as a response."""
    body: dict[str, Any] = {
        "type": f"/rules/{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors:
        body["errors"] = errors
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE)


def _refused(_request: HttpRequest, refused: Refused) -> HttpResponse:
    return problem(refused.status, refused.code, refused.message, refused.fields)


def _not_found(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return problem(404, "not-found", _("Tidak ditemukan."))


def _unauthenticated(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    response = problem(401, "unauthenticated", _("Token tidak ada, salah, atau kedaluwarsa."))
    response["WWW-Authenticate"] = "Bearer"
    return response


def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors: dict[str, list[str]] = {}
    for one in error.errors:
        place = ".".join(str(part) for part in one["loc"])
        errors.setdefault(place, []).append(str(one["msg"]))
    return problem(422, "invalid", _("Isian tidak sesuai."), errors)


def _http(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, "http", str(error))


def _unstorable(_request: HttpRequest, _error: DataError) -> HttpResponse:
    """Answer what no check of ours foresaw: a null character, a number beyond all columns."""
    return problem(422, "invalid", _("Isian ini memuat sesuatu yang tidak dapat disimpan."))


def _too_large(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem(413, "too-large", limit())


def answer_with_problems(api: NinjaAPI) -> None:
    """Make every error of an API a problem document."""
    api.exception_handler(Refused)(_refused)
    api.exception_handler(Http404)(_not_found)
    api.exception_handler(AuthenticationError)(_unauthenticated)
    api.exception_handler(ValidationError)(_invalid)
    api.exception_handler(HttpError)(_http)
    api.exception_handler(DataError)(_unstorable)
    for error in TOO_LARGE:
        api.exception_handler(error)(_too_large)


elsewhere = Router(auth=None)
"""The last router of an API: an address that is none is a problem too, not a page."""


@elsewhere.api_operation(
    ["GET", "POST", "PUT", "PATCH", "DELETE"], "/{path:address}", include_in_schema=False
)
def nothing_there(request: HttpRequest, address: str) -> None:
    """Answer that there is nothing at this address."""
    raise Http404
