"""The environment: `.env.example` explains every variable, and a wrong value says what is wrong."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from mumpuni.config import local
from mumpuni.config.environment import env_bool, env_int, env_list, env_str

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / ".env.example"
READERS = {"env_str", "env_bool", "env_int", "env_list", "get", "setdefault"}
# what makes a variable one of ours; the system's own (PATH, HOME) need no explanation
OURS = re.compile(r"MUMPUNI_[A-Z_]+|DATABASE_URL|PORT")


def python_files() -> list[Path]:
    folders = (path for name in ("src", "scripts", "tests") for path in (ROOT / name).rglob("*.py"))
    return [*folders, ROOT / "conftest.py"]


def variables_read(path: Path) -> set[str]:
    """Names given to one of our readers, or asked of `os.environ`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            called, name = node.func, node.args[0]
            asks = getattr(called, "attr", getattr(called, "id", "")) in READERS
        elif isinstance(node, ast.Subscript):
            name = node.slice
            asks = getattr(node.value, "attr", "") == "environ"
        else:
            continue
        if asks and isinstance(name, ast.Constant) and OURS.fullmatch(str(name.value)):
            found.add(str(name.value))
    return found


def explained() -> dict[str, str]:
    lines = re.findall(r"^# ([A-Z_]+)=(.*)$", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(lines)


def test_the_example_explains_every_variable_and_no_other() -> None:
    read = {
        name for path in python_files() if path != Path(__file__) for name in variables_read(path)
    }

    assert {"not explained": read - set(explained()), "never read": set(explained()) - read} == {
        "not explained": set(),
        "never read": set(),
    }


def test_the_example_shows_the_defaults() -> None:
    settings_of = {
        "MUMPUNI_DEBUG": "str(s.DEBUG).lower()",
        "MUMPUNI_HTTPS": "str(s.HTTPS).lower()",
        "MUMPUNI_SIMULATED": "str(s.SIMULATED).lower()",
        "MUMPUNI_HOSTS": "','.join(s.ALLOWED_HOSTS)",
        "MUMPUNI_PUBLIC_URL": "s.PUBLIC_URL",
        "MUMPUNI_PROXIES": "s.ALLAUTH_TRUSTED_PROXY_COUNT",
        "MUMPUNI_MAIL_FROM": "s.DEFAULT_FROM_EMAIL",
    }
    bare = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": "postgresql://127.0.0.1/none",
        "MUMPUNI_SECRET_KEY": "s",
        "MUMPUNI_FIELD_KEY": "f",
    }
    program = "from mumpuni.config import settings as s\n"
    program += "\n".join(f"print({expression})" for expression in settings_of.values())

    printed = subprocess.run(
        [sys.executable, "-c", program], env=bare, check=True, capture_output=True, text=True
    ).stdout

    shown = explained()
    assert printed.splitlines() == [shown[name] for name in settings_of]


def test_a_missing_variable_names_the_file_that_explains_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("MUMPUNI_NOTHING", raising=False)

    with pytest.raises(ImproperlyConfigured, match=r"MUMPUNI_NOTHING is not set; \.env\.example"):
        env_str("MUMPUNI_NOTHING")


@pytest.mark.parametrize(
    ("written", "meant"), [("1", True), ("Yes", True), ("off", False), ("", False)]
)
def test_a_switch_is_read_in_every_usual_spelling(
    monkeypatch: pytest.MonkeyPatch, written: str, meant: bool
) -> None:
    monkeypatch.setenv("MUMPUNI_DEBUG", written)

    assert env_bool("MUMPUNI_DEBUG", default=not meant) is meant


def test_a_switch_that_is_neither_on_nor_off_stops_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MUMPUNI_HTTPS", "perhaps")

    with pytest.raises(ImproperlyConfigured, match="neither true nor false"):
        env_bool("MUMPUNI_HTTPS", default=False)


def test_a_number_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUMPUNI_SMTP_PORT", "smtp")

    with pytest.raises(ImproperlyConfigured, match="not a whole number"):
        env_int("MUMPUNI_SMTP_PORT", 587)


def test_a_list_leaves_empty_parts_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUMPUNI_HOSTS", " a.example, ,b.example,")

    assert env_list("MUMPUNI_HOSTS") == ["a.example", "b.example"]


def test_a_file_fills_in_what_the_environment_leaves_open(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MUMPUNI_HOSTS", "kept.example")
    monkeypatch.setenv("MUMPUNI_MAIL_FROM", "")  # so that it is taken back afterwards
    monkeypatch.delenv("MUMPUNI_MAIL_FROM")
    file = tmp_path / ".env"
    file.write_text("# MUMPUNI_DEBUG=1\nMUMPUNI_HOSTS=other\nMUMPUNI_MAIL_FROM='a@b.example'\n")

    local.read_environment_file(file)

    assert os.environ["MUMPUNI_HOSTS"] == "kept.example"
    assert os.environ["MUMPUNI_MAIL_FROM"] == "a@b.example"


def test_a_named_database_demands_the_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1/somewhere")
    monkeypatch.delenv("MUMPUNI_FIELD_KEY")

    with pytest.raises(local.CannotStart, match="MUMPUNI_FIELD_KEY must be set too"):
        local.prepare_environment()


def test_simulated_records_keep_out_of_a_named_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1/somewhere")
    monkeypatch.delenv("MUMPUNI_SIMULATED", raising=False)

    with pytest.raises(local.CannotStart, match="MUMPUNI_SIMULATED=true"):
        local.require_simulation()
