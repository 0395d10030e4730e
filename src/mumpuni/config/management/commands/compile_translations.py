"""`mumpuni compile-translations`."""

from typing import Any

from django.core.management.base import BaseCommand

from mumpuni.config import translations


class Command(BaseCommand):
    help = "Compile the packages' translations; what is up to date is left alone."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        for path in translations.compile_all():
            self.stdout.write(str(path.relative_to(translations.PACKAGES)))
