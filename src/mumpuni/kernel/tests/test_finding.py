"""Names are found by their parts, whole words or not."""

from typing import Literal
from unicodedata import normalize

import pytest

from mumpuni.kernel.finding import having
from mumpuni.kernel.models import NumberSeries

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["Wati", "dewi ayu", "AYU DEWI", "ay", "d ", "ayu 50%"])
def test_every_word_must_be_in_the_name(typed: str) -> None:
    NumberSeries.objects.create(name="Dewi Ayu Setiawati 50%", last=1)

    assert NumberSeries.objects.filter(having("name", typed)).exists()


@pytest.mark.parametrize("typed", ["wi", "y", "ayu budi", "%", "_ewi", "5%"])
def test_few_letters_must_begin_a_word_and_nothing_is_a_wildcard(typed: str) -> None:
    NumberSeries.objects.create(name="Dewi Ayu Setiawati 50%", last=1)

    assert not NumberSeries.objects.filter(having("name", typed)).exists()


@pytest.mark.parametrize("kept", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
def test_a_mark_is_found_whether_it_is_one_character_with_its_letter_or_two(
    kept: Literal["NFC", "NFD"], typed: Literal["NFC", "NFD"]
) -> None:
    NumberSeries.objects.create(name=normalize(kept, "Nguyễn Thị Ánh"), last=1)

    assert NumberSeries.objects.filter(having("name", normalize(typed, "nguyễn án"))).exists()
