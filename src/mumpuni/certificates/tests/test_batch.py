"""Many certificates asked for at once: answered as one is, and telling less of persons."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mumpuni.assessment.tests.make import admin, noon
from mumpuni.certificates.models import Certificate
from mumpuni.certificates.models.certificates import new_public_id
from mumpuni.certificates.tests import make
from mumpuni.certificates.verification import Verdict, verify_any
from mumpuni.certificates.verification.batch import Answer, Asked, verify_many
from mumpuni.kernel.workflow import amend
from mumpuni.licensing.models import Licence
from mumpuni.licensing.tests import make as licensing

pytestmark = pytest.mark.django_db

AT = noon(date(2026, 9, 1))
UNKNOWN = "62010 2512 3 0000042 2026"


def ask(*rows: str | tuple[str, str]) -> list[Answer]:
    return verify_many([Asked(*((row,) if isinstance(row, str) else row)) for row in rows], AT)


@pytest.mark.parametrize("state", ["valid", "suspended", "revoked", "replaced"])
def test_a_batch_says_of_each_what_the_single_verification_says(
    state: str, certificate: Certificate
) -> None:
    make.take_to(certificate, state)
    address = f"HTTPS://MUMPUNI.TEST/V/{certificate.public_id}"
    typed = [certificate.number, certificate.registration_number, certificate.public_id, address]

    for row, answer in zip(typed, ask(*((row, "dewi ayu, S.Kom.") for row in typed)), strict=True):
        assert answer.verification == verify_any(row, "Dewi Ayu", at=AT), row


def test_a_batch_tells_of_a_freeze_as_the_single_verification_does(
    certificate: Certificate,
) -> None:
    licence = Licence.objects.get(organisation=certificate.organisation)
    licensing.freeze(licence, on=date(2026, 8, 1), months=6)

    [answer] = ask((certificate.number, "Dewi Ayu"))

    assert answer.verification == verify_any(certificate.number, at=AT)
    assert "kini tidak aktif" in answer.verification.reason


def test_answers_keep_the_order_of_the_rows(certificate: Certificate) -> None:
    answers = ask(UNKNOWN, certificate.number, "bukan nomor", certificate.public_id.lower())

    assert [answer.verification.verdict for answer in answers] == [
        Verdict.NOT_FOUND,
        Verdict.VALID,
        Verdict.NOT_FOUND,
        Verdict.VALID,
    ]
    assert [answer.asked.typed for answer in answers][:2] == [UNKNOWN, certificate.number]


def test_v10_a_batch_gives_initials_to_whoever_does_not_know_the_name(
    certificate: Certificate,
) -> None:
    unnamed, named, misnamed = ask(
        certificate.number, (certificate.number, "DEWI AYU"), (certificate.number, "Budi")
    )

    assert unnamed.verification.certificate is not None
    assert unnamed.verification.certificate.holder_name == "D. A."
    assert named.verification.certificate is not None
    assert named.verification.certificate.holder_name == "Dewi Ayu"
    assert misnamed.verification.certificate is None
    assert misnamed.verification.name_differs
    assert "Dewi" not in repr((unnamed, misnamed))


def test_v07_a_blank_needs_its_name_in_a_batch_too(certificate: Certificate) -> None:
    amend(certificate, {"blank_number": "12345678"}, admin(certificate.organisation), at=noon())

    alone, named, misnamed = ask("12345678", ("12345678", "Dewi Ayu"), ("12345678", "Budi"))

    assert alone.verification == verify_any("12345678", at=AT)
    assert alone.verification.verdict == Verdict.UNCERTAIN
    assert named.verification.verdict == Verdict.VALID
    assert misnamed.verification.verdict == Verdict.NOT_FOUND


def test_a_row_that_asks_again_says_for_which(certificate: Certificate) -> None:
    answers = ask(
        UNKNOWN, certificate.number, certificate.registration_number, UNKNOWN.replace(" ", "-")
    )

    assert [answer.repeats for answer in answers] == [None, None, 1, 0]


def test_v08_a_number_means_the_certificate_that_stands_and_the_code_the_old_one(
    certificate: Certificate,
) -> None:
    old = make.take_to(certificate, "replaced")

    by_number, by_code = ask(old.number, old.public_id)

    assert by_number.verification.verdict == Verdict.VALID
    assert by_code.verification.verdict == Verdict.REPLACED
    assert by_code.repeats is None


def test_a_row_in_trouble_is_answered_with_its_trouble() -> None:
    troubled = Asked("", "Dewi", problem="Nomornya kosong.")

    answers = verify_many([troubled, troubled], AT)

    assert {answer.verification.verdict for answer in answers} == {Verdict.UNCERTAIN}
    assert [answer.verification.reason for answer in answers] == ["Nomornya kosong."] * 2
    assert [answer.repeats for answer in answers] == [None, None]


def test_nothing_is_asked_of_the_database_where_nothing_fits_a_pattern() -> None:
    with CaptureQueriesContext(connection) as queries:
        ask("bukan nomor", "'; DROP TABLE certificates_certificate; --", "\x00")

    assert len(queries) == 0


def copies(certificate: Certificate, count: int) -> list[str]:
    """Issue the same certificate again and again, some of them revoked or suspended since."""
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX certificate_once_per_decision")
    states = ["valid", "revoked", "suspended"]
    made = [
        Certificate(
            **{
                field.attname: getattr(certificate, field.attname)
                for field in Certificate._meta.concrete_fields
                if not field.primary_key
            }
            | {
                "state": states[place % 3],
                "number": f"62010 2512 3 {place:07} 2026",
                "registration_number": f"TIK.1565.{place:05}.2026",
                "public_id": new_public_id(),
                "status_list_id": None,
            }
        )
        for place in range(count)
    ]
    Certificate.objects.bulk_create(made)
    return [one.number for one in made]


def test_a_thousand_rows_cost_as_many_queries_as_three(certificate: Certificate) -> None:
    numbers = copies(certificate, 1000)
    cost = {}
    for rows in (3, 100, 1000):
        with CaptureQueriesContext(connection) as queries:
            answers = ask(*numbers[:rows])
        cost[rows] = len(queries)
        assert len({answer.verification.verdict for answer in answers}) == 3

    assert cost == dict.fromkeys((3, 100, 1000), 3)
