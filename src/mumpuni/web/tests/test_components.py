"""Components by themselves: what they say, and what they leave out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import gettext_lazy

from mumpuni.kernel.models import Progress
from mumpuni.web.samples import LEVELS
from mumpuni.web.tables import Column
from mumpuni.web.tables.columns import text
from mumpuni.web.templatetags.components import duration
from mumpuni.web.tones import TONES, tone_of

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)


def shown(template: str, **context: Any) -> str:
    request = RequestFactory().get("/paket/7/?tab=2")
    return Template(template).render(Context({"request": request, **context}))


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (1_374_174, "1.374.174", "1,374,174"),
        (True, "Ya", "Yes"),
        (False, "Tidak", "No"),
        (None, "–", "–"),
        ("", "–", "–"),
        (0, "0", "0"),
        (date(2026, 11, 22), "22 November 2026", "22 November 2026"),
        (NOON, "22 November 2026, 12.00", "22 November 2026, 12:00"),
        (gettext_lazy("Berlaku"), "Berlaku", "Valid"),
    ],
)
def test_values_are_written_as_the_reader_writes_them(
    value: object, indonesian: str, english: str
) -> None:
    with translation.override("id"):
        assert text(value) == indonesian
    with translation.override("en"):
        assert text(value) == english


def test_a_column_follows_attributes_methods_and_keys() -> None:
    row = SimpleNamespace(body={"name": "LSP"}, count=lambda: 3, nobody=None)

    assert Column("body.name", "").read(row) == "LSP"
    assert Column("body.code", "").read(row) is None
    assert Column("count", "").read(row) == 3
    assert Column("nobody.name", "").read(row) is None
    assert Column("", "", value=lambda given: given.count() * 2).read(row) == 6


def test_each_state_has_one_tone_and_red_is_for_refusals() -> None:
    listed = [state for states in TONES.values() for state in states]

    assert len(listed) == len(set(listed))
    assert {tone_of("revoked"), tone_of("refused")} == {"bad"}
    assert tone_of("unheard_of") == "plain"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(5, "5 detik"), (125, "2 menit 5 detik"), (7260, "2 jam 1 menit"), (-3, "0 detik")],
)
def test_a_duration_is_told_in_words(seconds: int, words: str) -> None:
    with translation.override("id"):
        assert duration(timedelta(seconds=seconds)) == words


def test_work_that_runs_asks_for_the_page_again() -> None:
    job = Progress(pk=3, label="Cetak", state="running", total=100, done=40, failed=2)

    running = shown("{% progress job %}", job=job)

    assert 'hx-get="/paket/7/?tab=2" hx-select="#kemajuan-3" hx-trigger="every 2s"' in running
    assert '<progress max="100" value="42">' in running
    assert "2 gagal" in running


def test_work_that_is_done_rests() -> None:
    job = Progress(pk=3, label="Cetak", state="done", total=2, done=2, message="<b>rapi</b>")

    done = shown("{% progress job %}", job=job)

    assert "hx-get" not in done
    assert "&lt;b&gt;rapi" in done
    assert not shown("{% progress job %}", job=None).strip()


@pytest.mark.parametrize(
    "template",
    [
        "{% badge typed 'active' %}",
        "{% facts %}{% fact typed typed typed %}{% endfacts %}",
        "{% stats %}{% stat typed typed typed typed %}{% endstats %}",
        "{% notice 'warn' typed %}{% endnotice %}",
        "{% tasks typed %}{% task typed False typed typed typed %}{% endtasks %}",
        "{% files %}{% file typed typed 5 typed %}{% endfiles %}",
        "{% doors %}{% door typed typed typed %}{% enddoors %}",
        "{% verdict typed 'good' %}{% endverdict %}",
        "{% searchbox typed typed typed typed typed typed %}",
        "{% nothing typed typed typed %}",
        "{% breadcrumbs %}{% crumb '/' typed %}{% endbreadcrumbs %}",
        "{% tabs typed %}{% tab typed typed %}{% endtabs %}",
        "{% dialog 'd' typed typed %}{% enddialog %}",
    ],
)
def test_what_people_typed_stays_text_in_every_component(template: str) -> None:
    page = shown(template, typed='"><script>alert(1)</script>')

    assert "<script" not in page
    assert '""><' not in page


def test_a_part_says_whether_it_is_complete_and_what_is_missing() -> None:
    page = shown('{% task "Dokumen" False "/x" "Akta belum ada." "L-05" %}')

    assert '<a href="/x">Dokumen</a>' in page
    assert "Belum" in page
    assert "Akta belum ada. <code>L-05</code>" in page
    assert "Lengkap" in shown('{% task "Dokumen" True %}')


def test_a_short_table_shows_all_rows_or_says_that_there_are_none() -> None:
    rows = [SimpleNamespace(level=2, name="<Operator>")]

    assert "&lt;Operator&gt;" in shown("{% plain_table t rows 'x' %}", t=LEVELS, rows=rows)
    assert "Belum ada jenjang." in shown("{% plain_table t rows 'x' %}", t=LEVELS, rows=[])
