"""What a freeze waits for before it is lifted."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import OuterRef

from mumpuni.access.models import Organisation
from mumpuni.kernel.counting import count_of
from mumpuni.licensing.models import Sanction
from mumpuni.oversight.models.obligations import Obligation
from mumpuni.visits.models import Finding, Kind, Visit
from mumpuni.visits.rules import UNSETTLED

CHECKING = (Kind.RECHECK, Kind.SURVEILLANCE)


class Remaining(NamedTuple):
    """What is left of a freeze: obligations, visits that looked again, findings unsettled."""

    obligations: int
    checks: int
    findings: int


def remaining(freeze: Sanction, case_kind: str, organisation_id: int) -> Remaining:
    """Count what stands between a body and the end of its freeze; one query."""
    frozen_by = freeze.cases.filter(kind=Sanction.Kind.FREEZE)
    body = OuterRef("pk")
    counts = Organisation.objects.filter(pk=organisation_id).values_list(
        count_of(
            Obligation.objects.unsettled().filter(
                organisation=body, case_kind=case_kind, case_id__in=frozen_by.values("pk")
            )
        ),
        count_of(
            Visit.objects.filter(
                organisation=body,
                kind__in=CHECKING,
                state=Visit.State.REPORTED,
                starts_on__gte=freeze.effective_on,
            )
        ),
        count_of(Finding.objects.filter(UNSETTLED, visit__organisation=body)),
    )
    return Remaining(*counts.get())
