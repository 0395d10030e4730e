"""The life of a scheme version: written, submitted, verified, retired."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission as P
from mumpuni.kernel.workflow import Edit, Step, Wait, Workflow
from mumpuni.reference.queries.calendar import within
from mumpuni.schemes import actions, rules
from mumpuni.schemes.models import SchemeVersion

S = SchemeVersion.State
OPEN = frozenset({S.DRAFT, S.RETURNED})
COMPLETE = (
    rules.titled,
    rules.has_core_unit,
    rules.units_stand,
    rules.level_given,
    rules.classified,
)

SchemeVersion.workflow = Workflow(
    waits={
        S.SUBMITTED: Wait(
            label=_("Verifikasi skema"),
            permission=P.SCHEME_VERIFY,
            due=within(rules.VERIFICATION_DAYS),
        ),
        S.RETURNED: Wait(
            label=_("Perbaikan skema"),
            permission=P.SCHEME_AUTHOR,
            of=lambda version: version.scheme.organisation_id,
        ),
    },
    steps=(
        Step(
            name="submit",
            label=_("Ajukan untuk verifikasi"),
            source=OPEN,
            target=S.SUBMITTED,
            permission=P.SCHEME_AUTHOR,
            rules=(*COMPLETE, rules.remarks_answered),
            effects=(actions.date_submission, actions.file_under_category),
            together=(actions.count_in_year,),
        ),
        Step(
            name="withdraw",
            label=_("Tarik kembali"),
            source=frozenset({S.SUBMITTED}),
            target=S.DRAFT,
            permission=P.SCHEME_AUTHOR,
        ),
        Step(
            name="verify",
            label=_("Verifikasi"),
            source=frozenset({S.SUBMITTED}),
            target=S.VERIFIED,
            permission=P.SCHEME_VERIFY,
            rules=(*COMPLETE, rules.four_eyes, rules.remarks_answered, rules.volume_explained),
            effects=(actions.date_verification,),
            together=(actions.number_schemes,),
        ),
        Step(
            name="return",
            label=_("Kembalikan"),
            source=frozenset({S.SUBMITTED}),
            target=S.RETURNED,
            permission=P.SCHEME_VERIFY,
            rules=(rules.four_eyes,),
            needs_note=True,
        ),
        Step(
            name="number",
            label=_("Beri nomor"),
            source=frozenset({S.VERIFIED}),
            target=S.VERIFIED,
            permission=P.SCHEME_NUMBER,
            rules=(rules.awaits_number,),
            together=(actions.number_schemes,),
        ),
        Step(
            name="retire",
            label=_("Nyatakan tidak berlaku"),
            source=frozenset({S.VERIFIED}),
            target=S.RETIRED,
            permission=P.SCHEME_VERIFY,
            effects=(actions.date_retirement,),
            needs_note=True,
            danger=True,
            confirmation=_("Asesmen baru atas skema ini tidak dapat lagi dijadwalkan."),
        ),
        Step(
            name="load",
            label=_("Muat sebagai terverifikasi"),
            source=frozenset({S.DRAFT}),
            target=S.VERIFIED,
            permission=P.SCHEME_LOAD,
            rules=(rules.loaded_with_its_source,),
        ),
    ),
    begun_by=P.SCHEME_AUTHOR,
    begin_rules=(rules.follows_a_published_version,),
    edits=(
        Edit(
            name="facts",
            permission=P.SCHEME_AUTHOR,
            while_in=OPEN,
            fields=SchemeVersion.EDITABLE,
        ),
        Edit(name=actions.UNITS, permission=P.SCHEME_AUTHOR, while_in=OPEN),
        Edit(
            name=actions.REMARKS,
            permission=P.SCHEME_VERIFY,
            while_in=frozenset({S.SUBMITTED}),
            rules=(rules.four_eyes,),
        ),
        Edit(name=actions.ANSWERS, permission=P.SCHEME_AUTHOR, while_in=OPEN),
        Edit(
            name="volume",
            permission=P.SCHEME_VERIFY,
            while_in=frozenset({S.SUBMITTED}),
            fields=("volume_reason",),
            rules=(rules.four_eyes,),
        ),
    ),
    reads=("scheme__organisation", "kbli__parent__parent__parent__parent", "kbji"),
    prefetches=("scheme_units__unit__standard", "scheme__organisation__memberships", "remarks"),
)
