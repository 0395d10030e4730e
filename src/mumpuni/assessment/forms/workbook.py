"""Run by itself: a workbook comes in, the cells of its first sheet go out as JSON.

A workbook of a few kilobytes can claim a sheet of seventeen thousand million cells; whoever reads
it then runs out of memory and is ended. Here that is a process with little to lose.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from datetime import date, datetime

import python_calamine

MOST_MEMORY = 512 * 1024 * 1024
MOST_SECONDS = 20


def _written(cell: object) -> str:
    if isinstance(cell, datetime):
        cell = cell.date()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    book = python_calamine.load_workbook(io.BytesIO(sys.stdin.buffer.read()))
    rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    json.dump(rows, sys.stdout, default=_written)
