"""The parts of surveillance, as tabs above each."""

from __future__ import annotations

from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TABS: Final = {
    "programmes": _("Program"),
    "risks": _("Peringkat risiko"),
    "outlook": _("Andaikan"),
    "provinces": _("Peta"),
    "years": pgettext_lazy("surveilans", "Angka tahunan"),
}


def tabs_of(here: str) -> dict[str, Any]:
    """Return what a page needs to show the tabs."""
    return {
        "parts": [
            (reverse(f"surveillance:{name}"), label, name == here) for name, label in TABS.items()
        ]
    }
