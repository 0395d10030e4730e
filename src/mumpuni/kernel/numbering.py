"""The one allocator of numbers: transactional, without gaps, safe under concurrent writers."""

from __future__ import annotations

from django.db import connection, transaction

TAKE = """
INSERT INTO kernel_numberseries (name, last) VALUES (%s, %s)
ON CONFLICT (name) DO UPDATE SET last = kernel_numberseries.last + EXCLUDED.last
RETURNING last
"""


RAISE = """
INSERT INTO kernel_numberseries (name, last) VALUES (%s, %s)
ON CONFLICT (name) DO UPDATE SET last = GREATEST(kernel_numberseries.last, EXCLUDED.last)
"""


def take(series: str, count: int = 1) -> range:
    """Take the next `count` numbers of a series, counting from 1.

    The series stays locked until the surrounding transaction ends, so a number is used exactly
    when its transaction commits: no gap, no duplicate. Take numbers late and keep it short.

    Raises:
        ValueError: `count` is below 1.
        TransactionManagementError: there is no transaction to tie the numbers to.
    """
    if count < 1:
        raise ValueError(f"cannot take {count} numbers")
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("numbers are taken inside a transaction")
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [series, count])
        (last,) = cursor.fetchone() or (0,)
    return range(last - count + 1, last + 1)


def take_one(series: str) -> int:
    """Take the next number of a series."""
    return take(series)[0]


def pass_over(series: str, last: int) -> None:
    """Let a series go on after a number that was given away elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute(RAISE, [series, last])
