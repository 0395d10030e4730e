"""`mumpuni update-translations`."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mumpuni.config import translations


class Command(BaseCommand):
    help = "Gather the texts of every package into its translation files."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail where a translation lacks"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # texts are written in the first language
        languages = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        if options["check"]:
            findings = translations.check_all(languages)
            for finding in findings:
                self.stdout.write(str(finding))
            if findings:
                raise CommandError(f"{len(findings)} texts lack a translation.")
            return
        for path in translations.update_all(languages):
            self.stdout.write(str(path.relative_to(translations.PACKAGES)))
        translations.compile_all()
