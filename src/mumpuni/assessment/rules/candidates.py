"""What is required of a candidate's application, admission and assignment."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mumpuni.assessment.models import Candidate, Session, SessionAssignment, Tie
from mumpuni.assessment.rules import policies
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.time import add_months
from mumpuni.kernel.workflow import Attempt
from mumpuni.licensing.models import ADMITTED, Affiliation, CandidateGroup

S = Session.State


def session_takes_applications(candidate: Candidate, attempt: Attempt) -> None:
    """A-14: applications are taken while the session is open and has places left."""
    session = candidate.session
    if session.state != S.OPEN:
        raise Refused(_("Pendaftaran jadwal ini tidak dibuka."), code="A-14")
    if len(placed(session)) >= session.quota:
        raise Refused(_("Kuota jadwal ini sudah penuh."), code="A-14")


def not_here_already(candidate: Candidate, attempt: Attempt) -> None:
    """A-16: a person stands once in a session."""
    if any(
        other.individual_id == candidate.individual_id
        for other in candidate.session.candidates.all()
        if other.pk != candidate.pk
    ):
        raise Refused(_("Orang ini sudah terdaftar pada jadwal ini."), code="A-16")


def affiliation_admitted(candidate: Candidate, attempt: Attempt) -> None:
    """A-15: the licence lets the body certify people of this affiliation."""
    licence = getattr(candidate.session.organisation, "licence", None)
    if licence is None:
        raise Refused(_("LSP ini belum berlisensi."), code="L-10")
    group = CandidateGroup(licence.candidate_group)
    if Affiliation(candidate.affiliation) not in ADMITTED[group]:
        raise Refused(
            _("Lisensi LSP ini melayani “%(group)s”; asesi ini tercatat “%(affiliation)s”.")
            % {"group": group.label, "affiliation": candidate.get_affiliation_display()},
            code="A-15",
        )


def application_complete(candidate: Candidate, attempt: Attempt) -> None:
    """A-17: education, occupation and evidence are told before submission (FR.APL.01)."""
    missing = [
        str(candidate._meta.get_field(name).verbose_name)  # type: ignore[union-attr] # plain columns
        for name in ("education", "occupation", "evidence")
        if not getattr(candidate, name).strip()
    ]
    if missing:
        raise Refused(_("Lengkapi dahulu: %s.") % ", ".join(missing), code="A-17")


def self_assessment_complete(candidate: Candidate, attempt: Attempt) -> None:
    """A-18: each element of each unit is self-assessed before submission (FR.APL.02)."""
    wanted = {
        element.pk
        for part in candidate.session.scheme_version.scheme_units.all()
        for element in part.unit.elements.all()
    }
    open_ones = len(wanted - {one.element_id for one in candidate.self_assessments.all()})
    if open_ones:
        raise Refused(
            ngettext(
                "Asesmen mandiri belum lengkap: %(count)d elemen belum diisi.",
                "Asesmen mandiri belum lengkap: %(count)d elemen belum diisi.",
                open_ones,
            )
            % {"count": open_ones},
            code="A-18",
        )


def has_assessor(candidate: Candidate, attempt: Attempt) -> None:
    """A-19: a candidate is admitted to a named assessor."""
    if candidate.assignment is None:
        raise Refused(_("Tentukan asesornya lebih dahulu."), code="A-19")


def session_admits(candidate: Candidate, attempt: Attempt) -> None:
    """A-20: candidates submit and are admitted while the session is open or running."""
    if candidate.session.state not in {S.OPEN, S.RUNNING}:
        raise Refused(
            _("Jadwal ini sudah berstatus “%s”.") % candidate.session.get_state_display(),
            code="A-20",
        )


def no_tie(candidate: Candidate, attempt: Attempt) -> None:
    """A-13: no tie binds the assessor to the candidate."""
    if candidate.assignment is not None:
        check_no_tie(candidate, candidate.assignment, candidate.assignment.assessor.ties.all())


def check_no_tie(candidate: Candidate, assignment: SessionAssignment, ties: Iterable[Tie]) -> None:
    """A-13 for an assignment that is about to be made."""
    if assignment.assessor.individual_id == candidate.individual_id:
        raise Refused(_("%s tidak boleh mengases dirinya sendiri.") % candidate, code="A-13")
    for tie in ties:
        if tie.individual_id == candidate.individual_id and _binds(tie, candidate):
            raise Refused(
                _("%(assessor)s tidak boleh mengases %(candidate)s: %(tie)s.")
                % {
                    "assessor": assignment.assessor,
                    "candidate": candidate,
                    "tie": tie.get_kind_display(),
                },
                code="A-13",
            )


def within_ratio(assignment: SessionAssignment, load: int) -> None:
    """A-11: an assessor assesses at most so many candidates a day; `load` is all of the day."""
    limit = policies.CANDIDATES_PER_ASSESSOR.on(assignment.session.held_on)
    if load > limit:
        raise Refused(
            _("%(assessor)s sudah mendapat %(limit)d asesi pada hari itu; itu batasnya.")
            % {"assessor": assignment.assessor, "limit": limit},
            code="A-11",
        )


def within_quota(session: Session, count: int) -> None:
    """A-12: a session has no more candidates than its quota."""
    if count > session.quota:
        raise Refused(
            _("Kuota jadwal ini %(quota)d asesi; penempatan ini menjadikannya %(count)d.")
            % {"quota": session.quota, "count": count},
            code="A-12",
        )


def placed(session: Session) -> list[Candidate]:
    """Return the candidates who take up a place: assigned, neither absent nor withdrawn."""
    return [
        candidate
        for candidate in session.candidates.all()
        if candidate.assignment_id is not None and candidate.state not in Candidate.AWAY
    ]


def _binds(tie: Tie, candidate: Candidate) -> bool:
    day = candidate.session.held_on
    if tie.kind == Tie.Kind.TRAINER and tie.ended_on is not None:
        return day < add_months(tie.ended_on, policies.TRAINER_ABSTENTION_MONTHS.on(day))
    return tie.ended_on is None or day <= tie.ended_on
