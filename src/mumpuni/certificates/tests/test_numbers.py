"""Numbers as certificates print them, and as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mumpuni.certificates.models import numbers
from mumpuni.licensing.models import Licence
from mumpuni.reference.models import ClassificationCode
from mumpuni.schemes.models import SchemeVersion

FULL = SchemeVersion(
    kbli=ClassificationCode(code="62010"), kbji=ClassificationCode(code="2512"), kkni_level=3
)


# C-05
@pytest.mark.parametrize(
    ("version", "number"),
    [
        (FULL, "62010 2512 3 0000042 2026"),
        (SchemeVersion(), "00000 0000 0 0000042 2026"),
    ],
)
def test_c05_a_certificate_number_says_activity_occupation_level_serial_year(
    version: SchemeVersion, number: str
) -> None:
    assert numbers.certificate_number(version, 42, 2026) == number


@pytest.mark.parametrize(
    ("ordinal", "number"), [(36, "TIK.036.00042.2026"), (1565, "TIK.1565.00042.2026")]
)
def test_c05_a_registration_number_says_sector_licence_serial_year(
    ordinal: int, number: str
) -> None:
    licence = Licence(sector_code="TIK", ordinal=ordinal)

    assert numbers.registration_number(licence, 42, 2026) == number


@given(st.integers(1, 9_999_999), st.integers(1, 99_999), st.integers(36, 9_999))
def test_what_is_printed_is_read_back(serial: int, place: int, ordinal: int) -> None:
    number = numbers.certificate_number(FULL, serial, 2026)
    registration = numbers.registration_number(
        Licence(sector_code="TIK", ordinal=ordinal), place, 2026
    )

    assert numbers.as_certificate_number(number.replace(" ", "")) == number
    assert numbers.as_registration_number(registration.replace(".", " ")) == registration
    assert numbers.as_certificate_number(registration) is None
    assert numbers.as_registration_number(number) is None


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(typed: str) -> None:
    for read in (
        numbers.as_certificate_number,
        numbers.as_registration_number,
        numbers.as_blank_number,
        numbers.as_public_id,
    ):
        assert read(typed) is None or len(read(typed) or "") <= numbers.LONGEST_TYPED
