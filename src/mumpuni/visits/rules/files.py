"""What is required of photos and evidence."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.kernel.errors import Invalid
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.uploads import IMAGES, PDF, content_type
from mumpuni.kernel.workflow import Attempt

FILE_MEGABYTES = Policy(
    name="visits.file_megabytes",
    label=gettext_lazy("Ukuran terbesar satu foto atau bukti perbaikan"),
    unit=gettext_lazy("MB"),
    default=5,
    source="rancangan (N-13)",
)
KINDS: Final = frozenset({*IMAGES.values(), PDF})


def check_size(name: str, size: int, attempt: Attempt) -> None:
    """N-13: a file is no larger than the policy allows, and not empty."""
    largest = FILE_MEGABYTES.on(attempt.on) * 1_000_000
    if not 0 < size <= largest:
        raise Invalid(
            _("“%(name)s” berukuran %(size)s; paling besar %(largest)s, dan tidak kosong.")
            % {"name": name, "size": filesizeformat(size), "largest": filesizeformat(largest)},
            code="N-13",
        )


def check_file(name: str, file: File[bytes], allowed: Collection[str]) -> str:
    """N-12: a file is by its content what it must be; return its content type."""
    found = content_type(file)
    if found not in allowed:
        asked = (
            _("“%s” bukan foto (JPEG, PNG, WebP) atau PDF yang dapat dibuka.")
            if PDF in allowed
            else _("“%s” bukan foto (JPEG, PNG, WebP) yang dapat dibuka.")
        )
        raise Invalid(asked % name, code="N-12")
    return found
