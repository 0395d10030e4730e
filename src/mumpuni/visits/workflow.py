"""The life of a visit, of what it finds, and of an entry in the register of assessors."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission as P
from mumpuni.kernel.workflow import Edit, Step, Wait, Workflow
from mumpuni.visits import actions, rules
from mumpuni.visits.models import Finding, LicensingAssessor, TeamMember, Visit

A, V, F = LicensingAssessor.State, Visit.State, Finding.State
EVERY_DUTY = rules.of_the_team(*TeamMember.Duty)

LicensingAssessor.workflow = Workflow(
    begun_by=P.LICENSING_ASSESSOR_MANAGE,
    reads=("individual",),
    prefetches=("terms",),
    edits=(
        Edit(
            name="entry",
            permission=P.LICENSING_ASSESSOR_MANAGE,
            while_in=frozenset({A.CANDIDATE, A.ACTIVE, A.SUSPENDED}),
            fields=LicensingAssessor.EDITABLE,
        ),
        Edit(
            name="terms",
            permission=P.LICENSING_ASSESSOR_MANAGE,
            while_in=frozenset({A.CANDIDATE, A.ACTIVE, A.SUSPENDED}),
        ),
        Edit(
            name="ties",
            permission=P.LICENSING_ASSESSOR_MANAGE,
            while_in=frozenset({A.CANDIDATE, A.ACTIVE, A.SUSPENDED}),
        ),
        Edit(
            name="ties",
            permission=P.VISIT_CONDUCT,
            while_in=frozenset({A.CANDIDATE, A.ACTIVE, A.SUSPENDED}),
            rules=(rules.is_oneself,),
        ),
    ),
    steps=(
        Step(
            name="activate",
            label=_("Aktifkan"),
            source=frozenset({A.CANDIDATE}),
            target=A.ACTIVE,
            permission=P.LICENSING_ASSESSOR_MANAGE,
            rules=(rules.term_in_force,),
            together=(actions.activate,),
        ),
        Step(
            name="suspend",
            label=_("Bekukan"),
            source=frozenset({A.ACTIVE}),
            target=A.SUSPENDED,
            permission=P.LICENSING_ASSESSOR_MANAGE,
            needs_note=True,
            danger=True,
            confirmation=_("Asesor tidak dapat ditugaskan sampai dipulihkan."),
        ),
        Step(
            name="reinstate",
            label=_("Pulihkan"),
            source=frozenset({A.SUSPENDED}),
            target=A.ACTIVE,
            permission=P.LICENSING_ASSESSOR_MANAGE,
            rules=(rules.term_in_force,),
            needs_note=True,
        ),
        Step(
            name="end",
            label=_("Akhiri"),
            source=frozenset({A.CANDIDATE, A.ACTIVE, A.SUSPENDED}),
            target=A.ENDED,
            permission=P.LICENSING_ASSESSOR_MANAGE,
            needs_note=True,
            danger=True,
        ),
    ),
)

Visit.workflow = Workflow(
    begun_by=P.VISIT_PLAN,
    begin_rules=(rules.is_body,),
    reads=("organisation",),
    prefetches=(
        "team__assessor__individual__user__memberships",
        "team__assessor__terms",
        "team__assessor__ties",
        "answers",
        "findings",
    ),
    waits={
        V.PLANNED: Wait(label=_("Penugasan tim kunjungan"), permission=P.VISIT_PLAN),
        V.ASSIGNED: Wait(
            label=_("Pelaksanaan kunjungan"),
            permission=P.VISIT_CONDUCT,
            due=lambda visit, _since: visit.ends_on,
        ),
        V.RUNNING: Wait(
            label=_("Laporan kunjungan"), permission=P.VISIT_CONDUCT, due=rules.report_due
        ),
    },
    edits=(
        Edit(
            name="plan",
            permission=P.VISIT_PLAN,
            while_in=frozenset({V.PLANNED}),
            fields=Visit.EDITABLE,
        ),
        Edit(name="team", permission=P.VISIT_PLAN, while_in=frozenset({V.PLANNED})),
        Edit(
            name="waiver", permission=P.LICENSING_ASSESSOR_MANAGE, while_in=frozenset({V.PLANNED})
        ),
        Edit(
            name="impartiality",
            permission=P.VISIT_CONDUCT,
            while_in=frozenset({V.ASSIGNED}),
            rules=(EVERY_DUTY,),
        ),
        Edit(
            name="answers",
            permission=P.VISIT_CONDUCT,
            while_in=frozenset({V.RUNNING}),
            rules=(rules.of_the_visiting_team,),
        ),
        Edit(
            name="photos",
            permission=P.VISIT_CONDUCT,
            while_in=frozenset({V.RUNNING}),
            rules=(rules.of_the_visiting_team,),
        ),
        Edit(
            name="conclusion",
            permission=P.VISIT_CONDUCT,
            while_in=frozenset({V.RUNNING}),
            fields=Visit.CONCLUSION,
            rules=(rules.team_leader,),
        ),
    ),
    steps=(
        Step(
            name="assign",
            label=_("Terbitkan surat tugas"),
            source=frozenset({V.PLANNED}),
            target=V.ASSIGNED,
            permission=P.VISIT_PLAN,
            rules=(
                rules.team_has_lead,
                rules.current_members,
                rules.untied,
                rules.available,
            ),
            together=(actions.number_letters, actions.issue_letters),
        ),
        Step(
            name="start",
            label=_("Mulai kunjungan"),
            source=frozenset({V.ASSIGNED}),
            target=V.RUNNING,
            permission=P.VISIT_CONDUCT,
            rules=(rules.of_the_visiting_team, rules.all_impartial, rules.has_begun),
        ),
        Step(
            name="report",
            label=_("Laporkan kunjungan"),
            source=frozenset({V.RUNNING}),
            target=V.REPORTED,
            permission=P.VISIT_CONDUCT,
            rules=(rules.team_leader, rules.report_complete),
            effects=(actions.date_report,),
            together=(actions.number_reports, actions.raise_findings, actions.issue_reports),
            danger=True,
            confirmation=_(
                "Laporan dan temuannya disampaikan kepada LSP dan sesudah itu tidak diubah lagi."
            ),
        ),
        Step(
            name="cancel",
            label=_("Batalkan"),
            source=frozenset({V.PLANNED, V.ASSIGNED}),
            target=V.CANCELLED,
            permission=P.VISIT_PLAN,
            needs_note=True,
            danger=True,
        ),
    ),
)

Finding.workflow = Workflow(
    begun_by=P.VISIT_CONDUCT,
    begin_rules=(rules.visit_running,),
    reads=("visit__organisation",),
    prefetches=(
        "evidence",
        "visit__organisation__memberships",
        "visit__team__assessor__individual",
    ),
    waits={
        F.OPEN: Wait(
            label=_("Perbaikan temuan oleh LSP"),
            permission=P.FINDING_ANSWER,
            of=lambda finding: finding.visit.organisation_id,
            due=lambda finding, _since: finding.due_on,
            lapses_by="lapse",
        ),
        F.ANSWERED: Wait(label=_("Verifikasi perbaikan temuan"), permission=P.FINDING_VERIFY),
        F.LAPSED: Wait(label=_("Temuan yang lewat tenggat"), permission=P.FINDING_VERIFY),
    },
    edits=(
        Edit(
            name="finding",
            permission=P.VISIT_CONDUCT,
            while_in=frozenset({F.DRAFT}),
            fields=Finding.EDITABLE,
            rules=(rules.visit_running,),
        ),
        Edit(
            name="answer",
            permission=P.FINDING_ANSWER,
            while_in=frozenset({F.OPEN}),
            fields=Finding.ANSWER,
        ),
        Edit(name="evidence", permission=P.FINDING_ANSWER, while_in=frozenset({F.OPEN})),
    ),
    steps=(
        Step(
            name="withdraw",
            label=_("Tarik draf"),
            source=frozenset({F.DRAFT}),
            target=F.WITHDRAWN,
            permission=P.VISIT_CONDUCT,
            rules=(rules.visit_running,),
            danger=True,
        ),
        Step(
            name="raise",
            label=_("Sampaikan"),
            source=frozenset({F.DRAFT}),
            target=F.OPEN,
            permission=P.FINDING_RAISE,
            effects=(actions.set_due_day,),
        ),
        Step(
            name="answer",
            label=_("Ajukan perbaikan"),
            source=frozenset({F.OPEN}),
            target=F.ANSWERED,
            permission=P.FINDING_ANSWER,
            rules=(rules.answer_complete,),
        ),
        Step(
            name="return",
            label=_("Kembalikan"),
            source=frozenset({F.ANSWERED}),
            target=F.OPEN,
            permission=P.FINDING_VERIFY,
            rules=(rules.verifier_untied,),
            effects=(actions.give_more_time,),
            needs_note=True,
        ),
        Step(
            name="close",
            label=_("Tutup temuan"),
            source=frozenset({F.ANSWERED}),
            target=F.CLOSED,
            permission=P.FINDING_VERIFY,
            rules=(rules.verifier_untied,),
        ),
        Step(
            name="note",
            label=_("Tutup tanpa jawaban"),
            source=frozenset({F.OPEN}),
            target=F.CLOSED,
            permission=P.FINDING_VERIFY,
            rules=(rules.is_observation, rules.verifier_untied),
        ),
        Step(
            name="lapse",
            label=_("Nyatakan lewat tenggat"),
            source=frozenset({F.OPEN}),
            target=F.LAPSED,
            permission=P.CASE_LAPSE,
            rules=(rules.overdue,),
        ),
        Step(
            name="reopen",
            label=_("Buka kembali"),
            source=frozenset({F.LAPSED}),
            target=F.OPEN,
            permission=P.FINDING_VERIFY,
            rules=(rules.verifier_untied,),
            effects=(actions.set_due_day,),
            needs_note=True,
        ),
    ),
)
