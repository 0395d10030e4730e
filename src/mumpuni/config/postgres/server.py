"""Start and stop the embedded server.

Each process that uses the server holds a shared lock while it lives, and the last one to leave stops
the server. An exclusive lock keeps two processes from starting or stopping it at once.
"""

import atexit
import fcntl
import os
import secrets
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from mumpuni.config.postgres.place import CannotStart, Place, default_var, place_for
from mumpuni.config.postgres.programs import find_programs, major_version

ROLE = DATABASE = "mumpuni"
LOOPBACK = "127.0.0.1"
ATTEMPTS = 3
SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
}
# folds letters beyond ASCII on every system alike; older servers know only the system's locales
BUILTIN_LOCALE = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
BUILTIN_LOCALE_SINCE = 17

_in_use: dict[Path, IO[bytes]] = {}


def ensure_running(var: Path | None = None) -> str:
    """Start the server where it is not running yet; return its DATABASE_URL.

    Raises:
        CannotStart: with a sentence that says what to do.
    """
    var = var or default_var()
    place = place_for(var)
    try:
        place.make_folders()
        with _locked(place):
            port = _running_port(place) or _start(place)
            _create_database(place, port)
            if var not in _in_use:
                _in_use[var] = _lock(place, "users", fcntl.LOCK_SH)
                atexit.register(stop, var)
    except OSError as error:
        raise CannotStart(f"The embedded PostgreSQL cannot start: {error}") from error
    return f"postgresql://{ROLE}:{place.password.read_text()}@{LOOPBACK}:{port}/{DATABASE}"


def stop(var: Path | None = None) -> None:
    """Leave the server; it stops when no other process uses it."""
    var = var or default_var()
    place = place_for(var)
    if not place.cluster.is_dir() or not place.private.is_dir():
        return
    with _locked(place):
        if held := _in_use.pop(var, None):
            held.close()
        try:
            alone = _lock(place, "users", fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        with alone:
            if _running_port(place):
                place.run([find_programs(place) / "pg_ctl", "-D", place.data, "-m", "fast", "stop"])


def remove(var: Path | None = None) -> None:
    """Stop the server and delete its programs and data.

    Raises:
        CannotStart: another process uses the server.
    """
    var = var or default_var()
    place = place_for(var)
    stop(var)
    if _running_port(place):
        raise CannotStart("Another process uses the embedded PostgreSQL; stop that one first.")
    for folder in (place.base, place.private):
        shutil.rmtree(folder, ignore_errors=True)


def _lock(place: Place, name: str, kind: int) -> IO[bytes]:
    lock = (place.private / f"{name}.lock").open("ab")
    try:
        fcntl.flock(lock, kind)
    except BlockingIOError:
        lock.close()
        raise
    return lock


@contextmanager
def _locked(place: Place) -> Iterator[None]:
    with _lock(place, "start", fcntl.LOCK_EX):
        yield


def _connect(place: Place, port: int, database: str) -> psycopg.Connection:
    return psycopg.connect(
        host=LOOPBACK,
        port=port,
        user=ROLE,
        password=place.password.read_text(),
        dbname=database,
        connect_timeout=5,
        autocommit=True,
    )


def _running_port(place: Place) -> int | None:
    """Return the port when the server that answers there is ours, not another on the same port."""
    try:
        port = int((place.data / "postmaster.pid").read_text().splitlines()[3])
        with _connect(place, port, "postgres") as connection:
            row = connection.execute("SHOW data_directory").fetchone()
    except (OSError, IndexError, ValueError, psycopg.OperationalError):
        return None
    return port if row == (str(place.data),) else None


def _start(place: Place) -> int:
    programs = find_programs(place)
    _set_aside_unreadable(place)
    if not place.data.exists():
        _initialise(place, programs)
    _check_version(place, programs)
    for _attempt in range(ATTEMPTS):
        port = _free_port(place)
        _configure(place, port)
        place.log.unlink(missing_ok=True)
        started = place.run([programs / "pg_ctl", "-D", place.data, "-l", place.log, "-w", "start"])
        if started.returncode == 0:
            return port
        log = place.log.read_text(errors="replace") if place.log.exists() else ""
        if "could not bind" not in log:
            break  # another port would not help
    raise CannotStart(_explain(place, log))


def _set_aside_unreadable(place: Place) -> None:
    """Rename data whose password was deleted with VAR: nobody can sign in to it any more."""
    if place.data.exists() and not place.password.exists():
        place.run([find_programs(place) / "pg_ctl", "-D", place.data, "-m", "fast", "stop"])
        place.data.rename(place.cluster / f"data-without-password-{int(time.time())}")


def _initialise(place: Place, programs: Path) -> None:
    """Make the cluster beside its place and rename it, so that a broken run leaves nothing."""
    fresh = place.cluster / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    # kept where data were lost under it, so that processes that know it can sign in again
    known = place.password.exists()
    password = place.password.read_text() if known else secrets.token_urlsafe(24)
    handed_over = place.cluster / "password.new"
    _write_secret(handed_over, password)
    if place.account:
        os.chown(handed_over, place.account.uid, place.account.gid)
    locale: tuple[str, ...] = BUILTIN_LOCALE
    if major_version(place, programs) < BUILTIN_LOCALE_SINCE:
        locale = ("--locale=C.UTF-8",)
    choices = ["-U", ROLE, "--encoding=UTF8", *locale, "--auth=scram-sha-256"]
    result = place.run([programs / "initdb", "-D", fresh, f"--pwfile={handed_over}", *choices])
    handed_over.unlink()
    if result.returncode != 0:
        raise CannotStart(_explain(place, result.stderr))
    if not known:
        _write_secret(place.password, password)
    fresh.rename(place.data)


def _write_secret(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def _check_version(place: Place, programs: Path) -> None:
    made_by = int((place.data / "PG_VERSION").read_text())
    present = major_version(place, programs)
    if made_by != present:
        raise CannotStart(
            f"The data in {place.data} were made by PostgreSQL {made_by}, but {present} is "
            "installed. Install the older one, or move that folder away to start anew."
        )


def _free_port(place: Place) -> int:
    """Return the port of last time where it is still free, so that addresses stay the same."""
    remembered = place.private / "port"
    wanted = int(remembered.read_text()) if remembered.exists() else 0
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            free = int(probe.getsockname()[1])
            remembered.write_text(str(free))
            return free
    raise CannotStart("No TCP port is free on 127.0.0.1.")


def _configure(place: Place, port: int) -> None:
    lines = [f"{name} = '{value}'" for name, value in (SETTINGS | {"port": str(port)}).items()]
    target = place.data / "postgresql.conf"
    target.write_text("\n".join([*lines, ""]))


def _explain(place: Place, log: str) -> str:
    if "No space left on device" in log:
        return f"The disk is full: make room where {place.cluster} lies and start again."
    tail = "\n  ".join(log.strip().splitlines()[-8:])
    return f"PostgreSQL does not start in {place.cluster}. Its last words:\n  {tail}"


def _create_database(place: Place, port: int) -> None:
    with _connect(place, port, "postgres") as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if not known.fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
