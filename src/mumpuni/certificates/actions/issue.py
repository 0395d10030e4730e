"""Issue: from decided candidates to numbered certificates, a chunk at a time.

Each chunk is a transaction of its own, so that a crash loses and repeats nothing: what is done is
done, and the next run takes up those who still wait. Proofs follow (`proving`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mumpuni.access.person import SYSTEM
from mumpuni.assessment.models import Candidate
from mumpuni.certificates.models import Certificate, CertificateRequest, IssueRefusal
from mumpuni.certificates.models.certificates import CertifiedUnit
from mumpuni.certificates.models.numbers import certificate_number, registration_number
from mumpuni.certificates.rules import check_name_printable
from mumpuni.credentials.status import take_positions
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.models import Progress
from mumpuni.kernel.numbering import take
from mumpuni.kernel.time import last_day_of_term, legal_day
from mumpuni.kernel.workflow import Attempt, begin_all
from mumpuni.licensing.models import Licence
from mumpuni.reference.queries import find_code
from mumpuni.schemes.models import SchemeVersion

REQUEST = CertificateRequest._meta.label_lower
KBLI_OF_SECTORS = "2020"
CHUNK = 1_000
READ = ("state", "decided_at", "individual__name", "individual__simulated")

type Then = Callable[[Sequence[Certificate]], None]


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

    `then` is given each chunk within its transaction. The lock on the request and the unique
    decision (C-04) make a second run harmless.
    """
    _start_progress(request_id)
    made = 0
    while True:
        with transaction.atomic():
            request = _locked(request_id)
            candidates = _next_candidates(request)
            certificates = _issue_chunk(request, candidates, at)
            if certificates and then:
                then(certificates)
        made += len(certificates)
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


def _next_candidates(request: CertificateRequest) -> list[Candidate]:
    if request.state != CertificateRequest.State.APPROVED:
        return []
    waiting = request.unissued().select_related(None).select_related("individual").only(*READ)
    return sorted(waiting[:CHUNK], key=lambda one: one.individual.name)


def _issue_chunk(
    request: CertificateRequest, candidates: Sequence[Candidate], at: datetime
) -> list[Certificate]:
    """Certify those who can be, and tell of the others why not, row by row (C-13)."""
    refusals = {one.pk: refused for one in candidates if (refused := _refusal(one))}
    IssueRefusal.objects.bulk_create(
        IssueRefusal(request=request, candidate_id=key, code=refused.code, reason=str(refused))
        for key, refused in refusals.items()
    )
    certified = [one for one in candidates if one.pk not in refusals]
    if not certified:
        return []
    certificates = _certificates(request, certified, at)
    begin_all(certificates, SYSTEM, at=at)
    return certificates


def _refusal(candidate: Candidate) -> Refused | None:
    try:
        check_name_printable(candidate.individual.name)
    except Refused as refused:
        return refused
    return None


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
    places = take_positions(body, issued_on.year, len(candidates))
    serials = _serials(licence, len(candidates), issued_on.year)
    return [
        Certificate(
            **facts,
            candidate=candidate,
            status_list_id=place.status_list_id,
            status_index=place.position,
            holder_name=candidate.individual.name,
            decided_on=legal_day(candidate.decided_at or at),
            number=certificate_number(version, serial, issued_on.year),
            registration_number=registration_number(licence, of_body, issued_on.year),
            simulated=settings.SIMULATED or body.simulated or candidate.individual.simulated,
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
