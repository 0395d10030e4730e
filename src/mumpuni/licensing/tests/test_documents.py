"""Uploaded documents: only what opens as a PDF is kept, under a name of ours."""

from __future__ import annotations

import hashlib
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter

from mumpuni.kernel import workflow
from mumpuni.kernel.errors import Invalid, Refused
from mumpuni.kernel.models import PolicyValue
from mumpuni.kernel.workflow import Attempt
from mumpuni.licensing import actions, rules
from mumpuni.licensing.models import ApplicationDocument, LicenceApplication
from mumpuni.licensing.tests import make

NOON = make.noon(make.GRANTED_ON)


def upload(content: bytes, name: str = "akta.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def attach(application: LicenceApplication, file: SimpleUploadedFile) -> None:
    admin = make.administrator(application.organisation)
    change = actions.attaching({"legal_form": file}, Attempt(admin, NOON))
    workflow.amend_parts(application, "documents", change, admin, at=NOON)


def locked_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=100, height=100)
    writer.encrypt("rahasia")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b"MZ\x90\x00" + b"\x00" * 200,
        b"%PDF-1.7\n" + b"bukan apa-apa\n" * 40,
        b"%PDF-1.7\n%%EOF\n",
        make.pdf_bytes()[: len(make.pdf_bytes()) // 3],
        b" " + make.pdf_bytes(),
        locked_pdf(),
    ],
    ids=["html", "program", "words", "hollow", "cut off", "shifted", "locked"],
)
def test_l_08_what_is_no_pdf_is_refused_with_a_sentence(content: bytes) -> None:
    application = make.draft()

    with pytest.raises(Invalid, match="bukan PDF yang dapat dibuka") as refused:
        attach(application, upload(content))

    assert refused.value.code == "L-08"
    assert list(refused.value.fields) == ["legal_form"]
    assert not application.documents.exists()


@given(st.binary(max_size=400))
def test_l_08_no_bytes_whatever_break_the_check(tail: bytes) -> None:
    with pytest.raises(Refused):
        rules.check_pdf("x.pdf", upload(b"%PDF-1.4\n" + tail))


@pytest.mark.django_db
def test_l_09_a_document_larger_than_the_policy_is_refused() -> None:
    PolicyValue.objects.create(
        name="licensing.document_megabytes",
        valid_from=date(2020, 1, 1),
        value=1,
        source="uji",
        entered_by="uji",
    )
    application = make.draft()

    with pytest.raises(Invalid) as refused:
        attach(application, upload(make.pdf_bytes() + b"%" * 1_000_000))

    assert refused.value.code == "L-09"


@pytest.mark.django_db
def test_l_09_an_empty_document_is_refused() -> None:
    with pytest.raises(Invalid, match="kosong") as refused:
        attach(make.draft(), upload(b""))

    assert refused.value.code == "L-09"


@pytest.mark.django_db
def test_a_document_is_kept_with_its_digest_under_a_name_of_ours() -> None:
    application = make.draft()

    attach(application, upload(make.pdf_bytes(), "../../etc/<b>akta\u202e</b>.pdf"))

    document = application.documents.get()
    assert document.sha256 == hashlib.sha256(make.pdf_bytes()).hexdigest()
    assert document.size == len(make.pdf_bytes())
    assert document.file_name == "b>.pdf"
    kept_as = document.file.name or ""
    assert kept_as.startswith(f"licensing/{application.pk}/")
    assert "akta" not in kept_as


@pytest.mark.django_db
def test_the_same_file_twice_is_kept_once() -> None:
    application = make.draft()

    attach(application, upload(make.pdf_bytes()))
    attach(application, upload(make.pdf_bytes()))

    assert application.documents.count() == 1


@pytest.mark.django_db
def test_a_document_taken_back_stays_on_record() -> None:
    application = make.draft()
    attach(application, upload(make.pdf_bytes()))
    admin = make.administrator(application.organisation)
    document = application.documents.get()

    change = actions.withdrawing(document.pk, Attempt(admin, NOON))
    workflow.amend_parts(application, "documents", change, admin, at=NOON)

    assert application.documents.get().withdrawn_at == NOON
    assert LicenceApplication.objects.get(pk=application.pk).current_documents == []


@pytest.mark.django_db
def test_an_accepted_document_cannot_be_taken_back() -> None:
    application = make.in_state("document_verification")
    make.accept_all(application)
    workflow.perform(application, "return", make.officer(), at=NOON, note="Perbaiki.")
    admin = make.administrator(application.organisation)
    document = application.documents.first()
    assert document is not None

    change = actions.withdrawing(document.pk, Attempt(admin, NOON))

    assert workflow.amend_parts(application, "documents", change, admin, at=NOON) is None


@pytest.mark.django_db
def test_a_verdict_reaches_no_document_of_another_application() -> None:
    application, other = make.in_state("document_verification"), make.draft()
    attach(other, upload(make.pdf_bytes()))
    foreign = other.documents.get()

    change = actions.judging({foreign.pk: actions.Judgement("accepted")})
    workflow.amend_parts(application, "verdicts", change, make.officer(), at=NOON)

    assert ApplicationDocument.objects.get(pk=foreign.pk).verdict == "pending"
