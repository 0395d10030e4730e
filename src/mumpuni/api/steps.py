"""The endpoints behind every step of every workflow, for one record and for many."""

from collections.abc import Callable
from typing import Annotated

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from mumpuni.access.person import Person
from mumpuni.api.auth import ApiRequest
from mumpuni.api.paging import MOST_AT_A_TIME, Key
from mumpuni.kernel import workflow
from mumpuni.kernel.models import Record

Note = Annotated[str, Field(max_length=workflow.LONGEST_NOTE)]


class StepIn(Schema):
    """The note that goes with a step; some steps refuse without one."""

    note: Note = ""


class OfferOut(Schema):
    """A step open to the caller, or closed by the rule named."""

    name: str
    label: str
    refused_by: str = ""
    reason: str = ""


class BulkStepIn(Schema):
    """The records to take a step with, and the note for all."""

    ids: Annotated[list[Key], Field(max_length=MOST_AT_A_TIME)]
    note: Note = ""


class RefusalOut(Schema):
    """A record that stayed where it was, and the rule that says why."""

    id: int
    refused_by: str
    reason: str


class BulkOutcome(Schema):
    """Which records moved, which did not."""

    moved: list[int]
    refused: list[RefusalOut]


def step_endpoints[R: Record](
    router: Router,
    path: str,
    kind: type[R],
    visible: Callable[[Person], QuerySet[R]],
    out: type[Schema],
) -> None:
    """Add what is needed to take the steps of one kind of record.

    `GET {path}/{pk}/steps`, `POST {path}/{pk}/steps/{name}` and, for many, `POST {path}/steps/{name}`.
    """
    prefix = path.strip("/").replace("/", "_").replace("-", "_")
    names = [step.name for step in kind.workflow.steps]
    # told, not checked: an unknown step is refused as any other
    step_name = Annotated[str, Field(json_schema_extra={"enum": names})]

    @router.get(
        f"{path}/{{int:pk}}/steps", response=list[OfferOut], operation_id=f"{prefix}_offers"
    )
    def offers(request: ApiRequest, pk: int) -> list[OfferOut]:
        """List the steps open to you, and why the others are closed."""
        record = get_object_or_404(visible(request.auth), pk=pk)
        return [
            OfferOut(
                name=offer.step.name,
                label=str(offer.step.label),
                refused_by=offer.refusal.code if offer.refusal else "",
                reason=offer.refusal.message if offer.refusal else "",
            )
            for offer in workflow.offers(record, request.auth, at=timezone.now())
        ]

    @router.post(
        f"{path}/{{int:pk}}/steps/{{slug:name}}", response=out, operation_id=f"{prefix}_step"
    )
    def take_step(request: ApiRequest, pk: int, name: step_name, body: StepIn) -> R:
        """Take a step; a refusal names the rule."""
        record = get_object_or_404(visible(request.auth), pk=pk)
        workflow.perform(record, name, request.auth, at=timezone.now(), note=body.note)
        return record

    @router.post(
        f"{path}/steps/{{slug:name}}", response=BulkOutcome, operation_id=f"{prefix}_bulk_step"
    )
    def take_step_with_many(request: ApiRequest, name: step_name, body: BulkStepIn) -> BulkOutcome:
        """Take one step with many records; each refusal names its rule."""
        found = visible(request.auth).in_bulk(body.ids)
        outcome = workflow.perform_all(
            found.values(), name, request.auth, at=timezone.now(), note=body.note
        )
        refused = [
            RefusalOut(id=pk, refused_by=refusal.code, reason=refusal.message)
            for pk, refusal in outcome.refusals.items()
        ]
        absent = [
            RefusalOut(id=pk, refused_by="not-found", reason=_("Tidak ditemukan."))
            for pk in body.ids
            if pk not in found
        ]
        moved = [event.subject_id for event in outcome.events]
        return BulkOutcome(moved=moved, refused=refused + absent)
