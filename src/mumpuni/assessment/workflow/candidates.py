"""The life of a candidate: application, admission, assessment, decision.

The assessor recommends, the plenary decides. A decision against the recommendation is a step of
its own, which asks for the reason.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission as P
from mumpuni.assessment import actions
from mumpuni.assessment.models import Candidate
from mumpuni.assessment.rules import candidates, decisions
from mumpuni.kernel.workflow import Edit, Step, Workflow

C = Candidate.State

APPLYING = frozenset({C.DRAFT, C.RETURNED})
UNDECIDED = frozenset({C.RECOMMENDED})
IN_PLENARY = (
    decisions.in_plenary,
    decisions.decider_is_not_assessor,
    decisions.decider_is_not_candidate,
)

Candidate.workflow = Workflow(
    begun_by=P.CANDIDATE_APPLY,
    begin_rules=(
        candidates.session_takes_applications,
        candidates.not_here_already,
        candidates.affiliation_admitted,
    ),
    reads=(
        "individual",
        "session__organisation__licence",
        "session__scheme_version",
        "assignment__assessor__individual",
    ),
    prefetches=(
        "session__scheme_version__scheme_units__unit__elements",
        "self_assessments",
        "unit_results",
        "assignment__assessor__ties",
    ),
    steps=(
        Step(
            name="submit",
            label=_("Ajukan permohonan"),
            source=APPLYING,
            target=C.SUBMITTED,
            permission=P.CANDIDATE_APPLY,
            rules=(
                candidates.session_admits,
                candidates.affiliation_admitted,
                candidates.application_complete,
                candidates.self_assessment_complete,
            ),
        ),
        Step(
            name="return",
            label=_("Kembalikan untuk diperbaiki"),
            source=frozenset({C.SUBMITTED}),
            target=C.RETURNED,
            permission=P.CANDIDATE_ADMIT,
            needs_note=True,
        ),
        Step(
            name="admit",
            label=_("Terima sebagai asesi"),
            source=frozenset({C.SUBMITTED}),
            target=C.ADMITTED,
            permission=P.CANDIDATE_ADMIT,
            rules=(
                candidates.session_admits,
                candidates.affiliation_admitted,
                candidates.has_assessor,
                candidates.no_tie,
            ),
        ),
        Step(
            name="recommend",
            label=_("Sampaikan rekomendasi"),
            source=frozenset({C.ADMITTED}),
            target=C.RECOMMENDED,
            permission=P.CANDIDATE_ASSESS,
            rules=(
                decisions.being_assessed,
                candidates.no_tie,
                decisions.every_unit_judged,
                decisions.competence_shown,
            ),
            effects=(actions.compute_recommendation,),
        ),
        Step(
            name="competent",
            label=_("Putuskan kompeten"),
            source=UNDECIDED,
            target=C.COMPETENT,
            permission=P.CERTIFICATION_DECIDE,
            rules=(*IN_PLENARY, decisions.recommended_competent),
            effects=(actions.date_decision,),
        ),
        Step(
            name="not_yet",
            label=_("Putuskan belum kompeten"),
            source=UNDECIDED,
            target=C.NOT_YET_COMPETENT,
            permission=P.CERTIFICATION_DECIDE,
            rules=(*IN_PLENARY, decisions.recommended_not_yet),
            effects=(actions.date_decision,),
        ),
        Step(
            name="overrule_competent",
            label=_("Putuskan kompeten, berbeda dari rekomendasi"),
            source=UNDECIDED,
            target=C.COMPETENT,
            permission=P.CERTIFICATION_DECIDE,
            rules=(*IN_PLENARY, decisions.against_not_yet),
            effects=(actions.date_decision,),
            needs_note=True,
            danger=True,
            confirmation=_("Keputusan ini menyimpang dari rekomendasi asesor dan bersifat tetap."),
        ),
        Step(
            name="overrule_not_yet",
            label=_("Putuskan belum kompeten, berbeda dari rekomendasi"),
            source=UNDECIDED,
            target=C.NOT_YET_COMPETENT,
            permission=P.CERTIFICATION_DECIDE,
            rules=(*IN_PLENARY, decisions.against_competent),
            effects=(actions.date_decision,),
            needs_note=True,
            danger=True,
            confirmation=_("Keputusan ini menyimpang dari rekomendasi asesor dan bersifat tetap."),
        ),
        Step(
            name="send_back",
            label=_("Kembalikan kepada asesor"),
            source=UNDECIDED,
            target=C.ADMITTED,
            permission=P.CERTIFICATION_DECIDE,
            rules=IN_PLENARY,
            effects=(actions.take_back_recommendation,),
            needs_note=True,
        ),
        Step(
            name="absent",
            label=_("Catat tidak hadir"),
            source=frozenset({C.ADMITTED}),
            target=C.ABSENT,
            permission=P.CANDIDATE_ADMIT,
            rules=(decisions.being_assessed,),
            danger=True,
            confirmation=_("Asesi yang tidak hadir mendaftar lagi pada jadwal lain."),
        ),
        Step(
            name="withdraw",
            label=_("Undurkan diri"),
            source=APPLYING | {C.SUBMITTED, C.ADMITTED},
            target=C.WITHDRAWN,
            permission=P.CANDIDATE_APPLY,
            danger=True,
            confirmation=_("Pendaftaran pada jadwal ini berakhir; Anda boleh mendaftar lagi."),
        ),
    ),
    edits=(
        Edit(
            name="application",
            permission=P.CANDIDATE_APPLY,
            while_in=APPLYING,
            fields=Candidate.EDITABLE,
        ),
        Edit(name="self_assessment", permission=P.CANDIDATE_APPLY, while_in=APPLYING),
        Edit(
            name="ties",
            permission=P.CANDIDATE_ADMIT,
            while_in=frozenset({C.SUBMITTED, C.ADMITTED}),
        ),
        Edit(name="ties", permission=P.CANDIDATE_ASSESS, while_in=frozenset({C.ADMITTED})),
        Edit(
            name="results",
            permission=P.CANDIDATE_ASSESS,
            while_in=frozenset({C.ADMITTED}),
            rules=(decisions.being_assessed, candidates.no_tie),
        ),
    ),
)
