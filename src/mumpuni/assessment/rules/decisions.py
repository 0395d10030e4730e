"""What is required of evidence, recommendation and decision."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mumpuni.access.models import Individual
from mumpuni.assessment.models import Candidate, Outcome, Session
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.workflow import Attempt

S = Session.State


def being_assessed(candidate: Candidate, attempt: Attempt) -> None:
    """A-21: results belong to a session that runs, or that the plenary sent back."""
    if candidate.session.state not in {S.RUNNING, S.PLENARY}:
        raise Refused(_("Asesmen pada jadwal ini tidak sedang berlangsung."), code="A-21")


def every_unit_judged(candidate: Candidate, attempt: Attempt) -> None:
    """A-22: each unit has a result before the assessor recommends."""
    judged = {result.scheme_unit_id for result in candidate.unit_results.all()}
    missing = [
        part.unit.code
        for part in candidate.session.scheme_version.scheme_units.all()
        if part.pk not in judged
    ]
    if missing:
        raise Refused(_("Unit belum dinilai: %s.") % ", ".join(missing), code="A-22")


def competence_shown(candidate: Candidate, attempt: Attempt) -> None:
    """A-23: a unit found K names the evidence it rests on."""
    codes = {
        part.pk: part.unit.code for part in candidate.session.scheme_version.scheme_units.all()
    }
    bare = [
        codes[result.scheme_unit_id]
        for result in candidate.unit_results.all()
        if result.outcome == Outcome.COMPETENT and not result.evidence.strip()
    ]
    if bare:
        raise Refused(_("Catat bukti untuk unit: %s.") % ", ".join(bare), code="A-23")


def in_plenary(candidate: Candidate, attempt: Attempt) -> None:
    """A-24: a decision is taken in the plenary."""
    if candidate.session.state != S.PLENARY:
        raise Refused(_("Keputusan diambil setelah jadwal masuk pleno."), code="A-24")


def decider_is_not_assessor(candidate: Candidate, attempt: Attempt) -> None:
    """A-25: whoever assessed the candidate does not decide."""
    assignment = candidate.assignment
    if assignment is not None and _is(assignment.assessor.individual, attempt):
        raise Refused(
            _("Anda mengases asesi ini, jadi keputusannya diambil anggota pleno lain."),
            code="A-25",
        )


def decider_is_not_candidate(candidate: Candidate, attempt: Attempt) -> None:
    """A-25: nobody decides on themselves."""
    if _is(candidate.individual, attempt):
        raise Refused(_("Keputusan tentang Anda diambil anggota pleno lain."), code="A-25")


def _is(individual: Individual, attempt: Attempt) -> bool:
    return individual.user_id is not None and attempt.actor.key == f"user:{individual.user_id}"


def recommended_competent(candidate: Candidate, attempt: Attempt) -> None:
    """A-26: K follows a recommendation of K."""
    _check_recommendation(candidate, Outcome.COMPETENT)


def recommended_not_yet(candidate: Candidate, attempt: Attempt) -> None:
    """A-26: BK follows a recommendation of BK."""
    _check_recommendation(candidate, Outcome.NOT_YET_COMPETENT)


def against_competent(candidate: Candidate, attempt: Attempt) -> None:
    """A-26: BK against a recommendation of K."""
    _check_departure(candidate, Outcome.NOT_YET_COMPETENT)


def against_not_yet(candidate: Candidate, attempt: Attempt) -> None:
    """A-26: K against a recommendation of BK."""
    _check_departure(candidate, Outcome.COMPETENT)


def _check_recommendation(candidate: Candidate, outcome: Outcome) -> None:
    if candidate.recommendation != outcome:
        raise Refused(
            _("Rekomendasi asesor: %(recommendation)s. Keputusan lain memerlukan alasan tertulis.")
            % {"recommendation": candidate.get_recommendation_display()},
            code="A-26",
        )


def _check_departure(candidate: Candidate, outcome: Outcome) -> None:
    """A-26: what follows the recommendation is no decision against it."""
    if candidate.recommendation == outcome:
        raise Refused(
            _("Keputusan ini sesuai rekomendasi asesor; ambil langkah yang biasa."), code="A-26"
        )
