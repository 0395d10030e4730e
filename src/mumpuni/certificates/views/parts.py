"""The lists of this package, each a tab away from the others."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from mumpuni.access.roles import Permission
from mumpuni.web.page import PageRequest


def parts(request: PageRequest) -> dict[str, list[tuple[str, str, bool]]]:
    """Return address, label and whether it is this page, for each list one may open."""
    labels = {"certificates": _("Sertifikat")}
    if request.person.holds(Permission.CERTIFICATE_VIEW):
        labels |= {"requests": _("Permohonan"), "replacements": _("Penggantian")}
    if request.person.holds(Permission.CERTIFICATE_HOLD):
        labels |= {"own": _("Sertifikat saya")}
    addresses = {reverse(f"certificates:{name}"): label for name, label in labels.items()}
    shown = [(url, label, url == request.path) for url, label in addresses.items()]
    return {"parts_of_certificates": shown}
