"""Pages of the toolkit itself: health for machines, the style guide for people."""

from __future__ import annotations

import hmac
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views import defaults
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from mumpuni.kernel.queue import workers
from mumpuni.web import metrics as measured
from mumpuni.web import queue, samples
from mumpuni.web.limits import TOO_LARGE, limit
from mumpuni.web.page import public_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from mumpuni.web.page import PublicRequest

LOOPBACK = frozenset({"127.0.0.1", "::1"})


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer while the process lives."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database is there, migrated, and has the workers' queue; else 503.

    Pages are answered without a worker, so that it is told but makes no difference.
    """
    checks = _checks()
    ready = all(passed for name, passed in checks.items() if name != "worker")
    return JsonResponse(checks, status=200 if ready else 503)


def _checks() -> dict[str, bool]:
    checks = {"database": False, "migrations": False, "queue": False, "worker": False}
    try:
        executor = MigrationExecutor(connection)
        checks["database"] = True
        checks["migrations"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        checks["queue"] = "procrastinate_jobs" in connection.introspection.table_names()
        checks["worker"] = workers(timezone.now()) > 0
    except DatabaseError:
        pass
    return checks


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Show Prometheus its figures, to this machine or to a bearer of the token."""
    if not _may_measure(request):
        raise Http404
    return HttpResponse(measured.figures() + queue.figures(), content_type=CONTENT_TYPE_LATEST)


def _may_measure(request: HttpRequest) -> bool:
    if not settings.METRICS_TOKEN:
        forwarded = "HTTP_X_FORWARDED_FOR" in request.META
        return request.META.get("REMOTE_ADDR") in LOOPBACK and not forwarded
    given = request.headers.get("Authorization", "")
    return hmac.compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Tell who sent more than is read what the limit is; of other faults we know nothing to say."""
    if isinstance(exception, TOO_LARGE):
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return render(request, "413.html", {"limit": limit()}, status=status)
    return defaults.bad_request(request, exception)


@public_page
def styleguide(request: PublicRequest) -> HttpResponseBase:
    """Show every component with sample content."""
    return render(request, "web/styleguide.html", samples.everything(request))
