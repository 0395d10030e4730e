"""Charts: one picture for light, dark and print, and the same figures as a table."""

from __future__ import annotations

import re

import pytest
from django.template import Context, Template
from django.utils import translation

from mumpuni.web import charts

YEARS = [("2022", 861_124), ("2023", 1_210_330)]


@pytest.mark.parametrize("draw", [charts.bars, charts.ranking, charts.line])
def test_a_chart_takes_the_colours_of_the_page(draw: object) -> None:
    svg = draw("Sertifikat", "Tahun", "Jumlah", YEARS).svg  # type: ignore[operator]

    assert svg.startswith("<svg")
    assert "var(--accent)" in svg
    assert "currentColor" in svg
    assert "<style" not in svg
    assert "style=" not in svg


def test_a_chart_has_a_name_and_a_table() -> None:
    chart = charts.bars("Sertifikat <b>", "Tahun", "Jumlah", YEARS)

    shown = Template("{% chart it %}").render(Context({"it": chart}))

    assert 'role="img" aria-label="Sertifikat &lt;b&gt;"' in shown
    assert '<th scope="row">2023</th><td class="numeric">1.210.330</td>' in shown


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    chart = charts.bars("Sertifikat", "Tahun", "Jumlah", YEARS)
    with translation.override("id"):
        assert "1.000.000" in chart.svg
    with translation.override("en"):
        assert "1,000,000" in chart.svg


def test_counts_have_whole_marks_and_shares_may_have_others() -> None:
    few = charts.bars("LSP", "Jenis", "LSP", [("P1", 1), ("P2", 2)]).svg
    shares = charts.bars("Bagian", "Jenis", "Bagian", [("P1", 0.5), ("P2", 1.5)]).svg

    assert re.findall(r">([0-9]+[.,]5)<", few) == []
    assert re.findall(r">([0-9]+[.,]5)<", shares) == ["0,5", "1,5"]


def test_what_people_typed_stays_text_in_a_picture() -> None:
    svg = charts.ranking("x", "y", "z", [("<script>alert(1)</script>", 3)]).svg

    assert "<script" not in svg


def test_the_longest_bar_comes_first() -> None:
    chart = charts.ranking("Sesi", "Provinsi", "Sesi", [("Bali", 2), ("Jawa Barat", 9)])

    assert [name for name, _ in chart.rows] == ["Jawa Barat", "Bali"]


def test_a_picture_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = charts.bars("Sekali", "a", "b", [("sekali", 1)]).svg
    monkeypatch.setattr(charts, "_draw", lambda *_: "digambar lagi")

    assert charts.bars("Sekali", "a", "b", [("sekali", 1)]).svg == first
