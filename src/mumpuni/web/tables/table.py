"""The table itself: from an address to rows, and from rows to a page or a download."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.shortcuts import render
from django.urls import reverse

from mumpuni.web.tables.columns import Column
from mumpuni.web.tables.downloads import as_csv, as_xlsx
from mumpuni.web.tables.filters import DateRange, Filter
from mumpuni.web.tables.paging import Pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.core.paginator import Page
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponseBase, QueryDict
    from django.utils.functional import _StrOrPromise

    from mumpuni.kernel.workflow import Step

SIZES = (25, 50, 100)


@dataclass(frozen=True)
class Heading:
    """The heading of a column as shown: its link sorts by it, again turns it round."""

    column: Column
    url: str
    order: str

    @property
    def aria(self) -> str:
        """What `aria-sort` says."""
        return {"up": "ascending", "down": "descending"}.get(self.order, "none")


@dataclass(frozen=True)
class Cell:
    """One cell, with the heading that names it where rows are cards."""

    column: Column
    html: str


@dataclass(frozen=True)
class Line:
    """One row of the page."""

    row: Any
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Bulk:
    """Steps to take on the rows one ticks: `url` is that of a `bulk_page` (`web.steps`)."""

    url: str
    steps: Sequence[Step[Any]]


@dataclass(frozen=True)
class PageLink:
    """A page number of the pager; without a number it stands for the ones left out."""

    number: int | None
    url: str
    current: bool


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table declared once; `mumpuni.web.tables` shows how.

    Args:
        columns: what is shown and downloaded, in this order.
        filters: what can be asked for.
        default_sort: a column's `sort`, with `-` for descending.
        empty: what the page says when there is nothing at all yet.
        empty_action: URL name and label of what to do then.
    """

    columns: Sequence[Column]
    default_sort: str
    empty: _StrOrPromise
    filters: Sequence[Filter] = ()
    empty_action: tuple[str, _StrOrPromise] | None = None

    def without(self, *paths: str) -> Table:
        """Return the table less the columns of these paths: what is the same in every row."""
        return replace(self, columns=[one for one in self.columns if one.path not in paths])

    def respond(  # noqa: PLR0913 - what a page with a table consists of
        self,
        request: HttpRequest,
        rows: QuerySet[Any],
        *,
        title: _StrOrPromise,
        template: str = "web/list.html",
        context: Mapping[str, Any] | None = None,
        bulk: Bulk | None = None,
    ) -> HttpResponseBase:
        """Answer with the page, or with the file that `?format=` asks for.

        `context` may name an action of the page: `action` (address) and `action_label`.
        """
        shown = self.show(request.GET, rows, bulk)
        match request.GET.get("format"):
            case "csv":
                return as_csv(self.columns, shown.rows, str(title))
            case "xlsx":
                return as_xlsx(self.columns, shown.rows, str(title))
        return render(request, template, {"title": title, "table": shown, **(context or {})})

    def show(self, asked: QueryDict, rows: QuerySet[Any], bulk: Bulk | None = None) -> ShownTable:
        """Return the table as this address asks for it; a wrong value is ignored and said so."""
        form = self._form(asked)
        form.is_valid()
        for each in self.filters:
            rows = each.narrow(rows, form.cleaned_data)
        sort = asked.get("sort", "")
        if sort.removeprefix("-") not in {column.sort for column in self.columns if column.sort}:
            sort = self._natural_sort(form.cleaned_data)
        tie = "-pk" if sort.startswith("-") else "pk"  # so that one index serves both directions
        return ShownTable(self, asked, form, rows.order_by(sort, tie), sort, bulk)

    def _natural_sort(self, given: Mapping[str, Any]) -> str:
        """Return the order nobody asked for: of the days the rows are narrowed by, if they are."""
        days = (each.field for each in self.filters if isinstance(each, DateRange))
        narrowed = (day for day in days if given.get(f"{day}_from") or given.get(f"{day}_until"))
        day = next(narrowed, None)
        if day is None or day == self.default_sort.removeprefix("-"):
            return self.default_sort
        return day

    def _form(self, asked: QueryDict) -> forms.Form:
        form = forms.Form(asked, auto_id="saring-%s")
        for each in self.filters:
            for name, field in each.inputs().items():
                field.required = False
                form.fields[name] = field
        return form


class ShownTable:
    """A table for one request: what the template walks through."""

    def __init__(  # noqa: PLR0913, PLR0917 - made by `Table.show` alone
        self,
        table: Table,
        asked: QueryDict,
        form: forms.Form,
        rows: QuerySet[Any],
        sort: str,
        bulk: Bulk | None,
    ) -> None:
        self.table = table
        self.asked = asked
        self.form = form
        self.rows = rows
        self.sort = sort
        self.bulk = bulk if bulk and bulk.steps else None
        given = asked.get("per_page", "")
        self.size = int(given) if given in {str(size) for size in SIZES} else SIZES[0]
        self.paginator = Pages(rows, self.size)
        self._page: Page[Any] | None = None

    @property
    def page(self) -> Page[Any]:
        """The rows shown; a page beyond the last is the last."""
        if self._page is None:
            self._page = self.paginator.get_page(self.asked.get("page"))
        return self._page

    @property
    def total(self) -> int:
        """How many rows the pages hold."""
        return self.paginator.count

    @property
    def ends_early(self) -> bool:
        """Whether more rows fit than the pages show."""
        return self.paginator.ends_early

    @property
    def filtered(self) -> bool:
        """Whether anything was asked for."""
        return any(self.asked.get(name) for name in self.form.fields)

    @property
    def headings(self) -> Iterator[Heading]:
        """The headings with their sort links."""
        for column in self.table.columns:
            order = {column.sort: "up", f"-{column.sort}": "down"}.get(self.sort, "")
            order = order if column.sort else ""
            target = f"-{column.sort}" if order == "up" else column.sort
            yield Heading(column, self.url(sort=target, page=None) if column.sort else "", order)

    @property
    def lines(self) -> Iterator[Line]:
        """The rows of this page, cell by cell."""
        for row in self.page.object_list:
            yield Line(row, [Cell(column, column.html(row)) for column in self.table.columns])

    @property
    def pages(self) -> Iterator[PageLink]:
        """The page numbers around this one, with the first and the last."""
        pages = self.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1)
        for number in pages:
            if isinstance(number, int):
                yield PageLink(number, self.url(page=number), number == self.page.number)
            else:
                yield PageLink(None, "", current=False)

    @property
    def previous_url(self) -> str:
        """The address of the page before this one, empty on the first."""
        return self.url(page=self.page.number - 1) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        """The address of the page after this one, empty on the last."""
        return self.url(page=self.page.number + 1) if self.page.has_next() else ""

    @property
    def sizes(self) -> list[PageLink]:
        """The numbers of rows a page may have."""
        return [
            PageLink(size, self.url(per_page=size, page=None), size == self.size) for size in SIZES
        ]

    @property
    def downloads(self) -> list[tuple[str, str]]:
        """Name and address of each download."""
        return [(name.upper(), self.url(format=name, page=None)) for name in ("csv", "xlsx")]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What the filter form carries along unseen: sorting and page size."""
        return [(key, value) for key in ("sort", "per_page") if (value := self.asked.get(key))]

    @property
    def empty_url(self) -> str:
        """Where the empty table sends people; empty where there is nothing to do."""
        return reverse(self.table.empty_action[0]) if self.table.empty_action else ""

    def url(self, **changes: object) -> str:
        """Return this address with some parts changed, or left out where None."""
        asked = self.asked.copy()
        for key, value in changes.items():
            asked.pop(key, None)
            if value is not None:
                asked[key] = str(value)
        return f"?{asked.urlencode()}"
