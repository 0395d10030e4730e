"""Charts where people would rather look than read, each with its table.

    bars(_("Sertifikat per tahun"), _("Tahun"), _("Sertifikat"), [("2023", 1_210_330), …])

The picture is drawn on the server from an Altair specification. Its colours are those of the page,
so that one picture serves light, dark and print.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import altair as alt
import vl_convert
from django.core.cache import caches
from django.utils import formats
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.utils.functional import _StrOrPromise

    type Points = Sequence[tuple[str, float]]

WIDTH, HEIGHT, ROW, LABELS = 400, 200, 28, 200
PADDING = {
    "left": 24,
    "right": 24,
    "top": 8,
    "bottom": 8,
}  # the page's font is wider than that of vl-convert
KEPT_FOR = 24 * 3600

# colours of the specification that stand for colours of the page
INK, FAINT, ACCENT = "#010101", "#020202", "#030303"
PAGE_COLOURS = {INK: "currentColor", FAINT: "var(--line)", ACCENT: "var(--accent)"}
MARKS = ("decimal", "thousand")
FONT = "Plus Jakarta Sans, system-ui, sans-serif"


@dataclass(frozen=True)
class Chart:
    """A picture and the same figures as a table: `rows` begin with their heading."""

    title: _StrOrPromise
    headings: Sequence[_StrOrPromise]
    rows: Sequence[Sequence[Any]]
    specification: str

    @property
    def svg(self) -> SafeString:
        """The picture; drawn once, then kept."""
        marks = {name: formats.get_format(f"{name.upper()}_SEPARATOR") for name in MARKS}
        asked = json.dumps([self.specification, marks])
        key = f"chart-{hashlib.sha256(asked.encode()).hexdigest()}"
        pictures = caches["process"]
        drawn: str | None = pictures.get(key)
        if drawn is None:
            drawn = _draw(self.specification, marks)
            pictures.set(key, drawn, KEPT_FOR)
        named = f'<svg role="img" aria-label="{escape(self.title)}" '
        return mark_safe(drawn.replace("<svg ", named, 1))  # noqa: S308 - vl-convert escapes text


def bars(title: _StrOrPromise, name: _StrOrPromise, value: _StrOrPromise, points: Points) -> Chart:
    """Return upright bars: a few periods or classes in their own order."""
    picture = (
        _base(points)
        .mark_bar(color=ACCENT, cornerRadiusTopLeft=3, cornerRadiusTopRight=3)
        .encode(
            x=alt.X("name:N", title=None, sort=None, axis=alt.Axis(labelAngle=0, domain=True)),
            y=alt.Y("value:Q", title=None, axis=_values(points)),
        )
        .properties(width=WIDTH, height=HEIGHT)
    )
    return _chart(title, name, value, points, picture)


def ranking(
    title: _StrOrPromise, name: _StrOrPromise, value: _StrOrPromise, points: Points
) -> Chart:
    """Return lying bars, longest first: provinces, sectors, bodies."""
    ordered = sorted(points, key=lambda point: -point[1])
    y = alt.Y("name:N", title=None, sort=None, axis=alt.Axis(labelLimit=LABELS))
    x = alt.X("value:Q", title=None, axis=None)
    base = _base(ordered).encode(x=x, y=y)
    picture = base.mark_bar(
        color=ACCENT, cornerRadiusEnd=3, height={"band": 0.66}
    ) + base.mark_text(align="left", dx=6, color=INK, fontSize=13).encode(
        text=alt.Text("value:Q", format=",~r")
    )
    return _chart(
        title,
        name,
        value,
        ordered,
        picture.properties(width=WIDTH - LABELS, height=ROW * len(ordered)),
    )


def line(title: _StrOrPromise, name: _StrOrPromise, value: _StrOrPromise, points: Points) -> Chart:
    """Return a line: many periods in a row."""
    picture = (
        _base(points)
        .mark_line(color=ACCENT, strokeWidth=2.5, point=alt.OverlayMarkDef(color=ACCENT, size=40))
        .encode(
            x=alt.X("name:N", title=None, sort=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("value:Q", title=None, axis=_values(points)),
        )
        .properties(width=WIDTH, height=HEIGHT)
    )
    return _chart(title, name, value, points, picture)


def _values(points: Points) -> alt.Axis:
    """Return the axis of the values; where all are whole, so are its marks."""
    whole = all(float(value).is_integer() for _name, value in points)
    if whole:
        return alt.Axis(format=",d", tickCount=5, tickMinStep=1)
    return alt.Axis(format=",~r", tickCount=5)


def _base(points: Points) -> alt.Chart:
    return alt.Chart({"values": [{"name": name, "value": value} for name, value in points]})


def _chart(
    title: _StrOrPromise,
    name: _StrOrPromise,
    value: _StrOrPromise,
    points: Points,
    picture: alt.Chart | alt.LayerChart,
) -> Chart:
    axis = alt.Axis(
        labelColor=INK,
        labelFont=FONT,
        labelFontSize=13,
        labelPadding=8,
        tickColor=FAINT,
        domainColor=FAINT,
        gridColor=FAINT,
        ticks=False,
    )
    styled = picture.configure(background="transparent", font=FONT, axis=axis, padding=PADDING)
    styled = styled.configure_view(stroke=None).configure_axisY(domain=False)
    return Chart(title, (name, value), points, json.dumps(styled.to_dict(), sort_keys=True))


def _draw(specification: str, marks: Mapping[str, str]) -> str:
    numbers = {
        "decimal": marks["decimal"],
        "thousands": marks["thousand"],
        "grouping": [3],
        "currency": ["Rp", ""],
    }
    svg = vl_convert.vegalite_to_svg(specification, format_locale=numbers)
    svg = re.sub(r'^<svg([^>]*?) width="[\d.]+" height="[\d.]+"', r"<svg\1", svg)
    for stands_for, colour in PAGE_COLOURS.items():
        svg = svg.replace(f'"{stands_for}"', f'"{colour}"')
    # the table tells the figures; the picture's own labels would be read out twice
    return re.sub(r' (aria-[a-z]+|role)="[^"]*"', "", svg)
