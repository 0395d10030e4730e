"""The life of a signing key."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission as P
from mumpuni.credentials import actions, rules
from mumpuni.credentials.models import SigningKey
from mumpuni.kernel.workflow import Edit, Step, Workflow

S = SigningKey.State

SigningKey.workflow = Workflow(
    steps=(
        Step(
            name="retire",
            label=_("Hentikan pemakaian"),
            source=frozenset({S.ACTIVE}),
            target=S.RETIRED,
            permission=P.KEY_MANAGE,
            confirmation=_(
                "Kunci tidak menandatangani lagi. Tanda tangannya yang lama tetap berlaku."
            ),
        ),
        Step(
            name="compromise",
            label=_("Nyatakan bocor"),
            source=frozenset({S.ACTIVE, S.RETIRED}),
            target=S.COMPROMISED,
            permission=P.KEY_MANAGE,
            rules=(rules.compromise_is_past,),
            effects=(actions.date_compromise,),
            needs_note=True,
            danger=True,
            confirmation=_(
                "Tanda tangan sejak saat bocor tidak dipercaya, kecuali yang sudah tercatat"
                " sebelumnya dalam log publik."
            ),
        ),
    ),
    begun_by=P.KEY_MANAGE,
    begin_rules=(rules.one_active_key, rules.begun_with_its_certificate),
    edits=(
        Edit(
            name="compromised-at",
            permission=P.KEY_MANAGE,
            while_in=frozenset({S.ACTIVE, S.RETIRED}),
            fields=SigningKey.EDITABLE,
        ),
        Edit(
            name=actions.CERTIFICATE,
            permission=P.KEY_MANAGE,
            while_in=frozenset({S.ACTIVE}),
        ),
    ),
)
