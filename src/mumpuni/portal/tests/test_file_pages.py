"""The page that takes a file: an answer, or a form that says what is wrong and keeps nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from mumpuni.certificates import publication
from mumpuni.certificates.models import Certificate

pytestmark = pytest.mark.django_db

PAGE = "portal:verify-file"


def send(content: bytes = b"", text: str = "") -> Any:
    given = {"file": SimpleUploadedFile("berkas", content)} if content else {}
    return Client().post(reverse(PAGE), {**given, "text": text})


def test_a_stranger_finds_the_form() -> None:
    answer = Client().get(reverse(PAGE))

    assert answer.status_code == 200
    assert "foto kode QR" in answer.text


def test_an_uploaded_credential_is_answered_as_its_address_would_be(
    certificate: Certificate,
) -> None:
    answer = send(publication.credential(certificate.public_id))

    assert answer.status_code == 200
    assert "Berlaku" in answer.text
    assert "persis seperti yang diterbitkan" in answer.text
    assert answer["Cache-Control"] == "private, no-store"


def test_a_pasted_token_is_answered(certificate: Certificate) -> None:
    assert "JWT ini persis" in send(text=publication.token(certificate.public_id).decode()).text


@pytest.mark.parametrize(
    ("content", "text", "said"),
    [
        (b"", "", "Pilih berkas"),
        (b"%PDF-1.7 x", "", "bukan berkas sertifikat"),
        (b"", "<script>alert(1)</script>", "bukan berkas sertifikat"),
        (b"x" * (10 * 1024 * 1024 + 1), "", "10 MB"),
        (b"", "x" * 200_001, "200"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(content: bytes, text: str, said: str) -> None:
    answer = send(content, text)

    assert answer.status_code == 422
    assert said in answer.text
    assert "<script>alert" not in answer.text


def test_an_answer_takes_few_queries(
    certificate: Certificate, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    content = publication.credential(certificate.public_id)

    with django_assert_max_num_queries(12):
        send(content)
