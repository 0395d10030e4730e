"""Is this document genuine, what does it say, and how does its case stand today? For everybody."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mumpuni.casework import actions, queries
from mumpuni.web.page import PublicRequest, public_page


@require_safe
@public_page
def document(request: PublicRequest, public_id: str) -> HttpResponse:
    """Answer for the address in a QR code; what only some may read is told to them alone."""
    found = queries.document(public_id)
    context: dict[str, Any] = {"title": _("Periksa dokumen"), "document": found}
    if found is not None:
        context |= {
            "title": str(found),
            "readable": queries.may_read(found, request.person),
            "standings": queries.standings(found, timezone.localdate()),
            "successor": queries.successor_of(found),
        }
    response = render(
        request, "casework/document.html", context, status=404 if found is None else 200
    )
    return _private(response)


@require_safe
@public_page
def file(request: PublicRequest, public_id: str) -> HttpResponse:
    """Hand out the sealed file."""
    found = queries.document(public_id)
    if found is None or not queries.may_read(found, request.person):
        raise Http404
    content = actions.file_of(found, at=timezone.now())
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{found.kind}-{found.number.replace('/', '-')}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return _private(response)


def _private(response: HttpResponse) -> HttpResponse:
    """Keep an answer that depends on who asks out of caches and search engines."""
    patch_cache_control(response, private=True, no_cache=True)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
