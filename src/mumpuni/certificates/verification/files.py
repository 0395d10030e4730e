"""Is this file what was issued? A sealed PDF, a credential, a JWT, the code for paper, or a photo."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

import zxingcpp
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from mumpuni.certificates import award
from mumpuni.certificates.documents import CREDENTIAL
from mumpuni.certificates.models import Certificate, Credential
from mumpuni.certificates.verification import verify_any, verify_public_id
from mumpuni.certificates.verification.answers import (
    Check,
    Question,
    Result,
    Verdict,
    Verification,
)
from mumpuni.credentials import compact, jwt
from mumpuni.credentials.canonical import canonical_json
from mumpuni.credentials.errors import NotVerified, Unsignable
from mumpuni.credentials.models import SigningKey
from mumpuni.credentials.parsing import parse_object
from mumpuni.credentials.queries import find_key
from mumpuni.credentials.seals import SealReport, check_seal
from mumpuni.credentials.signing import PublicKey

LARGEST = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000


@dataclass(frozen=True)
class _Read:
    """What a file is about, and how to tell whether it is what was issued."""

    public_id: str
    compare: Callable[[Credential], Check]


class Unreadable(Exception):
    """The file is none that certificates come in; the text says what would be."""


def verify_file(content: bytes, *, at: datetime) -> Verification:
    """Verify a file or a pasted text: first the register's answer, then whether the file fits it.

    V-15: a file that is not what was issued is never called valid, whatever the register says.

    Raises:
        Unreadable: nothing in it leads to a certificate.
    """
    if content.strip().startswith(compact.PREFIX.encode()):
        return _verify_code(content.strip().decode(errors="replace"), at)
    if (code := _scanned(content)) is not None:
        return _verify_code(code, at)
    found = _read(content)
    answer = verify_public_id(found.public_id, at=at)
    issued = Credential.objects.of(found.public_id)
    if answer.certificate is None or issued is None:
        return answer
    return _with(answer, found.compare(issued))


def _read(content: bytes) -> _Read:
    try:
        if content.startswith(b"%PDF-"):
            return _read_pdf(content)
        if content.strip().startswith(b"ey"):
            return _read_token(content.strip())
        return _read_document(content)
    except (NotVerified, Unsignable) as error:
        raise Unreadable(
            _(
                "Ini bukan berkas sertifikat yang kami kenal: PDF bersegel, kredensial JSON, JWT,"
                " atau foto kode QR."
            )
        ) from error


def _read_pdf(content: bytes) -> _Read:
    report = check_seal(content, attachment=CREDENTIAL)
    public_id = _public_id(parse_object(report.attachment))

    def compare(issued: Credential) -> Check:
        if sha256(content).hexdigest() == issued.certificate.document_sha256:
            return _fits(_("PDF ini persis seperti yang diterbitkan, bita demi bita."))
        if _unbroken(report) and _begins_the_document(content, issued.certificate):
            return _fits(
                _("PDF ini persis seperti yang diterbitkan, sebelum bukti arsip menyusul.")
            )
        if _sealed_by_body(report, issued) and report.attachment == award.document_of(issued):
            return _fits(_("Segel PDF ini utuh, dan kredensial di dalamnya yang diterbitkan."))
        return _differs(_("PDF ini bukan yang diterbitkan, atau diubah sesudahnya."))

    return _Read(public_id, compare)


def _unbroken(report: SealReport) -> bool:
    """Tell whether a seal, and proofs for the archive behind it, cover the whole file."""
    return report.intact and report.nothing_hidden and report.whole_file and report.final


def _begins_the_document(content: bytes, certificate: Certificate) -> bool:
    """Tell whether the document that is kept is this file, with proofs for the archive behind it."""
    if not certificate.document:
        return False
    with certificate.document.open() as kept:
        return bool(kept.read(len(content)) == content)


def _sealed_by_body(report: SealReport, issued: Credential) -> bool:
    """Tell whether a seal of the certificate's own body covers the whole file."""
    ours = SigningKey.objects.filter(
        organisation=issued.certificate.organisation_id,
        kind=SigningKey.Kind.SEAL,
        certificate=report.certificate,
    ).exclude(state=SigningKey.State.COMPROMISED)
    return _unbroken(report) and ours.exists()


def _read_document(content: bytes) -> _Read:
    document = parse_object(content)
    written = canonical_json(document)

    def compare(issued: Credential) -> Check:
        if written == award.document_of(issued):
            return _fits(_("Kredensial ini persis seperti yang diterbitkan."))
        return _differs(_("Kredensial ini diubah sesudah ditandatangani."))

    return _Read(_public_id(document), compare)


def _read_token(content: bytes) -> _Read:
    token = content.decode("ascii", errors="replace")
    payload = jwt.parse(token).payload

    def compare(issued: Credential) -> Check:
        if token == award.token_of(issued):
            return _fits(_("JWT ini persis seperti yang diterbitkan."))
        return _differs(_("JWT ini diubah sesudah ditandatangani."))

    return _Read(_public_id(payload), compare)


def _public_id(document: dict[str, object]) -> str:
    address = str(document.get("id"))
    _base, found, public_id = address.rpartition(award.PLACE)
    if not found:
        raise NotVerified("not-a-certificate", address)
    return public_id


def _scanned(content: bytes) -> str | None:
    """Return what the code in a picture says; None where it is no picture."""
    try:
        picture = Image.open(io.BytesIO(content))
        if picture.width * picture.height > MOST_PIXELS:
            raise Unreadable(_("Foto ini terlalu besar; perkecil dahulu."))
        codes = zxingcpp.read_barcodes(picture.convert("L"))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return None
    if not codes:
        raise Unreadable(_("Tidak ada kode QR yang terbaca pada foto ini; foto lebih dekat."))
    return str(codes[0].text)


def _verify_code(code: str, at: datetime) -> Verification:
    """Verify what a QR code says: the address of a certificate, or claims signed for paper."""
    if not code.startswith(compact.PREFIX):
        return verify_any(code, at=at)
    try:
        claims = compact.verify(code, _key).claims
    except NotVerified as error:
        raise Unreadable(_("Tanda tangan kode ini tidak dapat dipercaya.")) from error
    answer = verify_any(claims.number, claims.name, at=at)
    issued = Credential.objects.of(answer.certificate.public_id) if answer.certificate else None
    if issued is None:
        return answer
    if claims.digest == bytes(issued.digest):
        return _with(answer, _fits(_("Kode ini dari sertifikat yang diterbitkan.")))
    return _with(answer, _differs(_("Kode ini dari cetakan lama sertifikat ini.")))


def _key(verification_method: str) -> PublicKey | None:
    """Return the key a code names, compromised or not: of that, the credential it names tells."""
    key = find_key(verification_method)
    return key.published if key else None


def _fits(detail: str) -> Check:
    return Check(Question.FILE, Result.YES, detail)


def _differs(detail: str) -> Check:
    return Check(Question.FILE, Result.NO, detail)


def _with(answer: Verification, check: Check) -> Verification:
    told = replace(answer, checks=(check, *answer.checks))
    if check.result == Result.YES:
        return told
    reason = _("%(file)s Yang tercatat dalam register tertulis di bawah ini.") % {
        "file": check.detail
    }
    return replace(told, verdict=Verdict.UNCERTAIN, reason=reason)
