"""Filters: each adds inputs to the form above a table and narrows the rows by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mumpuni.web.forms import DayInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from django.db.models import QuerySet
    from django.utils.functional import _StrOrPromise

    type Pairs = Iterable[tuple[Any, _StrOrPromise]]

FIRST_YEAR = 2005
SEARCH, YEAR = _("Cari"), _("Tahun")


class Filter(Protocol):
    """What a table needs of a filter."""

    def inputs(self) -> Mapping[str, forms.Field]:
        """Return the form's fields by the name they have in the address."""
        ...

    def narrow(self, rows: QuerySet[Any], given: Mapping[str, Any]) -> QuerySet[Any]:
        """Return the rows that fit what was given; all of them where nothing was."""
        ...


@dataclass(frozen=True)
class Search:
    """A search box: every word must be found in one of the `fields` (lookups, `__icontains`)."""

    name: str
    fields: Sequence[str]
    label: _StrOrPromise = SEARCH
    hint: _StrOrPromise = ""

    def inputs(self) -> Mapping[str, forms.Field]:
        """Return one search box."""
        box = forms.TextInput({"type": "search", "placeholder": self.hint})
        return {self.name: forms.CharField(label=self.label, max_length=200, widget=box)}

    def narrow(self, rows: QuerySet[Any], given: Mapping[str, Any]) -> QuerySet[Any]:
        """Ask for every word."""
        for word in (given.get(self.name) or "").split():
            found = Q()
            for field in self.fields:
                found |= Q(**{f"{field}__icontains": word})
            rows = rows.filter(found)
        return rows


@dataclass(frozen=True)
class SearchBy:
    """A search box whose text a query of the package understands, such as a code in any writing."""

    name: str
    find: Callable[[QuerySet[Any], str], QuerySet[Any]]
    label: _StrOrPromise = SEARCH
    hint: _StrOrPromise = ""

    def inputs(self) -> Mapping[str, forms.Field]:
        """Return one search box."""
        box = forms.TextInput({"type": "search", "placeholder": self.hint})
        return {self.name: forms.CharField(label=self.label, max_length=200, widget=box)}

    def narrow(self, rows: QuerySet[Any], given: Mapping[str, Any]) -> QuerySet[Any]:
        """Ask the query."""
        text = (given.get(self.name) or "").strip()
        return self.find(rows, text) if text else rows


@dataclass(frozen=True)
class Choice:
    """A choice of one value; `choices` may be a function, asked at each request.

    `field` is the lookup where it differs from the name in the address.
    """

    name: str
    label: _StrOrPromise
    choices: Pairs | Callable[[], Pairs]
    field: str = ""

    def inputs(self) -> Mapping[str, forms.Field]:
        """Return one select, beginning with no choice."""
        given = self.choices

        def options() -> list[tuple[Any, _StrOrPromise]]:
            return [("", _("Semua")), *(given() if callable(given) else given)]

        return {self.name: forms.ChoiceField(label=self.label, choices=options)}

    def narrow(self, rows: QuerySet[Any], given: Mapping[str, Any]) -> QuerySet[Any]:
        """Keep the rows with this value."""
        value = given.get(self.name)
        return rows.filter(**{self.field or self.name: value}) if value else rows


@dataclass(frozen=True)
class One:
    """A choice of one condition among several: the label of each, and what it keeps."""

    name: str
    label: _StrOrPromise
    choices: Mapping[str, tuple[Any, Q]]

    def inputs(self) -> Mapping[str, forms.Field]:
        """Return one select, beginning with no choice."""
        shown = [(key, label) for key, (label, _condition) in self.choices.items()]
        return {self.name: forms.ChoiceField(label=self.label, choices=[("", _("Semua")), *shown])}

    def narrow(self, rows: QuerySet[Any], given: Mapping[str, Any]) -> QuerySet[Any]:
        """Keep the rows that fit the choice."""
        chosen = self.choices.get(given.get(self.name) or "")
        return rows.filter(chosen[1]) if chosen else rows


@dataclass(frozen=True)
class Year:
    """The year of a date; `field` is the date where it differs from the name in the address."""

    name: str
    label: _StrOrPromise = YEAR
    field: str = ""
    first: int = FIRST_YEAR

    def inputs(self) -> Mapping[str, forms.Field]:
        """Return one select with the newest year first."""

        def options() -> list[tuple[Any, _StrOrPromise]]:
            years = range(timezone.localdate().year, self.first - 1, -1)
            return [("", _("Semua")), *((str(year), str(year)) for year in years)]

        return {self.name: forms.ChoiceField(label=self.label, choices=options)}

    def narrow(self, rows: QuerySet[Any], given: Mapping[str, Any]) -> QuerySet[Any]:
        """Keep the rows of this year."""
        year = given.get(self.name)
        return rows.filter(**{f"{self.field or self.name}__year": int(year)}) if year else rows


@dataclass(frozen=True)
class DateRange:
    """From one day to another, both included: `?issued_on_from=2024-01-01&issued_on_until=…`.

    `instants` says that the field is a moment rather than a day; a day is that of our time zone.
    """

    field: str
    label: _StrOrPromise
    instants: bool = False

    def inputs(self) -> Mapping[str, forms.Field]:
        """Return two date boxes."""
        return {
            f"{self.field}_{end}": forms.DateField(label=f"{self.label} ({word})", widget=DayInput)
            for end, word in (("from", _("dari")), ("until", _("hingga")))
        }

    def narrow(self, rows: QuerySet[Any], given: Mapping[str, Any]) -> QuerySet[Any]:
        """Keep the rows within the days given."""
        if begin := given.get(f"{self.field}_from"):
            rows = rows.filter(**{f"{self.field}__gte": self._start(begin)})
        if end := given.get(f"{self.field}_until"):
            rows = rows.filter(**{f"{self.field}__lt": self._start(end + timedelta(days=1))})
        return rows

    def _start(self, day: date) -> date:
        return timezone.make_aware(datetime.combine(day, time.min)) if self.instants else day
