"""The `mumpuni` command: Django's commands and ours, with the environment they need."""

import os
import sys

from mumpuni.config import local


def main() -> None:
    """Run one command; the entry point of the console script."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mumpuni.config.settings")
    arguments = sys.argv[1:]
    try:
        local.prepare_environment()
    except local.CannotStart as error:
        sys.exit(f"mumpuni: {error}")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 needs the settings

    name, *rest = arguments or ["help"]
    execute_from_command_line(["mumpuni", name.replace("-", "_"), *rest])
