"""Endpoints of sanction cases, obligations and appeals."""

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
from mumpuni.access.roles import Permission
from mumpuni.api.auth import ApiRequest
from mumpuni.api.paging import Key, Pages, SearchText
from mumpuni.api.steps import step_endpoints
from mumpuni.kernel import workflow
from mumpuni.kernel.errors import Invalid, NotPermitted
from mumpuni.oversight import actions, queries
from mumpuni.oversight.models import (
    Affected,
    Appeal,
    Group,
    Obligation,
    ObligationFile,
    Ruling,
    SanctionCase,
)
from mumpuni.visits.documents import hand_out
from mumpuni.visits.rules import KINDS

router = Router()
CASES, OBLIGATIONS, APPEALS = "/sanction-cases", "/obligations", "/appeals"
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


class SanctionCaseOut(ModelSchema):
    """A case about a licence; the decree counts from `effective_on`."""

    organisation_name: str
    licence_number: str

    class Meta:
        model = SanctionCase
        fields = [
            "id",
            "state",
            "kind",
            "organisation",
            "licence",
            "ground",
            "months",
            "heard_from",
            "decree_number",
            "effective_on",
            "decreed_on",
            "simulated",
        ]

    @staticmethod
    def resolve_organisation_name(case: SanctionCase) -> str:
        return case.organisation.name

    @staticmethod
    def resolve_licence_number(case: SanctionCase) -> str:
        return case.licence.number


class RulingOut(Schema):
    """What becomes of a group, and how many there were when it was ruled on."""

    group: Group
    count: int
    fate: Ruling.Fate
    note: str


class AffectedOut(Schema):
    """A group that the case would touch as things stand."""

    group: Group
    count: int


class SanctionCaseInFull(SanctionCaseOut):
    """A case with its reasons; opinion, rulings and what it would touch are told to the body late."""

    reason: str
    answer: str
    early_reason: str
    opinion: str
    urgency: str
    rulings: list[RulingOut]
    affected: list[AffectedOut]

    @staticmethod
    def resolve_opinion(case: SanctionCase, context: Any) -> str:
        return case.opinion if _sees_all(context) else ""

    @staticmethod
    def resolve_urgency(case: SanctionCase, context: Any) -> str:
        return case.urgency if _sees_all(context) else ""

    @staticmethod
    def resolve_rulings(case: SanctionCase, context: Any) -> list[Ruling]:
        told = _sees_all(context) or case.state == SanctionCase.State.DECREED
        return list(case.ruled.values()) if told else []

    @staticmethod
    def resolve_affected(case: SanctionCase, context: Any) -> list[Affected]:
        decided = case.state == SanctionCase.State.DECREED
        return case.affected if not decided and _sees_all(context) else []


def _sees_all(context: Any) -> bool:
    return queries.sees_all(context["request"].auth)


class SanctionCaseIn(ModelSchema):
    """What is proposed about the licence of a body."""

    organisation_id: Key
    kind: SanctionCase.Kind

    class Meta:
        model = SanctionCase
        fields = SanctionCase.PROPOSAL
        fields_optional = "__all__"


class SanctionCaseAmendment(ModelSchema):
    """What is to be changed, each while its turn is; what is left out stays."""

    class Meta:
        model = SanctionCase
        fields = [
            *SanctionCase.PROPOSAL,
            *SanctionCase.OPINION,
            "answer",
            *SanctionCase.DECREE,
        ]
        fields_optional = "__all__"


class RulingIn(Schema):
    """What becomes of a group."""

    group: Group
    fate: Ruling.Fate
    note: Annotated[str, Field(max_length=500)] = ""


class ObligationOut(ModelSchema):
    """What a body is obliged to by a case, `case_id` of a record of `case_kind`."""

    class Meta:
        model = Obligation
        fields = [
            "id",
            "state",
            "organisation",
            "case_kind",
            "case_id",
            *Obligation.EDITABLE,
            "due_on",
            "report",
        ]


class ObligationFileOut(Schema):
    """A file that shows a fulfilment; `withdrawn_at` is set on one that no longer counts."""

    id: int
    file_name: str
    content_type: str
    size: int
    sha256: str
    uploaded_at: datetime
    withdrawn_at: datetime | None


class ObligationInFull(ObligationOut):
    """An obligation with its files."""

    files: list[ObligationFileOut]


class ObligationIn(ModelSchema):
    """What the body shall do, within how many days from the decree on."""

    class Meta:
        model = Obligation
        fields = Obligation.EDITABLE


class ObligationAmendment(ModelSchema):
    """What is to be changed of it, or what was done; what is left out stays."""

    class Meta:
        model = Obligation
        fields = [*Obligation.EDITABLE, *Obligation.ANSWER]
        fields_optional = "__all__"


class AppealOut(ModelSchema):
    """An appeal against a decision, `case_id` of a record of `case_kind`."""

    class Meta:
        model = Appeal
        fields = [
            "id",
            "state",
            "organisation",
            "case_kind",
            "case_id",
            "title",
            "grounds",
            "filed_on",
            "decided_on",
        ]


class AppealIn(Schema):
    """The decision, `oversight.sanctioncase` or `licensing.licenceapplication`, and why."""

    case_kind: Annotated[str, Field(max_length=64)]
    case_id: Key
    grounds: Annotated[str, Field(max_length=20_000)]


class AppealAmendment(Schema):
    """Other grounds."""

    grounds: Annotated[str, Field(max_length=20_000)]


def _case(person: Person, pk: int) -> SanctionCase:
    return get_object_or_404(queries.case_in_full(person), pk=pk)


def _obligation(person: Person, pk: int) -> Obligation:
    return get_object_or_404(queries.obligation_in_full(person), pk=pk)


@router.get(CASES, response=list[SanctionCaseOut])
@paginate(Pages)
def cases(
    request: ApiRequest,
    state: SanctionCase.State | None = None,
    kind: SanctionCase.Kind | None = None,
    q: SearchText = "",
) -> QuerySet[SanctionCase]:
    """List the cases you may see, the newest first; `q` is part of the body's name."""
    asked = {"state": state, "kind": kind, "organisation__name__icontains": q or None}
    given = {name: value for name, value in asked.items() if value is not None}
    return queries.cases(request.auth).filter(**given).order_by("-pk")


@router.post(CASES, response={201: SanctionCaseInFull})
def propose(request: ApiRequest, body: SanctionCaseIn) -> Status[SanctionCase]:
    """Propose a sanction, or that a freeze be lifted."""
    if not request.auth.holds(Permission.SANCTION_PROPOSE):
        raise NotPermitted(_("Sanksi diusulkan oleh staf BNSP."))
    licence = queries.licence_called(body.organisation_id)
    if licence is None:
        problem = _("Lembaga ini belum berlisensi.")
        raise Invalid(problem, fields={"organisation_id": [problem]})
    values = body.model_dump(include=set(SanctionCase.PROPOSAL), exclude_unset=True)
    made = actions.open_case(licence, body.kind, values, request.auth, at=timezone.now())
    return Status(201, _case(request.auth, made.pk))


@router.get(CASES + "/{int:pk}", response=SanctionCaseInFull)
def case(request: ApiRequest, pk: int) -> SanctionCase:
    """Show a case."""
    return _case(request.auth, pk)


@router.patch(CASES + "/{int:pk}", response=SanctionCaseInFull)
def amend_case(request: ApiRequest, pk: int, body: SanctionCaseAmendment) -> SanctionCase:
    """Mend the proposal, write the opinion, the answer or the decree."""
    values = body.model_dump(exclude_unset=True)
    workflow.amend(_case(request.auth, pk), values, request.auth, at=timezone.now())
    return _case(request.auth, pk)


@router.put(CASES + "/{int:pk}/rulings", response=SanctionCaseInFull)
def rule_on(request: ApiRequest, pk: int, body: list[RulingIn]) -> SanctionCase:
    """Say what becomes of the groups that are touched; those not named stay as they are."""
    given = {one.group.value: {"fate": one.fate.value, "note": one.note} for one in body}
    actions.rule_on(_case(request.auth, pk), given, request.auth, at=timezone.now())
    return _case(request.auth, pk)


@router.post(CASES + "/{int:pk}/obligations", response={201: ObligationInFull})
def prepare_obligation(request: ApiRequest, pk: int, body: ObligationIn) -> Status[Obligation]:
    """Lay down what the decree shall oblige the body to."""
    made = actions.prepare_obligation(
        _case(request.auth, pk), body.model_dump(), request.auth, at=timezone.now()
    )
    return Status(201, _obligation(request.auth, made.pk))


@router.get(OBLIGATIONS, response=list[ObligationOut])
@paginate(Pages)
def obligations(
    request: ApiRequest,
    state: Obligation.State | None = None,
    due_until: date | None = None,
    q: SearchText = "",
) -> QuerySet[Obligation]:
    """List the obligations you may see, the newest first; `q` is part of the body's name."""
    asked = {
        "state": state,
        "due_on__lte": due_until,
        "organisation__name__icontains": q or None,
    }
    given = {name: value for name, value in asked.items() if value is not None}
    return queries.obligations(request.auth).filter(**given).order_by("-pk")


@router.get(OBLIGATIONS + "/{int:pk}", response=ObligationInFull)
def obligation(request: ApiRequest, pk: int) -> Obligation:
    """Show an obligation with its files."""
    return _obligation(request.auth, pk)


@router.patch(OBLIGATIONS + "/{int:pk}", response=ObligationInFull)
def amend_obligation(request: ApiRequest, pk: int, body: ObligationAmendment) -> Obligation:
    """Mend an obligation, or say what was done."""
    values = body.model_dump(exclude_unset=True)
    workflow.amend(_obligation(request.auth, pk), values, request.auth, at=timezone.now())
    return _obligation(request.auth, pk)


@router.post(OBLIGATIONS + "/{int:pk}/files", response=ObligationInFull)
def attach_file(request: ApiRequest, pk: int, file: File[UploadedFile]) -> Obligation:
    """Add a file that shows what was done, a PDF or a picture."""
    actions.attach_file(_obligation(request.auth, pk), file, request.auth, at=timezone.now())
    return _obligation(request.auth, pk)


def _file(person: Person, pk: int, file: int) -> ObligationFile:
    return get_object_or_404(queries.files(person, pk), pk=file)


@router.get(OBLIGATIONS + "/{int:pk}/files/{int:file}/file", openapi_extra=FILE)
def obligation_file(request: ApiRequest, pk: int, file: int) -> FileResponse:
    """Download a file."""
    return hand_out(_file(request.auth, pk, file))


@router.delete(OBLIGATIONS + "/{int:pk}/files/{int:file}", response=ObligationInFull)
def withdraw_file(request: ApiRequest, pk: int, file: int) -> Obligation:
    """Take a file back; it stays on record."""
    record, found = _obligation(request.auth, pk), _file(request.auth, pk, file)
    actions.withdraw_file(record, found, request.auth, at=timezone.now())
    return _obligation(request.auth, pk)


@router.get(APPEALS, response=list[AppealOut])
@paginate(Pages)
def appeals(
    request: ApiRequest, state: Appeal.State | None = None, q: SearchText = ""
) -> QuerySet[Appeal]:
    """List the appeals you may see, the newest first; `q` is part of what was decided."""
    asked = {"state": state, "title__icontains": q or None}
    given = {name: value for name, value in asked.items() if value is not None}
    return queries.appeals(request.auth).filter(**given).order_by("-pk")


@router.post(APPEALS, response={201: AppealOut})
def file_appeal(request: ApiRequest, body: AppealIn) -> Status[Appeal]:
    """Appeal against a decision on your body."""
    person = request.auth
    decision = queries.decision(person, body.case_kind, body.case_id)
    if person.organisation_id is None or not person.holds(Permission.APPEAL_FILE):
        raise NotPermitted(_("Banding diajukan oleh administrator LSP."))
    made = actions.file_appeal(
        decision, person.organisation_id, body.grounds, person, at=timezone.now()
    )
    return Status(201, made)


@router.get(APPEALS + "/{int:pk}", response=AppealOut)
def appeal(request: ApiRequest, pk: int) -> Appeal:
    """Show an appeal."""
    return get_object_or_404(queries.appeal_in_full(request.auth), pk=pk)


@router.patch(APPEALS + "/{int:pk}", response=AppealOut)
def amend_appeal(request: ApiRequest, pk: int, body: AppealAmendment) -> Appeal:
    """Give other grounds, until the committee has it."""
    workflow.amend(appeal(request, pk), body.model_dump(), request.auth, at=timezone.now())
    return appeal(request, pk)


step_endpoints(router, CASES, SanctionCase, queries.case_in_full, SanctionCaseOut)
step_endpoints(router, OBLIGATIONS, Obligation, queries.obligation_in_full, ObligationOut)
step_endpoints(router, APPEALS, Appeal, queries.appeal_in_full, AppealOut)
