"""Files from anybody: what was issued, what was changed, and what is no certificate at all."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from mumpuni.certificates import award, publication
from mumpuni.certificates.documents import verification_address
from mumpuni.certificates.models import Certificate
from mumpuni.certificates.tests import make
from mumpuni.certificates.verification import Verdict, Verification
from mumpuni.certificates.verification.files import Unreadable, verify_file
from mumpuni.credentials import compact, keys
from mumpuni.credentials.models import SigningKey

pytestmark = pytest.mark.django_db

ED25519 = SigningKey.Kind.ED25519


def look(content: bytes) -> Verification:
    return verify_file(content, at=make.ISSUED_AT)


def file_check(answer: Verification) -> str:
    return next((str(one.result) for one in answer.checks if one.question == "file"), "")


def picture_of(text: str) -> bytes:
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    content = io.BytesIO()
    Image.fromarray(code.to_image(scale=4)).convert("RGB").save(content, "JPEG")
    return content.getvalue()


def document(certificate: Certificate) -> bytes:
    with make.printed(certificate).document.open() as file:
        content: bytes = file.read()
    return content


def credential(certificate: Certificate) -> bytes:
    return publication.credential(certificate.public_id)


def pretty(certificate: Certificate) -> bytes:
    return json.dumps(json.loads(credential(certificate)), indent=3, ensure_ascii=True).encode()


def token(certificate: Certificate) -> bytes:
    return publication.token(certificate.public_id)


def address(certificate: Certificate) -> bytes:
    return picture_of(verification_address(certificate))


def code(certificate: Certificate) -> bytes:
    held = keys.ensure_keys(certificate.organisation, 2026, make.ISSUED_AT, [ED25519])[ED25519]
    return compact.encode(award.claims_of(certificate), keys.signer(held)).encode()


@pytest.mark.parametrize("made", [document, credential, pretty, token, code])
def test_what_was_issued_is_valid(
    made: Callable[[Certificate], bytes], certificate: Certificate
) -> None:
    answer = look(made(certificate))

    assert (answer.verdict, file_check(answer)) == (Verdict.VALID, "yes")


def test_a_photo_of_the_code_leads_to_the_certificate(certificate: Certificate) -> None:
    answer = look(address(certificate))

    assert answer.verdict == Verdict.VALID
    assert answer.certificate is not None
    assert answer.certificate.public_id == certificate.public_id


# V-15: not the file that was issued
def test_v15_a_pdf_with_one_changed_byte_is_not_called_valid(certificate: Certificate) -> None:
    content = document(certificate)
    place = content.index(b"/Title") + 12

    changed = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]

    assert look(changed).verdict == Verdict.UNCERTAIN


@pytest.mark.parametrize("change", [{"holderName": "X"}, {"validUntil": "2099-01-01T00:00:00Z"}])
def test_v15_nor_is_a_credential_that_says_something_else(
    change: dict[str, Any], certificate: Certificate
) -> None:
    changed = json.loads(credential(certificate)) | change

    answer = look(json.dumps(changed).encode())

    assert (answer.verdict, file_check(answer)) == (Verdict.UNCERTAIN, "no")


def test_v15_nor_a_token_with_another_signature(certificate: Certificate) -> None:
    given = token(certificate).decode()
    head, _dot, signature = given.rpartition(".")
    changed = f"{head}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"

    assert look(changed.encode()).verdict == Verdict.UNCERTAIN


def test_v15_nor_the_code_of_a_print_that_was_replaced(certificate: Certificate) -> None:
    old = code(certificate)
    make.approved_replacement(certificate, name="Dewi Ayu")

    answer = look(old)

    assert (answer.verdict, file_check(answer)) == (Verdict.UNCERTAIN, "no")


def test_the_credential_of_a_revoked_certificate_is_revoked(certificate: Certificate) -> None:
    given = credential(certificate)
    make.take_to(certificate, "revoked")

    answer = look(given)

    assert (answer.verdict, file_check(answer)) == (Verdict.REVOKED, "yes")


def test_a_credential_that_was_never_issued_is_not_found(certificate: Certificate) -> None:
    forged = credential(certificate).replace(certificate.public_id.encode(), b"ABCDEFGHIJKLMNOP")

    assert look(forged).verdict == Verdict.NOT_FOUND


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\nno more",
        b"{}",
        b'{"id": "https://contoh.test/c/"',
        b"eyJ.eyJ.x",
        b"<html>",
        b"MUM1:ABC",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
        b"\xff\xd8\xff" + bytes(range(256)),
        b"\0" * 100,
        "王小明".encode("utf-16"),
    ],
)
def test_what_is_no_certificate_says_what_would_be(content: bytes) -> None:
    with pytest.raises(Unreadable):
        look(content)


def test_a_photo_without_a_code_asks_for_a_nearer_one() -> None:
    content = io.BytesIO()
    Image.new("RGB", (50, 50), "white").save(content, "PNG")

    with pytest.raises(Unreadable, match="lebih dekat"):
        look(content.getvalue())
