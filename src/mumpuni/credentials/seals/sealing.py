"""One revision behind a PDF file: a signature field out of sight, and the seal in it.

The field lies outside the page with a rectangle of no size: such a field needs no appearance
(PDF/A) and no place in the tree of tags (PDF/UA), and the page looks as it did.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pikepdf
from django.utils.translation import gettext as _
from pikepdf import Array, Dictionary, Name, Object, String

from mumpuni.credentials.errors import Unsignable
from mumpuni.credentials.seals import cms
from mumpuni.credentials.seals.stamping import LARGEST_TOKEN

PRINTED_AND_LOCKED = 4 + 128
SIGNED_AND_APPEND_ONLY = 1 + 2
NO_CHANGE_AT_ALL = 1
FIELD = Dictionary(
    Type=Name.Annot,
    Subtype=Name.Widget,
    FT=Name.Sig,
    T=String("Segel"),
    TU=String("Segel"),
    F=PRINTED_AND_LOCKED,
    Rect=Array([-1, -1, -1, -1]),
)

ROOM = 1_536
"""Bytes for the signature and its attributes; the certificates come on top."""
BYTE_RANGE = b"/ByteRange [0 %010d %010d %010d]"
CONTENTS = b" /Contents <"
END = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
TAIL = 64
REVISION_BEGINS = b"\n%segel\n"

type Numbered = Mapping[tuple[int, int], bytes]


def seal(  # noqa: PLR0913 - all that a seal says, each by its name
    pdf: bytes,
    *,
    sign: cms.Sign,
    certificate: bytes,
    chain: Sequence[bytes] = (),
    reason: str,
    signed_at: datetime,
    name: str,
    stamp: cms.Stamp | None = None,
) -> bytes:
    """Return the file with a PAdES B-B seal behind it, or B-T where `stamp` is given.

    It certifies the file as final: readers report every later change. `certificate` and `chain`
    are DER; `name` is the sealer's and `signed_at` what it claims, which only a stamp proves.

    Raises:
        Unsignable: the file is no PDF, or has a signature, a form or an unusual index already.
    """
    by = cms.sealer(certificate, tuple(chain))
    room = len(by.certificates) + ROOM + (LARGEST_TOKEN if stamp else 0)
    claim = _claim(reason=reason, signed_at=signed_at, name=name)
    open_seal = _with_ranges(_with_revision(pdf, claim, room), len(pdf), room)
    proof = cms.signature(open_seal.digest, by, sign=sign, stamp=stamp)
    return open_seal.closed_with(proof)


def unsealed(pdf: bytes) -> bytes:
    """Return a file that `seal` sealed as it was before."""
    return pdf.rpartition(REVISION_BEGINS)[0] or pdf


@dataclass(frozen=True)
class OpenSeal:
    """A file with room for the signature on everything around that room."""

    before: bytes
    room: int
    after: bytes

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(self.before + self.after).digest()

    def closed_with(self, proof: bytes) -> bytes:
        if len(proof) > self.room:
            raise Unsignable(_("Tanda tangan melebihi tempat yang disediakan."))
        written = proof.hex().encode().ljust(2 * self.room, b"0")
        return b"".join((self.before, b"<", written, b">", self.after))


def _claim(*, reason: str, signed_at: datetime, name: str) -> bytes:
    """Write what the signature says of itself, but for its bytes and their place."""
    certification = Dictionary(
        Type=Name.SigRef,
        TransformMethod=Name.DocMDP,
        TransformParams=Dictionary(Type=Name.TransformParams, V=Name("/1.2"), P=NO_CHANGE_AT_ALL),
    )
    return Dictionary(
        Type=Name.Sig,
        Filter=Name("/Adobe.PPKLite"),
        SubFilter=Name("/ETSI.CAdES.detached"),
        M=String(_pdf_time(signed_at)),
        Name=String(name),
        Reason=String(reason),
        Reference=Array([certification]),
    ).unparse()


def _pdf_time(moment: datetime) -> str:
    zone = moment.strftime("%z")
    return f"D:{moment:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}'"


def _with_revision(pdf: bytes, claim: bytes, room: int) -> bytes:
    """Append the signature with empty room, and what points to it."""
    end = END.search(pdf, max(0, len(pdf) - TAIL))
    if not end or not pdf.startswith(b"xref", int(end[1])):
        raise Unsignable(_("Berkas ini tidak berakhir seperti PDF dengan indeks biasa."))
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            placeholder = b"%s %s%s%s> >>" % (
                claim.removesuffix(b">>"),
                BYTE_RANGE % (0, 0, 0),
                CONTENTS,
                b"0" * (2 * room),
            )
            objects = _revised(document, placeholder)
            trailer = Dictionary(
                Size=max(objects)[0] + 1,
                Root=document.Root,
                Info=document.trailer.Info,
                ID=Array([document.trailer.ID[0], String(_fingerprint(pdf))]),
                Prev=int(end[1]),
            )
            return _appended(pdf, objects, trailer.unparse())
    except (pikepdf.PdfError, AttributeError) as error:
        raise Unsignable(_("Berkas ini bukan PDF yang dapat disegel.")) from error


def _revised(document: pikepdf.Pdf, signature: bytes) -> Numbered:
    """Return the objects that are new or changed: signature, field, page, catalog.

    References are written as text: pikepdf would read the whole file to find a free number.
    """
    catalog, page = document.Root, document.pages[0].obj
    if document.is_encrypted or Name.AcroForm in catalog or Name.Perms in catalog:
        raise Unsignable(_("Berkas ini sudah berkata sandi, berformulir, atau bertanda tangan."))
    number = int(document.trailer.Size)
    place, field = (number, 0), (number + 1, 0)
    annotations = [each.unparse() for each in page.get(Name.Annots, Array())]
    if annotations:
        del page.Annots
    to_place, to_field, to_page = (b"%d %d R" % each for each in (place, field, page.objgen))
    form = b"/AcroForm << /Fields [%s] /SigFlags %d >> " % (to_field, SIGNED_AND_APPEND_ONLY)
    return {
        place: signature,
        field: _with(FIELD, b"/P %s /V %s " % (to_page, to_place)),
        page.objgen: _with(page, b"/Annots [%s] " % b" ".join([*annotations, to_field])),
        catalog.objgen: _with(catalog, form + b"/Perms << /DocMDP %s >> " % to_place),
    }


def _with(dictionary: Object, entries: bytes) -> bytes:
    return dictionary.unparse(resolved=True).removesuffix(b">>") + entries + b">>"


def _fingerprint(pdf: bytes) -> bytes:
    """Return what tells this revision from others; as long as such identifiers are."""
    return hashlib.sha256(pdf).digest()[:16]


def _appended(pdf: bytes, objects: Numbered, trailer: bytes) -> bytes:
    """Write a revision as ISO 32000 has it: objects, their index, the trailer."""
    parts, index, place = [pdf, REVISION_BEGINS], [], len(pdf) + len(REVISION_BEGINS)
    for (number, generation), content in sorted(objects.items()):
        parts.append(b"%d %d obj\n%s\nendobj\n" % (number, generation, content))
        index.append(b"%d 1\n%010d %05d n \n" % (number, place, generation))
        place += len(parts[-1])
    parts.append(b"xref\n%strailer\n%s\n" % (b"".join(index), trailer))
    parts.append(b"startxref\n%d\n%%%%EOF\n" % place)
    return b"".join(parts)


def _with_ranges(content: bytes, since: int, room: int) -> OpenSeal:
    """Write where the signed bytes are, now that it is known."""
    begins = content.rindex(CONTENTS, since) + len(CONTENTS) - 1
    ends = begins + 2 * room + 2
    known = BYTE_RANGE % (begins, ends, len(content) - ends)
    rest = begins + 1 - len(CONTENTS)
    before = content[: rest - len(known)] + known + content[rest:begins]
    return OpenSeal(before, room, content[ends:])
