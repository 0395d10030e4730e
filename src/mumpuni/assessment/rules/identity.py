"""What is required of a person's identity before they stand in a session."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mumpuni.access.identity import is_plausible
from mumpuni.access.models import Individual
from mumpuni.kernel.errors import Refused


def document_number_plausible(kind: str, number: str) -> None:
    """A-27: a NIK has 16 digits that hold a date of birth; a passport 6 to 12 characters."""
    if is_plausible(kind, number):
        return
    if kind == Individual.Document.PASSPORT:
        raise Refused(_("Nomor paspor terdiri dari 6–12 huruf dan angka."), code="A-27")
    raise Refused(
        _("NIK terdiri dari 16 angka; angka ke-7 sampai ke-12 adalah tanggal lahir."), code="A-27"
    )


def same_person(known: Individual, name: str) -> None:
    """A-28: one identity document, one name; the other name is not disclosed."""
    if plain_name(known.name) != plain_name(name):
        raise Refused(
            _("Nomor identitas ini sudah tercatat dengan nama lain. Periksa nomor dan namanya."),
            code="A-28",
        )


def plain_name(name: str) -> str:
    """Return a name as names are compared: case and spaces do not count."""
    return " ".join(name.split()).casefold()
