"""What all benchmarks share: a line of JSON per measurement, and a database of one's own."""

from __future__ import annotations

import json
import logging
import os
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stdout, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import django

from mumpuni.config import local

PAUSE_SECONDS, PATIENCE_SECONDS = 0.1, 900
END_OTHER_SESSIONS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
BACKENDS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"


def tell(  # noqa: PLR0913 - the fields of a line
    name: str,
    value: float,
    unit: str,
    *,
    against: str = "",
    ratio: float | None = None,
    least: float | None = None,
) -> bool:
    """Print a measurement; tell whether it is as good as it should be.

    `least` is asked of the ratio to what it was measured `against`, where there is one, else of the
    value. What has no aim holds.
    """
    judged = value if ratio is None else ratio
    holds = least is None or judged >= least
    line: dict[str, Any] = {
        "name": name,
        "value": round(value, 1 if value >= 10 else 3),  # noqa: PLR2004 - three digits tell enough
        "unit": unit,
        "against": against or None,
        "ratio": None if ratio is None else round(ratio, 3),
        "aim": None
        if least is None
        else f">= {least:,} {'of that' if ratio is not None else unit}",
        "holds": None if least is None else holds,
    }
    print(json.dumps(line), flush=True)
    return holds


def numbers(*defaults: int) -> list[int]:
    """Return the numbers given to the program, and defaults in the place of those that are not."""
    given = [int(argument) for argument in sys.argv[1:]]
    return [*given, *defaults[len(given) :]]


def prepare() -> None:
    """Set Django up, quietly, with the settings of an installation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mumpuni.config.settings")
    local.prepare_environment()
    django.setup()
    logging.disable(logging.ERROR)


@contextmanager
def database(name: str) -> Iterator[None]:
    """Lend an empty database and a place for keys, to this process and those it starts."""
    with tempfile.TemporaryDirectory(prefix="mumpuni-") as keys:
        os.environ |= {"MUMPUNI_TEST_DATABASE": f"benchmark_{name}", "MUMPUNI_KEYS": keys}
        prepare()

        from django.test.utils import (  # noqa: PLC0415 - needs the settings
            setup_databases,
            setup_test_environment,
            teardown_databases,
            teardown_test_environment,
        )

        setup_test_environment()
        with redirect_stdout(sys.stderr):  # lines of JSON are to be all that is told
            databases = setup_databases(verbosity=0, interactive=False)
        os.environ["DATABASE_URL"] = _address()
        try:
            yield
        finally:
            do(END_OTHER_SESSIONS)
            teardown_databases(databases, verbosity=0)
            teardown_test_environment()


def wait_until(question: str, *values: object, meanwhile: Callable[[], object] = int) -> None:
    """Return when the database answers yes, and do something as often as it is asked.

    Raises:
        TimeoutError: it did not for too long.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if ask(question, *values)[0][0]:
            return
        meanwhile()
        time.sleep(PAUSE_SECONDS)
    raise TimeoutError(question)


def ask(question: str, *values: object) -> list[tuple[Any, ...]]:
    """Ask the database."""
    with _told(question, values) as cursor:
        return list(cursor.fetchall())


def do(statement: str, *values: object) -> None:
    """Have the database do something."""
    with _told(statement, values):
        pass


@contextmanager
def _told(statement: str, values: tuple[object, ...]) -> Iterator[Any]:
    from django.db import connection  # noqa: PLC0415 - needs the settings

    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        yield cursor


class Meter:
    """Reads what time of processors some processes used, and those of the database for us.

    Read it often: what a process used that ended is known up to the last reading.
    """

    def __init__(self, processes: Iterable[int]) -> None:
        self._processes = frozenset(processes)
        self._used: dict[int, float] = {}
        self._at_first = 0.0
        self._at_first = self.read()

    def read(self) -> float:
        """Return the seconds used since the meter was made."""
        backends = {pid for (pid,) in ask(BACKENDS)}
        for pid in self._processes | backends:
            with suppress(FileNotFoundError, ProcessLookupError):  # it ended, or just ends
                self._used[pid] = _seconds_of(pid)
        return sum(self._used.values()) - self._at_first


def family_of(pid: int) -> list[int]:
    """Return a process and those it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    return [pid, *(one for child in children for one in family_of(int(child)))]


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _seconds_of(pid: int) -> float:
    """Read user and system time, the 14th and 15th field of proc_pid_stat(5)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _address() -> str:
    from django.db import connection  # noqa: PLC0415 - needs the settings

    held = {name: quote(str(value), safe="") for name, value in connection.settings_dict.items()}
    return "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**held)
