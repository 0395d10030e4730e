"""Many certificates at once: the verdicts and sentences of one, and no names given away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mumpuni.certificates.models import Certificate, numbers
from mumpuni.certificates.verification.answering import (
    name_needed,
    no_pattern,
    nothing_found,
    read,
    tell,
    uncertain,
)
from mumpuni.certificates.verification.answers import Verification
from mumpuni.certificates.verification.facts import states_since
from mumpuni.certificates.verification.names import initials
from mumpuni.certificates.verification.recognising import Key, recognise
from mumpuni.kernel.policy import Policy

BATCH_LIMIT = Policy(
    name="verification.batch_limit",
    label=_("Sertifikat dalam satu pemeriksaan bersama"),
    unit=_("baris"),
    default=1000,
    source="rancangan (V-09)",
)


@dataclass(frozen=True)
class Asked:
    """A row as somebody gave it; a `problem` says why it cannot be asked for."""

    typed: str
    name: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Answer:
    """The answer to a row; `repeats` is the place of the first row that asks the same."""

    asked: Asked
    verification: Verification
    repeats: int | None = None


def verify_many(rows: Sequence[Asked], at: datetime) -> list[Answer]:
    """Answer row by row, in order; at most four queries, however many rows."""
    keys = [None if row.problem else recognise(row.typed) for row in rows]
    found = _find({key for key in keys if key is not None})
    certificates = list({one.pk: one for one in found.values()}.values())
    since = states_since(certificates)
    places: dict[object, int] = {}
    answers = []
    for place, (row, key) in enumerate(zip(rows, keys, strict=True)):
        certificate = found.get(key) if key else None
        first = places.setdefault(_same(row, certificate), place)
        told = _refused(row, key, at) or (
            tell(certificate, row.name, at, since.get(certificate.pk))
            if certificate
            else nothing_found(at)
        )
        answers.append(Answer(row, _masked(told, row), None if first == place else first))
    return answers


def _find(keys: Collection[Key]) -> dict[Key, Certificate]:
    """Return the certificate that each key means: of those with one number, the standing one."""
    wanted: defaultdict[str, list[str]] = defaultdict(list)
    for key in keys:
        wanted[key.field].append(key.value)
    if not wanted:
        return {}
    any_of_them = Q()
    for field, values in wanted.items():
        any_of_them |= Q(**{f"{field}__in": values})
    found: dict[Key, Certificate] = {}
    for certificate in read().filter(any_of_them):
        for key in _keys_of(certificate):
            found.setdefault(key, certificate)
    return found


def _keys_of(certificate: Certificate) -> Iterable[Key]:
    yield Key("number", certificate.number)
    yield Key("registration_number", certificate.registration_number)
    yield Key("public_id", certificate.public_id)
    if certificate.blank_number:
        yield Key("blank_number", certificate.blank_number)


def _refused(row: Asked, key: Key | None, at: datetime) -> Verification | None:
    """Return the answer where nothing was looked for."""
    if row.problem:
        return uncertain(row.problem, at)
    if key is None:
        return no_pattern(at)
    if key.field == "blank_number" and not row.name.strip():
        return name_needed(at)
    return None


def _same(row: Asked, certificate: Certificate | None) -> object:
    """Return what two rows have in common that ask the same; a row in trouble is like no other."""
    if row.problem:
        return object()
    return certificate.pk if certificate else (numbers.bare(row.typed) or row.typed)


def _masked(told: Verification, row: Asked) -> Verification:
    """V-10: tell a name to those who knew it, initials to all others."""
    if told.certificate is None or row.name.strip():
        return told
    masked = initials(told.certificate.holder_name)
    return replace(told, certificate=replace(told.certificate, holder_name=masked))
