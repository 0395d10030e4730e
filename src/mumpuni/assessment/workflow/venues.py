"""The life of a venue."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission as P
from mumpuni.assessment.models import Venue
from mumpuni.kernel.workflow import Edit, Step, Workflow

V = Venue.State

Venue.workflow = Workflow(
    begun_by=P.VENUE_MANAGE,
    steps=(
        Step(
            name="close",
            label=_("Tutup TUK"),
            source=frozenset({V.OPEN}),
            target=V.CLOSED,
            permission=P.VENUE_MANAGE,
            needs_note=True,
            danger=True,
            confirmation=_("TUK yang ditutup tidak dapat dipakai untuk jadwal baru."),
        ),
        Step(
            name="reopen",
            label=_("Pakai lagi"),
            source=frozenset({V.CLOSED}),
            target=V.OPEN,
            permission=P.VENUE_MANAGE,
            needs_note=True,
        ),
    ),
    edits=(
        Edit(
            name="particulars",
            permission=P.VENUE_MANAGE,
            while_in=frozenset({V.OPEN}),
            fields=Venue.EDITABLE,
        ),
        Edit(name="verifications", permission=P.VENUE_MANAGE, while_in=frozenset({V.OPEN})),
    ),
)
