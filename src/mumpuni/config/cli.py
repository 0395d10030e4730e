"""The `mumpuni` command: Django's commands and ours, with the environment they need."""

import os
import shutil
import sys
from argparse import REMAINDER, ArgumentParser, RawDescriptionHelpFormatter
from typing import NoReturn

from mumpuni.config import local, port, postgres

GROUPS = {
    "Run": {
        "demo": "Fill a demonstration with simulated records and run it.",
        "demo-code": "Tell the second factor of the demonstration's BNSP accounts.",
        "serve": "Serve pages and API on 127.0.0.1.",
        "worker": "Do the queued jobs: documents, mail, bulk work.",
    },
    "Set up": {
        "migrate": "Bring the database's tables up to date.",
        "load-reference": "Load regions, classifications and competency standards.",
        "appoint-administrator": "Give somebody the role of the authority's administrator.",
        "enter-licences": "Enter licences granted before this system from a CSV file.",
        "collectstatic": "Gather styles, scripts and fonts for serving.",
    },
    "Use": {
        "verify": "Check one certificate by its number.",
        "audit": "Check the whole public log from the outside.",
        "publish": "Write keys, credentials, status lists and log as files for everybody.",
        "rotate-log-key": "Give the public log a new key, and later retire the old.",
        "witness": "Countersign public logs that continue what they said before.",
    },
    "Develop": {
        "replay": "Make a year of the report again and compare what is counted.",
        "conformance": "Serve the W3C's test suites the API they speak, on this machine alone.",
        "makemigrations": "Write migrations for changed models.",
        "docs": "Write the generated documentation.",
        "update-translations": "Gather the texts of every package for translation.",
        "compile-translations": "Compile the translations.",
        "shell": "Python with every model imported.",
        "help": "List every command, Django's included.",
    },
}
# they need the settings, which name a database, but never connect to it
WITHOUT_DATABASE = {
    "collectstatic",
    "compile_translations",
    "conformance",
    "docs",
    "help",
    "update_translations",
    "witness",
}
SERVING = {"demo", "serve"}
# 0 says that a certificate is valid, or that a log is in order, and 1 that it is not
CHECKING = {"audit", "verify"}
NOT_CHECKABLE = 2


def main() -> None:
    """Run one command; the entry point of the console script."""
    parser = _parser()
    parsed = parser.parse_args()
    if not parsed.command:
        parser.print_help()
        return
    name, arguments = parsed.command.replace("-", "_"), parsed.arguments
    asks_for_help = not {"-h", "--help"}.isdisjoint(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mumpuni.config.settings")
    try:
        local.read_environment_file()
        if name in SERVING and not asks_for_help:
            _prepare_serving(name, arguments)
        local.prepare_environment(database=_needs_database(name, arguments) and not asks_for_help)
    except (local.CannotStart, port.PortTaken) as error:
        _give_up(name, str(error))
    _execute(name, arguments)


def _give_up(name: str, reason: str) -> NoReturn:
    """End with a sentence; where something was to be checked, not as if it did not hold."""
    print(f"mumpuni: {reason}", file=sys.stderr)  # noqa: T201 - it speaks to a person
    sys.exit(NOT_CHECKABLE if name in CHECKING else 1)


def _needs_database(name: str, arguments: list[str]) -> bool:
    """Tell whether a command connects to the database; a log is audited from the outside."""
    if name == "audit":
        return "--database" in arguments
    return name not in WITHOUT_DATABASE


def _execute(name: str, arguments: list[str]) -> None:
    from django.core.management import execute_from_command_line  # noqa: PLC0415 needs the settings
    from django.db import DatabaseError  # noqa: PLC0415 likewise

    try:
        execute_from_command_line(["mumpuni", name, *arguments])
    except DatabaseError as error:
        _give_up(name, f"the database does not answer as it should: {error}")


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="mumpuni",
        usage="mumpuni COMMAND [...]",
        description="Mumpuni, software on which a country runs competency certification.",
        epilog=_overview(),
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", nargs="?", help="one of those below")
    parser.add_argument("arguments", nargs=REMAINDER, help="`mumpuni COMMAND --help` lists them")
    return parser


def _overview() -> str:
    width = max(len(name) for commands in GROUPS.values() for name in commands)
    lines = []
    for group, commands in GROUPS.items():
        lines += [
            f"{group}:",
            *(f"  {name:{width}}  {what}" for name, what in commands.items()),
            "",
        ]
    return "\n".join([*lines, "Without DATABASE_URL an embedded PostgreSQL is started in var/."])


def _prepare_serving(name: str, arguments: list[str]) -> None:
    """Settle what the settings must know before they are read: the address, and simulation."""
    number = port.wanted(arguments)
    port.require_free(number)
    os.environ.setdefault("MUMPUNI_PUBLIC_URL", f"http://127.0.0.1:{number}")
    if name == "serve":
        # each worker writes its figures there, and /metrics adds them up
        figures = postgres.default_var() / "metrics" / str(number)
        shutil.rmtree(figures, ignore_errors=True)
        figures.mkdir(parents=True)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(figures)
    if name == "demo":
        local.require_simulation()


if __name__ == "__main__":
    main()
