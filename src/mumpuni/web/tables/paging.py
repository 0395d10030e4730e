"""Pages of a table that take as long among ten million rows as among ten thousand."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator

if TYPE_CHECKING:
    from django.db.models import QuerySet

FARTHEST = 10_000


class Pages(Paginator):  # type: ignore[type-arg] # at runtime it takes none
    """Pages of the first `FARTHEST` rows: nobody leafs farther, and counting on would take long.

    What lies beyond is reached by filters, by sorting the other way round, and by downloads.
    """

    object_list: QuerySet[Any]

    @cached_property
    def _found(self) -> int:
        return self.object_list.order_by()[: FARTHEST + 1].count()

    @cached_property
    def count(self) -> int:
        """How many rows the pages hold."""
        return min(self._found, FARTHEST)

    @property
    def ends_early(self) -> bool:
        """Whether there are more rows than the pages hold."""
        return self._found > FARTHEST

    def page(self, number: int | str) -> Page[Any]:
        """Return a page; the rows before it are passed over by their keys alone."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        if not first:
            return Page(self.object_list[: self.per_page], number, self)
        keys = self.object_list.values("pk")[first : min(first + self.per_page, self.count)]
        return Page(self.object_list.filter(pk__in=keys), number, self)
