"""A time-stamp authority on loopback: small, and real to whoever asks and checks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

STAMPED_AT = datetime(2026, 7, 1, 2, 0, 5, tzinfo=UTC)
UNTIL = datetime(2036, 1, 1, tzinfo=UTC)


class Authority:
    """Stamps whatever it is asked to, as if it were always `at`."""

    def __init__(self, at: datetime = STAMPED_AT, until: datetime = UNTIL) -> None:
        self.at, self.until = at, until
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.certificate = self._certificate()
        self.status = "granted"
        self.changed_nonce = False
        self.certificates = 1

    def answer(self, question: bytes) -> bytes:
        asked = tsp.TimeStampReq.load(question)
        status = tsp.PKIStatusInfo({"status": self.status})
        token = [self._token(asked)] if self.status == "granted" else []
        answer: bytes = core.SequenceOf([status, *token], spec=core.Any).dump()
        return answer

    def _token(self, asked: tsp.TimeStampReq) -> cms.ContentInfo:
        stated = tsp.TSTInfo(
            {
                "version": "v1",
                "policy": "1.3.6.1.4.1.13762.3",
                "message_imprint": asked["message_imprint"],
                "serial_number": 1,
                "gen_time": self.at,
                "nonce": asked["nonce"].native + self.changed_nonce,
            }
        )
        own = asn1_x509.Certificate.load(self.certificate)
        attributes = cms.CMSAttributes(
            [
                {"type": "content_type", "values": ["tst_info"]},
                {"type": "message_digest", "values": [hashlib.sha256(stated.dump()).digest()]},
                {
                    "type": "signing_certificate_v2",
                    "values": [{"certs": [{"cert_hash": hashlib.sha256(own.dump()).digest()}]}],
                },
            ]
        )
        signer = {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                "issuer_and_serial_number",
                {"issuer": own.issuer, "serial_number": own.serial_number},
            ),
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": attributes,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
            "signature": self.key.sign(attributes.dump(), ec.ECDSA(SHA256())),
        }
        content = {
            "version": "v3",
            "digest_algorithms": [{"algorithm": "sha256"}],
            "encap_content_info": {"content_type": "tst_info", "content": stated},
            "certificates": [own] * self.certificates,
            "signer_infos": [signer],
        }
        return cms.ContentInfo({"content_type": "signed_data", "content": content})

    def _certificate(self) -> bytes:
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Otoritas waktu uji")])
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self.key.public_key())
            .serial_number(7)
            .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
            .not_valid_after(self.until)
            .add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
            )
            .sign(self.key, SHA256())
            .public_bytes(Encoding.DER)
        )


@contextmanager
def served(authority: Authority) -> Iterator[str]:
    """Serve an authority over HTTP and give its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer = authority.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answer)

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
