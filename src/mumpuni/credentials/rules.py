"""What keys must be and may do; docs/rules/credentials.md has the texts."""

from __future__ import annotations

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils.translation import gettext as _

from mumpuni.credentials.models import SigningKey
from mumpuni.kernel.errors import Refused
from mumpuni.kernel.workflow import Attempt


def one_active_key(key: SigningKey, attempt: Attempt) -> None:
    """Y-01: a body has one active key of a kind for a year."""
    others = SigningKey.objects.filter(
        organisation_id=key.organisation_id,
        year=key.year,
        kind=key.kind,
        state=SigningKey.State.ACTIVE,
    )
    if others.exists():
        raise Refused(_("Lembaga ini sudah punya kunci aktif jenis itu."), code="Y-01")


def is_active(key: SigningKey) -> None:
    """Y-02: only an active key signs."""
    if key.state != SigningKey.State.ACTIVE:
        raise Refused(
            _("Kunci %(key)s tidak menandatangani lagi: %(state)s.")
            % {"key": key, "state": key.get_state_display()},
            code="Y-02",
        )


def compromise_is_past(key: SigningKey, attempt: Attempt) -> None:
    """Y-03: a key was compromised at an instant that has passed."""
    if key.compromised_at and key.compromised_at > attempt.at:
        raise Refused(_("Saat bocor berada di masa depan."), code="Y-03")


def certificate_is_of_the_key(key: SigningKey) -> None:
    """Y-05: a certificate belongs to a seal and speaks of its key."""
    if not key.certificate:
        return
    if key.kind != SigningKey.Kind.SEAL or _certified(bytes(key.certificate)) != bytes(
        key.public_key
    ):
        raise Refused(_("Sertifikat ini bukan untuk kunci segel ini."), code="Y-05")


def begun_with_its_certificate(key: SigningKey, attempt: Attempt) -> None:
    """Y-05, for a key that is new."""
    certificate_is_of_the_key(key)


def _certified(certificate: bytes) -> bytes | None:
    try:
        public = x509.load_der_x509_certificate(certificate).public_key()
    except ValueError:
        return None
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
