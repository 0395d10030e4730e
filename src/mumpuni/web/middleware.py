"""Around every request: one log line, and who is asking."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING

import structlog

from mumpuni.access.session import person_of
from mumpuni.web import metrics

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

    type GetResponse = Callable[[HttpRequest], HttpResponseBase]

log = structlog.get_logger("mumpuni.web")


class RequestLogMiddleware:
    """One JSON line per request: the route's name instead of the address, no personal data."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then log and count."""
        request_id = uuid.uuid4().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        began = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - began
        method, route = request.method or "", _route(request)
        metrics.count(method, route, response.status_code, seconds)
        log.info(
            "request",
            method=method,
            route=route,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
        )
        response["X-Request-ID"] = request_id
        return response


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is None:
        return "unmatched"
    return match.view_name or match.route


class PersonMiddleware:
    """Set `request.person`: who is signed in and for which organisation, or None."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Attach the person and answer."""
        request.person = person_of(request)  # type: ignore[attr-defined] # `PageRequest` declares it
        return self.get_response(request)
