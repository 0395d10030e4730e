"""What everybody learns about a certificate, and what nobody does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from mumpuni.assessment.tests.make import admin, noon
from mumpuni.certificates.models import Certificate
from mumpuni.certificates.tests import make
from mumpuni.certificates.verification import (
    Verdict,
    Verification,
    same_name,
    verify_blank,
    verify_number,
    verify_public_id,
)
from mumpuni.kernel.workflow import amend
from mumpuni.licensing.queries import Status
from mumpuni.licensing.tests import make as licensing

pytestmark = pytest.mark.django_db

TODAY = date(2026, 9, 1)


def look(certificate: Certificate, on: date = TODAY) -> Verification:
    return verify_public_id(certificate.public_id, at=noon(on))


# V-01: the verdict
@pytest.mark.parametrize(
    ("state", "verdict", "word"),
    [
        ("valid", Verdict.VALID, "berlaku sampai 7 Juni 2029"),
        ("suspended", Verdict.SUSPENDED, "dibekukan sejak 8 Juni 2026"),
        ("revoked", Verdict.REVOKED, "dicabut sejak 8 Juni 2026"),
        ("replaced", Verdict.REPLACED, "diganti sejak 8 Juni 2026"),
    ],
)
def test_v01_the_verdict_follows_the_state_and_says_since_when(
    state: str, verdict: Verdict, word: str, certificate: Certificate
) -> None:
    answer = look(make.take_to(certificate, state))

    assert (answer.verdict, answer.holds) == (verdict, state == "valid")
    assert word in answer.reason
    assert answer.checked_at == noon(TODAY)


def test_v01_a_certificate_is_valid_through_its_last_day_and_expired_after_it(
    certificate: Certificate,
) -> None:
    assert look(certificate, certificate.valid_until).verdict == Verdict.VALID
    assert look(certificate, date(2029, 6, 8)).verdict == Verdict.EXPIRED


def test_v01_a_decision_outweighs_the_calendar(certificate: Certificate) -> None:
    revoked = make.take_to(certificate, "revoked")

    assert look(revoked, date(2035, 1, 1)).verdict == Verdict.REVOKED


def test_v01_every_fact_is_told_as_issued(certificate: Certificate) -> None:
    answer = look(certificate)

    assert answer.certificate is not None
    assert answer.certificate.holder_name == "Dewi Ayu"
    assert [unit["code"] for unit in answer.certificate.units] == [
        unit["code"] for unit in certificate.units
    ]
    assert answer.body is not None
    assert answer.body.name == certificate.organisation.name
    assert (answer.body.status_at_issue, answer.body.status_today) == (
        Status.ACTIVE,
        Status.ACTIVE,
    )


# V-02: what is being issued
def test_v02_what_is_still_being_issued_is_not_called_valid() -> None:
    request = make.approved_request(issue=True)

    answer = look(request.certificates.get())

    assert answer.verdict == Verdict.UNCERTAIN
    assert "dalam proses" in answer.reason


# V-03: how a number is typed
@pytest.mark.parametrize(
    "write",
    [
        str,
        str.lower,
        lambda number: number.replace(" ", "").replace(".", ""),
        lambda number: number.replace(" ", "-").replace(".", "/"),
        lambda number: f"  {number}\t",
        lambda number: number.replace(" ", "\u00a0"),
    ],
)
def test_v03_only_letters_and_digits_of_a_number_count(
    write: Callable[[str], str], certificate: Certificate
) -> None:
    for number in (certificate.number, certificate.registration_number):
        assert verify_number(write(number), at=noon(TODAY)).holds


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "62010 2512 3 0000042",
        "99999 9999 9 9999999 2026",
        "ZZZ.9999.99999.2026",
        "' OR 1=1 --",
        "<script>alert(1)</script>",
        "\x00" * 10,
        "9" * 1_000_000,
        "٦٢٠١٠ ٢٥١٢ ٣ ٠٠٠٠٠٤٢ ٢٠٢٦",
    ],
)
def test_v03_what_is_no_number_of_ours_is_not_found(typed: str) -> None:
    answers = [verify_number(typed), verify_public_id(typed), verify_blank(typed, "Dewi")]

    assert {answer.verdict for answer in answers} == {Verdict.NOT_FOUND}
    assert all(answer.certificate is None and answer.reason for answer in answers)


# V-04: what befalls the licence later
def test_v04_a_freeze_after_the_day_of_issue_is_told_and_changes_nothing(
    certificate: Certificate,
) -> None:
    licensing.freeze(certificate.organisation.licence, on=date(2026, 7, 1), months=6)

    answer = look(certificate)

    assert answer.verdict == Verdict.VALID
    assert "dibekukan" in answer.reason
    assert answer.body is not None
    assert answer.body.status_at_issue == Status.ACTIVE
    assert answer.body.status_today == Status.FROZEN
    assert [(one.effective_on, one.months) for one in answer.body.since] == [(date(2026, 7, 1), 6)]
    assert answer.body.sanction_today == answer.body.since[0]
    assert answer.body.sanction_today.decree_number.startswith("KEP.")


# V-05: a day of issue without a licence
def test_v05_a_certificate_dated_in_a_freeze_cannot_be_confirmed(certificate: Certificate) -> None:
    licensing.freeze(certificate.organisation.licence, on=date(2026, 6, 1))

    answer = look(certificate)

    assert answer.verdict == Verdict.UNCERTAIN
    assert "dibekukan" in answer.reason
    assert answer.body is not None
    assert answer.body.sanction_at_issue is not None


# V-06: writings of a name
@pytest.mark.parametrize(
    "typed",
    [
        "DEWI AYU LESTARI-NINGRUM",
        "  dewi   ayu lestari ningrum ",
        "Dewi Ayú Lestari Ningrum, S.Kom., M.T.",
        "Dr. Ir. Dewi Ayu Lestari Ningrum",
        "Hj. Dewi Ayu Lestari Ningrum S.Kom",
    ],
)
def test_v06_case_marks_and_titles_do_not_make_another_name(
    typed: str,
) -> None:
    certificate = make.issued_certificate(name="Dewi Ayu Lestari-Ningrum")

    assert verify_number(certificate.number, typed, at=noon(TODAY)).holds


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("דוד בן־גוריון", "דוד בן גוריון"),
        ("Lestari\u2010Ningrum", "Lestari Ningrum"),
        ("مُحَمَّد", "محمد"),
        ("نور\u200cالدین", "نورالدین"),
        ("Siti ®\ufe0f Nur 🎓", "siti nur"),
    ],
)
def test_v06_marks_hyphens_and_pictures_of_any_script_do_not_make_another_name(
    one: str, other: str
) -> None:
    assert same_name(one, other)


@pytest.mark.parametrize("typed", ["Dewi", "Dewi Ayu", "Ayu Dewi Lestari Ningrum", ",", "Dr."])
def test_v06_another_name_is_another_name(typed: str, certificate: Certificate) -> None:
    Certificate.objects.update(holder_name="Dewi Ayu Lestari Ningrum")

    assert verify_number(certificate.number, typed, at=noon(TODAY)).name_differs


@pytest.fixture
def printed(certificate: Certificate) -> Certificate:
    values = {"blank_number": "10617234"}
    amend(certificate, values, admin(certificate.organisation), at=make.ISSUED_AT)
    return certificate


# V-07: blanks
def test_v07_a_blank_with_the_right_name_is_verified(printed: Certificate) -> None:
    assert verify_blank("1061 7234", "dewi ayu", at=noon(TODAY)).holds


def test_v07_a_blank_with_another_name_says_so_and_gives_nobody_away(
    printed: Certificate,
) -> None:
    answer = verify_blank("10617234", "Budi Santoso", at=noon(TODAY))

    assert answer.verdict == Verdict.NOT_FOUND
    assert answer.name_differs
    assert "atas nama lain" in answer.reason
    assert (answer.certificate, answer.body) == (None, None)
    assert "Dewi" not in repr(answer)
    assert printed.number not in repr(answer)


@pytest.mark.parametrize("name", ["", "  "])
def test_v07_a_blank_without_a_name_is_not_enough(name: str, printed: Certificate) -> None:
    answer = verify_blank("10617234", name, at=noon(TODAY))

    assert answer.verdict == Verdict.UNCERTAIN
    assert answer.certificate is None


# V-08: numbers printed again
def test_v08_a_number_means_the_certificate_that_stands_and_the_old_code_leads_there() -> None:
    old = make.take_to(make.issued_certificate(name="Dewi Ayo"), "replaced")
    new = old.replaced_by

    by_number, by_old_code = verify_number(old.number, at=noon(TODAY)), look(old)

    assert by_number.certificate is not None
    assert by_number.certificate.public_id == new.public_id
    assert by_number.certificate.reissue_of_earlier
    assert "pernah dicetak" in by_number.reason
    assert by_old_code.replaced_by == new.public_id


@pytest.mark.parametrize("state", ["valid", "revoked", "replaced"])
def test_an_answer_takes_at_most_five_queries(
    state: str, django_assert_max_num_queries: DjangoAssertNumQueries, certificate: Certificate
) -> None:
    make.take_to(certificate, state)

    with django_assert_max_num_queries(5):
        look(certificate)


def test_the_reason_is_in_the_readers_language(certificate: Certificate) -> None:
    with translation.override("en"):
        assert "is registered and valid until 7 June 2029" in look(certificate).reason
