"""Who may take which step: read it as the policy that it is."""

from __future__ import annotations

import pytest
from django.utils import timezone
from inline_snapshot import snapshot

from mumpuni.access.models import Individual
from mumpuni.access.person import Person
from mumpuni.access.roles import Role
from mumpuni.access.tests import make as access
from mumpuni.assessment.models import Candidate, Session, SessionAssignment, Venue
from mumpuni.assessment.tests import make
from mumpuni.kernel.models import Record
from mumpuni.kernel.workflow import permitted_edits

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Session:
    made = make.session_with(candidates=1)
    candidate = make.candidates_of(made)[0]
    candidate.individual.user = access.user("Asesi")
    candidate.individual.save()
    assert candidate.assignment is not None
    make.as_assessor(candidate.assignment.assessor)
    return made


@pytest.fixture
def people(session: Session) -> dict[str, Person]:
    candidate = make.candidates_of(session)[0]
    assert candidate.assignment is not None
    other = access.organisation()
    return {
        "admin": make.admin(session.organisation),
        "decider": make.decider(session.organisation),
        "assessor": access.person(by=candidate.assignment.assessor.individual.user),
        "candidate": access.person(by=candidate.individual.user),
        "other_admin": make.admin(other),
        "other_decider": make.decider(other),
        "officer": access.person(Role.CERTIFICATION_OFFICER, of=access.authority()),
        "auditor": access.person(Role.AUDITOR, of=access.authority()),
        "stranger": access.person(),
    }


def edits_of(records: dict[str, Record], people: dict[str, Person]) -> dict[str, list[str]]:
    table = {
        f"{state} {who}": sorted(permitted_edits(record, actor, at=timezone.now()))
        for state, record in records.items()
        for who, actor in people.items()
    }
    return {cell: names for cell, names in table.items() if names}


def in_each_state(record: Record) -> dict[str, Record]:
    """The record as if it were in each of its states."""
    kind = type(record)
    found: dict[str, Record] = {}
    for state in kind._meta.get_field("state").choices or ():
        copy = kind._base_manager.get(pk=record.pk)
        copy.state = state[0]
        found[state[0]] = copy
    return found


def test_who_moves_a_venue(session: Session, people: dict[str, Person]) -> None:
    records = in_each_state(session.venue)

    assert access.matrix(records, people) == snapshot(
        {"open admin": ["close"], "closed admin": ["reopen"]}
    )
    assert edits_of(records, people) == snapshot({"open admin": ["particulars", "verifications"]})


def test_who_moves_a_session(session: Session, people: dict[str, Person]) -> None:
    records = in_each_state(session)

    assert access.matrix(records, people) == snapshot(
        {
            "draft admin": ["open", "cancel"],
            "open admin": ["start", "cancel"],
            "running admin": ["to_plenary", "cancel"],
            "plenary admin": ["close"],
        }
    )
    assert edits_of(records, people) == snapshot(
        {
            "draft admin": ["assignments", "plan"],
            "draft assessor": ["impartiality"],
            "open admin": ["assignments", "placement", "plan"],
            "open assessor": ["impartiality"],
            "running admin": ["assignments", "placement"],
            "running assessor": ["impartiality"],
        }
    )


def test_who_moves_a_candidate(session: Session, people: dict[str, Person]) -> None:
    records = in_each_state(make.candidates_of(session)[0])

    assert access.matrix(records, people) == snapshot(
        {
            "draft admin": ["submit", "withdraw"],
            "draft candidate": ["submit", "withdraw"],
            "submitted admin": ["return", "admit", "withdraw"],
            "submitted candidate": ["withdraw"],
            "returned admin": ["submit", "withdraw"],
            "returned candidate": ["submit", "withdraw"],
            "admitted admin": ["absent", "withdraw"],
            "admitted assessor": ["recommend"],
            "admitted candidate": ["withdraw"],
            "recommended decider": [
                "competent",
                "not_yet",
                "overrule_competent",
                "overrule_not_yet",
                "send_back",
            ],
        }
    )
    assert edits_of(records, people) == snapshot(
        {
            "draft admin": ["application", "self_assessment"],
            "draft candidate": ["application", "self_assessment"],
            "submitted admin": ["ties"],
            "returned admin": ["application", "self_assessment"],
            "returned candidate": ["application", "self_assessment"],
            "admitted admin": ["ties"],
            "admitted assessor": ["results", "ties"],
        }
    )


def test_who_begins(session: Session, people: dict[str, Person]) -> None:
    candidate = make.candidates_of(session)[0]
    records: dict[str, Record] = {
        "venue": Venue(organisation=session.organisation),
        "session": Session(organisation=session.organisation),
        "candidate": Candidate(session=session, individual=candidate.individual),
        "somebody": Candidate(session=session, individual=Individual()),
    }
    table = {
        what: [who for who, actor in people.items() if actor.can(record.workflow.begun_by, record)]
        for what, record in records.items()
    }

    assert table == snapshot(
        {
            "venue": ["admin"],
            "session": ["admin"],
            "candidate": ["admin", "candidate"],
            "somebody": ["admin"],
        }
    )


def test_who_sees_what(session: Session, people: dict[str, Person]) -> None:
    kinds = (Venue, Session, Candidate)
    table = {
        kind.__name__: [
            who for who, actor in people.items() if kind.objects.visible_to(actor).exists()
        ]
        for kind in kinds
    }

    assert SessionAssignment.objects.count() == 2
    assert table == snapshot(
        {
            "Venue": ["admin", "decider", "officer", "auditor"],
            "Session": ["admin", "decider", "assessor", "candidate", "officer", "auditor"],
            "Candidate": ["admin", "decider", "assessor", "candidate", "officer", "auditor"],
        }
    )
