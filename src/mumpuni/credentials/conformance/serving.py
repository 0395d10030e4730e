"""HTTPS on this machine alone, with a certificate made at start."""

from __future__ import annotations

import json
import ssl
import sys
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import structlog
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from mumpuni.credentials.conformance.api import Answer, Api
from mumpuni.credentials.parsing import LONGEST

log = structlog.get_logger("mumpuni.conformance")

LOOPBACK = "127.0.0.1"
SECONDS_TO_SPEAK = 15
VALIDITY = timedelta(days=30)


class Server(ThreadingHTTPServer):
    """The VC-API, listening on loopback; port 0 takes any."""

    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__((LOOPBACK, port), Handler)
        self.certificate, context = _tls()
        # else a silent client would hold up those behind it
        self.socket = context.wrap_socket(
            self.socket, server_side=True, do_handshake_on_connect=False
        )
        self.url = f"https://{LOOPBACK}:{self.server_port}"
        self.api = Api(self.url)

    def handle_error(self, request: Any, client_address: Any) -> None:
        log.warning("request failed", error=repr(sys.exception()))


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "mumpuni-conformance"
    sys_version = ""
    timeout = SECONDS_TO_SPEAK

    def do_GET(self) -> None:
        self._say(self.server.api.answer("GET", self.path, b""))

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if length.isdecimal() and int(length) <= LONGEST:
            self._say(self.server.api.answer("POST", self.path, self.rfile.read(int(length))))
        else:
            self.close_connection = True
            self._say(Answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"errors": ["too-long"]}))

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        log.info("request", path=self.path, status=int(code))

    def _say(self, answer: Answer) -> None:
        body = json.dumps(answer.content).encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _tls() -> tuple[str, ssl.SSLContext]:
    """Return a certificate for this machine, as PEM, and what serves under it."""
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _self_signed(key).public_bytes(Encoding.PEM)
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    # OpenSSL reads keys from files only
    with TemporaryDirectory() as folder:
        file = Path(folder, "tls.pem")
        file.write_bytes(secret + certificate)
        context.load_cert_chain(file)
    return certificate.decode(), context


def _self_signed(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(IPv4Address(LOOPBACK))]
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + VALIDITY)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, SHA256())
    )
