"""Endpoints by which people come into a session."""

from datetime import date
from typing import Annotated

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from mumpuni.access.models import Individual
from mumpuni.access.roles import Permission
from mumpuni.api.auth import ApiRequest
from mumpuni.assessment import actions, queries
from mumpuni.assessment.actions import Entry, Identity
from mumpuni.assessment.api.candidates import CandidateOut
from mumpuni.assessment.api.texts import Line, Name, Notes, Words
from mumpuni.assessment.models import Candidate, Session
from mumpuni.kernel.errors import NotPermitted
from mumpuni.licensing.models import Affiliation

router = Router()
MOST_ROWS = 1_000


class IdentityIn(Schema):
    """Who somebody is, as their identity document has it."""

    name: Name
    document_kind: Individual.Document
    document_number: Line
    born_in: Words = ""
    born_on: date | None = None
    sex: Individual.Sex | None = None
    email: Annotated[Words, Field(pattern=r"^([^@\s]+@[^@\s]+\.[^@\s]+)?$")] = ""
    phone: Annotated[str, Field(max_length=32, pattern=r"^[0-9+() .-]*$")] = ""
    address: Notes = ""

    def identity(self) -> Identity:
        """Return it as actions take it."""
        return Identity(**self.dict(exclude={"sex"}), sex=self.sex or "")


class ApplicationIn(Schema):
    """An application (FR.APL.01)."""

    purpose: Candidate.Purpose = Candidate.Purpose.CERTIFICATION
    affiliation: Affiliation = Affiliation.NONE
    education: Words = ""
    occupation: Words = ""
    evidence: Notes = ""


class EnrolmentIn(Schema):
    """A candidate to enter."""

    identity: IdentityIn
    application: ApplicationIn


class BatchRowIn(EnrolmentIn):
    """One of many; `claims_all` stands for a K on each element of FR.APL.02."""

    claims_all: bool = False


class SelfEnrolmentIn(Schema):
    """One's own application; who one is, is told the first time."""

    identity: IdentityIn | None = None
    application: ApplicationIn


class BatchIn(Schema):
    """Many candidates; with `all_or_none`, none is entered where one does not fit."""

    all_or_none: bool = True
    candidates: Annotated[list[BatchRowIn], Field(max_length=MOST_ROWS)]


class UnfitOut(Schema):
    """A candidate of the batch, counted from 1, who was not entered, and why."""

    row: int
    message: str
    code: str


class BatchOut(Schema):
    """Who was entered and who was not."""

    entered: list[int]
    unfit: list[UnfitOut]


@router.post("/sessions/{int:pk}/candidates", response={201: CandidateOut})
def enrol(request: ApiRequest, pk: int, body: EnrolmentIn) -> Status[Candidate]:
    """Enter a candidate of your own body's session."""
    session = _to_fill(request, pk)
    identity, values = body.identity.identity(), body.application.dict()
    return Status(201, actions.enrol(session, identity, values, request.auth, at=timezone.now()))


@router.post("/sessions/{int:pk}/candidates/batch", response=BatchOut)
def enrol_batch(request: ApiRequest, pk: int, body: BatchIn) -> BatchOut:
    """Enter many candidates at once."""
    entries = [
        Entry(row, one.identity.identity(), one.application.dict(), one.claims_all)
        for row, one in enumerate(body.candidates, start=1)
    ]
    made, unfit = actions.enrol_all(
        _to_fill(request, pk),
        entries,
        request.auth,
        at=timezone.now(),
        all_or_none=body.all_or_none,
    )
    return BatchOut(
        entered=[one.pk for one in made],
        unfit=[UnfitOut(row=one.row, message=one.message, code=one.code) for one in unfit],
    )


@router.post("/open-sessions/{int:pk}/applications", response={201: CandidateOut})
def apply(request: ApiRequest, pk: int, body: SelfEnrolmentIn) -> Status[Candidate]:
    """Apply for an open session yourself."""
    person = request.auth
    session = get_object_or_404(queries.open_sessions(person, on=timezone.localdate()), pk=pk)
    identity = body.identity.identity() if body.identity else None
    values = body.application.dict()
    return Status(201, actions.apply(session, identity, values, person, at=timezone.now()))


def _to_fill(request: ApiRequest, pk: int) -> Session:
    session: Session = get_object_or_404(queries.session_to_fill(request.auth), pk=pk)
    if not request.auth.can(Permission.CANDIDATE_ADMIT, session):
        raise NotPermitted(_("Anda tidak berwenang menambah asesi pada jadwal ini."))
    return session
