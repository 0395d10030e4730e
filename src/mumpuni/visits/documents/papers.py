"""What the letter of assignment and the report of a visit say; their wording is ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import translation

from mumpuni.casework.documents import AUTHORITY, letter, written
from mumpuni.paper import blocks
from mumpuni.paper.blocks import Block
from mumpuni.visits.models import Finding, TeamMember, Visit

TEAM = ("No.", "Nama", "Nomor", "Tugas")
FINDINGS = ("No.", "Kategori", "Acuan", "Tenggat", "Uraian")
ANSWERS = ("Butir", "Hasil", "Pertanyaan dan catatan")


def letter_facts(visit: Visit) -> dict[str, Any]:
    """Return what the letter of assignment says."""
    with translation.override("id"):
        body = visit.organisation.name
        said = [
            blocks.paragraph(
                f"{AUTHORITY} menugaskan tim berikut untuk melaksanakan kunjungan"
                f" “{visit.get_kind_display()}” pada {body}."
            ),
            _team(visit),
            blocks.facts(_when_and_where(visit)),
        ]
        return letter("SURAT TUGAS", f"kunjungan pada {body}", said)


def report_facts(visit: Visit, findings: Sequence[Finding]) -> dict[str, Any]:
    """Return what the report says, with the findings that were raised."""
    with translation.override("id"):
        lead = next(one for one in visit.team.all() if one.duty == TeamMember.Duty.LEAD)
        particulars = (
            ("LSP", visit.organisation.name),
            ("Jenis kunjungan", str(visit.get_kind_display())),
            *_when_and_where(visit),
            ("Nomor surat tugas", visit.letter_number),
            ("Rekomendasi", str(visit.get_recommendation_display())),
        )
        said = [
            blocks.facts(particulars),
            blocks.heading("Tim"),
            _team(visit),
            blocks.heading("Kesimpulan"),
            *map(blocks.paragraph, _paragraphs(visit.summary)),
            blocks.heading("Temuan"),
            _findings(findings),
            blocks.heading("Isian instrumen"),
            _answers(visit),
        ]
        about = f"kunjungan pada {visit.organisation.name}"
        name = str(lead.assessor)
        return letter("LAPORAN KUNJUNGAN", about, said, office="Ketua tim", name=name)


def _when_and_where(visit: Visit) -> Iterator[tuple[str, str]]:
    yield "Hari pertama", written(visit.starts_on)
    yield "Hari terakhir", written(visit.ends_on)
    yield "Tempat", visit.place
    yield "Cara kunjungan", str(visit.get_mode_display())


def _team(visit: Visit) -> Block:
    members = enumerate(visit.team.all(), start=1)
    return blocks.table(
        TEAM,
        [
            (str(ordinal), str(one.assessor), one.assessor.number or "–", one.get_duty_display())
            for ordinal, one in members
        ],
    )


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _findings(findings: Sequence[Finding]) -> Block:
    if not findings:
        return blocks.paragraph("Tidak ada temuan.")
    return blocks.table(
        FINDINGS,
        [
            (
                str(ordinal),
                str(one.get_grade_display()),
                one.clause,
                written(one.due_on) if one.due_on else "–",
                one.statement,
            )
            for ordinal, one in enumerate(findings, start=1)
        ],
    )


def _answers(visit: Visit) -> Block:
    held = {one.item: one for one in visit.answers.all()}
    asked = [(item, held[item.code]) for item in visit.instrument.items if item.code in held]
    return blocks.table(
        ANSWERS,
        [
            (item.code, str(answer.get_verdict_display()), _with_note(str(item.text), answer.note))
            for item, answer in asked
        ],
    )


def _with_note(asked: str, note: str) -> str:
    return f"{asked} {note}" if note else asked
