"""The lives of organisations, memberships, tokens and the values of policies."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mumpuni.access import actions, rules
from mumpuni.access.models import AccessToken, Membership, Organisation
from mumpuni.access.roles import Permission as P
from mumpuni.kernel.models import PolicyValue
from mumpuni.kernel.workflow import Edit, Step, Workflow

Organisation.workflow = Workflow(
    steps=(),
    begun_by=P.ACCESS_MANAGE,
    edits=(
        Edit(
            name="profile",
            permission=P.MEMBER_MANAGE,
            while_in=frozenset({Organisation.State.REGISTERED}),
            fields=Organisation.EDITABLE,
        ),
        Edit(
            name="name",
            permission=P.ACCESS_MANAGE,
            while_in=frozenset({Organisation.State.REGISTERED}),
            fields=("name",),
        ),
        Edit(  # a licence gives the number by which the body is known; a decision changes its data
            name="decided",
            permission=P.LICENCE_DECIDE,
            while_in=frozenset({Organisation.State.REGISTERED}),
            fields=("code", "name", *Organisation.EDITABLE),
        ),
    ),
)

Membership.workflow = Workflow(
    steps=(
        Step(
            name="end",
            label=_("Akhiri"),
            source=frozenset({Membership.State.ACTIVE}),
            target=Membership.State.ENDED,
            permission=P.MEMBER_MANAGE,
            rules=(rules.authority_gives_its_own, rules.an_administrator_remains),
            effects=(actions.close_period,),
            danger=True,
            confirmation=_("Orang ini langsung kehilangan wewenang dari peran ini."),
        ),
    ),
    begun_by=P.MEMBER_MANAGE,
    begin_rules=(
        rules.role_belongs_there,
        rules.authority_gives_its_own,
        rules.not_to_oneself,
        rules.not_held_already,
    ),
    reads=("organisation", "user"),
)

AccessToken.workflow = Workflow(
    steps=(
        Step(
            name="revoke",
            label=_("Cabut"),
            source=frozenset({AccessToken.State.ACTIVE}),
            target=AccessToken.State.REVOKED,
            permission=P.TOKEN_MANAGE,
            danger=True,
            confirmation=_("Program yang memakai token ini langsung ditolak."),
        ),
    ),
    begun_by=P.TOKEN_MANAGE,
    begin_rules=(rules.expires_in_time, rules.reaches_no_further),
)

PolicyValue.workflow = Workflow(
    steps=(
        Step(
            name="withdraw",
            label=_("Tarik"),
            source=frozenset({PolicyValue.State.SET}),
            target=PolicyValue.State.WITHDRAWN,
            permission=P.POLICY_SET,
            rules=(rules.holds_from_today_on,),
            effects=(actions.read_policies_anew,),
            needs_note=True,
            danger=True,
            confirmation=_("Nilai sebelumnya berlaku lagi."),
        ),
    ),
    begun_by=P.POLICY_SET,
    begin_rules=(rules.policy_is_declared, rules.holds_from_today_on),
)
