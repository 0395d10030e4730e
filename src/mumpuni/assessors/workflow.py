"""The life of an assessor's entry in the register."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission as P
from mumpuni.assessors import actions, rules
from mumpuni.assessors.models import Assessor
from mumpuni.kernel.workflow import Edit, Step, Workflow

S = Assessor.State

Assessor.workflow = Workflow(
    steps=(
        Step(
            name="register",
            label=_("Daftarkan"),
            source=frozenset({S.PROPOSED}),
            target=S.REGISTERED,
            permission=P.ASSESSOR_REGISTER,
            rules=(rules.certificate_in_force, rules.has_scheme, rules.four_eyes),
            together=(actions.enter,),
        ),
        Step(
            name="refuse",
            label=_("Tolak"),
            source=frozenset({S.PROPOSED}),
            target=S.REFUSED,
            permission=P.ASSESSOR_REGISTER,
            rules=(rules.four_eyes,),
            needs_note=True,
            danger=True,
            confirmation=_("Pengusul diberi alasan ini dan dapat mengusulkan lagi."),
        ),
        Step(
            name="propose-again",
            label=_("Usulkan lagi"),
            source=frozenset({S.REFUSED}),
            target=S.PROPOSED,
            permission=P.ASSESSOR_PROPOSE,
        ),
        Step(
            name="renew",
            label=_("Perpanjang"),
            source=frozenset({S.REGISTERED}),
            target=S.REGISTERED,
            permission=P.ASSESSOR_REGISTER,
            rules=(rules.certificate_is_newer, rules.certificate_in_force, rules.four_eyes),
            together=(actions.start_term,),
        ),
        Step(
            name="suspend",
            label=_("Bekukan"),
            source=frozenset({S.REGISTERED}),
            target=S.SUSPENDED,
            permission=P.ASSESSOR_REGISTER,
            together=(actions.suspend,),
            needs_note=True,
            danger=True,
            confirmation=_("Asesor tidak dapat menguji sampai dipulihkan."),
        ),
        Step(
            name="reinstate",
            label=_("Pulihkan"),
            source=frozenset({S.SUSPENDED}),
            target=S.REGISTERED,
            permission=P.ASSESSOR_REGISTER,
            rules=(rules.four_eyes,),
            together=(actions.lift,),
            needs_note=True,
        ),
        Step(
            name="revoke",
            label=_("Cabut"),
            source=frozenset({S.REGISTERED, S.SUSPENDED}),
            target=S.REVOKED,
            permission=P.ASSESSOR_REGISTER,
            effects=(actions.date_revocation,),
            needs_note=True,
            danger=True,
            confirmation=_("Asesor tidak dapat menguji lagi. Pencabutan bersifat tetap."),
        ),
    ),
    begun_by=P.ASSESSOR_PROPOSE,
    edits=(
        Edit(
            name="certificate",
            permission=P.ASSESSOR_PROPOSE,
            while_in=frozenset({S.PROPOSED, S.REFUSED, S.REGISTERED}),
            fields=Assessor.EDITABLE,
        ),
        Edit(
            name=actions.SCOPE,
            permission=P.ASSESSOR_PROPOSE,
            while_in=frozenset({S.PROPOSED, S.REFUSED}),
        ),
        Edit(
            name=actions.SCOPE,
            permission=P.ASSESSOR_REGISTER,
            while_in=frozenset({S.PROPOSED, S.REGISTERED}),
            rules=(rules.four_eyes,),
        ),
        Edit(
            name=actions.APPOINTMENTS,
            permission=P.ASSESSOR_REGISTER,
            while_in=frozenset({S.REGISTERED, S.SUSPENDED}),
            rules=(rules.four_eyes,),
        ),
        Edit(
            name=actions.OWN_APPOINTMENT,
            permission=P.ASSESSOR_PROPOSE,
            while_in=frozenset({S.REGISTERED, S.SUSPENDED}),
        ),
    ),
    reads=("individual", "proposed_by"),
    prefetches=("terms", "scope", "appointments", "proposed_by__memberships"),
)
