"""What is required of an application before each of its steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from mumpuni.kernel.errors import Refused
from mumpuni.kernel.workflow import Attempt
from mumpuni.licensing.models import (
    FOUNDERS_OF_TYPE,
    GROUPS_OF_TYPE,
    ApplicationDocument,
    BodyType,
    CandidateGroup,
    FounderKind,
    LicenceApplication,
    required_documents,
)
from mumpuni.licensing.models.applications import OPEN_STATES
from mumpuni.licensing.rules.ties import check_outside

Kind = LicenceApplication.Kind

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


def profile_complete(application: LicenceApplication, _attempt: Attempt) -> None:
    """L-01: the applicant says where it is."""
    body = application.organisation
    if not body.address.strip() or body.region_id is None:
        raise Refused(
            _("Lengkapi alamat dan wilayah kantor pada profil lembaga."),
            code="L-01",
        )


def data_differ(application: LicenceApplication, _attempt: Attempt) -> None:
    """L-29: a change of data proposes something that is not on record already."""
    if application.kind == Kind.CHANGE and not any(
        proposal.differs for proposal in application.proposed_changes
    ):
        raise Refused(_("Isi paling sedikit satu data yang berubah."), code="L-29")


def asks_for_facts(application: LicenceApplication, _attempt: Attempt) -> None:
    _check_part(application, frozenset({Kind.NEW}))


def asks_for_schemes(application: LicenceApplication, _attempt: Attempt) -> None:
    _check_part(application, frozenset(Kind) - {Kind.CHANGE})


def asks_for_data(application: LicenceApplication, _attempt: Attempt) -> None:
    _check_part(application, frozenset({Kind.CHANGE}))


def may_go_without_assessment(application: LicenceApplication, _attempt: Attempt) -> None:
    _check_part(application, frozenset({Kind.SCOPE}))


def _check_part(application: LicenceApplication, kinds: frozenset[LicenceApplication.Kind]) -> None:
    """L-33: each kind of application asks for its own parts; what is licensed stays as it is."""
    if application.kind not in kinds:
        raise Refused(
            _("Permohonan “%s” tidak memuat bagian ini.") % application.get_kind_display(),
            code="L-33",
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


def documents_present(application: LicenceApplication, _attempt: Attempt) -> None:
    """L-05: every document is there that the checklist of the day of its beginning requires (L-25)."""
    missing = missing_documents(application)
    if missing:
        raise Refused(_("Dokumen yang belum ada: %s.") % _listed(missing), code="L-05")


def missing_documents(application: LicenceApplication) -> list[ApplicationDocument.Kind]:
    """Return the required documents that are not there."""
    there = {document.kind for document in application.current_documents}
    return [kind for kind in required_documents(application) if kind not in there]


def rejected_replaced(application: LicenceApplication, _attempt: Attempt) -> None:
    """L-17: what was rejected is replaced before the application comes back."""
    rejected = rejected_documents(application)
    if rejected:
        raise Refused(
            _("Unggah perbaikan dokumen yang dikembalikan: %s.") % _listed(rejected), code="L-17"
        )


def rejected_documents(application: LicenceApplication) -> list[ApplicationDocument.Kind]:
    """Return the documents that still are as they were rejected."""
    return [
        ApplicationDocument.Kind(document.kind)
        for document in application.current_documents
        if document.verdict == ApplicationDocument.Verdict.REJECTED
    ]


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


def _listed(choices: Iterable[TextChoices]) -> str:
    return "; ".join(sorted({str(choice.label) for choice in choices}))
