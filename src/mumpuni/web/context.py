"""What every page needs around its content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from mumpuni.access.session import choices
from mumpuni.web.navigation import Link, links

if TYPE_CHECKING:
    from django.http import HttpRequest


def layout(request: HttpRequest) -> dict[str, Any]:
    """Return person, organisations to choose from and links of header and footer; made when a page asks."""
    person = getattr(request, "person", None)

    def made() -> dict[str, list[Link]]:
        found = links(import_string(settings.NAVIGATION), person, request.path)
        return {
            "everybody": [link for link in found if link.public],
            "work": [link for link in found if not link.public],
            "below": links(import_string(settings.FOOTER), person, request.path),
        }

    return {
        "person": person,
        "simulated": settings.SIMULATED,
        "organisations": SimpleLazyObject(lambda: choices(request)),
        "navigation": SimpleLazyObject(made),
    }
