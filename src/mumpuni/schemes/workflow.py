"""The lives of scheme versions, of changes of standards and of the transitions that follow."""

from __future__ import annotations

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission as P
from mumpuni.kernel.workflow import Edit, Step, Wait, Workflow
from mumpuni.reference.queries.calendar import within
from mumpuni.schemes import actions, jobs, rules
from mumpuni.schemes.models import SchemeTransition, SchemeVersion, StandardChange

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

C = StandardChange.State

StandardChange.workflow = Workflow(
    begun_by=P.STANDARD_CHANGE,
    begin_rules=(rules.not_yet_revoked,),
    reads=("standard", "replacement"),
    waits={
        C.DRAFT: Wait(label=_("Pengumuman perubahan standar"), permission=P.STANDARD_CHANGE),
        C.ANNOUNCED: Wait(
            label=_("Berlakunya perubahan standar"),
            permission=P.STANDARD_CHANGE,
            due=lambda change, _since: change.last_day_in_force,
            lapses_by="take_effect",
        ),
    },
    edits=(
        Edit(
            name="change",
            permission=P.STANDARD_CHANGE,
            while_in=frozenset({C.DRAFT}),
            fields=StandardChange.EDITABLE,
        ),
    ),
    steps=(
        Step(
            name="announce",
            label=_("Umumkan"),
            source=frozenset({C.DRAFT}),
            target=C.ANNOUNCED,
            permission=P.STANDARD_CHANGE,
            rules=(rules.announced_by_another,),
            danger=True,
            confirmation=_(
                "Setiap LSP yang skema atau ruang lingkupnya memakai standar ini diminta"
                " menyusun rencana peralihan."
            ),
        ),
        Step(
            name="take_effect",
            label=_("Nyatakan berlaku"),
            source=frozenset({C.ANNOUNCED}),
            target=C.IN_EFFECT,
            permission=P.STANDARD_CHANGE,
            rules=(rules.effective_day_come,),
            together=(actions.revoke_standards,),
        ),
        Step(
            name="withdraw",
            label=_("Tarik perubahan"),
            source=frozenset({C.DRAFT, C.ANNOUNCED}),
            target=C.WITHDRAWN,
            permission=P.STANDARD_CHANGE,
            jobs=(jobs.cancel_transitions,),
            needs_note=True,
            danger=True,
            confirmation=_("Rencana peralihan yang sedang berjalan dibatalkan."),
        ),
    ),
)

T = SchemeTransition.State
UNDER_WAY = frozenset({T.OPEN, T.PLANNED, T.LAPSED})

SchemeTransition.workflow = Workflow(
    begun_by=P.CASE_LAPSE,
    reads=("change__standard", "organisation"),
    waits={
        T.OPEN: Wait(
            label=_("Rencana peralihan skema"),
            permission=P.TRANSITION_PLAN,
            of=attrgetter("organisation_id"),
            due=rules.plan_due,
            lapses_by="lapse",
        ),
        T.PLANNED: Wait(
            label=_("Peralihan skema"),
            permission=P.TRANSITION_PLAN,
            of=attrgetter("organisation_id"),
            due=lambda transition, _since: transition.change.transition_until,
            lapses_by="lapse",
        ),
    },
    edits=(
        Edit(
            name="plan",
            permission=P.TRANSITION_PLAN,
            while_in=frozenset({T.OPEN, T.PLANNED}),
            fields=SchemeTransition.EDITABLE,
        ),
    ),
    steps=(
        Step(
            name="plan",
            label=_("Sampaikan rencana"),
            source=frozenset({T.OPEN}),
            target=T.PLANNED,
            permission=P.TRANSITION_PLAN,
            rules=(rules.planned_in_time,),
        ),
        Step(
            name="complete",
            label=_("Nyatakan peralihan selesai"),
            source=UNDER_WAY,
            target=T.DONE,
            permission=P.TRANSITION_PLAN,
            rules=(rules.no_scheme_left,),
        ),
        Step(
            name="lapse",
            label=_("Nyatakan lewat waktu"),
            source=frozenset({T.OPEN, T.PLANNED}),
            target=T.LAPSED,
            permission=P.CASE_LAPSE,
            rules=(rules.transition_over,),
        ),
        Step(
            name="cancel",
            label=_("Batalkan"),
            source=UNDER_WAY,
            target=T.CANCELLED,
            permission=P.CASE_LAPSE,
        ),
    ),
)
