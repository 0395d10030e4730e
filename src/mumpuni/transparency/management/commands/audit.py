"""`mumpuni audit`."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from mumpuni.kernel import files
from mumpuni.transparency import actions, checks
from mumpuni.transparency.audit import (
    CannotAudit,
    Report,
    audit,
    credentials_in,
    source_at,
)
from mumpuni.transparency.management.commands.witness import key_argument
from mumpuni.transparency.notes import Malformed
from mumpuni.transparency.trust import NOBODY, TrustPolicy

HOLDS, DOES_NOT_HOLD, CANNOT_CHECK = 0, 1, 2


def policy_argument(place: str) -> TrustPolicy:
    """Read the file that is named on the command line.

    Raises:
        ArgumentTypeError: it is not there, or no policy.
    """
    try:
        return TrustPolicy.parse(Path(place).read_bytes())
    except (OSError, Malformed) as error:
        raise ArgumentTypeError(str(error)) from error


class Command(BaseCommand):
    help = (
        "Check everything a log published: signature, entries, tiles, root, order of times, and that"
        " it continues what an earlier audit saw. Exits 0 when all holds, 1 when something does not,"
        " 2 when it could not be checked."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("log", nargs="?", help="address of the log, or a folder with a copy")
        parser.add_argument(
            "--key",
            type=key_argument,
            action="append",
            default=[],
            dest="keys",
            help="the log's key; may be given several times while one follows another",
        )
        parser.add_argument(
            "--policy",
            type=policy_argument,
            default=NOBODY,
            help="C2SP tlog-policy file: its quorum must have signed, and without --key its logs are"
            " believed",
        )
        parser.add_argument(
            "--witness",
            type=key_argument,
            action="append",
            default=[],
            dest="witnesses",
            help="key of a witness that must have signed; may be given several times",
        )
        parser.add_argument(
            "--state", type=Path, help="file that remembers the head from one audit to the next"
        )
        parser.add_argument(
            "--credentials", type=Path, help="folder of ID.json and ID.tlog-proof to look up"
        )
        parser.add_argument(
            "--database",
            action="store_true",
            help="instead compare the rows of the own database; lets the log sign again",
        )
        parser.add_argument("--json", action="store_true", help="answer for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = _of_database() if options["database"] else _of_log(options)
        except CannotAudit as error:
            self.stderr.write(f"cannot be checked: {error}")
            sys.exit(CANNOT_CHECK)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), indent=2))
        else:
            for line in report.lines:
                self.stdout.write(f"{'yes' if line.holds else 'NO ':3} {line.name}: {line.told}")
        sys.exit(HOLDS if report.holds else DOES_NOT_HOLD)


def _of_log(options: dict[str, Any]) -> Report:
    policy: TrustPolicy = options["policy"]
    trust = policy.demanding(options["keys"], options["witnesses"])
    if not options["log"] or not trust.logs:
        raise CannotAudit("name the log and its --key, or a --policy that does")
    state: Path | None = options["state"]
    # beside the log, where the static tree has them
    folder = options["credentials"] or Path(options["log"]) / "c"
    report = audit(
        source_at(options["log"]),
        trust,
        before=state.read_text(encoding="utf-8") if state and state.exists() else None,
        credentials=credentials_in(folder),
    )
    if state and report.holds:
        files.replace(state, report.note.encode())
    return report


def _of_database() -> Report:
    now = timezone.now()
    check = actions.self_check(now)
    report = Report("", check.size)
    _tell(report, check)
    if report.holds:
        report.say("database", f"{check.size} entries are as they were published")
    for name, compare in checks.FURTHER.items():
        comparison = compare(now)
        _tell(report, comparison)
        report.say(name, str(comparison), holds=not comparison.findings)
    return report


def _tell(report: Report, comparison: checks.Comparison) -> None:
    for finding in comparison.findings:
        report.say(finding["kind"], finding["what"], holds=False)
