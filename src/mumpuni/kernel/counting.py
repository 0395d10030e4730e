"""Counting what belongs to a row."""

from __future__ import annotations

from typing import Any

from django.db.models import Func, IntegerField, QuerySet, Subquery


def count_of(rows: QuerySet[Any]) -> Subquery:
    """Return how many rows a query with an `OuterRef` finds, as an annotation.

    Unlike `Count` it joins nothing: a list asks it for the rows of its page only, and counts its
    pages without it.
    """
    counted = Func("pk", function="COUNT", output_field=IntegerField())
    return Subquery(rows.order_by().values(count=counted))
