"""Queries that are asked all day long: written once, planned once.

Django writes a query anew each time it is asked, and PostgreSQL plans it anew. For one that joins
many tables to find a single row, either takes longer than finding it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.fetch_modes import FETCH_ONE
from django.db.models.query import get_related_populators

OPEN = "\ufdd0 the text that is asked for"


class Prepared[M: Model]:
    """A queryset in which one text is left open; `write` returns it for a text, without prefetches.

    Its constants become parameters that PostgreSQL has to give a type by their place.
    """

    def __init__(self, write: Callable[[str], QuerySet[M]]) -> None:
        self._write = write
        self._of_thread = threading.local()

    def first(self, text: str) -> M | None:
        """Return the first record for a text; one query."""
        if not hasattr(self._of_thread, "query"):
            self._of_thread.query = _Query(self._write(OPEN)[:1])
        found: M | None = self._of_thread.query.first(text)
        return found


class _Query[M: Model]:
    """What Django would find out again for every question: the SQL, and how a row is read."""

    def __init__(self, queryset: QuerySet[M]) -> None:
        compiler = queryset.query.get_compiler(connection=connection)
        written, self._params = compiler.as_sql()
        self._sql = written % tuple(f"${place}" for place, _ in enumerate(self._params, 1))
        told: Any = compiler.klass_info
        fields = told["select_fields"]
        self._own = slice(fields[0], fields[-1] + 1)
        self._names = [column.target.attname for column, *_ in compiler.select[self._own]]
        self._related = get_related_populators(told, compiler.select, connection.alias, FETCH_ONE)
        self._annotations = compiler.annotation_col_map or {}
        self._converters = compiler.get_converters([column for column, *_ in compiler.select])
        self._compiler, self._model = compiler, queryset.model

    def first(self, text: str) -> M | None:
        row = self._row([text if param == OPEN else param for param in self._params])
        if row is None:
            return None
        [row] = self._compiler.apply_converters([row], self._converters)
        found = self._model.from_db(connection.alias, self._names, row[self._own])
        for related in self._related:
            related.populate(row, found)
        for name, place in self._annotations.items():
            setattr(found, name, row[place])
        return found

    def _row(self, params: list[Any]) -> Any:
        open_one: Any = connection
        open_one.ensure_connection()
        # a cursor of Django's writes the values into the SQL, and so never asks the same again
        cursor = psycopg.RawCursor(open_one.connection)
        with open_one._prepare_cursor(cursor) as cursor:  # noqa: SLF001 - counts and times queries
            cursor.execute(self._sql, params)
            return cursor.fetchone()
