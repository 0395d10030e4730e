"""COPY: the fastest way of many rows into a table, in the current transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def copy_rows(
    model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert rows of values, in the order of `fields`; all other columns take their defaults.

    Nothing is validated but what the database itself holds to. Values are what psycopg adapts:
    bytes for binary fields, `psycopg.types.json.Jsonb` for JSON.
    """
    quote = connection.ops.quote_name
    column_of = {field.name: field.column for field in model._meta.concrete_fields}
    columns = ", ".join(quote(str(column_of[name])) for name in fields)
    statement = f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN"
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(statement) as copy,
    ):
        for row in rows:
            copy.write_row(row)
