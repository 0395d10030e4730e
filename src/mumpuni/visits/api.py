"""Endpoints of visits, findings and the register of licensing assessors."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, File, ModelSchema, Router, Schema, Status
from ninja.files import UploadedFile
from ninja.pagination import paginate

from mumpuni.access.person import Person
from mumpuni.api.auth import ApiRequest
from mumpuni.api.paging import Key, Pages, SearchText
from mumpuni.api.steps import step_endpoints
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import Invalid, NotPermitted
from mumpuni.visits import actions, queries
from mumpuni.visits.documents import hand_out
from mumpuni.visits.models import (
    Answer,
    DeclaredTie,
    Finding,
    FindingEvidence,
    Item,
    Kind,
    LicensingAssessor,
    TeamMember,
    Visit,
)
from mumpuni.visits.rules import KINDS

router = Router()
VISITS, FINDINGS, ASSESSORS = "/visits", "/findings", "/licensing-assessors"
FILE: dict[str, Any] = {
    "responses": {
        200: {
            "description": HTTPStatus.OK.phrase,
            "content": {
                kind: {"schema": {"type": "string", "format": "binary"}} for kind in sorted(KINDS)
            },
        }
    }
}
Text = Annotated[str, Field(max_length=5_000)]
Line = Annotated[str, Field(max_length=300)]


class VisitOut(ModelSchema):
    """A visit; `case_kind` and `case_id` name what it was made for."""

    organisation_name: str

    class Meta:
        model = Visit
        fields = [
            "id",
            "state",
            "kind",
            "case_kind",
            "case_id",
            "organisation",
            "starts_on",
            "ends_on",
            "place",
            "mode",
            "letter_number",
            "report_number",
            "reported_on",
        ]

    @staticmethod
    def resolve_organisation_name(visit: Visit) -> str:
        return visit.organisation.name


class TeamMemberOut(Schema):
    """A member of the team; `impartial_at` is when they declared to be impartial."""

    assessor_id: int
    name: str
    duty: TeamMember.Duty
    impartial_at: datetime | None

    @staticmethod
    def resolve_name(member: TeamMember) -> str:
        return member.assessor.individual.name


class ItemAnswerOut(Schema):
    """The verdict on an item of the instrument."""

    item: str
    verdict: Answer.Verdict
    note: str


class InstrumentItemOut(Schema):
    """One thing the team looks at; `clause` is where it stands."""

    code: str
    clause: str
    text: str

    @staticmethod
    def resolve_text(item: Item) -> str:
        return str(item.text)


class InstrumentOut(Schema):
    """What the team answers, in the version of the day on which the visit was planned."""

    key: str
    source: str
    verified: bool
    items: list[InstrumentItemOut]


class VisitInFull(VisitOut):
    """A visit with its team; answers and conclusion are told to the body by the report."""

    team: list[TeamMemberOut]
    instrument: InstrumentOut
    answers: list[ItemAnswerOut]
    summary: str
    recommendation: str

    @staticmethod
    def resolve_answers(visit: Visit, context: Any) -> list[Answer]:
        return list(visit.answers.all()) if _told(visit, context) else []

    @staticmethod
    def resolve_summary(visit: Visit, context: Any) -> str:
        return visit.summary if _told(visit, context) else ""

    @staticmethod
    def resolve_recommendation(visit: Visit, context: Any) -> str:
        return visit.recommendation if _told(visit, context) else ""


def _told(visit: Visit, context: Any) -> bool:
    return queries.sees_content(context["request"].auth, visit)


class PlanFields(Schema):
    """When, where and how."""

    starts_on: date
    ends_on: date
    place: Line
    mode: Visit.Mode = Visit.Mode.ONSITE
    remote_reason: Text = ""
    session_note: Text = ""


class PlanIn(PlanFields):
    """A visit to plan, for a record you may see: `licensing.licenceapplication` and its key."""

    kind: Kind
    case_kind: Annotated[str, Field(max_length=64)]
    case_id: Key


class VisitAmendment(ModelSchema):
    """What is to be changed of the plan or the conclusion; what is left out stays."""

    class Meta:
        model = Visit
        fields = [*Visit.EDITABLE, *Visit.CONCLUSION]
        fields_optional = "__all__"


class TeamMemberIn(Schema):
    """Whom to put on the team."""

    assessor_id: Key
    duty: TeamMember.Duty


class WaiverIn(Schema):
    """Why a tie does not keep an assessor off the team."""

    reason: Annotated[str, Field(max_length=2_000)]


class ItemAnswerIn(Schema):
    """The verdict on an item of the instrument."""

    item: Annotated[str, Field(max_length=24)]
    verdict: Answer.Verdict
    note: Text = ""


class EvidenceOut(Schema):
    """A file that shows a correction; `withdrawn_at` is set on one that no longer counts."""

    id: int
    file_name: str
    content_type: str
    size: int
    sha256: str
    uploaded_at: datetime
    withdrawn_at: datetime | None


class FindingOut(ModelSchema):
    """A finding and the answer to it."""

    organisation_id: int

    class Meta:
        model = Finding
        fields = ["id", "state", "visit", *Finding.EDITABLE, *Finding.ANSWER, "due_on"]

    @staticmethod
    def resolve_organisation_id(finding: Finding) -> int:
        return finding.visit.organisation_id


class FindingInFull(FindingOut):
    """A finding with its evidence."""

    evidence: list[EvidenceOut]


class FindingIn(ModelSchema):
    """What was found."""

    class Meta:
        model = Finding
        fields = Finding.EDITABLE


class FindingAmendment(ModelSchema):
    """What is to be changed of a draft or of the answer; what is left out stays."""

    class Meta:
        model = Finding
        fields = [*Finding.EDITABLE, *Finding.ANSWER]
        fields_optional = "__all__"


class LicensingAssessorOut(ModelSchema):
    """An entry of the register; `last_day` ends the latest term."""

    name: str
    last_day: date | None

    class Meta:
        model = LicensingAssessor
        fields = ["id", "state", "number", "grade", "province"]

    @staticmethod
    def resolve_name(assessor: LicensingAssessor) -> str:
        return assessor.individual.name


class DeclaredTieOut(Schema):
    """A declared tie; both days included."""

    id: int
    organisation_id: int
    kind: DeclaredTie.Kind
    valid_from: date
    valid_until: date | None
    note: str


class LicensingAssessorTermOut(Schema):
    """A period in which the assessor is current; both days included."""

    certificate_number: str
    valid_from: date
    valid_until: date


class LicensingAssessorInFull(LicensingAssessorOut):
    """An entry with its terms and ties."""

    terms: list[LicensingAssessorTermOut]
    ties: list[DeclaredTieOut]


def _visit(person: Person, pk: int) -> Visit:
    return get_object_or_404(queries.visit_in_full(person), pk=pk)


def _finding(person: Person, pk: int) -> Finding:
    return get_object_or_404(queries.finding_in_full(person), pk=pk)


@router.get(VISITS, response=list[VisitOut])
@paginate(Pages)
def visits(
    request: ApiRequest,
    state: Visit.State | None = None,
    kind: Kind | None = None,
    q: SearchText = "",
) -> QuerySet[Visit]:
    """List the visits you may see, the newest first; `q` is part of the body's name."""
    asked = {"state": state, "kind": kind, "organisation__name__icontains": q or None}
    given = {name: value for name, value in asked.items() if value is not None}
    return queries.visits(request.auth).filter(**given).order_by("-starts_on", "-pk")


@router.post(VISITS, response={201: VisitInFull})
def plan(request: ApiRequest, body: PlanIn) -> Status[Visit]:
    """Plan a visit for a case."""
    if not request.auth.can(Visit.workflow.begun_by, Visit()):
        raise NotPermitted(_("Kunjungan direncanakan oleh staf BNSP."))
    case, organisation_id = queries.case_of(request.auth, body.case_kind, body.case_id)
    values = body.model_dump(include=set(Visit.EDITABLE))
    made = actions.plan_visit(
        case, body.kind, organisation_id, values, request.auth, at=timezone.now()
    )
    return Status(201, _visit(request.auth, made.pk))


@router.get(VISITS + "/{int:pk}", response=VisitInFull)
def visit(request: ApiRequest, pk: int) -> Visit:
    """Show a visit."""
    return _visit(request.auth, pk)


@router.patch(VISITS + "/{int:pk}", response=VisitInFull)
def amend_visit(request: ApiRequest, pk: int, body: VisitAmendment) -> Visit:
    """Change the plan, or write the conclusion."""
    values = body.model_dump(exclude_unset=True)
    workflow.amend(_visit(request.auth, pk), values, request.auth, at=timezone.now())
    return _visit(request.auth, pk)


@router.post(VISITS + "/{int:pk}/team", response=VisitInFull)
def appoint(request: ApiRequest, pk: int, body: TeamMemberIn) -> Visit:
    """Put an assessor on the team."""
    record = _visit(request.auth, pk)
    assessor = queries.assessor_in_full(request.auth).filter(pk=body.assessor_id).first()
    if assessor is None:
        problem = _("Asesor lisensi ini tidak ada.")
        raise Invalid(problem, fields={"assessor_id": [problem]})
    actions.appoint(record, assessor, body.duty, request.auth, at=timezone.now())
    return _visit(request.auth, pk)


@router.delete(VISITS + "/{int:pk}/team/{int:assessor_id}", response={204: None})
def dismiss(request: ApiRequest, pk: int, assessor_id: int) -> Status[None]:
    """Take an assessor off the team."""
    record = _visit(request.auth, pk)
    member = get_object_or_404(queries.members_of(record), assessor=assessor_id)
    actions.dismiss(record, member, request.auth, at=timezone.now())
    return Status(204, None)


@router.post(VISITS + "/{int:pk}/team/{int:assessor_id}/waiver", response=VisitInFull)
def waive(request: ApiRequest, pk: int, assessor_id: int, body: WaiverIn) -> Visit:
    """Let an assessor take part in spite of a tie that may be waived."""
    record = _visit(request.auth, pk)
    member = get_object_or_404(queries.members_of(record), assessor=assessor_id)
    actions.waive(record, member, body.reason, request.auth, at=timezone.now())
    return _visit(request.auth, pk)


@router.post(VISITS + "/{int:pk}/impartiality", response=VisitInFull)
def declare_impartial(request: ApiRequest, pk: int) -> Visit:
    """Declare to be impartial towards the body."""
    actions.declare_impartial(_visit(request.auth, pk), request.auth, at=timezone.now())
    return _visit(request.auth, pk)


@router.put(VISITS + "/{int:pk}/answers", response=VisitInFull)
def answer_items(request: ApiRequest, pk: int, body: list[ItemAnswerIn]) -> Visit:
    """Save answers; items that are not named stay as they are."""
    given = {one.item: {"verdict": one.verdict.value, "note": one.note} for one in body}
    actions.answer_items(_visit(request.auth, pk), given, request.auth, at=timezone.now())
    return _visit(request.auth, pk)


@router.post(VISITS + "/{int:pk}/findings", response={201: FindingInFull})
def draft_finding(request: ApiRequest, pk: int, body: FindingIn) -> Status[Finding]:
    """Write down what was found; the body is told when the visit is reported."""
    made = actions.draft_finding(
        _visit(request.auth, pk),
        body.model_dump(exclude_unset=True),
        request.auth,
        at=timezone.now(),
    )
    return Status(201, _finding(request.auth, made.pk))


@router.get(FINDINGS, response=list[FindingOut])
@paginate(Pages)
def findings(
    request: ApiRequest,
    state: Finding.State | None = None,
    grade: Finding.Grade | None = None,
    q: SearchText = "",
) -> QuerySet[Finding]:
    """List the findings you may see, the newest first; `q` is part of the body's name."""
    asked = {"state": state, "grade": grade, "visit__organisation__name__icontains": q or None}
    given = {name: value for name, value in asked.items() if value is not None}
    return queries.findings(request.auth).filter(**given).order_by("-pk")


@router.get(FINDINGS + "/{int:pk}", response=FindingInFull)
def finding(request: ApiRequest, pk: int) -> Finding:
    """Show a finding with its answer and evidence."""
    return _finding(request.auth, pk)


@router.patch(FINDINGS + "/{int:pk}", response=FindingInFull)
def amend_finding(request: ApiRequest, pk: int, body: FindingAmendment) -> Finding:
    """Change a draft, or write the answer."""
    values = body.model_dump(exclude_unset=True)
    workflow.amend(_finding(request.auth, pk), values, request.auth, at=timezone.now())
    return _finding(request.auth, pk)


@router.post(FINDINGS + "/{int:pk}/evidence", response=FindingInFull)
def attach_evidence(request: ApiRequest, pk: int, evidence: File[UploadedFile]) -> Finding:
    """Add a file that shows what was done, a PDF or a picture."""
    record = _finding(request.auth, pk)
    actions.attach_evidence(record, evidence, request.auth, at=timezone.now())
    return _finding(request.auth, pk)


def _evidence(person: Person, pk: int, evidence: int) -> FindingEvidence:
    return get_object_or_404(queries.evidence(person, pk), pk=evidence)


@router.get(FINDINGS + "/{int:pk}/evidence/{int:evidence}/file", openapi_extra=FILE)
def file_of(request: ApiRequest, pk: int, evidence: int) -> FileResponse:
    """Download a file."""
    return hand_out(_evidence(request.auth, pk, evidence))


@router.delete(FINDINGS + "/{int:pk}/evidence/{int:evidence}", response=FindingInFull)
def withdraw_evidence(request: ApiRequest, pk: int, evidence: int) -> Finding:
    """Take a file back; it stays on record."""
    record, found = _finding(request.auth, pk), _evidence(request.auth, pk, evidence)
    actions.withdraw_evidence(record, found, request.auth, at=timezone.now())
    return _finding(request.auth, pk)


@router.get(ASSESSORS, response=list[LicensingAssessorOut])
@paginate(Pages)
def licensing_assessors(
    request: ApiRequest,
    state: LicensingAssessor.State | None = None,
    grade: LicensingAssessor.Grade | None = None,
    q: SearchText = "",
) -> QuerySet[LicensingAssessor]:
    """List the register, by name; `q` is part of the name."""
    asked = {"state": state, "grade": grade, "individual__name__icontains": q or None}
    given = {name: value for name, value in asked.items() if value is not None}
    return queries.assessors(request.auth).filter(**given).order_by("individual__name", "pk")


@router.get(ASSESSORS + "/{int:pk}", response=LicensingAssessorInFull)
def licensing_assessor(request: ApiRequest, pk: int) -> LicensingAssessor:
    """Show an entry with terms and declared ties."""
    return get_object_or_404(queries.assessor_in_full(request.auth), pk=pk)


step_endpoints(router, VISITS, Visit, queries.visit_in_full, VisitOut)
step_endpoints(router, FINDINGS, Finding, queries.finding_in_full, FindingOut)
step_endpoints(router, ASSESSORS, LicensingAssessor, queries.assessor_in_full, LicensingAssessorOut)
