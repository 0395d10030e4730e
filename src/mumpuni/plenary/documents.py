"""What the minutes of a meeting say; their wording is ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format

from mumpuni.casework.documents import letter, written
from mumpuni.paper import blocks
from mumpuni.paper.blocks import Block
from mumpuni.plenary.models import AgendaItem, Ballot, Meeting

MEMBERS = ("No.", "Nama", "Kehadiran")
BALLOTS = ("Nama", "Suara", "Alasan")


def minutes_facts(meeting: Meeting, agenda: Sequence[AgendaItem]) -> dict[str, Any]:
    """Return what the minutes say of a meeting that closes."""
    with translation.override("id"):
        particulars = (
            ("Jenis sidang", str(meeting.get_kind_display())),
            ("Hari sidang", written(meeting.held_on)),
            ("Tempat", meeting.place),
            ("Dibuka", _time(meeting.opened_at)),
            ("Ditutup", _time(meeting.closed_at)),
        )
        said = [
            blocks.facts(particulars),
            blocks.heading("Kehadiran"),
            blocks.table(MEMBERS, list(_seats(meeting))),
            *(block for place, item in enumerate(agenda, 1) for block in _item(place, item)),
            *_note(meeting),
        ]
        about = f"{meeting.get_kind_display()} {written(meeting.held_on)}"
        office, name = "Pimpinan sidang", str(meeting.chair)
        return letter("RISALAH SIDANG", about, said, office=office, name=name)


def _time(at: datetime | None) -> str:
    assert at is not None, "it was opened and closes"
    return f"{date_format(timezone.localtime(at), 'j F Y H.i')} WIB"


def _seats(meeting: Meeting) -> Iterator[tuple[str, str, str]]:
    for ordinal, member in enumerate(meeting.members.all(), start=1):
        yield str(ordinal), str(member), "hadir" if member.present else "tidak hadir"


def _item(place: int, item: AgendaItem) -> Iterator[Block]:
    yield blocks.heading(f"{place}. {item}")
    facts = [("Status", str(item.get_state_display()))]
    if item.state == AgendaItem.State.DECIDED:
        counted = ", ".join(
            f"{choice.label} {item.tally[choice]}".lower() for choice in Ballot.Choice
        )
        facts += [("Hasil suara", str(item.get_outcome_display())), ("Hitungan", counted)]
    yield blocks.facts(facts)
    if item.state == AgendaItem.State.DECIDED:
        yield blocks.table(
            BALLOTS,
            [
                (str(one.user), str(one.get_choice_display()), one.reason)
                for one in item.ballots.all()
            ],
        )


def _note(meeting: Meeting) -> Iterator[Block]:
    lines = [line for line in meeting.minutes_note.splitlines() if line.strip()]
    if lines:
        yield blocks.heading("Catatan")
        yield from map(blocks.paragraph, lines)
