"""Valid venues, sessions and candidates for tests, made by the real verbs.

`session_with` holds a session of a body that is licensed for the scheme, `decided_session` takes one
through to the plenary's decisions; both make what is not given.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from mumpuni.access.models import Organisation, User
from mumpuni.access.person import Person
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.assessment import actions
from mumpuni.assessment.actions import Answer, Identity
from mumpuni.assessment.models import Candidate, Outcome, Session, Venue, VenueVerification
from mumpuni.assessment.rules.policies import CANDIDATES_PER_ASSESSOR
from mumpuni.assessors.models import Assessor
from mumpuni.assessors.tests import make as assessors_make
from mumpuni.kernel import workflow
from mumpuni.licensing.tests import make as licensing
from mumpuni.schemes.models import SchemeVersion
from mumpuni.schemes.tests import make as schemes_make

LICENSED_ON = date(2026, 1, 5)
HELD_ON = date(2026, 6, 1)
PLANNED_ON = HELD_ON - timedelta(days=10)

_ordinals = count(1)


def noon(day: date = HELD_ON) -> datetime:
    """Return noon in Jakarta on a day."""
    return datetime.combine(day, time(5), tzinfo=UTC)


PLANNED_AT, HELD_AT = noon(PLANNED_ON), noon(HELD_ON)


def admin(of: Organisation) -> Person:
    """Make somebody of the body's staff."""
    return access.person(Role.BODY_ADMIN, of=of)


def decider(of: Organisation) -> Person:
    """Make a member of the body's plenary."""
    return access.person(Role.BODY_DECIDER, of=of)


def account_of(assessor: Assessor) -> User:
    """Return the assessor's account, made where there is none."""
    person = assessor.individual
    if person.user is None:
        person.user = access.user(person.name)
        person.save()
    return person.user


def as_assessor(assessor: Assessor) -> Person:
    """Return the assessor as an actor."""
    return access.person(by=account_of(assessor))


def body(scheme_version: SchemeVersion | None = None, **given: Any) -> Organisation:
    """Make a body licensed for a scheme since before any session here."""
    version = scheme_version or scheme()
    return licensing.licensed_body(schemes=[version], on=LICENSED_ON, **given)


def scheme(units: int = 3, **given: Any) -> SchemeVersion:
    """Make a verified scheme."""
    return schemes_make.verified_scheme(units=units, at=noon(LICENSED_ON), **given)


def venue(
    organisation: Organisation, *schemes: SchemeVersion, on: date = LICENSED_ON, **changed: Any
) -> Venue:
    """Make a venue, verified for the schemes."""
    ordinal = next(_ordinals)
    values: dict[str, Any] = {
        "name": f"TUK {ordinal}",
        "code": f"TUK.{ordinal:03d}/UJI/2026",
        "kind": Venue.Kind.INDEPENDENT,
        "keeper": "Pengelola Tempat",
        "address": "Jalan Uji 1",
    }
    made = Venue(organisation=organisation, **values | changed)
    actor = admin(organisation)
    workflow.begin(made, actor, at=noon(on))
    for version in schemes:
        change = actions.verify_venue(
            VenueVerification(
                scheme=version.scheme,
                letter_number="ST/001",
                verified_on=on,
                first_verifier="Verifikator Satu",
                second_verifier="Verifikator Dua",
            )
        )
        workflow.amend_parts(made, "verifications", change, actor, at=noon(on))
    return made


def draft_session(
    organisation: Organisation | None = None,
    scheme_version: SchemeVersion | None = None,
    *,
    on: date = HELD_ON,
    quota: int = 20,
    **changed: Any,
) -> Session:
    """Plan a session at a verified venue, without assessors yet."""
    version = scheme_version or scheme()
    owner = organisation or body(version)
    values = {"venue": changed.pop("venue", None) or venue(owner, version), "quota": quota}
    session = Session(organisation=owner, scheme_version=version, held_on=on, **values | changed)
    actions.plan_session(session, admin(owner), at=noon(on - timedelta(days=10)))
    return session


def assign(session: Session, *assessors: Assessor, impartial: bool = True) -> None:
    """Assign assessors to a session, their declarations in hand."""
    for assessor in assessors:
        change = actions.assign_assessor(assessor, f"ST/{assessor.pk}", impartial=impartial)
        workflow.amend_parts(
            session,
            "assignments",
            change,
            admin(session.organisation),
            at=noon(session.held_on - timedelta(days=9)),
        )


def open_session(
    organisation: Organisation | None = None,
    scheme_version: SchemeVersion | None = None,
    assessors: Sequence[Assessor] = (),
    **given: Any,
) -> Session:
    """Make a session that takes applications, with an assessor of its own unless some are given."""
    session = draft_session(organisation, scheme_version, **given)
    assign(session, *(assessors or enough_assessors(session)))
    take(session, "open", on=session.held_on - timedelta(days=8))
    return session


def take(session: Session, step: str, *, on: date | None = None, note: str = "") -> None:
    """Take a step of a session as the body's staff; on its day unless another is given."""
    actor = admin(session.organisation)
    workflow.perform(session, step, actor, at=noon(on or session.held_on), note=note)


def applicant(
    session: Session,
    *,
    by: User | None = None,
    at: datetime | None = None,
    name: str = "",
    **changed: Any,
) -> Candidate:
    """Enter a candidate with a complete application, not submitted."""
    ordinal = next(_ordinals)
    values: dict[str, Any] = {
        "education": "SMK Rekayasa Perangkat Lunak",
        "occupation": "Pemrogram",
        "evidence": "Ijazah SMK.",
    }
    identity = Identity(
        name=name or f"Asesi Uji {ordinal}",
        document_kind="nik",
        document_number=f"320105010190{ordinal:04d}",
        born_on=date(1990, 1, 1),
    )
    candidate = actions.enrol(
        session,
        identity,
        values | changed,
        admin(session.organisation),
        at=at or noon(session.held_on - timedelta(days=7)),
    )
    if by is not None:
        candidate.individual.user = by
        candidate.individual.save()
    return candidate


def self_assess(candidate: Candidate, actor: Person | None = None) -> None:
    """Answer every element with K."""
    elements = [
        element.pk
        for part in candidate.session.scheme_version.scheme_units.all()
        for element in part.unit.elements.all()
    ]
    change = actions.answer_elements(dict.fromkeys(elements, Answer(Outcome.COMPETENT, "Kerja")))
    by = actor or admin(candidate.session.organisation)
    workflow.amend_parts(candidate, "self_assessment", change, by, at=_before(candidate))


def submitted(session: Session, count: int = 1, **given: Any) -> list[Candidate]:
    """Enter candidates and submit their applications."""
    made = [applicant(session, **given) for _place in range(count)]
    for candidate in made:
        self_assess(candidate)
    _all(made, "submit", admin(session.organisation), at=_before(made[0]))
    return made


def admitted(session: Session, count: int = 1, **given: Any) -> list[Candidate]:
    """Enter candidates, place them evenly with the assessors and admit them."""
    made = submitted(session, count, **given)
    actor = admin(session.organisation)
    workflow.amend_parts(session, "placement", actions.distribute, actor, at=_before(made[0]))
    return _all(made, "admit", actor, at=_before(made[0]))


def session_with(
    organisation: Organisation | None = None,
    scheme_version: SchemeVersion | None = None,
    assessors: Sequence[Assessor] = (),
    candidates: int = 1,
    **given: Any,
) -> Session:
    """Make a running session with so many admitted candidates, placed evenly."""
    session = open_session(organisation, scheme_version, assessors, **given)
    if candidates:
        admitted(session, candidates)
        take(session, "start")
    return session


def judge(candidate: Candidate, outcome: str = Outcome.COMPETENT) -> None:
    """Record results as the assessor, the last unit with `outcome`, all others K."""
    parts = list(candidate.session.scheme_version.scheme_units.all())
    results = {part.pk: Answer(Outcome.COMPETENT, "Observasi demonstrasi.") for part in parts}
    results[parts[-1].pk] = Answer(outcome, "Observasi demonstrasi.")
    assert candidate.assignment is not None
    actor = as_assessor(candidate.assignment.assessor)
    at = noon(candidate.session.held_on)
    workflow.amend_parts(candidate, "results", actions.record_results(results), actor, at=at)


def recommend(candidate: Candidate, outcome: str = Outcome.COMPETENT) -> None:
    """Record results and recommend, as the assessor."""
    judge(candidate, outcome)
    assert candidate.assignment is not None
    actor = as_assessor(candidate.assignment.assessor)
    workflow.perform(candidate, "recommend", actor, at=noon(candidate.session.held_on))


def plenary_session(*, candidates: int = 3, not_yet: int = 1, **given: Any) -> Session:
    """Make a session before the plenary; the last `not_yet` candidates are recommended BK."""
    session = session_with(candidates=candidates, **given)
    for place, candidate in enumerate(candidates_of(session)):
        failed = place >= candidates - not_yet
        recommend(candidate, Outcome.NOT_YET_COMPETENT if failed else Outcome.COMPETENT)
    take(session, "to_plenary")
    return session


def decided_session(
    *, candidates: int = 3, not_yet: int = 1, close: bool = True, **given: Any
) -> Session:
    """Make a session that is decided as recommended, and closed."""
    session = plenary_session(candidates=candidates, not_yet=not_yet, **given)
    actor = decider(session.organisation)
    for step, outcome in (("competent", "K"), ("not_yet", "BK")):
        chosen = [one for one in candidates_of(session) if one.recommendation == outcome]
        _all(chosen, step, actor, at=noon(session.held_on))
    if close:
        take(session, "close")
    return session


def candidates_of(session: Session) -> list[Candidate]:
    """Return the candidates of a session as they stand now, in the order of entry."""
    return list(Candidate.objects.filter(session=session).order_by("pk"))


def _before(candidate: Candidate) -> datetime:
    return noon(candidate.session.held_on - timedelta(days=6))


def _all(
    candidates: Sequence[Candidate], step: str, actor: Person, *, at: datetime
) -> list[Candidate]:
    outcome = workflow.perform_all(candidates, step, actor, at=at)
    assert not outcome.refusals, outcome.refusals
    for candidate in candidates:
        candidate.refresh_from_db()
    return list(candidates)


def enough_assessors(session: Session) -> list[Assessor]:
    """Make as many assessors as the quota asks for."""
    limit = CANDIDATES_PER_ASSESSOR.on(session.held_on)
    return [registered(session) for _place in range(0, session.quota, limit)]


def registered(session: Session, **given: Any) -> Assessor:
    """Make an assessor who fits a session."""
    return assessors_make.registered_assessor(
        session.organisation, [session.scheme_version], LICENSED_ON, **given
    )
