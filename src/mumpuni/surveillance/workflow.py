"""The life of a programme; a dossier has none but its beginning."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission as P
from mumpuni.kernel.workflow import Edit, Step, Wait, Workflow
from mumpuni.surveillance import actions, rules
from mumpuni.surveillance.models import Dossier, Programme

S = Programme.State

Programme.workflow = Workflow(
    begun_by=P.SURVEILLANCE_PLAN,
    begin_rules=(rules.year_to_come,),
    prefetches=("entries__visit", "entries__licence__organisation"),
    waits={
        S.DRAFT: Wait(label=_("Persetujuan program surveilans"), permission=P.SURVEILLANCE_PLAN),
        S.APPROVED: Wait(
            label=_("Pelaksanaan program surveilans"),
            permission=P.SURVEILLANCE_PLAN,
            due=lambda programme, _since: date(programme.year, 12, 31),
        ),
    },
    edits=(
        Edit(
            name="programme",
            permission=P.SURVEILLANCE_PLAN,
            while_in=frozenset({S.DRAFT}),
            fields=Programme.EDITABLE,
        ),
        Edit(
            name=actions.ENTRIES,
            permission=P.SURVEILLANCE_PLAN,
            while_in=frozenset({S.APPROVED}),
        ),
    ),
    steps=(
        Step(
            name="approve",
            label=_("Setujui program"),
            source=frozenset({S.DRAFT}),
            target=S.APPROVED,
            permission=P.SURVEILLANCE_PLAN,
            rules=(rules.year_not_over,),
            effects=(actions.freeze_ranking,),
            danger=True,
            confirmation=_(
                "Peringkat dan alasan hari ini disimpan; anggaran tidak dapat diubah lagi."
            ),
        ),
        Step(
            name="close",
            label=_("Tutup program"),
            source=frozenset({S.APPROVED}),
            target=S.CLOSED,
            permission=P.SURVEILLANCE_PLAN,
            rules=(rules.all_seen_to,),
        ),
    ),
)

Dossier.workflow = Workflow(begun_by=P.DOSSIER_KEEP, reads=("licence__organisation",), steps=())
