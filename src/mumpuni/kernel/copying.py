"""COPY: the fastest way of many rows into a table, in the current transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql


def copy_rows(
    model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert rows of values, in the order of `fields`; all other columns take their defaults.

    Nothing is validated but what the database itself holds to. Values are what psycopg adapts:
    bytes for binary fields, `psycopg.types.json.Jsonb` for JSON.
    """
    columns = [model._meta.get_field(name).column for name in fields]  # type: ignore[union-attr]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
