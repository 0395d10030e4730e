"""Personal numbers at rest."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from mumpuni.kernel.secrecy import blind_index, decrypt, encrypt


@given(st.text())
def test_what_was_sealed_is_read_again(text: str) -> None:
    assert decrypt(encrypt(text)) == text


def test_the_same_number_never_gives_the_same_bytes() -> None:
    assert encrypt("3174050101900001") != encrypt("3174050101900001")


def test_a_changed_byte_is_noticed() -> None:
    sealed = bytearray(encrypt("3174050101900001"))
    sealed[-1] ^= 1

    with pytest.raises(InvalidTag):
        decrypt(bytes(sealed))


def test_equal_numbers_find_each_other_and_tell_nothing() -> None:
    assert blind_index("nik:1") == blind_index("nik:1")
    assert blind_index("nik:1") != blind_index("nik:2")
    assert "nik" not in blind_index("nik:1")
