"""Sessions, and what a session is planned with."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from mumpuni.access.models import Organisation
from mumpuni.access.person import Person
from mumpuni.assessment.models import Candidate, Session, SessionAssignment, Venue
from mumpuni.assessment.queries.candidates import NOBODY
from mumpuni.assessors import queries as assessor_queries
from mumpuni.assessors.models import Assessor
from mumpuni.kernel.counting import count_of
from mumpuni.licensing.models import LicenceScope
from mumpuni.schemes.models import Scheme, SchemeVersion


@dataclass(frozen=True)
class Tally:
    """How many candidates of a session stand where."""

    applied: int
    admitted: int
    recommended: int
    competent: int
    not_yet_competent: int
    away: int


def sessions(person: Person) -> QuerySet[Session]:
    """Return the sessions a person may see."""
    return Session.objects.visible_to(person).select_related(
        "organisation", "venue", "scheme_version__scheme"
    )


def search_sessions(rows: QuerySet[Session], text: str) -> QuerySet[Session]:
    """Keep the sessions whose number, scheme, venue or body has every word."""
    for word in text.split():
        rows = rows.filter(_named(word))
    return rows


def _named(word: str) -> Q:
    """Match by the keys of what has the word, so that a name many share is compared once."""
    return (
        Q(number__icontains=word)
        | Q(scheme_version__in=SchemeVersion.objects.filter(title__icontains=word))
        | Q(venue__in=Venue.objects.filter(name__icontains=word))
        | Q(organisation__in=Organisation.objects.filter(name__icontains=word))
    )


def sessions_counted(person: Person) -> QuerySet[Session]:
    """Return the sessions with `candidate_count`, those who withdrew left out."""
    return sessions(person).annotate(candidate_count=_standing())


def sessions_in_full(person: Person) -> QuerySet[Session]:
    """Return the sessions with all that their rules follow."""
    return sessions(person).prefetch_related(
        "venue__verifications",
        Prefetch("assignments", SessionAssignment.objects.select_related("assessor__individual")),
        "candidates",
    )


def session_to_fill(person: Person) -> QuerySet[Session]:
    """Return the sessions with their candidates and the body's licence, to add candidates to."""
    return sessions(person).select_related("organisation__licence").prefetch_related("candidates")


def open_sessions(person: Person, *, on: date) -> QuerySet[Session]:
    """Return the sessions anybody who is signed in may apply for, less those applied for.

    An open session is an announcement: everybody may read of it, whoever may see its record.
    """
    return (
        Session.objects.filter(state=Session.State.OPEN, held_on__gte=on)
        .exclude(
            pk__in=Candidate.objects.filter(individual__user_id=person.user_id or NOBODY).values(
                "session"
            )
        )
        .select_related("organisation__licence", "venue__region", "scheme_version__scheme")
        .annotate(candidate_count=_standing())
    )


def assignments(session: Session) -> QuerySet[SessionAssignment]:
    """Return the assignments of a session by the assessor's name."""
    return (
        SessionAssignment.objects.filter(session=session)
        .select_related("assessor__individual")
        .order_by("assessor__individual__name", "pk")
    )


def tally(session: Session) -> Tally:
    """Count the candidates by where they stand; no query where they are loaded."""
    states = Counter(candidate.state for candidate in session.candidates.all())
    state = Candidate.State
    return Tally(
        applied=states[state.DRAFT] + states[state.SUBMITTED] + states[state.RETURNED],
        admitted=states[state.ADMITTED],
        recommended=states[state.RECOMMENDED],
        competent=states[state.COMPETENT],
        not_yet_competent=states[state.NOT_YET_COMPETENT],
        away=states[state.ABSENT] + states[state.WITHDRAWN],
    )


def schemes_on_offer(organisation_id: int, *, on: date) -> QuerySet[SchemeVersion]:
    """Return the scheme versions a body may certify on a day or later, by title."""
    scope = LicenceScope.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=on), licence__organisation=organisation_id
    )
    return (
        SchemeVersion.objects.filter(pk__in=scope.values("scheme_version"))
        .select_related("scheme")
        .order_by("title", "pk")
    )


def schemes_in_scope(organisation_id: int, *, on: date) -> QuerySet[Scheme]:
    """Return the schemes a body may certify on a day or later, with the `title` of the newest."""
    offered = schemes_on_offer(organisation_id, on=on)
    title = offered.filter(scheme=OuterRef("pk")).order_by("-version").values("title")
    return (
        Scheme.objects.filter(pk__in=offered.order_by().values("scheme"))
        .annotate(title=Subquery(title[:1]))
        .order_by("title", "pk")
    )


def assessors_on_offer(session: Session) -> QuerySet[Assessor]:
    """Return the assessors who fit a session: current, competent in the scheme, appointed."""
    return assessor_queries.available(
        session.organisation_id, session.scheme_version.scheme_id, session.held_on
    )


def _standing() -> Subquery:
    placed = Candidate.objects.filter(session=OuterRef("pk"))
    return count_of(placed.exclude(state=Candidate.State.WITHDRAWN))
