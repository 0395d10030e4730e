"""Proofs for decades: a seal is judged when its key, and whoever stamped it, are long gone."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pikepdf
import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.policy_decl import (
    PdfSignatureValidationSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

from mumpuni.credentials.errors import Unsignable
from mumpuni.credentials.seals import TimeStampFailed, check_seal, time_stamp
from mumpuni.credentials.seals.archiving import Archivist
from mumpuni.credentials.tests.test_seals import (
    CERTIFICATES,
    NAME,
    P256,
    RSA,
    pdf,  # noqa: F401 - a fixture
    said_by,
    sealed_by,
)
from mumpuni.credentials.tests.tsa import STAMPED_AT, Authority, served

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
LATER = datetime(2033, 1, 1, tzinfo=UTC)
FAR = datetime(2050, 1, 1, tzinfo=UTC)


class CertificationAuthority:
    """Certifies the key of a seal, and tells over HTTP whether that is still so."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(65_537, 3_072)
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Otoritas sertifikat uji")])
        blank = self._blank(self.name, 1).add_extension(x509.BasicConstraints(True, 0), True)
        self.root = blank.public_key(self.key.public_key()).sign(self.key, SHA256())
        self.responder = (
            self._blank(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Penjawab")]), 2)
            .public_key(P256.public_key())
            .add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]), critical=False
            )
            .add_extension(x509.OCSPNoCheck(), critical=False)
            .sign(self.key, SHA256())
        )
        self.answers_ocsp = True
        self.asked: list[str] = []
        self.certificate = self.root

    def _blank(self, subject: x509.Name, number: int) -> x509.CertificateBuilder:
        until = FAR if subject == self.name else NOW + 30 * DAY
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(self.name)
        return (
            builder.serial_number(number)
            .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
            .not_valid_after(until)
        )

    def certify(self, address: str) -> bytes:
        places = [
            x509.AccessDescription(method, x509.UniformResourceIdentifier(address + path))
            for method, path in (
                (AuthorityInformationAccessOID.CA_ISSUERS, "ca"),
                (AuthorityInformationAccessOID.OCSP, "ocsp"),
            )
        ]
        listed = x509.DistributionPoint(
            [x509.UniformResourceIdentifier(address + "crl")], None, None, None
        )
        usage = x509.load_der_x509_certificate(CERTIFICATES[RSA]).extensions
        self.certificate = (
            self._blank(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)]), 77)
            .public_key(RSA.public_key())
            .add_extension(usage.get_extension_for_class(x509.KeyUsage).value, critical=True)
            .add_extension(x509.AuthorityInformationAccess(places), critical=False)
            .add_extension(x509.CRLDistributionPoints([listed]), critical=False)
            .sign(self.key, SHA256())
        )
        return self.certificate.public_bytes(Encoding.DER)

    def answer(self, path: str) -> tuple[str, bytes]:
        self.asked.append(path)
        if path == "/ca":
            return "application/pkix-cert", self.root.public_bytes(Encoding.DER)
        if path == "/crl":
            return "application/pkix-crl", self._list()
        return "application/ocsp-response", self._status() if self.answers_ocsp else b""

    def _list(self) -> bytes:
        blank = x509.CertificateRevocationListBuilder().issuer_name(self.name)
        made = blank.last_update(NOW - DAY).next_update(NOW + DAY).sign(self.key, SHA256())
        return made.public_bytes(Encoding.DER)

    def _status(self) -> bytes:
        blank = ocsp.OCSPResponseBuilder().add_response(
            self.certificate,
            self.root,
            SHA256(),
            ocsp.OCSPCertStatus.GOOD,
            NOW - DAY,
            NOW + DAY,
            None,
            None,
        )
        made = blank.responder_id(ocsp.OCSPResponderEncoding.NAME, self.responder)
        return made.certificates([self.responder]).sign(P256, SHA256()).public_bytes(Encoding.DER)


@contextmanager
def answering(authority: CertificationAuthority) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            kind, content = authority.answer(self.path)
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815 - as http.server calls it

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def archived(content: bytes, authority: Authority) -> bytes:
    with served(authority) as address:
        return Archivist(time_stamp(address)).archived(content).pdf


def stamped(document: bytes, authority: Authority, certificate: bytes) -> bytes:
    with served(authority) as address:
        return sealed_by(RSA, document, stamp=time_stamp(address), certificate=certificate)


def kept(content: bytes) -> list[bytes]:
    """Return the certificates in the store of a file."""
    with pikepdf.open(io.BytesIO(content)) as document:
        return [bytes(one.read_bytes()) for one in document.Root.DSS.Certs]


def judged(content: bytes, roots: list[bytes], stamped_by: list[bytes], at: datetime) -> str:
    """Ask pyHanko for the whole judgement of ETSI EN 319 102-1, as if it were `at`, with no network."""

    def trusting(certificates: list[bytes]) -> CertValidationPolicySpec:
        trusted = [asn1_x509.Certificate.load(one) for one in certificates]
        return CertValidationPolicySpec(
            trust_manager=SimpleTrustManager.build(trusted),
            revinfo_policy=CertRevTrustPolicy(RevocationCheckingPolicy.from_legacy("hard-fail")),
        )

    spec = PdfSignatureValidationSpec(
        SignatureValidationSpec(trusting(roots), ts_cert_validation_policy=trusting(stamped_by))
    )
    seal = PdfFileReader(io.BytesIO(content)).embedded_regular_signatures[0]
    timing = ValidationTimingInfo(at, at, point_in_time_validation=True)
    return str(asyncio.run(ades_lta_validation(seal, spec, timing)).ades_subindic)


def test_pyhanko_poppler_and_qpdf_accept_the_file(pdf: bytes, tmp_path: Path) -> None:  # noqa: F811
    authority = Authority()
    before = stamped(pdf, authority, CERTIFICATES[RSA])

    content = archived(before, authority)

    assert content.startswith(before)
    report = check_seal(content, roots=[CERTIFICATES[RSA]], stamp_roots=[authority.certificate])
    assert report.holds
    assert report.stamped_at == STAMPED_AT
    assert judged(content, [CERTIFICATES[RSA]], [authority.certificate], NOW) == "AdESPassed.OK"
    said = said_by("pdfsig", "poppler-utils", content, tmp_path, "-nocert")
    assert "Signature is Valid" in said
    assert said.rpartition("Signature #2")[2].count("Total document signed") == 1
    assert "No syntax or stream encoding errors" in said_by(
        "qpdf", "qpdf", content, tmp_path, "--check"
    )


def test_the_field_is_out_of_sight_as_archives_and_readers_aloud_need(
    pdf: bytes,  # noqa: F811
) -> None:
    content = archived(archived(sealed_by(RSA, pdf), Authority()), Authority())

    with pikepdf.open(io.BytesIO(content)) as document:
        _link, _seal, *stamps = document.pages[0].Annots
        assert [str(field.T) for field in stamps] == ["Arsip-1", "Arsip-2"]
        for field in stamps:
            left, bottom, right, top = (float(side) for side in field.Rect)
            assert (left, bottom) == (right, top)
            assert right < float(document.pages[0].MediaBox[0])
            assert field.F == 0b1000_0100
            assert str(field.TU)


def test_a_seal_without_a_stamp_gets_its_proof_of_time(pdf: bytes) -> None:  # noqa: F811
    authority = Authority()

    content = archived(sealed_by(RSA, pdf), authority)

    assert check_seal(content, roots=[CERTIFICATES[RSA]]).holds


@pytest.mark.parametrize("answers_ocsp", [True, False])
def test_a_seal_holds_when_its_certificate_has_ended_and_its_issuer_is_silent(
    answers_ocsp: bool,
    pdf: bytes,  # noqa: F811
) -> None:
    authority, issuer = Authority(at=NOW - timedelta(hours=1)), CertificationAuthority()
    issuer.answers_ocsp = answers_ocsp
    with answering(issuer) as address:
        before = stamped(pdf, authority, issuer.certify(address))
        content = archived(before, authority)

    assert issuer.asked == ["/ca", "/ocsp"] + ([] if answers_ocsp else ["/crl"])
    root = issuer.root.public_bytes(Encoding.DER)
    roots, stampers = [root], [authority.certificate]
    assert judged(content, roots, stampers, LATER) == "AdESPassed.OK"
    assert judged(before, roots, stampers, LATER) != "AdESPassed.OK"
    assert root in kept(content)


def test_another_stamp_takes_over_before_the_first_has_ended(pdf: bytes) -> None:  # noqa: F811
    first, second = Authority(), Authority(at=STAMPED_AT + 9 * 365 * DAY)
    once = archived(sealed_by(RSA, pdf), first)

    twice = archived(once, second)

    assert twice.startswith(once)
    assert check_seal(twice, roots=[CERTIFICATES[RSA]]).holds
    assert first.certificate not in kept(once)
    assert first.certificate in kept(twice)
    stamps = PdfFileReader(io.BytesIO(twice)).embedded_timestamp_signatures
    signers = [one.signer_cert.dump() for one in stamps]
    assert signers == [first.certificate, second.certificate]


def test_what_an_issuer_says_is_asked_once_for_many_files(pdf: bytes) -> None:  # noqa: F811
    authority, issuer = Authority(), CertificationAuthority()
    with answering(issuer) as address, served(authority) as stamper:
        sealed = sealed_by(RSA, pdf, certificate=issuer.certify(address))
        archivist = Archivist(time_stamp(stamper))
        files = [archivist.archived(sealed).pdf for _each in range(3)]

    assert issuer.asked == ["/ca", "/ocsp"]
    for content in files:
        with pikepdf.open(io.BytesIO(content)) as document:
            assert len(document.Root.DSS.OCSPs) == 1


def test_an_issuer_that_cannot_be_reached_holds_up_nothing(pdf: bytes) -> None:  # noqa: F811
    authority, issuer = Authority(), CertificationAuthority()
    sealed = sealed_by(RSA, pdf, certificate=issuer.certify("http://127.0.0.1:9/"))

    content = archived(sealed, authority)

    assert check_seal(content, roots=[issuer.certificate.public_bytes(Encoding.DER)]).holds


def test_the_end_of_the_stamp_is_told(pdf: bytes) -> None:  # noqa: F811
    authority = Authority(until=LATER)
    with served(authority) as address:
        assert Archivist(time_stamp(address)).archived(sealed_by(RSA, pdf)).until == LATER


def test_without_a_stamp_there_are_no_proofs(pdf: bytes) -> None:  # noqa: F811
    with pytest.raises(TimeStampFailed):
        Archivist(time_stamp("http://127.0.0.1:9/")).archived(sealed_by(RSA, pdf))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"GIF89a"])
def test_what_has_no_seal_gets_no_proofs(content: bytes) -> None:
    with pytest.raises(Unsignable):
        Archivist(time_stamp("http://127.0.0.1:9/")).archived(content)


def test_nor_does_a_file_that_was_not_sealed(pdf: bytes) -> None:  # noqa: F811
    with pytest.raises(Unsignable):
        Archivist(time_stamp("http://127.0.0.1:9/")).archived(pdf)


def with_a_note(content: bytes) -> bytes:
    """Append a revision that puts a note on the page."""
    with pikepdf.open(io.BytesIO(content)) as document:
        number, generation = document.pages[0].obj.objgen
        page = document.pages[0].obj.unparse(resolved=True)
        root = document.trailer.Root.objgen
        size = int(document.trailer.Size)
    note = b"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (Palsu) >>"
    begins = page.index(b"/Annots [") + len(b"/Annots [")
    page = page[:begins] + b" %d 0 R" % size + page[begins:]
    previous = re.findall(rb"startxref\s+(\d+)", content)[-1]
    out, index = content, b""
    for (key, turn), body in sorted({(number, generation): page, (size, 0): note}.items()):
        index += b"%d 1\n%010d %05d n \n" % (key, len(out) + 1, turn)
        out += b"\n%d %d obj\n%s\nendobj" % (key, turn, body)
    place = len(out) + 1
    trailer = b"<< /Size %d /Root %d %d R /Prev %s >>" % (size + 1, *root, previous)
    return out + b"\nxref\n%strailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (index, trailer, place)


def test_nothing_but_such_proofs_may_follow_a_seal(pdf: bytes) -> None:  # noqa: F811
    """Rule V-15: neither behind the proofs, nor between seal and proofs."""
    authority = Authority()
    sealed = sealed_by(RSA, pdf)
    content = archived(sealed, authority)
    assert check_seal(content, roots=[CERTIFICATES[RSA]]).holds

    changed = [
        content + b"\n% tambahan",
        with_a_note(content),
        with_a_note(sealed),
        archived(with_a_note(sealed), authority),
        archived(with_a_note(content), authority),
    ]

    for other in changed:
        report = check_seal(other, roots=[CERTIFICATES[RSA]])
        assert report.intact
        assert not report.holds
