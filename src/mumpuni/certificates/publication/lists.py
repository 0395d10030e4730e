"""Status lists as last signed, and the context files that credentials name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from mumpuni.certificates.publication.files import CREDENTIAL, JSON_LD, NotPublished, Renewed
from mumpuni.credentials.contexts import PINNED
from mumpuni.credentials.models import StatusList
from mumpuni.credentials.status import PURPOSES

CONTEXTS = {pinned.file: pinned for pinned in PINNED.values()}


def status_list(code: str, year: int, number: int, purpose: str) -> bytes:
    """Return a status list as it was last signed."""
    found = StatusList.objects.filter(organisation__code=code, year=year, number=number)
    if purpose in PURPOSES and (text := found.values_list(purpose, flat=True).first()):
        return str(text).encode()
    raise NotPublished(f"{code}/{year}/{number}/{purpose}")


def status_lists() -> Iterator[Renewed]:
    """Yield all lists; one query, and one for each that is read."""
    signed = StatusList.objects.exclude(signed_at=None).order_by("pk")
    for code, year, number, at in signed.values_list(
        "organisation__code", "year", "number", "signed_at"
    ):
        for purpose in PURPOSES:
            yield Renewed(
                f"status/{code}/{year}/{number}/{purpose}",
                str(at),
                partial(status_list, code, year, number, purpose),
                CREDENTIAL,
            )


def context(file: str) -> bytes:
    """Return a context file byte for byte as its publisher serves it."""
    if file not in CONTEXTS:
        raise NotPublished(file)
    return CONTEXTS[file].read()


def context_files() -> Iterator[Renewed]:
    """Yield all context files."""
    for file, pinned in CONTEXTS.items():
        yield Renewed(f"contexts/{file}", pinned.sha256, pinned.read, JSON_LD)
