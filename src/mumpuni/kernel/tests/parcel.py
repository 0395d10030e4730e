"""A record of no consequence, with which the kernel is tested: a parcel is packed and sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.db import models

from mumpuni.kernel.errors import Refused
from mumpuni.kernel.models import Record, StateField
from mumpuni.kernel.numbering import take
from mumpuni.kernel.workflow import Attempt, Edit, Step, Workflow

HEAVIEST = 30
SEALED = "disegel"


class Parcel(Record):
    """Made as a table inside the test that needs it."""

    class State(models.TextChoices):
        OPEN = "open", "Terbuka"
        PACKED = "packed", "Dikemas"
        SENT = "sent", "Dikirim"

    EDITABLE: ClassVar = ("weight", "secret")
    CONFIDENTIAL: ClassVar = frozenset({"secret"})

    state = StateField(State)
    weight = models.PositiveIntegerField()
    secret = models.CharField(max_length=20, blank=True)
    label = models.CharField(max_length=20, unique=True, null=True, blank=True)

    objects: ClassVar = models.Manager["Parcel"]()

    class Meta:
        app_label = "kernel"
        constraints = [
            models.CheckConstraint(name="parcel_has_weight", condition=models.Q(weight__gt=0))
        ]


@dataclass(frozen=True)
class Clerk:
    """An actor who may do what the set says."""

    permissions: frozenset[str] = frozenset({"begin", "fill", "pack", "send"})
    key: str = "user:1"
    name: str = "Juru paket"
    organisation_id: int | None = 7

    def can(self, permission: str, record: Record) -> bool:
        return permission in self.permissions


def not_too_heavy(parcel: Parcel, attempt: Attempt) -> None:
    """Refuse a parcel nobody can carry."""
    if parcel.weight > HEAVIEST:
        raise Refused(f"Lebih dari {HEAVIEST} kg pada {attempt.on}.", code="K-99")


def not_sealed(parcel: Parcel, _attempt: Attempt) -> None:
    """Refuse to open a parcel under seal."""
    if parcel.secret == SEALED:
        raise Refused("Segelnya dibuka dahulu.", code="K-98")


def label_all(parcels: Sequence[Parcel], _attempt: Attempt) -> None:
    """Number the parcels of a batch in their order."""
    for parcel, number in zip(parcels, take("parcel", len(parcels)), strict=True):
        parcel.label = f"P{number:04d}"


Parcel.workflow = Workflow(
    steps=(
        Step(
            name="pack",
            label="Kemas",
            source=frozenset({"open"}),
            target="packed",
            permission="pack",
            rules=(not_too_heavy,),
            together=(label_all,),
        ),
        Step(
            name="send",
            label="Kirim",
            source=frozenset({"packed"}),
            target="sent",
            permission="send",
        ),
        Step(
            name="reopen",
            label="Buka lagi",
            source=frozenset({"packed"}),
            target="open",
            permission="pack",
            needs_note=True,
        ),
    ),
    begun_by="begin",
    edits=(
        Edit(
            name="contents",
            permission="fill",
            while_in=frozenset({"open"}),
            fields=Parcel.EDITABLE,
            rules=(not_sealed,),
        ),
        Edit(name="contents", permission="send", while_in=frozenset({"packed"})),
    ),
)
