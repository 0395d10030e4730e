"""One command, with good help."""

import subprocess
import sys

import pytest
from django.core.management import get_commands

from mumpuni.config import cli


def mumpuni(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mumpuni.config.cli", *arguments],
        check=False,
        capture_output=True,
        text=True,
    )


def test_every_command_the_help_names_exists() -> None:
    named = {name for commands in cli.GROUPS.values() for name in commands}

    assert {name for name in named if name.replace("-", "_") not in get_commands()} - {
        "help"
    } == set()


def test_every_command_of_ours_is_in_the_help() -> None:
    ours = {name for name, app in get_commands().items() if str(app).startswith("mumpuni.")}
    named = {name.replace("-", "_") for commands in cli.GROUPS.values() for name in commands}

    # `make demo` runs it; nobody else needs to
    assert ours - named - {"simulate_demo"} == set()


def test_without_a_command_it_tells_what_there_is() -> None:
    told = mumpuni()

    assert told.returncode == 0
    assert "Without DATABASE_URL an embedded PostgreSQL is started" in told.stdout


@pytest.mark.parametrize("name", ["demo", "verify"])
def test_each_command_has_help(name: str) -> None:
    told = mumpuni(name, "--help")

    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("usage: mumpuni")


def test_a_command_that_is_none_is_told() -> None:
    told = mumpuni("certify")

    assert told.returncode == 1
    assert "Unknown command: 'certify'" in told.stderr


@pytest.mark.parametrize(
    ("command", "status"), [("migrate", 1), ("verify 62010 2512 3 0000042 2026", 2)]
)
def test_a_database_that_does_not_answer_is_told_in_a_sentence(
    command: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")

    told = mumpuni(*command.split())

    assert told.returncode == status
    assert told.stderr.startswith("mumpuni: the database does not answer")
    assert "Traceback" not in told.stderr


def test_a_port_in_use_is_told_before_any_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "nowhere")

    told = mumpuni("serve")

    assert told.returncode == 2
    assert "'nowhere' is no port" in told.stderr
