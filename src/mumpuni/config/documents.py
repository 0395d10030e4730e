"""How the cases of issued documents stand on a day: what the page behind a document's code tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from mumpuni.casework.models import IssuedDocument
from mumpuni.casework.queries import Standing
from mumpuni.licensing.queries import licence_of
from mumpuni.visits.models import Visit
from mumpuni.web.tones import tone_of


def licence_today(document: IssuedDocument, on: date) -> Iterator[Standing]:
    """Tell how the licence of the body stands."""
    licence = licence_of(document.organisation_id) if document.organisation_id else None
    if licence is not None:
        status = licence.status_on(on)
        address = reverse("portal:body", args=[licence.organisation_id])
        yield Standing(_("Lisensi hari ini"), status.label, tone_of(status), address)


def visit_today(document: IssuedDocument, _on: date) -> Iterator[Standing]:
    """Tell whether the visit is still to be made, was made, or was cancelled."""
    visit = Visit.objects.filter(pk=document.case_id).first()
    if visit is not None:
        yield Standing(_("Kunjungan"), visit.get_state_display(), tone_of(visit.state))


TOLD: dict[str, Callable[[IssuedDocument, date], Iterator[Standing]]] = {
    "licensing.licenceapplication": licence_today,
    "licensing.licence": licence_today,
    "visits.visit": visit_today,
}
