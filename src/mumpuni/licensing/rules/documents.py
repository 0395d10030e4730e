"""What is required of an uploaded document and of the verdict on it."""

from __future__ import annotations

from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mumpuni.kernel.errors import Invalid, Refused
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.uploads import PDF, content_type
from mumpuni.kernel.workflow import Attempt
from mumpuni.licensing.models import ApplicationDocument, LicenceApplication, items_of

DOCUMENT_MEGABYTES = Policy(
    name="licensing.document_megabytes",
    label=gettext_lazy("Ukuran terbesar satu dokumen permohonan"),
    unit=gettext_lazy("MB"),
    default=10,
    source="rancangan (L-09)",
)


def check_asked_for(application: LicenceApplication, kind: str) -> None:
    """L-25: a document is on the checklist in force on the day the application was begun."""
    if kind not in {item.document for item in items_of(application)}:
        message = _("Permohonan ini tidak meminta dokumen tersebut.")
        raise Invalid(message, code="L-25", fields={kind: [message]})


def check_size(name: str, size: int, attempt: Attempt) -> None:
    """L-09: a document is no larger than the policy allows, and not empty."""
    largest = DOCUMENT_MEGABYTES.on(attempt.on) * 1_000_000
    if size > largest:
        raise Invalid(
            _("“%(name)s” berukuran %(size)s; paling besar %(largest)s.")
            % {
                "name": name,
                "size": filesizeformat(size),
                "largest": filesizeformat(largest),
            },
            code="L-09",
        )
    if size == 0:
        raise Invalid(_("“%s” kosong.") % name, code="L-09")


def check_pdf(name: str, file: File[bytes]) -> None:
    """L-08: a document is a PDF by its content, whatever its name says, and opens unlocked."""
    if content_type(file) != PDF:
        raise Invalid(
            _(
                "“%s” bukan PDF yang dapat dibuka, atau terkunci kata sandi."
                " Simpan ulang sebagai PDF lalu unggah lagi."
            )
            % name,
            code="L-08",
        )


def check_judgement(document: ApplicationDocument) -> None:
    """L-13: a rejection tells the applicant what to mend."""
    rejected = document.verdict == ApplicationDocument.Verdict.REJECTED
    if rejected and not document.remark.strip():
        raise Refused(
            _("Tuliskan apa yang harus diperbaiki pada “%s”.") % document.get_kind_display(),
            code="L-13",
        )
