"""Which documents an application brings: versions of one list, each with its first day.

Guidelines speak of forty principle documents. The number is known, the list is not: what stands
here are the groups that sources name (L-05), and none is made up to reach forty.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from mumpuni.kernel.workflow import Text
from mumpuni.licensing.models.applications import ApplicationDocument, LicenceApplication
from mumpuni.licensing.models.bodies import BodyType

Kind = LicenceApplication.Kind
Document = ApplicationDocument.Kind

LICENSING = frozenset({Kind.NEW, Kind.RENEWAL})
WITH_SCHEMES = LICENSING | {Kind.SCOPE}


@dataclass(frozen=True, kw_only=True)
class DocumentItem:
    """A document that applications bring: of which kinds, from which bodies, and whether it must.

    `carried` documents hold beyond one application: once accepted they come along to the next.
    """

    document: Document
    kinds: frozenset[Kind]
    required_for: frozenset[Kind]
    types: frozenset[BodyType] = frozenset(BodyType)
    carried: bool = True
    explanation: Text = ""

    def is_required(self, application: LicenceApplication) -> bool:
        """Tell whether an application is not submitted without it."""
        return application.kind in self.required_for and application.body_type in self.types


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """A version of the list, in force from a day on."""

    version: int
    valid_from: date
    source: str
    items: tuple[DocumentItem, ...]
    verified: bool = False

    def of(self, application: LicenceApplication) -> tuple[DocumentItem, ...]:
        """Return what an application may bring."""
        return tuple(item for item in self.items if application.kind in item.kinds)


def _of_the_body(document: Document, explanation: Text, also: frozenset[Kind]) -> DocumentItem:
    return DocumentItem(
        document=document,
        kinds=LICENSING | also,
        required_for=LICENSING,
        explanation=explanation,
    )


CHECKLISTS = (
    Checklist(
        version=1,
        valid_from=date.min,
        source="PPT25, SCR281",
        items=(
            _of_the_body(
                Document.LEGAL_FORM,
                _("Akta pendirian, atau surat keputusan pimpinan lembaga induk."),
                frozenset({Kind.CHANGE}),
            ),
            DocumentItem(
                document=Document.SUPPORT,
                kinds=LICENSING,
                required_for=LICENSING,
                types=frozenset({BodyType.P3}),
                explanation=_("Dari asosiasi, industri, atau instansi pembina sektor."),
            ),
            _of_the_body(
                Document.OFFICE,
                _("Bukti memiliki atau menyewa kantor, dengan alamatnya."),
                frozenset({Kind.CHANGE}),
            ),
            _of_the_body(
                Document.ORGANISATION,
                _("Susunan organisasi, uraian tugas, dan riwayat hidup personel."),
                frozenset({Kind.CHANGE}),
            ),
            _of_the_body(
                Document.STRATEGIC_PLAN,
                _("Rencana strategis dengan program kerja dan anggarannya."),
                frozenset(),
            ),
            _of_the_body(
                Document.QUALITY_MANUAL,
                _("Panduan mutu beserta prosedur dan formulirnya."),
                frozenset(),
            ),
            _of_the_body(
                Document.SCHEMES,
                _("Skema sertifikasi dengan materi uji kompetensinya."),
                frozenset(),
            ),
            _of_the_body(
                Document.ASSESSORS,
                _("Daftar asesor kompetensi untuk setiap skema."),
                frozenset({Kind.SCOPE}),
            ),
            _of_the_body(
                Document.VENUES,
                _("Daftar tempat uji kompetensi (TUK) dengan hasil verifikasinya."),
                frozenset({Kind.SCOPE}),
            ),
            _of_the_body(
                Document.IMPARTIALITY,
                _("Ancaman terhadap ketidakberpihakan dan cara mengatasinya."),
                frozenset(),
            ),
            DocumentItem(
                document=Document.IT_PROCESSING,
                kinds=LICENSING,
                required_for=frozenset(),
                explanation=_("Sistem yang dipakai mengolah data asesi dan sertifikat."),
            ),
            DocumentItem(
                document=Document.COOPERATION,
                kinds=LICENSING,
                required_for=frozenset(),
                explanation=_("Perjanjian kerja sama dengan industri, TUK, atau jejaring."),
            ),
            DocumentItem(
                document=Document.SELF_ASSESSMENT,
                kinds=LICENSING,
                required_for=frozenset({Kind.RENEWAL}),
                carried=False,
                explanation=_("Penilaian LSP atas dirinya terhadap pedoman yang berlaku."),
            ),
            DocumentItem(
                document=Document.PERFORMANCE,
                kinds=frozenset({Kind.RENEWAL}),
                required_for=frozenset({Kind.RENEWAL}),
                carried=False,
                explanation=_("Uji kompetensi, sertifikat, aduan, dan tindak lanjut surveilans."),
            ),
            DocumentItem(
                document=Document.NEW_SCHEMES,
                kinds=frozenset({Kind.SCOPE}),
                required_for=frozenset({Kind.SCOPE}),
                carried=False,
                explanation=_("Skema yang ditambah atau disesuaikan, dengan materi ujinya."),
            ),
            DocumentItem(
                document=Document.CHANGE_BASIS,
                kinds=frozenset({Kind.CHANGE}),
                required_for=frozenset({Kind.CHANGE}),
                carried=False,
                explanation=_("Keputusan atau akta yang menjadi dasar perubahan."),
            ),
        ),
    ),
)


def checklist_on(day: date) -> Checklist:
    """Return the version in force on a day."""
    return next(one for one in reversed(CHECKLISTS) if one.valid_from <= day)


def items_of(application: LicenceApplication) -> tuple[DocumentItem, ...]:
    """Return what an application may bring, by the version of the day it was begun."""
    return checklist_on(application.begun_on).of(application)


def required_documents(application: LicenceApplication) -> list[Document]:
    """Return the documents without which an application is not submitted (L-05)."""
    return [item.document for item in items_of(application) if item.is_required(application)]
