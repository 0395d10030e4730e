"""The lives of requests, certificates, replacements and reports of misuse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mumpuni.access.roles import Permission as P
from mumpuni.certificates import actions, jobs, rules
from mumpuni.certificates.models import Certificate, CertificateRequest, MisuseReport, Replacement
from mumpuni.kernel.workflow import Edit, Step, Wait, Workflow
from mumpuni.reference.queries.calendar import within
from mumpuni.transparency.models import Leaf

RS = CertificateRequest.State
CS = Certificate.State
PS = Replacement.State
MS = MisuseReport.State

DUE = (
    rules.session_decided,
    rules.someone_waits,
    rules.names_printable,
    rules.licence_active,
    rules.scheme_in_scope,
)
REPLACEABLE = (
    rules.certificate_stands,
    rules.name_fits_reason,
    rules.corrected_name_printable,
)

CertificateRequest.workflow = Workflow(
    begun_by=P.CERTIFICATE_REQUEST,
    begin_rules=(rules.session_is_ours, rules.session_decided),
    reads=("organisation", "session__scheme_version"),
    prefetches=("organisation__memberships",),
    edits=(
        Edit(
            name="minutes",
            permission=P.CERTIFICATE_REQUEST,
            while_in=frozenset({RS.DRAFT}),
            fields=CertificateRequest.EDITABLE,
        ),
    ),
    steps=(
        Step(
            name="submit",
            label=_("Ajukan"),
            source=frozenset({RS.DRAFT}),
            target=RS.SUBMITTED,
            permission=P.CERTIFICATE_REQUEST,
            rules=DUE,
        ),
        Step(
            name="approve",
            label=_("Setujui dan terbitkan"),
            source=frozenset({RS.SUBMITTED}),
            target=RS.APPROVED,
            permission=P.CERTIFICATE_APPROVE,
            rules=(rules.outside_the_body, *DUE),
            effects=(actions.show_progress,),
            jobs=(jobs.issue,),
        ),
        Step(
            name="refuse",
            label=_("Tolak"),
            source=frozenset({RS.SUBMITTED}),
            target=RS.REFUSED,
            permission=P.CERTIFICATE_APPROVE,
            rules=(rules.outside_the_body,),
            needs_note=True,
            danger=True,
            confirmation=_("LSP membaca alasannya dan dapat mengajukan permohonan baru."),
        ),
        Step(
            name="finish",
            label=_("Selesaikan penerbitan"),
            source=frozenset({RS.APPROVED}),
            target=RS.ISSUED,
            permission=P.CERTIFICATE_ISSUE,
        ),
    ),
)

Certificate.workflow = Workflow(
    begun_by=P.CERTIFICATE_ISSUE,
    begin_rules=(rules.candidate_decided,),
    reads=("organisation",),
    prefetches=("organisation__memberships",),
    edits=(
        Edit(
            name="blank",
            permission=P.CERTIFICATE_REQUEST,
            while_in=frozenset({CS.VALID}),
            fields=Certificate.EDITABLE,
        ),
        Edit(
            name="document",
            permission=P.CERTIFICATE_ISSUE,
            while_in=frozenset({CS.VALID}),
            fields=("document", "document_sha256", "archived_until"),
        ),
    ),
    steps=(
        Step(
            name="suspend",
            label=_("Bekukan"),
            source=frozenset({CS.VALID}),
            target=CS.SUSPENDED,
            permission=P.CERTIFICATE_SUSPEND,
            rules=(rules.outside_the_body,),
            together=(actions.tell(Leaf.Action.SUSPEND),),
            jobs=(jobs.show_status,),
            needs_note=True,
            confirmation=_("Siapa pun yang memeriksa sertifikat ini membaca bahwa ia dibekukan."),
        ),
        Step(
            name="reinstate",
            label=_("Cairkan pembekuan"),
            source=frozenset({CS.SUSPENDED}),
            target=CS.VALID,
            permission=P.CERTIFICATE_SUSPEND,
            rules=(rules.outside_the_body,),
            together=(actions.tell(Leaf.Action.REINSTATE),),
            jobs=(jobs.show_status,),
            needs_note=True,
        ),
        Step(
            name="revoke",
            label=_("Cabut"),
            source=frozenset({CS.VALID, CS.SUSPENDED}),
            target=CS.REVOKED,
            permission=P.CERTIFICATE_REVOKE,
            rules=(rules.outside_the_body,),
            together=(actions.tell(Leaf.Action.REVOKE),),
            jobs=(jobs.show_status,),
            needs_note=True,
            danger=True,
            confirmation=_("Pencabutan tidak dapat dibatalkan."),
        ),
        Step(
            name="replace",
            label=_("Ganti"),
            source=frozenset({CS.VALID}),
            target=CS.REPLACED,
            permission=P.CERTIFICATE_ISSUE,
            together=(actions.tell(Leaf.Action.SUPERSEDE),),
        ),
    ),
)

Replacement.workflow = Workflow(
    begun_by=P.CERTIFICATE_REQUEST,
    begin_rules=(rules.certificate_stands,),
    reads=("certificate__organisation",),
    prefetches=("certificate__organisation__memberships",),
    edits=(
        Edit(
            name="facts",
            permission=P.CERTIFICATE_REQUEST,
            while_in=frozenset({PS.DRAFT}),
            fields=Replacement.EDITABLE,
        ),
    ),
    steps=(
        Step(
            name="submit",
            label=_("Ajukan"),
            source=frozenset({PS.DRAFT}),
            target=PS.SUBMITTED,
            permission=P.CERTIFICATE_REQUEST,
            rules=REPLACEABLE,
        ),
        Step(
            name="approve",
            label=_("Setujui dan ganti"),
            source=frozenset({PS.SUBMITTED}),
            target=PS.APPROVED,
            permission=P.CERTIFICATE_REPLACE,
            rules=(rules.outside_the_issuer, *REPLACEABLE),
            effects=(actions.reissue,),
            jobs=(jobs.prove_replacement,),
            danger=True,
            confirmation=_("Sertifikat lama seketika tidak berlaku dan penggantinya diterbitkan."),
        ),
        Step(
            name="refuse",
            label=_("Tolak"),
            source=frozenset({PS.SUBMITTED}),
            target=PS.REFUSED,
            permission=P.CERTIFICATE_REPLACE,
            rules=(rules.outside_the_issuer,),
            needs_note=True,
        ),
    ),
)

MisuseReport.workflow = Workflow(
    begun_by=P.REPORT_FILE,
    waits={
        MS.RECEIVED: Wait(
            label=_("Laporan penyalahgunaan"),
            permission=P.REPORT_HANDLE,
            due=within(rules.REPORT_DAYS),
        ),
        MS.HANDLED: Wait(label=_("Penutupan laporan"), permission=P.REPORT_HANDLE),
    },
    steps=(
        Step(
            name="handle",
            label=_("Tindak lanjuti"),
            source=frozenset({MS.RECEIVED}),
            target=MS.HANDLED,
            permission=P.REPORT_HANDLE,
            needs_note=True,
        ),
        Step(
            name="close",
            label=_("Tutup"),
            source=frozenset({MS.RECEIVED, MS.HANDLED}),
            target=MS.CLOSED,
            permission=P.REPORT_HANDLE,
            needs_note=True,
        ),
    ),
)
