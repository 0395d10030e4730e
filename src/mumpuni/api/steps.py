"""The endpoint behind every step of every workflow."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema

from mumpuni.access.person import Person
from mumpuni.api.auth import ApiRequest
from mumpuni.api.problems import Problem
from mumpuni.kernel import workflow
from mumpuni.kernel.models import Record

REFUSALS = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}


class StepIn(Schema):
    """The note that goes with a step; some steps refuse without one."""

    note: str = ""


class OfferOut(Schema):
    """A step open to the caller, or closed by the rule named."""

    name: str
    label: str
    refused_by: str = ""
    reason: str = ""


def step_endpoints[R: Record](
    router: Router, path: str, visible: Callable[[Person], QuerySet[R]], out: type[Schema]
) -> None:
    """Add `GET {path}/{pk}/steps` and `POST {path}/{pk}/steps/{name}` for one kind of record."""
    kind = path.strip("/").replace("/", "_").replace("-", "_")

    @router.get(f"{path}/{{int:pk}}/steps", response=list[OfferOut], operation_id=f"{kind}_offers")
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
        f"{path}/{{int:pk}}/steps/{{slug:name}}",
        response={200: out, **REFUSALS},
        operation_id=f"{kind}_step",
    )
    def take_step(request: ApiRequest, pk: int, name: str, body: StepIn) -> R:
        """Take a step; a refusal names the rule."""
        record = get_object_or_404(visible(request.auth), pk=pk)
        workflow.perform(record, name, request.auth, at=timezone.now(), note=body.note)
        return record
