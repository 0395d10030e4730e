"""Which letters are printed."""

from __future__ import annotations

import pytest

from mumpuni.paper import printable


@pytest.mark.parametrize(
    ("name", "can"),
    [
        ("Nguyễn Thị", True),
        ("Dewi\u0301", True),
        ("Qur’an ‘Aisyah ʻAbdul Ḥafiẓ, S.Kom.®", True),
        ("m\u0303 q\u0306 Ǆ ɓ", True),
        ("محمد بن عبد الله", True),
        ("مُحَمَّد ڠڤڽۏچݢ", True),
        ("نور\u200cالدین", True),
        ("דָּוִד בן־גוריון", True),
        ("Siti ®\ufe0f Nur 🎓", True),
        ("👩🏽\u200d🏫 🇮🇩 1\ufe0f\u20e3", True),
        ("王小明", False),
        ("Нурсултан", False),
        ("สมชาย", False),
    ],
)
def test_c09_printable_names(name: str, *, can: bool) -> None:
    assert printable(name) is can


@pytest.mark.parametrize("control", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_a_name_that_control_marks_make_read_as_another_is_refused(control: str) -> None:
    assert not printable(f"Dewi {control}iaH")


@pytest.mark.parametrize("control", "\0\t\n\r\x7f\xad\u061c\u200b\u2028\u2060\ufeff\U000e0041")
def test_c09_a_control_that_shapes_no_letter_is_refused(control: str) -> None:
    assert not printable(f"De{control}wi")
