"""The page that checks certificates in the browser itself, and what it needs to do so offline."""

from __future__ import annotations

import gzip
import json
from functools import cache
from hashlib import sha256
from pathlib import Path

import orjson
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import caches
from django.http import HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mumpuni.portal.bundles import offline_bundle
from mumpuni.web.page import PublicRequest, public_page

VERIFIER = "portal/verifier"
WORKER = "worker.js"
LOOK = (
    "web/mumpuni.css",
    "web/mumpuni.js",
    "web/mark.svg",
    "vendor/pico/pico.classless.min.css",
    "vendor/plus-jakarta-sans/files/plus-jakarta-sans-latin-400-normal.woff2",
    "vendor/plus-jakarta-sans/files/plus-jakarta-sans-latin-600-normal.woff2",
)
BRAND = "#0b4a52"
BUNDLE_SECONDS = 300
"""As long as a status list may be kept by whoever is online."""


@require_safe
@public_page
def page(request: PublicRequest) -> HttpResponse:
    """Answer as if nobody were signed in: devices keep the page for whoever holds them next."""
    request.person = None
    context = {
        "title": _("Periksa tanpa jaringan"),
        "verify_address": reverse("portal:verify"),
        "messages": (),
    }
    response = render(request, "portal/offline.html", context)
    patch_cache_control(response, private=True, no_cache=True)
    return response


@require_safe
@public_page
def manifest(_request: PublicRequest) -> HttpResponse:
    """Return what a device shows of the page once it is installed."""
    address = reverse("portal:offline")
    content = {
        "id": address,
        "start_url": address,
        "scope": address,
        "name": _("Mumpuni: periksa sertifikat"),
        "short_name": "Mumpuni",
        "description": _("Memeriksa sertifikat kompetensi, juga tanpa jaringan."),
        "lang": get_language(),
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": BRAND,
        "icons": [
            {"src": static("web/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
            *[_icon(size) for size in (192, 512)],
        ],
    }
    return HttpResponse(json.dumps(content), content_type="application/manifest+json")


def _icon(size: int) -> dict[str, str]:
    name = f"{VERIFIER}/icon-{size}.png"
    return {"src": static(name), "sizes": f"{size}x{size}", "type": "image/png"}


@require_safe
@public_page
def worker(_request: PublicRequest) -> HttpResponse:
    """Return the script that keeps the page: another one whenever a file changed."""
    files = [*map(static, LOOK), *_modules()]
    code = (_folder() / WORKER).read_text(encoding="utf-8")
    told = {"VERSION": _version(), "PAGE": reverse("portal:offline"), "FILES": files}
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in told.items())
    response = HttpResponse(head + code, content_type="text/javascript; charset=utf-8")
    patch_cache_control(response, no_cache=True)
    return response


@require_safe
@public_page
def bundle(request: PublicRequest) -> HttpResponse:
    """Return keys and status lists for devices to keep; packed once for all who ask."""
    packed = _packed_bundle()
    response = HttpResponse(packed, content_type="application/json")
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response["Content-Encoding"] = "gzip"
    else:
        response.content = gzip.decompress(packed)
    patch_cache_control(response, public=True, max_age=BUNDLE_SECONDS)
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _packed_bundle() -> bytes:
    bundles = caches["process"]
    packed: bytes | None = bundles.get("offline-bundle")
    if packed is None:
        packed = gzip.compress(orjson.dumps(offline_bundle(timezone.now())))
        bundles.set("offline-bundle", packed, BUNDLE_SECONDS)
    return packed


def _folder() -> Path:
    found = finders.find(VERIFIER)
    assert isinstance(found, str)
    return Path(found)


@cache
def _modules() -> list[str]:
    """Return the plain addresses of all modules: they import each other by plain names."""
    names = sorted(path.name for path in _folder().glob("*.js") if path.name != WORKER)
    return [f"{settings.STATIC_URL}{VERIFIER}/{name}" for name in names]


@cache
def _version() -> str:
    """Return a name for the contents of all files that are kept."""
    files = [*sorted(_folder().glob("*.js")), *map(_found, LOOK)]
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def _found(name: str) -> Path:
    found = finders.find(name)
    assert isinstance(found, str)
    return Path(found)
