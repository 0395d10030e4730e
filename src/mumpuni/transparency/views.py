"""The log as machines read it, and one page that tells people what it is."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mumpuni.transparency import queries, tiles, witnesses
from mumpuni.transparency.notes import to_base64
from mumpuni.web.page import PublicRequest, public_page

FOREVER = "public, max-age=31536000, immutable"
FOR_MINUTES = "public, max-age=300"
FOR_SECONDS = "public, max-age=5"
TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"


@require_safe
@public_page
def log(request: PublicRequest) -> HttpResponse:
    """Tell what the log is, how long it is, who watches it, and how to check it."""
    head = queries.latest()
    context = {
        "title": _("Log transparansi"),
        "head": head,
        "keys": queries.log_keys(),
        "root": to_base64(bytes(head.root)) if head else "",
        "check": queries.latest_check(),
        "witnesses": witnesses.last_seen(),
        "address": f"{settings.PUBLIC_URL}/log",
    }
    return render(request, "transparency/log.html", context)


@require_safe
@public_page
def checkpoint(request: PublicRequest) -> HttpResponse:
    """Answer with the newest head and the signatures below it."""
    head = queries.latest()
    if head is None:
        raise Http404
    return _published(queries.note_of(head).encode(), TEXT, FOR_SECONDS)


@require_safe
@public_page
def policy(request: PublicRequest) -> HttpResponse:
    """Answer with the log's key, its witnesses, and how many of them must have signed."""
    try:
        text = witnesses.policy_file()
    except queries.NotPublished as error:
        raise Http404 from error
    return _published(text.encode(), TEXT, FOR_MINUTES)


@require_safe
@public_page
def tile(request: PublicRequest, path: str) -> HttpResponse:
    """Answer with a row of hashes or a bundle of entries; what they say never changes."""
    try:
        data = queries.tile_bytes(tiles.parse_path(path))
    except (tiles.NoTile, queries.NotPublished) as error:
        raise Http404 from error
    return _published(data, BYTES, FOREVER)


def _published(data: bytes, kind: str, keep: str) -> HttpResponse:
    """Answer what any page on any site may read."""
    response = HttpResponse(data, content_type=kind)
    response["Cache-Control"] = keep
    response["Access-Control-Allow-Origin"] = "*"
    return response
