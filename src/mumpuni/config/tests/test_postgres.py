"""The embedded server: started where none runs, kept while somebody uses it, gone afterwards."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from mumpuni.config import local, postgres
from mumpuni.config.postgres.place import CannotStart, place_for

KEEP = """
import sys, pathlib
from mumpuni.config import postgres
print(postgres.ensure_running(pathlib.Path(sys.argv[1])), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def var(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "with a space" / "var"
    yield folder
    postgres.remove(folder)


def answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def test_it_starts_once_keeps_its_data_and_goes_without_a_trace(var: Path) -> None:
    url = postgres.ensure_running(var)
    assert postgres.ensure_running(var) == url
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept (name text)")
        (folded,) = connection.execute("SELECT lower('ÄÉ')").fetchone() or ("",)
    assert folded == "äé"

    postgres.stop(var)
    assert not answers(url)
    with psycopg.connect(postgres.ensure_running(var)) as connection:
        assert connection.execute("SELECT * FROM kept").fetchall() == []

    postgres.remove(var)
    place = place_for(var)
    assert not answers(url)
    assert not place.base.exists()
    assert not place.private.exists()


def test_it_runs_on_while_another_process_uses_it(var: Path) -> None:
    url = postgres.ensure_running(var)
    with subprocess.Popen(
        [sys.executable, "-c", KEEP, str(var)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout
        assert other.stdout.readline().strip() == url
        postgres.stop(var)
        assert answers(url)
        with pytest.raises(CannotStart, match="Another process uses"):
            postgres.remove(var)
        other.communicate("")

    assert not answers(url)


def test_data_without_their_password_are_set_aside(var: Path) -> None:
    postgres.ensure_running(var)
    postgres.stop(var)
    place = place_for(var)
    place.password.unlink()

    assert answers(postgres.ensure_running(var))
    assert len(list(place.cluster.glob("data-without-password-*"))) == 1


def test_data_of_another_version_are_left_alone(var: Path) -> None:
    postgres.ensure_running(var)
    postgres.stop(var)
    version = place_for(var).data / "PG_VERSION"
    present = version.read_text()
    version.write_text("9\n")

    with pytest.raises(CannotStart, match="were made by PostgreSQL 9"):
        postgres.ensure_running(var)
    version.write_text(present)


def test_a_folder_of_somebody_else_is_not_used(var: Path) -> None:
    place = place_for(var)
    place.base.mkdir(parents=True)

    with pytest.MonkeyPatch.context() as pretending:
        pretending.setattr(os, "geteuid", lambda: place.base.stat().st_uid + 1)
        with pytest.raises(CannotStart, match="belongs to somebody else"):
            place.make_folders()


def test_secrets_are_made_once_and_readable_by_their_owner_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUMPUNI_VAR", str(tmp_path))
    for name in ("DATABASE_URL", *local.SECRETS):
        monkeypatch.setenv(name, "")  # so that it is taken back afterwards
        monkeypatch.delenv(name)

    local.prepare_environment(database=False)

    made = {name: os.environ[name] for name in local.SECRETS}
    file = tmp_path / "secrets.env"
    assert stat.S_IMODE(file.stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR
    for name in ("DATABASE_URL", *local.SECRETS):
        monkeypatch.delenv(name)
    local.prepare_environment(database=False)
    assert {name: os.environ[name] for name in local.SECRETS} == made
