"""What the register asks of assessors; docs/rules/assessors.md has the texts."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.access.models import Individual, Organisation
from mumpuni.access.rules import belongs_to
from mumpuni.assessors.models import Assessor
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.time import last_day_of_term
from mumpuni.kernel.workflow import Attempt
from mumpuni.schemes.models import Scheme, SchemeVersion

TERM: Final = Policy(
    name="assessors.term",
    label=gettext_lazy("Masa berlaku sertifikat asesor"),
    unit=gettext_lazy("bulan"),
    default=36,
    source="Peraturan Ketua BNSP, menurut Laporan Kinerja BNSP 2024",
    verified=True,
)


def last_day(certified_on: date) -> date:
    """Return the last day on which a certificate of that day keeps an assessor current."""
    return last_day_of_term(certified_on, TERM.on(certified_on))


def certificate_in_force(assessor: Assessor, attempt: Attempt) -> None:
    """R-01: the assessor's certificate is in force on the day."""
    if not assessor.certified_on <= attempt.on <= last_day(assessor.certified_on):
        raise Refused(
            _("Sertifikat asesor tertanggal %s tidak berlaku hari ini.")
            % date_format(assessor.certified_on),
            code="R-01",
        )


def same_person(known: Individual, name: str) -> None:
    """R-02: one identity document, one name; the other name is not disclosed."""
    if _plain(known.name) != _plain(name):
        raise Refused(
            _("Nomor identitas ini sudah tercatat dengan nama lain. Periksa nomor dan namanya."),
            code="R-02",
        )


def registered_once(known: Individual) -> None:
    """R-02: a person stands in the register once."""
    if Assessor.objects.filter(individual=known).exists():
        raise Refused(
            _("Orang ini sudah ada dalam register. Minta registrar menempatkannya di LSP Anda."),
            code="R-02",
        )


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def has_scheme(assessor: Assessor, attempt: Attempt) -> None:
    """R-03: an assessor is registered for at least one scheme."""
    if not any(row.valid_until is None for row in assessor.scope.all()):
        raise Refused(_("Pilih paling sedikit satu skema untuk lingkup asesor."), code="R-03")


def four_eyes(assessor: Assessor, attempt: Attempt) -> None:
    """R-04: nobody decides on themselves or on what an organisation of theirs proposed."""
    themselves = (
        assessor.individual.user_id is not None
        and attempt.actor.key == f"user:{assessor.individual.user_id}"
    )
    if themselves or belongs_to(assessor.proposed_by, attempt):
        raise Refused(
            _("Pengusul dan asesor itu sendiri tidak boleh memutus usulan ini."), code="R-04"
        )


def check_current(assessor: Assessor, day: date) -> None:
    """R-05: whoever assesses is registered and current on the day."""
    if not _among(Assessor.objects.current_on(day), assessor):
        raise Refused(
            _("%(assessor)s bukan asesor yang berlaku pada %(day)s.")
            % {"assessor": assessor, "day": date_format(day)},
            code="R-05",
        )


def check_scheme(assessor: Assessor, scheme_id: int, day: date) -> None:
    """R-06: whoever assesses is competent in the scheme."""
    if not _among(Assessor.objects.with_scheme_on(scheme_id, day), assessor):
        raise Refused(
            _("Skema ini di luar lingkup %(assessor)s pada %(day)s.")
            % {"assessor": assessor, "day": date_format(day)},
            code="R-06",
        )


def check_appointed(assessor: Assessor, organisation_id: int, day: date) -> None:
    """R-07: whoever assesses belongs to the certification body."""
    if not _among(Assessor.objects.appointed_on(organisation_id, day), assessor):
        raise Refused(
            _("%(assessor)s tidak ditempatkan di LSP ini pada %(day)s.")
            % {"assessor": assessor, "day": date_format(day)},
            code="R-07",
        )


def _among(rows: QuerySet[Assessor], assessor: Assessor) -> bool:
    return rows.filter(pk=assessor.pk).exists()


def certificate_is_newer(assessor: Assessor, attempt: Attempt) -> None:
    """R-08: a term is renewed by a certificate newer than the one before."""
    if assessor.certified_on <= max(term.valid_from for term in assessor.terms.all()):
        raise Refused(
            _("Isi nomor dan tanggal sertifikat asesor yang baru lebih dahulu."), code="R-08"
        )


def is_body(organisation: Organisation) -> None:
    """R-09: assessors are appointed to certification bodies."""
    if organisation.kind != Organisation.Kind.CERTIFICATION_BODY:
        raise Refused(_("Asesor hanya dapat ditempatkan di LSP."), code="R-09")


def scheme_is_verified(scheme: Scheme) -> None:
    """R-10: an assessor's scope holds verified schemes only."""
    if not SchemeVersion.objects.assessable().filter(scheme=scheme).exists():
        raise Refused(_("Pilih skema yang sudah terverifikasi."), code="R-10")
