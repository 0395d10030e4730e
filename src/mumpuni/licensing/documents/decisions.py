"""What a decree about a licence and the certificate of the licence say; their wording is ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils import translation

from mumpuni.casework.documents import AUTHORITY, letter, written
from mumpuni.kernel.time import legal_day
from mumpuni.licensing.models import (
    ApplicationScheme,
    Licence,
    LicenceApplication,
    LicenceScope,
    LicenceTerm,
)
from mumpuni.paper import blocks
from mumpuni.paper.blocks import Block

Kind = LicenceApplication.Kind

LAWS = [
    "Undang-Undang Nomor 13 Tahun 2003 tentang Ketenagakerjaan;",
    "Peraturan Pemerintah Nomor 10 Tahun 2018 tentang Badan Nasional Sertifikasi Profesi.",
]
OFFICE = f"a.n. Ketua {AUTHORITY}"
SCHEMES = ("No.", "Nomor skema", "Judul skema")


def decree_facts(
    application: LicenceApplication,
    licence: Licence,
    term: LicenceTerm | None,
    scope: Sequence[LicenceScope],
) -> dict[str, Any]:
    """Return what the decree says of an application that was granted.

    The licence is as the decision leaves it, with the term and the scope that follow from it.
    """
    with translation.override("id"):
        about = f"tentang {application.get_kind_display()} {licence.organisation.name}"
        said = [
            blocks.heading("Menimbang"),
            blocks.numbered(_reasons(application)),
            blocks.heading("Mengingat"),
            blocks.numbered(LAWS),
            blocks.heading("Memutuskan, menetapkan"),
            blocks.numbered(_rulings(application, licence, term, scope)),
            *_annexes(application, scope),
        ]
        return letter("SURAT KEPUTUSAN", about, said, office=OFFICE)


def _reasons(application: LicenceApplication) -> Iterator[str]:
    body, kind = application.organisation.name, application.get_kind_display()
    assert application.submitted_on is not None
    submitted = written(application.submitted_on)
    yield f"bahwa {body} mengajukan permohonan “{kind}” pada {submitted};"
    vote = application.newest_vote
    assert vote is not None, "L-50 has seen to it"
    assert vote.decided_at is not None
    voted = written(legal_day(vote.decided_at))
    yield f"bahwa sidang {vote.meeting.number} menyetujui permohonan itu pada {voted}."


def _rulings(
    application: LicenceApplication,
    licence: Licence,
    term: LicenceTerm | None,
    scope: Sequence[LicenceScope],
) -> Iterator[str]:
    body, number = licence.organisation.name, licence.number
    match application.kind:
        case Kind.NEW:
            kind = licence.get_body_type_display()
            yield f"Memberikan lisensi nomor {number} kepada {body} sebagai {kind}."
        case Kind.RENEWAL:
            yield f"Memperpanjang lisensi nomor {number} atas nama {body}."
        case Kind.SCOPE:
            yield f"Mengubah ruang lingkup lisensi nomor {number} atas nama {body}: lihat lampiran."
        case _:
            yield f"Mencatat perubahan data {body}, lisensi nomor {number}: lihat lampiran."
    if term is not None:
        yield f"Lisensi berlaku {_period(term)}."
        yield f"Ruang lingkup lisensi adalah {len(scope)} skema dalam lampiran."
    assert application.decided_on is not None
    yield f"Keputusan ini ditetapkan pada {written(application.decided_on)}."


def _period(term: LicenceTerm) -> str:
    return f"mulai {written(term.valid_from)} sampai {written(term.valid_until)}"


def _annexes(application: LicenceApplication, scope: Sequence[LicenceScope]) -> Iterator[Block]:
    if application.kind == Kind.CHANGE:
        changes = [(one.get_field_display(), one.proposed) for one in application.proposals.all()]
        yield blocks.heading("Lampiran: data yang dicatat")
        yield blocks.facts((str(label), value) for label, value in changes)
        return
    if application.kind == Kind.SCOPE:
        for action in ApplicationScheme.Action:
            rows = [row for row in application.schemes.all() if row.action == action]
            if rows:
                yield blocks.heading(f"Lampiran: skema yang {str(action.label).lower()}")
                yield _schemes(rows)
        return
    yield blocks.heading("Lampiran: ruang lingkup")
    yield _schemes(scope)


def _schemes(rows: Iterable[ApplicationScheme | LicenceScope]) -> Block:
    return blocks.table(
        SCHEMES,
        [
            (str(ordinal), row.scheme_version.number or "–", row.scheme_version.title)
            for ordinal, row in enumerate(rows, start=1)
        ],
    )


def certificate_facts(
    application: LicenceApplication, licence: Licence, scope: Sequence[LicenceScope]
) -> dict[str, Any]:
    """Return what the certificate of a licence says after a decree."""
    body, last = licence.organisation, max(licence.terms.all(), key=lambda term: term.valid_until)
    with translation.override("id"):
        particulars = (
            ("Jenis LSP", str(licence.get_body_type_display())),
            ("Asesi yang dilayani", str(licence.get_candidate_group_display())),
            ("Kode sektor", licence.sector_code),
            ("Alamat", body.address),
            ("Nomor SK", application.decree_number),
        )
        said = [
            blocks.facts((label, value) for label, value in particulars if value),
            blocks.heading(f"Ruang lingkup: {len(scope)} skema"),
            _schemes(scope),
        ]
        about = f"Lisensi {licence.number} atas nama {body.name}"
        return letter("SERTIFIKAT LISENSI", about, said, office=OFFICE) | {
            "opening": "Badan Nasional Sertifikasi Profesi memberikan lisensi kepada",
            "holder": body.name,
            "statement": "sebagai lembaga sertifikasi profesi dengan ruang lingkup di baliknya,",
            "period": f"berlaku {_period(last)}",
        }
