"""Whom the change of a standard concerns; of assessors and certificates those one may see."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema

from mumpuni.api.auth import ApiRequest
from mumpuni.portal import impact
from mumpuni.schemes.queries import changes

router = Router()


class ImpactOut(Schema):
    """How many a change concerns; null where you may not see them."""

    schemes: int
    bodies: int
    scopes: int
    assessors: int | None
    certificates: int | None


@router.get("/standard-changes/{int:pk}/impact", response=ImpactOut)
def impact_of_change(request: ApiRequest, pk: int) -> impact.Impact:
    """Count the schemes, bodies, scopes, assessors and certificates that a change concerns."""
    change = get_object_or_404(changes(request.auth), pk=pk)
    return impact.impact_of(change, request.auth, timezone.localdate())
