"""What waits for a person: one line per kind of work they may do, with a count and a link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.access.person import Person
from mumpuni.access.roles import Permission as P
from mumpuni.assessment import queries as assessment
from mumpuni.assessors import queries as assessors
from mumpuni.certificates import queries as certificates
from mumpuni.licensing import queries as licensing
from mumpuni.schemes import queries as schemes

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True)
class Work:
    """A kind of work: who does it, what is counted, and the list it opens.

    `states` are those in which a record waits for this permission; empty where the query knows.
    """

    permission: P
    label: _StrOrPromise
    rows: Callable[[Person], QuerySet[Any]]
    states: tuple[str, ...]
    url_name: str
    query: str = ""

    def waiting_for(self, person: Person) -> Waiting:
        """Count what waits; one query."""
        rows = self.rows(person)
        if self.states:
            rows = rows.filter(state__in=self.states)
        return Waiting(self.label, rows.count(), reverse(self.url_name) + self.query)


@dataclass(frozen=True)
class Waiting:
    """How much of one kind waits for a person."""

    label: _StrOrPromise
    count: int
    url: str


WORK = (
    Work(
        P.LICENCE_EXAMINE,
        _("permohonan lisensi untuk diperiksa"),
        licensing.applications,
        ("submitted", "document_verification"),
        "licensing:inbox",
    ),
    Work(
        P.LICENCE_ASSESS,
        _("permohonan lisensi untuk diasesmen"),
        licensing.applications,
        ("full_assessment", "witness"),
        "licensing:inbox",
    ),
    Work(
        P.LICENCE_DECIDE,
        _("permohonan lisensi untuk pleno"),
        licensing.applications,
        ("plenary",),
        "licensing:inbox",
    ),
    Work(
        P.LICENCE_APPLY,
        _("permohonan lisensi untuk dilengkapi"),
        licensing.applications,
        ("draft", "returned"),
        "licensing:applications",
    ),
    Work(
        P.SCHEME_VERIFY,
        _("skema untuk diverifikasi"),
        schemes.awaiting_verification,
        (),
        "schemes:queue",
    ),
    Work(
        P.SCHEME_AUTHOR,
        _("skema untuk dilengkapi"),
        schemes.scheme_versions,
        ("draft", "returned"),
        "schemes:workspace",
    ),
    Work(
        P.ASSESSOR_REGISTER,
        _("usulan asesor untuk didaftarkan"),
        assessors.assessors,
        ("proposed",),
        "assessors:assessors",
        "?state=proposed",
    ),
    Work(
        P.CANDIDATE_ADMIT,
        _("pendaftaran asesi untuk diperiksa"),
        assessment.candidates,
        ("submitted",),
        "assessment:sessions",
    ),
    Work(
        P.CERTIFICATION_DECIDE,
        _("jadwal untuk diputus pleno"),
        assessment.sessions,
        ("plenary",),
        "assessment:sessions",
        "?state=plenary",
    ),
    Work(
        P.CERTIFICATE_REQUEST,
        _("jadwal yang sertifikatnya dapat diminta"),
        certificates.sessions_to_request,
        (),
        "certificates:requests",
    ),
    Work(
        P.CERTIFICATE_APPROVE,
        _("permohonan sertifikat untuk diputus"),
        certificates.requests,
        ("submitted",),
        "certificates:requests",
        "?state=submitted",
    ),
    Work(
        P.CERTIFICATE_REPLACE,
        _("penggantian sertifikat untuk diputus"),
        certificates.replacements,
        ("submitted",),
        "certificates:replacements",
        "?state=submitted",
    ),
    Work(
        P.REPORT_HANDLE,
        _("laporan penyalahgunaan untuk ditindaklanjuti"),
        certificates.reports,
        ("received",),
        "certificates:reports",
        "?state=received",
    ),
    Work(
        P.CANDIDATE_ASSESS,
        _("asesi untuk Anda nilai"),
        assessment.my_assessments,
        ("admitted",),
        "assessment:my-assessments",
    ),
    Work(
        P.CANDIDATE_APPLY,
        _("pendaftaran Anda untuk dilengkapi"),
        assessment.my_applications,
        ("draft", "returned"),
        "assessment:my-applications",
    ),
)


def desk_of(person: Person) -> list[Waiting]:
    """Return what waits for a person, one query per kind of work; what is empty is left out."""
    found = [work.waiting_for(person) for work in WORK if person.holds(work.permission)]
    return [waiting for waiting in found if waiting.count]
