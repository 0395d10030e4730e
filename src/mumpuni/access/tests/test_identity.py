import pytest

from mumpuni.access.identity import is_plausible, masked


@pytest.mark.parametrize(
    ("kind", "number", "plausible"),
    [
        ("nik", "3174050101900001", True),
        ("nik", " 317405 010190 0001 ", True),
        ("nik", "3174054101900001", True),  # a woman's day is written plus 40
        ("nik", "3174052902000001", True),  # 2000 had a 29 February
        ("nik", "3174053102900001", False),  # 31 February
        ("nik", "3174050101900000", False),
        ("nik", "31740501019000", False),
        ("nik", "٣١٧٤٠٥٠١٠١٩٠٠٠٠١", False),  # digits, but not ours
        ("nik", "<script>", False),
        ("passport", "x1234567", True),
        ("passport", "X-1", False),
    ],
)
def test_a_number_must_be_one_of_its_kind(kind: str, number: str, plausible: bool) -> None:
    assert is_plausible(kind, number) is plausible


def test_a_number_that_is_known_shows_its_end_only() -> None:
    assert masked("3174050101900001") == "••••••••••••0001"
    assert masked("12") == "12"
