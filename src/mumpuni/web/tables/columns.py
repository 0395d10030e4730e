"""A column: where a cell's value comes from and how it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _

from mumpuni.web.tones import badge_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrOrPromise

NOTHING = "\N{EN DASH}"


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Args:
        path: attributes to follow from the row, as `organisation.name`; a method is called, a
            field with choices shows its label, a dictionary is looked into.
        label: the heading.
        sort: the field to order by when the heading is clicked; empty: not sortable.
        link: the cell links to the row's `get_absolute_url`.
        render: makes the cell's HTML from the row, for the page only.
        value: makes the value from the row instead of `path`, for page and download.
        numeric: numbers stand to the right.
        whole: the cell is never broken over two lines, as a number or a code.
    """

    path: str
    label: _StrOrPromise
    sort: str = ""
    link: bool = False
    render: Callable[[Any], str] | None = None
    value: Callable[[Any], Any] | None = None
    numeric: bool = False
    whole: bool = False

    def read(self, row: Any) -> Any:
        """Return the plain value, as the downloads write it."""
        if self.value is not None:
            return self.value(row)
        for name in self.path.split("."):
            if row is None:
                return None
            row = _step(row, name)
        return row

    def html(self, row: Any) -> str:
        """Return the cell as the page shows it."""
        content = self.render(row) if self.render else _written(self.read(row))
        if self.whole:
            content = format_html('<span class="whole">{}</span>', content)
        if self.link:
            return format_html('<a href="{}">{}</a>', row.get_absolute_url(), content)
        return content


def _step(row: Any, name: str) -> Any:
    if isinstance(row, dict):
        return row.get(name)
    display = getattr(row, f"get_{name}_display", None)
    if display is not None:
        return display()
    value = getattr(row, name)
    return value() if callable(value) and not isinstance(value, models.Manager) else value


def _written(value: Any) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), text(value))
    return text(value)


def text(value: Any) -> str:
    """Return a value as the reader writes it: `1.374.174`, `22 November 2026`, `Ya`."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("Ya") if value else _("Tidak")
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value, "DATE_FORMAT")
    if isinstance(value, Promise):
        return str(value)
    return str(formats.localize(value, use_l10n=True))


def badge(row: Any) -> str:
    """Render the row's state as a badge."""
    return badge_html(row.get_state_display(), row.state)
