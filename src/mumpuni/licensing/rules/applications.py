"""What is required of an application before each of its steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.access.models import Organisation
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.workflow import Attempt, Text
from mumpuni.licensing.models import (
    FOUNDERS_OF_TYPE,
    GROUPS_OF_TYPE,
    REQUIRED_DOCUMENTS,
    ApplicationDocument,
    BodyType,
    CandidateGroup,
    FounderKind,
    Licence,
    LicenceApplication,
)
from mumpuni.licensing.models.applications import OPEN_STATES
from mumpuni.licensing.rules.ties import check_outside
from mumpuni.schemes.models import SchemeVersion

type Rule = Callable[[LicenceApplication, Attempt], None]


def no_other_open(application: LicenceApplication, _attempt: Attempt) -> None:
    """L-06: one application of a kind at a time."""
    others = LicenceApplication.objects.filter(
        organisation_id=application.organisation_id, kind=application.kind, state__in=OPEN_STATES
    )
    if others.exists():
        raise Refused(
            _("Masih ada permohonan yang sedang berjalan. Lanjutkan atau tarik permohonan itu."),
            code="L-06",
        )


def body_without_licence(application: LicenceApplication, _attempt: Attempt) -> None:
    """L-07: a new licence is for a certification body that has none yet."""
    if application.organisation.kind != Organisation.Kind.CERTIFICATION_BODY:
        raise Refused(_("Lisensi hanya untuk lembaga sertifikasi profesi (LSP)."), code="L-07")
    licence: Licence | None = getattr(application.organisation, "licence", None)
    if licence is not None:
        raise Refused(
            _("Lembaga ini sudah berlisensi dengan nomor %s.") % licence.number, code="L-07"
        )


def profile_complete(application: LicenceApplication, _attempt: Attempt) -> None:
    """L-01: the applicant says where it is."""
    body = application.organisation
    if not body.address.strip() or body.region_id is None:
        raise Refused(
            _("Lengkapi alamat dan wilayah kantor pada profil lembaga."),
            code="L-01",
        )


def type_agrees(application: LicenceApplication, _attempt: Attempt) -> None:
    check_type(
        BodyType(application.body_type),
        FounderKind(application.founder_kind),
        CandidateGroup(application.candidate_group),
    )


def check_type(kind: BodyType, founder: FounderKind, group: CandidateGroup) -> None:
    """L-02: who founded the body and whom it certifies fit its type."""
    fields: dict[str, list[str]] = {}
    if founder not in FOUNDERS_OF_TYPE[kind]:
        fields["founder_kind"] = [
            _("LSP jenis %(type)s dibentuk oleh: %(allowed)s.")
            % {"type": kind.label, "allowed": _listed(FOUNDERS_OF_TYPE[kind])}
        ]
    if group not in GROUPS_OF_TYPE[kind]:
        fields["candidate_group"] = [
            _("LSP jenis %(type)s melayani: %(allowed)s.")
            % {"type": kind.label, "allowed": _listed(GROUPS_OF_TYPE[kind])}
        ]
    if fields:
        told = " ".join(message for messages in fields.values() for message in messages)
        raise Refused(told, code="L-02", fields=fields)


def schemes_chosen(application: LicenceApplication, _attempt: Attempt) -> None:
    """L-03: without a scheme there is nothing to license."""
    if not application.schemes.all():
        raise Refused(_("Pilih paling sedikit satu skema sertifikasi."), code="L-03")


def schemes_verified(application: LicenceApplication, _attempt: Attempt) -> None:
    """L-04: only verified schemes come into the scope of a licence."""
    unverified = [
        str(row.scheme_version)
        for row in application.schemes.all()
        if row.scheme_version.state != SchemeVersion.State.VERIFIED
    ]
    if unverified:
        raise Refused(
            _("Skema ini tidak terverifikasi: %s. Hapus atau ganti.") % "; ".join(unverified),
            code="L-04",
        )


def documents_present(application: LicenceApplication, _attempt: Attempt) -> None:
    """L-05: every document that the type of body requires is there."""
    there = {document.kind for document in application.current_documents}
    missing = REQUIRED_DOCUMENTS[BodyType(application.body_type)] - there
    if missing:
        raise Refused(_("Dokumen yang belum ada: %s.") % _listed(missing), code="L-05")


def rejected_replaced(application: LicenceApplication, _attempt: Attempt) -> None:
    """L-17: what was rejected is replaced before the application comes back."""
    rejected = [
        ApplicationDocument.Kind(document.kind)
        for document in application.current_documents
        if document.verdict == ApplicationDocument.Verdict.REJECTED
    ]
    if rejected:
        raise Refused(
            _("Unggah perbaikan dokumen yang dikembalikan: %s.") % _listed(rejected), code="L-17"
        )


def all_accepted(application: LicenceApplication, _attempt: Attempt) -> None:
    """L-12: the full assessment begins when every document has been accepted."""
    waiting = [
        ApplicationDocument.Kind(document.kind)
        for document in application.current_documents
        if document.verdict != ApplicationDocument.Verdict.ACCEPTED
    ]
    if waiting:
        raise Refused(
            _("Dokumen yang belum diterima: %s. Periksa atau kembalikan kepada pemohon.")
            % _listed(waiting),
            code="L-12",
        )


def outside_the_applicant(application: LicenceApplication, attempt: Attempt) -> None:
    check_outside(application.organisation, attempt)


def not_the_assessor(application: LicenceApplication, attempt: Attempt) -> None:
    """L-15: whoever assessed or witnessed the body does not decide on its licence."""
    if attempt.actor.key in application.assessed_by:
        raise Refused(
            _("Anda ikut menilai pemohon ini; keputusan diambil anggota pleno yang lain."),
            code="L-15",
        )


def decree_named(application: LicenceApplication, _attempt: Attempt) -> None:
    """L-16: a licence rests on a decree."""
    if not application.decree_number.strip():
        raise Refused(_("Isi nomor SK lisensi lebih dahulu."), code="L-16")


@dataclass(frozen=True)
class Requirement:
    """What an application must have before it is submitted, and the page where it is filled in."""

    label: Text
    rules: tuple[Rule, ...]
    url_name: str = ""


@dataclass(frozen=True)
class Finding:
    """Whether a requirement is met; `refusal` says what is missing."""

    requirement: Requirement
    refusal: Refused | None


REQUIREMENTS = (
    Requirement(gettext_lazy("Alamat dan wilayah kantor"), (profile_complete,)),
    Requirement(
        gettext_lazy("Jenis LSP, pembentuk, dan asesi"),
        (type_agrees,),
        "licensing:application-body",
    ),
    Requirement(
        gettext_lazy("Dokumen persyaratan"),
        (documents_present, rejected_replaced),
        "licensing:application-documents",
    ),
    Requirement(
        gettext_lazy("Skema yang dimohonkan"),
        (schemes_chosen, schemes_verified),
        "licensing:application-schemes",
    ),
)


def checklist(application: LicenceApplication, attempt: Attempt) -> list[Finding]:
    """Return every requirement of a submission with what is still missing."""
    return [Finding(one, _refusal(one.rules, application, attempt)) for one in REQUIREMENTS]


def _refusal(
    rules: Iterable[Rule], application: LicenceApplication, attempt: Attempt
) -> Refused | None:
    try:
        for rule in rules:
            rule(application, attempt)
    except Refused as refused:
        return refused
    return None


def _listed(choices: Iterable[TextChoices]) -> str:
    return "; ".join(sorted({str(choice.label) for choice in choices}))
