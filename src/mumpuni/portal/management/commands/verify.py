"""`mumpuni verify`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from mumpuni.certificates.models import LookupCount
from mumpuni.certificates.verification import Verdict, Verification, verify_any
from mumpuni.portal.api.public import VerificationOut
from mumpuni.portal.lookups import tally

VALID, NOT_VALID, NOT_CHECKABLE = 0, 1, 2


class Command(BaseCommand):
    help = (
        "Check one certificate by its number, registration number, blank number with --name, or"
        " public identifier. Exits 0 when it is valid, 1 when it is not, 2 when it is not found or"
        " cannot be checked."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", nargs="+", help="as printed; spaces may be left as they are")
        parser.add_argument("--name", default="", help="the name that is printed with it")
        parser.add_argument("--json", action="store_true", help="answer as the API does")

    def handle(self, *args: Any, **options: Any) -> None:
        answer = verify_any(" ".join(options["number"]), options["name"])
        tally(LookupCount.Channel.CLI, [answer])
        if options["json"]:
            self.stdout.write(VerificationOut.model_validate(answer).model_dump_json(indent=2))
        else:
            for line in _lines(answer):
                self.stdout.write(line)
        sys.exit(_status(answer))


def _lines(answer: Verification) -> list[str]:
    lines = [str(answer.verdict.label).upper(), answer.reason]
    if answer.certificate and answer.body:
        certificate = answer.certificate
        lines += [
            certificate.holder_name,
            f"{certificate.scheme_title} ({certificate.scheme_number})",
            f"{certificate.number} · {certificate.registration_number}",
            f"{answer.body.name} ({answer.body.licence_number})",
        ]
    return lines


def _status(answer: Verification) -> int:
    if answer.holds:
        return VALID
    unknown = answer.verdict in {Verdict.NOT_FOUND, Verdict.UNCERTAIN}
    return NOT_CHECKABLE if unknown else NOT_VALID
