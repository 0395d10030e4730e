"""`mumpuni publish`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.storage import InvalidStorageError, Storage, storages
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mumpuni.certificates.publication.places import Folder
from mumpuni.certificates.publication.publishing import AheadOfUs, publish

WHOLE, DAMAGED = 0, 1


class Command(BaseCommand):
    help = (
        "Write what verifiers read - keys, credentials, status lists, the log - as files that any"
        " server or network can hand out; what did not change since the last time is left alone."
        " Exits 0 when all is published, 1 when a certificate was altered or could not be written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--out", type=Path, help="folder to write into")
        where.add_argument(
            "--store", action="store_true", help="the S3-compatible store of MUMPUNI_S3_BUCKET"
        )
        parser.add_argument("--full", action="store_true", help="write everything again")

    def handle(self, *args: Any, **options: Any) -> None:
        place = _store() if options["store"] else Folder(options["out"])
        try:
            done = publish(place, timezone.now(), self.stderr.write, full=options["full"])
        except AheadOfUs as error:
            raise CommandError(f"{error}; --full writes everything again") from error
        for finding in done.damage:
            self.stderr.write(finding)
        self.stdout.write(f"{done.files} files written")
        sys.exit(DAMAGED if done.damage else WHOLE)


def _store() -> Storage:
    try:
        return storages["published"]
    except InvalidStorageError as error:
        raise CommandError("MUMPUNI_S3_BUCKET names no store") from error
