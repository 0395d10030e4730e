"""Which number is this? Told by its pattern, however it was typed, pasted or scanned."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from mumpuni.certificates.models import numbers

type Field = Literal["number", "registration_number", "blank_number", "public_id"]

CODE_BEGINS = "/v/"
# the alphabet of public identifiers has no digits that look like letters
MISREAD: Final = str.maketrans({"0": "O", "1": "I", "8": "B"})


class Key(NamedTuple):
    """What is looked for: a field of the certificate and its value, as it is stored."""

    field: Field
    value: str


def recognise(typed: str) -> Key | None:
    """Return what was typed as a key, or None where it fits no pattern (V-03)."""
    _, is_address, code = typed.casefold().rpartition(CODE_BEGINS)
    if is_address:
        return _key("public_id", as_scanned(code))
    return (
        _key("blank_number", numbers.as_blank_number(typed))
        or _key("number", numbers.as_certificate_number(typed))
        or _key("registration_number", numbers.as_registration_number(typed))
        or _key("public_id", as_scanned(typed))
    )


def as_scanned(typed: str) -> str | None:
    """Return the identifier of a QR code, also where somebody read a letter as a digit."""
    return numbers.as_public_id(typed.upper().translate(MISREAD))


def _key(field: Field, value: str | None) -> Key | None:
    return Key(field, value) if value else None
