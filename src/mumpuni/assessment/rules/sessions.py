"""What is required of a session before each of its steps."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mumpuni.assessment.models import Candidate, Session, Venue
from mumpuni.assessment.rules import policies, venues
from mumpuni.assessors import queries as assessor_queries
from mumpuni.assessors import rules as assessor_rules
from mumpuni.assessors.models import Assessor
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.workflow import Attempt
from mumpuni.licensing import queries as licensing_queries
from mumpuni.licensing import rules as licensing_rules


def venue_is_ours(session: Session, attempt: Attempt) -> None:
    """A-01: a session is held at a venue of its own body that is in use."""
    venue = session.venue
    if venue.organisation_id != session.organisation_id or venue.state != Venue.State.OPEN:
        raise Refused(_("Pilih TUK milik LSP ini yang masih dipakai."), code="A-01")


def licence_active(session: Session, attempt: Attempt) -> None:
    """L-10: the licence is active on the day of the assessment."""
    day = session.held_on
    active = licensing_queries.public_licences(day).filter(
        Q(status=licensing_queries.Status.ACTIVE), organisation_id=session.organisation_id
    )
    # one query where all is well; the reason, where it is not, takes three
    if not active.exists():
        licensing_rules.check_active(session.organisation_id, day)


def scheme_in_scope(session: Session, attempt: Attempt) -> None:
    """L-11: the scheme is in the licence's scope on the day of the assessment."""
    licensing_rules.check_in_scope(
        session.organisation_id, session.scheme_version_id, session.held_on
    )


def venue_verified(session: Session, attempt: Attempt) -> None:
    """A-03: the venue is verified for the scheme before the day of the assessment."""
    venues.check_verified(session.venue, session.scheme_version.scheme_id, session.held_on)


def not_over(session: Session, attempt: Attempt) -> None:
    """A-04: a session is opened before its day is over."""
    grace = policies.BACK_ENTRY_DAYS.on(session.held_on)
    if session.held_on + timedelta(days=grace) < attempt.on:
        raise Refused(
            _("Tanggal asesmen %(day)s sudah lewat; jadwal dibuka sebelum asesmen.")
            % {"day": date_format(session.held_on)},
            code="A-04",
        )


def assessors_assigned(session: Session, attempt: Attempt) -> None:
    """A-05: at least one assessor is assigned, each declares impartiality."""
    assignments = list(session.assignments.all())
    if not assignments:
        raise Refused(_("Tugaskan paling sedikit satu asesor."), code="A-05")
    silent = [str(one.assessor) for one in assignments if not one.impartial]
    if silent:
        raise Refused(
            _("Pernyataan ketidakberpihakan belum ada dari: %s.") % ", ".join(silent), code="A-05"
        )


def assessors_fit(session: Session, attempt: Attempt) -> None:
    """R-05, R-06, R-07: each assessor is current, competent in the scheme and appointed."""
    fit = set(
        assessor_queries.available(
            session.organisation_id, session.scheme_version.scheme_id, session.held_on
        ).values_list("pk", flat=True)
    )
    for assignment in session.assignments.all():
        if assignment.assessor_id not in fit:
            check_fit(session, assignment.assessor)


def check_fit(session: Session, assessor: Assessor) -> None:
    """R-05, R-06, R-07 for one assessor on the day of the session."""
    day = session.held_on
    assessor_rules.check_current(assessor, day)
    assessor_rules.check_scheme(assessor, session.scheme_version.scheme_id, day)
    assessor_rules.check_appointed(assessor, session.organisation_id, day)


def day_has_come(session: Session, attempt: Attempt) -> None:
    """A-06: a session does not start before its day."""
    if attempt.on < session.held_on:
        raise Refused(
            _("Asesmen baru dapat dimulai pada %(day)s.") % {"day": date_format(session.held_on)},
            code="A-06",
        )


def somebody_admitted(session: Session, attempt: Attempt) -> None:
    """A-07: a session starts with at least one admitted candidate."""
    if not _in_states(session, {Candidate.State.ADMITTED}):
        raise Refused(_("Belum ada asesi yang diterima."), code="A-07")


def everybody_recommended(session: Session, attempt: Attempt) -> None:
    """A-08: the plenary begins when the assessors have recommended on every candidate."""
    states = Candidate.State
    waiting = _in_states(
        session, {states.DRAFT, states.SUBMITTED, states.RETURNED, states.ADMITTED}
    )
    if waiting:
        raise Refused(
            ngettext(
                "%(count)d asesi belum direkomendasikan, belum dicatat tidak hadir, atau belum"
                " mengundurkan diri.",
                "%(count)d asesi belum direkomendasikan, belum dicatat tidak hadir, atau belum"
                " mengundurkan diri.",
                waiting,
            )
            % {"count": waiting},
            code="A-08",
        )


def everybody_settled(session: Session, attempt: Attempt) -> None:
    """A-09: a session closes when every candidate is decided, absent or withdrawn."""
    waiting = _in_states(session, set(Candidate.State) - Candidate.SETTLED)
    if waiting:
        raise Refused(
            ngettext("%(count)d asesi belum diputus.", "%(count)d asesi belum diputus.", waiting)
            % {"count": waiting},
            code="A-09",
        )


def nobody_recommended(session: Session, attempt: Attempt) -> None:
    """A-10: a session with results is not cancelled."""
    states = Candidate.State
    judged = {states.RECOMMENDED, states.COMPETENT, states.NOT_YET_COMPETENT}
    if _in_states(session, judged):
        raise Refused(
            _("Jadwal ini sudah punya hasil asesmen, jadi tidak dapat dibatalkan."), code="A-10"
        )


def _in_states(session: Session, states: set[Candidate.State]) -> int:
    return sum(candidate.state in states for candidate in session.candidates.all())
