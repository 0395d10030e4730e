"""Seals: what Poppler, qpdf and pyHanko make of them, and what each of them refuses."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import typst
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from mumpuni.credentials.errors import NotVerified, Unsignable
from mumpuni.credentials.seals import (
    TimeStampFailed,
    check_seal,
    checking,
    seal,
    self_signed_certificate,
    time_stamp,
    unsealed,
)
from mumpuni.credentials.seals.certificates import SealKey
from mumpuni.credentials.tests.tsa import STAMPED_AT, Authority, served
from mumpuni.kernel.time import JAKARTA
from tests import debian

SIGNED_AT = datetime(2026, 7, 1, 9, 0, tzinfo=JAKARTA)
FROM, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2046, 1, 1, tzinfo=UTC)
NAME = "LSP Ñandú “Contoh”"
RSA = rsa.generate_private_key(65_537, 3_072)
P256 = ec.generate_private_key(ec.SECP256R1())
CERTIFICATES = {
    key: self_signed_certificate(NAME, key, valid_from=FROM, valid_until=UNTIL)
    for key in (RSA, P256)
}
DOCUMENT = b"""
#set document(title: "Surat", date: datetime(year: 2026, month: 7, day: 1))
#set text(lang: "id")
= Surat
Isi surat ini, dan #link("https://contoh.go.id")[tautannya].
"""


@pytest.fixture(scope="module")
def pdf() -> bytes:
    made = typst.compile(DOCUMENT, format="pdf", pdf_standards=["a-3a", "ua-1"])
    assert isinstance(made, bytes)
    return made


@pytest.fixture(scope="module")
def sealed(pdf: bytes) -> bytes:
    return sealed_by(RSA, pdf)


def signs_with(key: SealKey) -> Callable[[bytes], bytes]:
    if isinstance(key, rsa.RSAPrivateKey):
        return lambda content: key.sign(content, padding.PKCS1v15(), SHA256())
    return lambda content: key.sign(content, ec.ECDSA(SHA256()))


def sealed_by(key: SealKey, pdf: bytes, **changed: Any) -> bytes:
    usual: dict[str, Any] = {
        "sign": signs_with(key),
        "certificate": CERTIFICATES[key],
        "reason": "Penerbitan",
        "signed_at": SIGNED_AT,
        "name": NAME,
    }
    return seal(pdf, **usual | changed)


def said_by(program: str, package: str, content: bytes, folder: Path, *options: str) -> str:
    file = folder / "surat.pdf"
    file.write_bytes(content)
    command = [debian.program(program, package=package), *options, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def gap(sealed: bytes) -> range:
    """Return where the signature stands, its brackets included."""
    found = re.search(rb"/ByteRange \[0 (\d{10}) (\d{10})", sealed)
    assert found
    return range(int(found[1]), int(found[2]))


@pytest.mark.parametrize("key", [RSA, P256], ids=["rsa", "p256"])
def test_poppler_qpdf_and_pyhanko_accept_a_seal(key: SealKey, pdf: bytes, tmp_path: Path) -> None:
    content = sealed_by(key, pdf)

    said = said_by("pdfsig", "poppler-utils", content, tmp_path, "-nocert")
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert f"Common Name: {NAME}" in said
    assert "ETSI.CAdES.detached" in said
    assert "No syntax or stream encoding errors" in said_by(
        "qpdf", "qpdf", content, tmp_path, "--check"
    )
    report = check_seal(content, roots=[CERTIFICATES[key]])
    assert report.holds
    assert report.signer == NAME
    assert report.certificate == CERTIFICATES[key]
    assert report.claimed_at == SIGNED_AT
    assert report.stamped_at is None


def test_the_file_stands_before_its_seal_as_it_was(pdf: bytes, sealed: bytes) -> None:
    assert sealed.startswith(pdf)
    assert unsealed(sealed) == pdf
    assert unsealed(pdf) == pdf


def test_the_same_file_key_and_moment_give_the_same_bytes(pdf: bytes, sealed: bytes) -> None:
    assert sealed_by(RSA, pdf) == sealed


def test_a_reason_that_looks_like_a_signature_is_only_a_reason(pdf: bytes) -> None:
    reason = ") /ByteRange [0 0000000000 0000000000 0000000000] /Contents <00> >> endobj"

    assert check_seal(sealed_by(RSA, pdf, reason=reason), roots=[CERTIFICATES[RSA]]).holds


def test_the_signature_has_the_attributes_of_pades_and_claims_no_time(sealed: bytes) -> None:
    hexadecimal = sealed[gap(sealed).start + 1 : gap(sealed).stop - 1]
    signed = cms.ContentInfo.load(bytes.fromhex(hexadecimal.decode()))["content"]
    (signer,) = signed["signer_infos"]

    assert {each["type"].native for each in signer["signed_attrs"]} == {
        "content_type",
        "message_digest",
        "signing_certificate_v2",
    }
    assert signer["signed_attrs"].untag().dump() == signer["signed_attrs"].untag().dump(force=True)


def test_the_field_is_out_of_sight_and_keeps_what_archives_and_readers_aloud_need(
    pdf: bytes, sealed: bytes, tmp_path: Path
) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf)
    (tmp_path / "b.pdf").write_bytes(sealed)
    with pikepdf.open(tmp_path / "a.pdf") as before, pikepdf.open(tmp_path / "b.pdf") as after:
        page = after.pages[0]
        link, field = page.Annots
        left, bottom, right, top = (float(side) for side in field.Rect)

        assert link.Subtype == "/Link"
        assert (left, bottom) == (right, top)
        assert right < float(page.MediaBox[0])
        assert field.F == 0b1000_0100
        assert str(field.TU)
        assert page.Tabs == "/S"
        assert after.Root.Perms.DocMDP.objgen == field.V.objgen
        assert field.V.Reference[0].TransformParams.P == 1
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert after.Root.StructTreeRoot.objgen == before.Root.StructTreeRoot.objgen
        assert after.trailer.ID[0] == before.trailer.ID[0]
        assert after.trailer.ID[1] != before.trailer.ID[1]


def test_a_changed_byte_anywhere_is_refused(sealed: bytes, tmp_path: Path) -> None:
    signature = gap(sealed)
    signed = [place for place in range(len(sealed)) if place not in signature]

    for place in signed[:: len(signed) // 40]:
        damaged = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        said = said_by("pdfsig", "poppler-utils", damaged, tmp_path, "-nocert")
        assert "Signature is Valid" not in said, place


@pytest.mark.parametrize(
    "where",
    [
        lambda _: 20,
        lambda sealed: sealed.index(b"/Reason") + 10,
        lambda sealed: gap(sealed).start + 40,
        lambda sealed: gap(sealed).start + 1_200,
        lambda sealed: gap(sealed).stop - 2,
        lambda sealed: len(sealed) - 12,
    ],
    ids=["the page", "the reason", "the CMS", "a certificate", "the padding", "the trailer"],
)
def test_pyhanko_refuses_a_changed_byte(where: Callable[[bytes], int], sealed: bytes) -> None:
    place = where(sealed)
    other = b"1" if sealed[place : place + 1] != b"1" else b"2"

    assert not holds(sealed[:place] + other + sealed[place + 1 :])


def holds(content: bytes) -> bool:
    try:
        return check_seal(content, roots=[CERTIFICATES[RSA]]).holds
    except NotVerified:
        return False


def test_what_is_put_behind_a_seal_is_refused(sealed: bytes) -> None:
    report = check_seal(sealed + b"\n% tambahan", roots=[CERTIFICATES[RSA]])

    assert report.intact
    assert not report.whole_file
    assert not report.holds


def test_another_revision_behind_a_seal_is_refused(sealed: bytes, tmp_path: Path) -> None:
    number = int(re.findall(rb"/Size (\d+)", sealed)[-1])
    root = re.findall(rb"/Root (\d+ 0 R)", sealed)[-1]
    previous = re.findall(rb"startxref\n(\d+)", sealed)[-1]
    place = len(sealed)
    addition = b"%d 0 obj\n(Palsu)\nendobj\n" % number
    changed = b"%b%bxref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %b /Prev %b >>\n" % (
        sealed,
        addition,
        number,
        place,
        number + 1,
        root,
        previous,
    )
    changed += b"startxref\n%d\n%%%%EOF\n" % (place + len(addition))

    said = said_by("pdfsig", "poppler-utils", changed, tmp_path, "-nocert")
    assert "Not total document signed" in said
    assert not check_seal(changed, roots=[CERTIFICATES[RSA]]).holds


def test_a_seal_by_a_key_that_nobody_vouches_for_is_intact_and_not_trusted(sealed: bytes) -> None:
    report = check_seal(sealed, roots=[CERTIFICATES[P256]])

    assert report.intact
    assert report.whole_file
    assert not report.trusted
    assert not report.holds


def test_a_seal_whose_chain_ends_at_a_given_root_is_trusted(pdf: bytes) -> None:
    root, certificate = certified_by_an_authority(until=UNTIL)

    content = sealed_by(RSA, pdf, certificate=certificate, chain=[root])

    assert check_seal(content, roots=[root]).holds


def test_a_certificate_that_ended_is_trusted_at_a_time_it_was_valid(pdf: bytes) -> None:
    root, ended = certified_by_an_authority(until=FROM + timedelta(days=1))
    content = sealed_by(RSA, pdf, certificate=ended, chain=[root])

    assert not check_seal(content, roots=[root]).trusted
    assert check_seal(content, roots=[root], at=FROM + timedelta(hours=1)).holds


def certified_by_an_authority(*, until: datetime) -> tuple[bytes, bytes]:
    key = ec.generate_private_key(ec.SECP256R1())
    authority = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "CA nasional uji")])
    body = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    blank = x509.CertificateBuilder().issuer_name(authority).not_valid_before(FROM)
    root = (
        blank.not_valid_after(UNTIL)
        .subject_name(authority)
        .public_key(key.public_key())
        .serial_number(1)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
    extensions = x509.load_der_x509_certificate(CERTIFICATES[RSA]).extensions
    certificate = (
        blank.not_valid_after(until)
        .subject_name(body)
        .public_key(RSA.public_key())
        .serial_number((1 << 159) - 1)
        .add_extension(extensions.get_extension_for_class(x509.KeyUsage).value, critical=True)
        .sign(key, SHA256())
    )
    return root.public_bytes(Encoding.DER), certificate.public_bytes(Encoding.DER)


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[Authority, str]]:
    authority = Authority()
    with served(authority) as address:
        yield authority, address


def test_a_stamped_seal_proves_when_it_was_made(
    pdf: bytes, running: tuple[Authority, str], tmp_path: Path
) -> None:
    authority, address = running
    content = sealed_by(RSA, pdf, stamp=time_stamp(address))

    report = check_seal(content, roots=[CERTIFICATES[RSA]], stamp_roots=[authority.certificate])
    assert report.holds
    assert report.stamped_at == STAMPED_AT
    said = said_by("pdfsig", "poppler-utils", content, tmp_path, "-nocert")
    assert "Signature is Valid" in said


def test_a_stamp_by_an_unknown_authority_proves_nothing(
    pdf: bytes, running: tuple[Authority, str]
) -> None:
    _, address = running
    content = sealed_by(RSA, pdf, stamp=time_stamp(address))

    report = check_seal(content, roots=[CERTIFICATES[RSA]], stamp_roots=[CERTIFICATES[P256]])

    assert report.stamped_at is None
    assert report.intact


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"status": "rejection"}, "answers rejection"),
        ({"changed_nonce": True}, "on something else"),
        ({"certificates": 50}, "bytes"),
    ],
)
def test_a_stamp_that_is_refused_for_another_or_too_large_stops_the_seal(
    fault: dict[str, Any], reason: str, pdf: bytes
) -> None:
    authority = Authority()
    vars(authority).update(fault)

    with served(authority) as address, pytest.raises(TimeStampFailed, match=reason):
        sealed_by(RSA, pdf, stamp=time_stamp(address))


def test_an_authority_that_is_not_there_stops_the_seal(pdf: bytes) -> None:
    with pytest.raises(TimeStampFailed, match="no answer"):
        sealed_by(RSA, pdf, stamp=time_stamp("http://127.0.0.1:9/"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"%PDF-1.7\nxref\n0 1\nstartxref\n9\n%%EOF\n",
        b"GIF89a",
    ],
)
def test_what_is_no_pdf_is_not_sealed(content: bytes) -> None:
    with pytest.raises(Unsignable):
        sealed_by(RSA, content)


def test_a_sealed_file_is_not_sealed_again(sealed: bytes) -> None:
    with pytest.raises(Unsignable, match="sudah"):
        sealed_by(RSA, sealed)


def test_a_key_that_readers_of_pdf_do_not_know_does_not_seal(pdf: bytes) -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, FROM, UNTIL)
        .sign(key, None)
        .public_bytes(Encoding.DER)
    )

    with pytest.raises(Unsignable, match="ed25519"):
        sealed_by(RSA, pdf, certificate=certificate)
    with pytest.raises(Unsignable, match="tidak dapat dibaca"):
        sealed_by(RSA, pdf, certificate=b"nothing")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "seal-missing"),
        (b"%PDF-1.7 /ByteRange", "seal-unreadable"),
        (b"/ByteRange" + b"[" * 100_000, "seal-unreadable"),
        (b"/ByteRange" + bytes(checking.LARGEST), "file-too-large"),
    ],
)
def test_a_hostile_upload_ends_with_a_reason(content: bytes, code: str) -> None:
    with pytest.raises(NotVerified, match=code):
        check_seal(content)


def test_a_file_without_a_seal_is_told_so(pdf: bytes) -> None:
    with pytest.raises(NotVerified, match="seal-missing"):
        check_seal(pdf)
    with pytest.raises(NotVerified, match="seal-missing"):
        check_seal(pdf + b"% /ByteRange")


def test_a_check_that_takes_too_long_is_ended(
    sealed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "SECONDS", 0.01)

    with pytest.raises(NotVerified, match="check-too-long"):
        check_seal(sealed)


def test_a_self_signed_certificate_is_the_same_each_time_and_another_for_each_term() -> None:
    again = self_signed_certificate(NAME, P256, valid_from=FROM, valid_until=UNTIL)
    renewed = self_signed_certificate(
        NAME, P256, valid_from=FROM + timedelta(days=365), valid_until=UNTIL
    )
    read = x509.load_der_x509_certificate(again)

    assert again == CERTIFICATES[P256]
    assert read.serial_number != x509.load_der_x509_certificate(renewed).serial_number
    assert read.subject == read.issuer
    assert read.extensions.get_extension_for_class(x509.KeyUsage).value.content_commitment
    assert read.public_key().public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    ) == P256.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
