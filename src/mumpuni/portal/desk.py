"""The desk: what waits for a person, what comes next, and where their work begins.

What waits is one line per kind of work they may do, with a count and a link.
"""

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
from mumpuni.portal import readings
from mumpuni.schemes import queries as schemes

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from mumpuni.assessment.models import Session


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
        P.LICENCE_APPLY,
        _("lisensi yang berakhir dalam setengah tahun"),
        readings.ending_licences,
        (),
        "licensing:licences",
    ),
    Work(
        P.SESSION_MANAGE,
        _("jadwal yang harinya tiba untuk dimulai"),
        readings.sessions_to_start,
        (),
        "assessment:sessions",
        "?state=open&sort=held_on",
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


@dataclass(frozen=True)
class Door:
    """Where a kind of work begins; with `licensed` it is closed to bodies without a licence."""

    permission: P
    url_name: str
    label: _StrOrPromise
    note: _StrOrPromise
    licensed: bool = False

    @property
    def url(self) -> str:
        """The address behind it."""
        return reverse(self.url_name)


DOORS = (
    Door(
        P.SESSION_MANAGE,
        "assessment:session-new",
        _("Rencanakan jadwal"),
        _("Skema, TUK, hari, dan kuota; lalu asesor dan asesi."),
        licensed=True,
    ),
    Door(
        P.VENUE_MANAGE,
        "assessment:venues",
        _("Tempat uji (TUK)"),
        _("Daftarkan tempat dan verifikasi untuk setiap skema."),
    ),
    Door(
        P.ASSESSOR_PROPOSE,
        "assessors:propose",
        _("Usulkan asesor"),
        _("Registrasi asesor kepada BNSP."),
    ),
    Door(
        P.CERTIFICATE_REQUEST,
        "certificates:requests",
        _("Permohonan sertifikat"),
        _("Untuk yang diputus kompeten; lihat sampai di mana."),
        licensed=True,
    ),
    Door(
        P.LICENCE_APPLY,
        "licensing:applications",
        _("Permohonan lisensi"),
        _("Dokumen, skema, dan jawaban BNSP."),
    ),
    Door(
        P.SCHEME_AUTHOR,
        "schemes:workspace",
        _("Susun skema"),
        _("Unit, persyaratan, dan pengajuan verifikasi."),
    ),
    Door(
        P.SURVEILLANCE_PLAN,
        "surveillance:programmes",
        _("Program surveilans"),
        _("LSP mana dikunjungi tahun ini, dan mengapa."),
    ),
    Door(
        P.AUDIT_VIEW,
        "certificates:check",
        _("Pemeriksaan sertifikat"),
        _("Yang tidak lagi seperti yang ditandatangani dan dicatat."),
    ),
    Door(
        P.MEMBER_MANAGE,
        "access:members",
        _("Anggota"),
        _("Undang rekan dan beri peran."),
    ),
)
# whoever plans or decides sessions looks at their days; who sees those of all bodies does not
LOOKS_AT_DAYS = (P.SESSION_MANAGE, P.CERTIFICATION_DECIDE)


def doors_of(person: Person) -> list[Door]:
    """Return where a person's work for their organisation begins; one query."""
    if person.organisation_id is None:
        return []
    licensed = licensing.is_licensed(person.organisation_id)
    return [
        door for door in DOORS if person.holds(door.permission) and (licensed or not door.licensed)
    ]


def coming_for(person: Person) -> list[Session]:
    """Return the next sessions of whoever plans or decides them; one query."""
    if any(person.holds(permission) for permission in LOOKS_AT_DAYS):
        return list(readings.coming_sessions(person))
    return []


def desk_of(person: Person) -> list[Waiting]:
    """Return what waits for a person, one query per kind of work; what is empty is left out."""
    found = [work.waiting_for(person) for work in WORK if person.holds(work.permission)]
    return [waiting for waiting in found if waiting.count]
