"""The life of an application and of a licence."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission as P
from mumpuni.kernel.workflow import Edit, Step, Workflow
from mumpuni.licensing import actions, rules
from mumpuni.licensing.models import Licence, LicenceApplication
from mumpuni.licensing.models.applications import OPEN_STATES

A = LicenceApplication.State
WITH_APPLICANT = frozenset({A.DRAFT, A.RETURNED})
SUBMISSION_RULES = tuple(rule for one in rules.REQUIREMENTS for rule in one.rules)

LicenceApplication.workflow = Workflow(
    begun_by=P.LICENCE_APPLY,
    begin_rules=(rules.body_without_licence, rules.no_other_open),
    reads=("organisation__licence",),
    prefetches=("schemes__scheme_version", "documents", "organisation__memberships"),
    edits=(
        Edit(
            name="body",
            permission=P.LICENCE_APPLY,
            while_in=WITH_APPLICANT,
            fields=LicenceApplication.EDITABLE,
        ),
        Edit(name="documents", permission=P.LICENCE_APPLY, while_in=WITH_APPLICANT),
        Edit(name="schemes", permission=P.LICENCE_APPLY, while_in=WITH_APPLICANT),
        Edit(
            name="verdicts",
            permission=P.LICENCE_EXAMINE,
            while_in=frozenset({A.DOCUMENT_VERIFICATION}),
            rules=(rules.outside_the_applicant,),
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
            target=A.SUBMITTED,
            permission=P.LICENCE_APPLY,
            rules=SUBMISSION_RULES,
            effects=(actions.date_submission,),
        ),
        Step(
            name="appreciate",
            label=_("Nyatakan lulus apresiasi"),
            source=frozenset({A.SUBMITTED}),
            target=A.DOCUMENT_VERIFICATION,
            permission=P.LICENCE_EXAMINE,
            rules=(rules.outside_the_applicant,),
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
            name="verify",
            label=_("Nyatakan dokumen lengkap"),
            source=frozenset({A.DOCUMENT_VERIFICATION}),
            target=A.FULL_ASSESSMENT,
            permission=P.LICENCE_EXAMINE,
            rules=(rules.outside_the_applicant, rules.all_accepted),
        ),
        Step(
            name="assess",
            label=_("Selesaikan asesmen penuh"),
            source=frozenset({A.FULL_ASSESSMENT}),
            target=A.WITNESS,
            permission=P.LICENCE_ASSESS,
            rules=(rules.outside_the_applicant,),
            needs_note=True,
        ),
        Step(
            name="witness",
            label=_("Selesaikan penyaksian uji"),
            source=frozenset({A.WITNESS}),
            target=A.PLENARY,
            permission=P.LICENCE_ASSESS,
            rules=(rules.outside_the_applicant,),
            needs_note=True,
        ),
        Step(
            name="grant",
            label=_("Berikan lisensi"),
            source=frozenset({A.PLENARY}),
            target=A.GRANTED,
            permission=P.LICENCE_DECIDE,
            rules=(
                rules.outside_the_applicant,
                rules.body_without_licence,
                rules.schemes_verified,
                rules.decree_named,
                rules.not_the_assessor,
                rules.vote_carried,
            ),
            effects=(actions.date_decision,),
            together=(actions.license_all,),
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
)

L = Licence.State

Licence.workflow = Workflow(
    begun_by=P.LICENCE_DECIDE,
    reads=("organisation",),
    prefetches=("terms", "sanctions", "organisation__memberships"),
    edits=(
        Edit(
            name="sanction",
            permission=P.LICENCE_SANCTION,
            while_in=frozenset({L.ACTIVE, L.FROZEN}),
            rules=(rules.outside_the_body,),
        ),
    ),
    steps=(
        Step(
            name="freeze",
            label=_("Bekukan lisensi"),
            source=frozenset({L.ACTIVE}),
            target=L.FROZEN,
            permission=P.LICENCE_SANCTION,
            rules=(
                rules.outside_the_body,
                rules.freeze_prepared,
                rules.sanction_within_licence,
            ),
            effects=(actions.impose,),
            danger=True,
            confirmation=_(
                "Mulai hari yang disebut SK, LSP ini tidak boleh mengadakan uji kompetensi atau"
                " meminta sertifikat. Sertifikat yang sudah terbit tetap berlaku."
            ),
        ),
        Step(
            name="thaw",
            label=_("Cairkan lisensi"),
            source=frozenset({L.FROZEN}),
            target=L.ACTIVE,
            permission=P.LICENCE_SANCTION,
            rules=(rules.outside_the_body,),
            effects=(actions.lift,),
            needs_note=True,
        ),
        Step(
            name="revoke",
            label=_("Cabut lisensi"),
            source=frozenset({L.ACTIVE, L.FROZEN}),
            target=L.REVOKED,
            permission=P.LICENCE_SANCTION,
            rules=(
                rules.outside_the_body,
                rules.revocation_prepared,
                rules.sanction_within_licence,
            ),
            effects=(actions.impose,),
            danger=True,
            confirmation=_(
                "Pencabutan bersifat tetap: lisensi ini tidak dapat diaktifkan lagi."
                " Sertifikat yang sudah terbit tetap berlaku."
            ),
        ),
    ),
)
