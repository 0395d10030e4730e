"""The life of an application and of a licence."""

from __future__ import annotations

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission as P
from mumpuni.kernel.workflow import Branch, Edit, Step, Wait, Workflow
from mumpuni.licensing import actions, rules
from mumpuni.licensing.models import (
    Licence,
    LicenceApplication,
    Sanction,
    first_phase,
    next_phase,
)
from mumpuni.licensing.models.applications import OPEN_STATES
from mumpuni.reference.queries.calendar import within

A = LicenceApplication.State
WITH_APPLICANT = frozenset({A.DRAFT, A.RETURNED})
SUBMISSION_RULES = tuple(rule for one in rules.REQUIREMENTS for rule in one.rules)

LicenceApplication.workflow = Workflow(
    begun_by=P.LICENCE_APPLY,
    begin_rules=(rules.licence_permits, rules.renewal_not_early, rules.no_other_open),
    reads=("organisation__licence",),
    prefetches=(
        "schemes__scheme_version",
        "documents",
        "proposals",
        "organisation__memberships",
        "organisation__licence__terms",
        "organisation__licence__sanctions",
        "organisation__licence__scope__scheme_version",
    ),
    edits=(
        Edit(
            name="body",
            permission=P.LICENCE_APPLY,
            while_in=WITH_APPLICANT,
            fields=LicenceApplication.EDITABLE,
            rules=(rules.asks_for_facts,),
        ),
        Edit(name="documents", permission=P.LICENCE_APPLY, while_in=WITH_APPLICANT),
        Edit(
            name="schemes",
            permission=P.LICENCE_APPLY,
            while_in=WITH_APPLICANT,
            rules=(rules.asks_for_schemes,),
        ),
        Edit(
            name="data",
            permission=P.LICENCE_APPLY,
            while_in=WITH_APPLICANT,
            rules=(rules.asks_for_data,),
        ),
        Edit(
            name="verdicts",
            permission=P.LICENCE_EXAMINE,
            while_in=frozenset({A.DOCUMENT_VERIFICATION}),
            rules=(rules.outside_the_applicant,),
        ),
        Edit(
            name="course",
            permission=P.LICENCE_EXAMINE,
            while_in=frozenset({A.DOCUMENT_VERIFICATION}),
            fields=("needs_assessment",),
            rules=(rules.outside_the_applicant, rules.may_go_without_assessment),
        ),
        Edit(
            name="decree",
            permission=P.LICENCE_DECIDE,
            while_in=frozenset({A.PLENARY}),
            fields=("decree_number",),
            rules=(rules.outside_the_applicant, rules.not_the_assessor),
        ),
    ),
    steps=(
        Step(
            name="submit",
            label=_("Ajukan"),
            source=frozenset({A.DRAFT}),
            target=Branch((A.SUBMITTED, A.DOCUMENT_VERIFICATION), first_phase),
            permission=P.LICENCE_APPLY,
            rules=SUBMISSION_RULES,
            effects=(actions.date_submission, actions.propose_course),
        ),
        Step(
            name="appreciate",
            label=_("Nyatakan lulus apresiasi"),
            source=frozenset({A.SUBMITTED}),
            target=A.DOCUMENT_VERIFICATION,
            permission=P.LICENCE_EXAMINE,
            rules=(rules.outside_the_applicant, rules.visit_reported, rules.findings_settled),
        ),
        Step(
            name="return",
            label=_("Kembalikan untuk diperbaiki"),
            source=frozenset({A.DOCUMENT_VERIFICATION}),
            target=A.RETURNED,
            permission=P.LICENCE_EXAMINE,
            rules=(rules.outside_the_applicant,),
            needs_note=True,
        ),
        Step(
            name="resubmit",
            label=_("Ajukan kembali"),
            source=frozenset({A.RETURNED}),
            target=A.DOCUMENT_VERIFICATION,
            permission=P.LICENCE_APPLY,
            rules=SUBMISSION_RULES,
        ),
        Step(
            name="lapse",
            label=_("Nyatakan kedaluwarsa"),
            source=frozenset({A.RETURNED}),
            target=A.LAPSED,
            permission=P.CASE_LAPSE,
            rules=(rules.correction_time_over,),
        ),
        Step(
            name="verify",
            label=_("Nyatakan dokumen lengkap"),
            source=frozenset({A.DOCUMENT_VERIFICATION}),
            target=Branch((A.FULL_ASSESSMENT, A.PLENARY), next_phase),
            permission=P.LICENCE_EXAMINE,
            rules=(rules.outside_the_applicant, rules.all_accepted),
        ),
        Step(
            name="assess",
            label=_("Selesaikan asesmen penuh"),
            source=frozenset({A.FULL_ASSESSMENT}),
            target=Branch((A.WITNESS, A.PLENARY), next_phase),
            permission=P.LICENCE_ASSESS,
            rules=(rules.outside_the_applicant, rules.visit_reported, rules.findings_settled),
            needs_note=True,
        ),
        Step(
            name="witness",
            label=_("Selesaikan penyaksian uji"),
            source=frozenset({A.WITNESS}),
            target=A.PLENARY,
            permission=P.LICENCE_ASSESS,
            rules=(rules.outside_the_applicant, rules.visit_reported, rules.findings_settled),
            needs_note=True,
        ),
        Step(
            name="grant",
            label=_("Setujui permohonan"),
            source=frozenset({A.PLENARY}),
            target=A.GRANTED,
            permission=P.LICENCE_DECIDE,
            rules=(
                rules.outside_the_applicant,
                rules.licence_permits,
                rules.only_reduced_while_frozen,
                rules.scope_changes,
                rules.schemes_verified,
                rules.data_differ,
                rules.not_the_assessor,
                rules.vote_carried,
            ),
            effects=(actions.date_decision,),
            together=(actions.number_decrees, actions.grant_all, actions.issue_decisions),
        ),
        Step(
            name="refuse",
            label=_("Tolak permohonan"),
            source=frozenset({A.PLENARY}),
            target=A.REFUSED,
            permission=P.LICENCE_DECIDE,
            rules=(rules.outside_the_applicant, rules.not_the_assessor, rules.vote_rejected),
            effects=(actions.date_decision,),
            needs_note=True,
            danger=True,
            confirmation=_("Permohonan ini berakhir; pemohon harus mengajukan yang baru."),
        ),
        Step(
            name="withdraw",
            label=_("Tarik permohonan"),
            source=frozenset(OPEN_STATES),
            target=A.WITHDRAWN,
            permission=P.LICENCE_APPLY,
            needs_note=True,
            danger=True,
            confirmation=_("Permohonan yang ditarik tidak dapat dilanjutkan lagi."),
        ),
    ),
    waits={
        A.DRAFT: Wait(
            label=_("Pengisian oleh pemohon"),
            permission=P.LICENCE_APPLY,
            of=attrgetter("organisation_id"),
        ),
        A.SUBMITTED: Wait(
            label=_("Apresiasi permohonan"),
            permission=P.LICENCE_EXAMINE,
            due=within(rules.APPRECIATION_DAYS),
        ),
        A.DOCUMENT_VERIFICATION: Wait(
            label=_("Verifikasi dokumen"),
            permission=P.LICENCE_EXAMINE,
            due=within(rules.VERIFICATION_DAYS),
        ),
        A.RETURNED: Wait(
            label=_("Perbaikan dokumen oleh pemohon"),
            permission=P.LICENCE_APPLY,
            of=attrgetter("organisation_id"),
            due=within(rules.CORRECTION_DAYS),
            lapses_by="lapse",
        ),
        A.FULL_ASSESSMENT: Wait(
            label=_("Asesmen penuh"),
            permission=P.LICENCE_ASSESS,
            due=within(rules.ASSESSMENT_DAYS),
        ),
        A.WITNESS: Wait(
            label=_("Penyaksian uji"),
            permission=P.LICENCE_ASSESS,
            due=within(rules.WITNESS_DAYS),
        ),
        A.PLENARY: Wait(
            label=_("Keputusan pleno"),
            permission=P.LICENCE_DECIDE,
            due=within(rules.PLENARY_DAYS),
        ),
    },
)

L = Licence.State


def as_before_revocation(licence: Licence) -> str:
    """Tell how a licence stands without its revocation."""
    return L.FROZEN if licence.standing(Sanction.Kind.FREEZE) else L.ACTIVE


Licence.workflow = Workflow(
    begun_by=P.LICENCE_ENTER,
    begin_rules=(rules.origin_told,),
    reads=("organisation",),
    prefetches=("terms", "sanctions", "organisation__memberships"),
    edits=(
        Edit(
            name="sanction",
            permission=P.LICENCE_SANCTION,
            while_in=frozenset({L.ACTIVE, L.FROZEN}),
        ),
        Edit(
            name="lifting",
            permission=P.LICENCE_SANCTION,
            while_in=frozenset({L.FROZEN, L.REVOKED}),
        ),
        Edit(  # what a granted application brings about
            name="grant",
            permission=P.LICENCE_DECIDE,
            while_in=frozenset({L.ACTIVE, L.FROZEN}),
            fields=actions.LICENSED_FACTS,
            rules=(rules.outside_the_body,),
        ),
    ),
    steps=(
        # cases impose and lift sanctions, so these steps are the system's alone
        Step(
            name="freeze",
            label=_("Bekukan lisensi"),
            source=frozenset({L.ACTIVE}),
            target=L.FROZEN,
            permission=P.LICENCE_SANCTION,
            rules=(rules.freeze_prepared, rules.sanction_within_licence),
            effects=(actions.impose,),
        ),
        Step(
            name="thaw",
            label=_("Cairkan lisensi"),
            source=frozenset({L.FROZEN}),
            target=L.ACTIVE,
            permission=P.LICENCE_SANCTION,
            rules=(rules.freeze_lifted,),
        ),
        Step(
            name="revoke",
            label=_("Cabut lisensi"),
            source=frozenset({L.ACTIVE, L.FROZEN}),
            target=L.REVOKED,
            permission=P.LICENCE_SANCTION,
            rules=(rules.revocation_prepared, rules.sanction_within_licence),
            effects=(actions.impose,),
        ),
        Step(
            name="reinstate",
            label=_("Pulihkan lisensi"),
            source=frozenset({L.REVOKED}),
            target=Branch((L.ACTIVE, L.FROZEN), as_before_revocation),
            permission=P.LICENCE_SANCTION,
            rules=(rules.revocation_lifted,),
        ),
    ),
)
