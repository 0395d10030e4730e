"""Issue: from decided candidates to numbered certificates, all of a request or none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from mumpuni.access.person import SYSTEM
from mumpuni.assessment.models import Candidate
from mumpuni.certificates.models import Certificate, CertificateRequest
from mumpuni.certificates.models.certificates import CertifiedUnit
from mumpuni.certificates.models.numbers import certificate_number, registration_number
from mumpuni.kernel.models import Progress
from mumpuni.kernel.numbering import take
from mumpuni.kernel.time import last_day_of_term, legal_day
from mumpuni.kernel.workflow import begin_all
from mumpuni.licensing.models import Licence
from mumpuni.reference.queries import find_code
from mumpuni.schemes.models import SchemeVersion

KBLI_OF_SECTORS = "2020"


@transaction.atomic
def issue(request_id: int, *, at: datetime) -> list[Certificate]:
    """Make the certificates of an approved request; those who have one are passed over.

    The lock on the request and the unique decision (C-04) make a second run harmless.
    """
    request = (
        CertificateRequest.objects.select_for_update(of=("self",))
        .select_related(
            "organisation__licence",
            "session__scheme_version__scheme",
            "session__scheme_version__kbli",
            "session__scheme_version__kbji",
        )
        .get(pk=request_id)
    )
    if request.state != CertificateRequest.State.APPROVED:
        return []
    candidates = list(request.awaiting())
    if not candidates:
        return []
    certificates = _certificates(request, candidates, at)
    begin_all(certificates, SYSTEM, at=at)
    Progress.objects.create(
        subject=request.subject,
        subject_id=request.pk,
        label=_("Membuat dokumen sertifikat"),
        total=len(certificates),
    )
    return certificates


def _certificates(
    request: CertificateRequest, candidates: list[Candidate], at: datetime
) -> list[Certificate]:
    """Number them last: the series stay locked until the transaction ends."""
    issued_on = legal_day(at)
    body = request.organisation
    licence: Licence = body.licence
    version = request.session.scheme_version
    months = version.validity_months
    facts = {
        "organisation": body,
        "request": request,
        "scheme_number": version.number,
        "scheme_title": version.title,
        "scheme_title_en": version.title_en,
        "scheme_version": version.version,
        "field_name": _field_of(version),
        "kkni_level": version.kkni_level,
        "units": _units_of(version),
        "body_name": body.name,
        "licence_number": licence.number,
        "issued_on": issued_on,
        "valid_until": last_day_of_term(issued_on, months),  # C-11
    }
    serials = _serials(licence, len(candidates), issued_on.year)
    return [
        Certificate(
            **facts,
            candidate=candidate,
            holder_name=candidate.individual.name,
            decided_on=legal_day(candidate.decided_at or at),
            number=certificate_number(version, serial, issued_on.year),
            registration_number=registration_number(licence, place, issued_on.year),
            simulated=settings.SIMULATED or body.simulated or candidate.individual.simulated,
        )
        for candidate, (serial, place) in zip(candidates, serials, strict=True)
    ]


def _serials(licence: Licence, count: int, year: int) -> Iterable[tuple[int, int]]:
    """Return the serials of certificate and registration: one national, one of the body."""
    registrations = take(f"registration {licence.ordinal} {year}", count)
    return zip(take(f"certificate {year}", count), registrations, strict=True)


def _units_of(version: SchemeVersion) -> list[CertifiedUnit]:
    return [
        {"code": part.unit.code, "title": part.unit.title}
        for part in version.scheme_units.select_related("unit").order_by("position")
    ]


def _field_of(version: SchemeVersion) -> str:
    """Return the field of work: the sector's name, or that of the units' standard."""
    sector = find_code("kbli", KBLI_OF_SECTORS, version.sector_category)
    if version.sector_category and sector is not None:
        return sector.title
    part = version.scheme_units.select_related("unit__standard").order_by("position").first()
    standard = part.unit.standard if part else None
    return (standard and (standard.field or standard.category_name)) or version.title
