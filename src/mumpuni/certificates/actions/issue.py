"""Issue: from decided candidates to numbered certificates, a chunk at a time.

Each chunk is a transaction of its own, so that a crash loses and repeats nothing: what is done is
done, and the next run takes up those who still wait. Proofs follow (`proving`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from mumpuni.access.person import SYSTEM
from mumpuni.certificates.models import Certificate, CertificateRequest, IssueRefusal
from mumpuni.certificates.models.certificates import CertifiedUnit, new_public_id
from mumpuni.certificates.models.numbers import certificate_number, registration_number
from mumpuni.certificates.rules import check_name_printable
from mumpuni.credentials.status import take_positions
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.models import Progress
from mumpuni.kernel.numbering import take
from mumpuni.kernel.time import last_day_of_term, legal_day
from mumpuni.kernel.workflow import Attempt, begin_alike
from mumpuni.licensing.models import Licence
from mumpuni.reference.queries import find_code
from mumpuni.schemes.models import SchemeVersion

REQUEST = CertificateRequest._meta.label_lower
KBLI_OF_SECTORS = "2020"
CHUNK = 1_000
# in what the certificates of a chunk differ
OWN = (
    *("candidate", "holder_name", "decided_on", "simulated", "public_id"),
    *("status_list_id", "status_index", "number", "registration_number"),
)

type Then = Callable[[Sequence[int]], None]


def show_progress(request: CertificateRequest, _attempt: Attempt) -> None:
    """Let the page show from the approval on how far the issue is."""
    Progress.objects.create(
        subject=request.subject,
        subject_id=request.pk,
        label=_("Menerbitkan sertifikat"),
        total=request.unissued().count(),
    )


def issue(request_id: int, *, at: datetime, then: Then | None = None) -> int:
    """Make the certificates of an approved request and return how many.

    `then` is given the keys of each chunk within its transaction. The lock on the request and the unique
    decision (C-04) make a second run harmless.
    """
    _start_progress(request_id)
    made = 0
    while True:
        with transaction.atomic():
            request = _locked(request_id)
            candidates = _next_candidates(request)
            keys = _issue_chunk(request, candidates, at)
            if keys and then:
                then(keys)
        made += len(keys)
        if len(candidates) < CHUNK:
            return made


def _start_progress(request_id: int) -> None:
    """Count time from here on, also where a run that broke off is taken up."""
    Progress.objects.filter(subject=REQUEST, subject_id=request_id, started_at=None).update(
        state=Progress.State.RUNNING, started_at=timezone.now()
    )


def _locked(request_id: int) -> CertificateRequest:
    return (
        CertificateRequest.objects.select_for_update(of=("self",))
        .select_related(
            "organisation__licence",
            "session__scheme_version__scheme",
            "session__scheme_version__kbli",
            "session__scheme_version__kbji",
        )
        .get(pk=request_id)
    )


def _next_candidates(request: CertificateRequest) -> list[Any]:
    """Return candidates with `name` and `simulated`, those of their persons."""
    if request.state != CertificateRequest.State.APPROVED:
        return []
    waiting = (
        request.unissued()
        .select_related(None)
        .only("state", "decided_at")
        .annotate(name=F("individual__name"), simulated=F("individual__simulated"))
    )
    return sorted(waiting[:CHUNK], key=attrgetter("name"))


def _issue_chunk(request: CertificateRequest, candidates: Sequence[Any], at: datetime) -> list[int]:
    """Certify those who can be, and tell of the others why not, row by row (C-13)."""
    refusals = {one.pk: refused for one in candidates if (refused := _refusal(one.name))}
    IssueRefusal.objects.bulk_create(
        IssueRefusal(request=request, candidate_id=key, code=refused.code, reason=str(refused))
        for key, refused in refusals.items()
    )
    certified = [one for one in candidates if one.pk not in refusals]
    if not certified:
        return []
    pattern = _pattern(request, legal_day(at))
    return begin_alike(pattern, OWN, _rows(pattern, certified, at), SYSTEM, at=at)


def _refusal(name: str) -> Refused | None:
    try:
        check_name_printable(name)
    except Refused as refused:
        return refused
    return None


def _pattern(request: CertificateRequest, issued_on: date) -> Certificate:
    """Return what the certificates of a request have in common."""
    body = request.organisation
    version = request.session.scheme_version
    return Certificate(
        organisation=body,
        request=request,
        scheme_number=version.number,
        scheme_title=version.title,
        scheme_title_en=version.title_en,
        scheme_version=version.version,
        field_name=_field_of(version),
        kkni_level=version.kkni_level,
        units=_units_of(version),
        body_name=body.name,
        licence_number=body.licence.number,
        issued_on=issued_on,
        valid_until=last_day_of_term(issued_on, version.validity_months),  # C-11
    )


def _rows(pattern: Certificate, candidates: Sequence[Any], at: datetime) -> list[tuple[Any, ...]]:
    """Number them last: the series stay locked until the transaction ends."""
    body, year = pattern.organisation, pattern.issued_on.year
    version, licence = pattern.request.session.scheme_version, body.licence
    places = take_positions(body, year, len(candidates))
    serials = _serials(licence, len(candidates), year)
    return [
        (
            candidate,
            candidate.name,
            legal_day(candidate.decided_at or at),
            settings.SIMULATED or body.simulated or candidate.simulated,
            new_public_id(),
            place.status_list_id,
            place.position,
            certificate_number(version, serial, year),
            registration_number(licence, of_body, year),
        )
        for candidate, place, (serial, of_body) in zip(candidates, places, serials, strict=True)
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
