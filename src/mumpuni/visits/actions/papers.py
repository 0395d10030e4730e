"""Numbering and issuing letters of assignment and reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from mumpuni.casework.actions import drafted, issue_documents
from mumpuni.casework.models import IssuedDocument
from mumpuni.kernel.numbering import take
from mumpuni.kernel.workflow import Attempt
from mumpuni.visits.documents import letter_facts, report_facts
from mumpuni.visits.models import Finding, Visit

Kind = IssuedDocument.Kind


def number_letters(visits: Sequence[Visit], attempt: Attempt) -> None:
    """Number the letters of assignment, by year."""
    year = attempt.on.year
    serials = take(f"visit-letter-{year}", len(visits))
    for visit, serial in zip(visits, serials, strict=True):
        visit.letter_number = f"ST.{serial:04d}/BNSP/{year}"


def number_reports(visits: Sequence[Visit], attempt: Attempt) -> None:
    """Number the reports, by year."""
    year = attempt.on.year
    serials = take(f"visit-report-{year}", len(visits))
    for visit, serial in zip(visits, serials, strict=True):
        visit.report_number = f"LK.{serial:04d}/BNSP/{year}"


def issue_letters(visits: Sequence[Visit], attempt: Attempt) -> None:
    """Put the assignments on paper; nobody but the body visited and the authority reads them."""
    issue_documents(
        [
            drafted(
                visit,
                kind=Kind.ASSIGNMENT,
                number=visit.letter_number,
                title=f"Surat tugas kunjungan pada {visit.organisation.name}",
                facts=letter_facts(visit),
                organisation=visit.organisation,
                on=attempt.on,
            )
            for visit in visits
        ]
    )


def issue_reports(visits: Sequence[Visit], attempt: Attempt) -> None:
    """Put the reports on paper, with the findings that were raised; one query more for all."""
    raised = Finding.objects.filter(visit__in=visits).raised().order_by("pk")
    found: defaultdict[int, list[Finding]] = defaultdict(list)
    for finding in raised:
        found[finding.visit_id].append(finding)
    issue_documents(
        [
            drafted(
                visit,
                kind=Kind.REPORT,
                number=visit.report_number,
                title=f"Laporan kunjungan pada {visit.organisation.name}",
                facts=report_facts(visit, found[visit.pk]),
                organisation=visit.organisation,
                on=attempt.on,
            )
            for visit in visits
        ]
    )
