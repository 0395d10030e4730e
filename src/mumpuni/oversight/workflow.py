"""The life of a sanction case, of an obligation, and of an appeal."""

from __future__ import annotations

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission as P
from mumpuni.kernel.workflow import Edit, Step, Wait, Workflow
from mumpuni.oversight import actions, rules
from mumpuni.oversight.models import Appeal, Obligation, SanctionCase
from mumpuni.reference.queries.calendar import within

C, B, A = SanctionCase.State, Obligation.State, Appeal.State
of_the_body = attrgetter("organisation_id")

SanctionCase.workflow = Workflow(
    begun_by=P.SANCTION_PROPOSE,
    begin_rules=(rules.outside_the_body, rules.licence_allows),
    reads=("organisation", "licence__organisation", "sanction"),
    prefetches=(
        "organisation__memberships",
        "licence__terms",
        "licence__sanctions",
    ),
    waits={
        C.PROPOSED: Wait(label=_("Kelengkapan usulan sanksi"), permission=P.SANCTION_PROPOSE),
        C.REVIEW: Wait(
            label=_("Telaah hukum"),
            permission=P.SANCTION_REVIEW,
            due=within(rules.REVIEW_DAYS),
        ),
        C.HEARING: Wait(
            label=_("Tanggapan LSP atas usulan sanksi"),
            permission=P.SANCTION_ANSWER,
            of=of_the_body,
            due=rules.hearing_due,
            lapses_by="lapse",
        ),
        C.PLENARY: Wait(label=_("Pleno dan penetapan SK"), permission=P.SANCTION_DECREE),
    },
    edits=(
        Edit(
            name="proposal",
            permission=P.SANCTION_PROPOSE,
            while_in=frozenset({C.PROPOSED}),
            fields=SanctionCase.PROPOSAL,
            rules=(rules.outside_the_body,),
        ),
        Edit(
            name=actions.RULINGS,
            permission=P.SANCTION_PROPOSE,
            while_in=frozenset({C.PROPOSED, C.REVIEW}),
            rules=(rules.outside_the_body, rules.touches_licence),
        ),
        Edit(
            name="opinion",
            permission=P.SANCTION_REVIEW,
            while_in=frozenset({C.REVIEW}),
            fields=SanctionCase.OPINION,
            rules=(rules.outside_the_body, rules.another_reviews),
        ),
        Edit(
            name="answer",
            permission=P.SANCTION_ANSWER,
            while_in=frozenset({C.HEARING}),
            fields=("answer",),
        ),
        Edit(
            name="decree",
            permission=P.SANCTION_DECREE,
            while_in=frozenset({C.PLENARY}),
            fields=SanctionCase.DECREE,
            rules=(rules.outside_the_body,),
        ),
    ),
    steps=(
        Step(
            name="to_review",
            label=_("Ajukan ke telaah hukum"),
            source=frozenset({C.PROPOSED}),
            target=C.REVIEW,
            permission=P.SANCTION_PROPOSE,
            rules=(rules.outside_the_body, rules.proposal_complete),
        ),
        Step(
            name="return",
            label=_("Kembalikan kepada pengusul"),
            source=frozenset({C.REVIEW}),
            target=C.PROPOSED,
            permission=P.SANCTION_REVIEW,
            rules=(rules.outside_the_body, rules.another_reviews),
            needs_note=True,
        ),
        Step(
            name="hear",
            label=_("Minta tanggapan LSP"),
            source=frozenset({C.REVIEW}),
            target=C.HEARING,
            permission=P.SANCTION_REVIEW,
            rules=(rules.outside_the_body, rules.another_reviews, rules.not_lifting),
            effects=(actions.ask_the_body,),
        ),
        Step(
            name="answer",
            label=_("Kirim tanggapan"),
            source=frozenset({C.HEARING}),
            target=C.REVIEW,
            permission=P.SANCTION_ANSWER,
            rules=(rules.answer_given,),
        ),
        Step(
            name="lapse",
            label=_("Lanjutkan tanpa tanggapan"),
            source=frozenset({C.HEARING}),
            target=C.REVIEW,
            permission=P.CASE_LAPSE,
            rules=(rules.hearing_over,),
        ),
        Step(
            name="to_plenary",
            label=_("Bawa ke pleno"),
            source=frozenset({C.REVIEW}),
            target=C.PLENARY,
            permission=P.SANCTION_REVIEW,
            rules=(
                rules.outside_the_body,
                rules.another_reviews,
                rules.opinion_given,
                rules.body_heard,
                rules.all_ruled_on,
            ),
        ),
        Step(
            name="decree",
            label=_("Tetapkan SK"),
            source=frozenset({C.PLENARY}),
            target=C.DECREED,
            permission=P.SANCTION_DECREE,
            rules=(
                rules.outside_the_body,
                rules.licence_allows,
                rules.vote_carried,
                rules.decree_written,
                rules.obligations_settled,
                rules.checked_again,
            ),
            effects=(actions.date_decree, actions.take_effect),
            together=(actions.raise_obligations,),
            danger=True,
            confirmation=_(
                "SK berlaku sejak hari yang disebutnya dan diumumkan. LSP yang dibekukan atau"
                " dicabut tidak boleh mengadakan uji kompetensi atau meminta sertifikat;"
                " sertifikat yang sudah terbit tetap berlaku."
            ),
        ),
        Step(
            name="reject",
            label=_("Catat penolakan pleno"),
            source=frozenset({C.PLENARY}),
            target=C.DROPPED,
            permission=P.SANCTION_DECREE,
            rules=(rules.outside_the_body, rules.vote_rejected),
            together=(actions.discard_obligations,),
        ),
        Step(
            name="drop",
            label=_("Hentikan perkara"),
            source=frozenset({C.PROPOSED, C.REVIEW}),
            target=C.DROPPED,
            permission=P.SANCTION_PROPOSE,
            rules=(rules.outside_the_body,),
            together=(actions.discard_obligations,),
            needs_note=True,
            danger=True,
        ),
    ),
)

Obligation.workflow = Workflow(
    begun_by=P.OBLIGATION_PREPARE,
    begin_rules=(rules.outside_the_body, rules.case_open),
    reads=("organisation",),
    prefetches=("files", "organisation__memberships"),
    waits={
        B.OPEN: Wait(
            label=_("Pemenuhan kewajiban oleh LSP"),
            permission=P.OBLIGATION_FULFIL,
            of=of_the_body,
            due=lambda obligation, _since: obligation.due_on,
        ),
        B.SUBMITTED: Wait(
            label=_("Pemeriksaan pemenuhan kewajiban"), permission=P.OBLIGATION_VERIFY
        ),
    },
    edits=(
        Edit(
            name="obligation",
            permission=P.OBLIGATION_PREPARE,
            while_in=frozenset({B.PREPARED}),
            fields=Obligation.EDITABLE,
            rules=(rules.outside_the_body, rules.case_open),
        ),
        Edit(
            name="report",
            permission=P.OBLIGATION_FULFIL,
            while_in=frozenset({B.OPEN}),
            fields=Obligation.ANSWER,
        ),
        Edit(name=actions.FILES, permission=P.OBLIGATION_FULFIL, while_in=frozenset({B.OPEN})),
    ),
    steps=(
        Step(
            name="raise",
            label=_("Berlakukan"),
            source=frozenset({B.PREPARED}),
            target=B.OPEN,
            permission=P.OBLIGATION_RAISE,
            effects=(actions.set_due_day,),
        ),
        Step(
            name="discard",
            label=_("Buang"),
            source=frozenset({B.PREPARED}),
            target=B.DISCARDED,
            permission=P.OBLIGATION_PREPARE,
            rules=(rules.outside_the_body,),
            danger=True,
        ),
        Step(
            name="submit",
            label=_("Ajukan pemenuhan"),
            source=frozenset({B.OPEN}),
            target=B.SUBMITTED,
            permission=P.OBLIGATION_FULFIL,
            rules=(rules.fulfilment_shown,),
        ),
        Step(
            name="return",
            label=_("Kembalikan"),
            source=frozenset({B.SUBMITTED}),
            target=B.OPEN,
            permission=P.OBLIGATION_VERIFY,
            rules=(rules.outside_the_body,),
            needs_note=True,
        ),
        Step(
            name="fulfil",
            label=_("Nyatakan dipenuhi"),
            source=frozenset({B.SUBMITTED}),
            target=B.FULFILLED,
            permission=P.OBLIGATION_VERIFY,
            rules=(rules.outside_the_body,),
        ),
        Step(
            name="waive",
            label=_("Bebaskan"),
            source=frozenset({B.OPEN, B.SUBMITTED}),
            target=B.WAIVED,
            permission=P.OBLIGATION_VERIFY,
            rules=(rules.outside_the_body, rules.another_waives),
            needs_note=True,
            danger=True,
        ),
    ),
)

Appeal.workflow = Workflow(
    begun_by=P.APPEAL_FILE,
    begin_rules=(rules.in_time,),
    reads=("organisation",),
    prefetches=("organisation__memberships",),
    waits={
        A.FILED: Wait(
            label=_("Penyerahan banding kepada komite"),
            permission=P.APPEAL_HANDLE,
            due=rules.decision_until,
        ),
        A.COMMITTEE: Wait(
            label=_("Putusan komite banding"),
            permission=P.APPEAL_DECIDE,
            due=lambda appeal, _since: rules.decision_until(appeal, appeal.filed_on),
        ),
    },
    edits=(
        Edit(
            name="grounds",
            permission=P.APPEAL_FILE,
            while_in=frozenset({A.FILED}),
            fields=Appeal.EDITABLE,
        ),
    ),
    steps=(
        Step(
            name="to_committee",
            label=_("Serahkan kepada komite banding"),
            source=frozenset({A.FILED}),
            target=A.COMMITTEE,
            permission=P.APPEAL_HANDLE,
            rules=(rules.outside_the_body,),
        ),
        Step(
            name="uphold",
            label=_("Kabulkan banding"),
            source=frozenset({A.COMMITTEE}),
            target=A.UPHELD,
            permission=P.APPEAL_DECIDE,
            rules=(rules.outside_the_body, rules.vote_upholds),
            effects=(actions.date_decision, actions.undo_sanction),
            needs_note=True,
            danger=True,
            confirmation=_("Sanksi yang dibanding berakhir sejak hari ini."),
        ),
        Step(
            name="dismiss",
            label=_("Tolak banding"),
            source=frozenset({A.COMMITTEE}),
            target=A.DISMISSED,
            permission=P.APPEAL_DECIDE,
            rules=(rules.outside_the_body, rules.vote_dismisses),
            effects=(actions.date_decision,),
            needs_note=True,
            danger=True,
        ),
        Step(
            name="withdraw",
            label=_("Cabut banding"),
            source=frozenset({A.FILED, A.COMMITTEE}),
            target=A.WITHDRAWN,
            permission=P.APPEAL_FILE,
            needs_note=True,
            danger=True,
        ),
    ),
)
