"""The life of a session: planned, open for applications, running, before the plenary, closed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission as P
from mumpuni.assessment.models import Session
from mumpuni.assessment.rules import sessions
from mumpuni.kernel.workflow import Edit, Step, Workflow

S = Session.State

READY = (
    sessions.venue_is_ours,
    sessions.licence_active,
    sessions.scheme_in_scope,
    sessions.venue_verified,
    sessions.assessors_assigned,
    sessions.assessors_fit,
)

Session.workflow = Workflow(
    begun_by=P.SESSION_MANAGE,
    begin_rules=(sessions.venue_is_ours, sessions.licence_active, sessions.scheme_in_scope),
    reads=("organisation", "venue", "scheme_version__scheme"),
    prefetches=(
        "venue__verifications",
        "assignments__assessor__individual",
        "assignments__assessor__ties",
        "candidates",
    ),
    steps=(
        Step(
            name="open",
            label=_("Buka pendaftaran"),
            source=frozenset({S.DRAFT}),
            target=S.OPEN,
            permission=P.SESSION_MANAGE,
            rules=(sessions.not_over, *READY),
        ),
        Step(
            name="start",
            label=_("Mulai asesmen"),
            source=frozenset({S.OPEN}),
            target=S.RUNNING,
            permission=P.SESSION_MANAGE,
            rules=(sessions.day_has_come, *READY, sessions.somebody_admitted),
        ),
        Step(
            name="to_plenary",
            label=_("Serahkan ke pleno"),
            source=frozenset({S.RUNNING}),
            target=S.PLENARY,
            permission=P.SESSION_MANAGE,
            rules=(sessions.everybody_recommended,),
        ),
        Step(
            name="close",
            label=_("Selesaikan jadwal"),
            source=frozenset({S.PLENARY}),
            target=S.CLOSED,
            permission=P.SESSION_MANAGE,
            rules=(sessions.everybody_settled,),
        ),
        Step(
            name="cancel",
            label=_("Batalkan jadwal"),
            source=frozenset({S.DRAFT, S.OPEN, S.RUNNING}),
            target=S.CANCELLED,
            permission=P.SESSION_MANAGE,
            rules=(sessions.nobody_recommended,),
            needs_note=True,
            danger=True,
            confirmation=_("Jadwal yang dibatalkan tidak dapat dibuka lagi."),
        ),
    ),
    edits=(
        Edit(
            name="plan",
            permission=P.SESSION_MANAGE,
            while_in=frozenset({S.DRAFT}),
            fields=Session.EDITABLE,
        ),
        Edit(
            name="plan",
            permission=P.SESSION_MANAGE,
            while_in=frozenset({S.OPEN}),
            fields=Session.MOVABLE,
        ),
        Edit(
            name="assignments",
            permission=P.SESSION_MANAGE,
            while_in=frozenset({S.DRAFT, S.OPEN, S.RUNNING}),
        ),
        Edit(
            name="impartiality",
            permission=P.CANDIDATE_ASSESS,
            while_in=frozenset({S.DRAFT, S.OPEN, S.RUNNING}),
        ),
        Edit(
            name="placement",
            permission=P.CANDIDATE_ADMIT,
            while_in=frozenset({S.OPEN, S.RUNNING}),
        ),
    ),
)
