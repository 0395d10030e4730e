"""Let mypy's Django plug-in load the settings without a database or secrets.

mypy imports its plug-ins in order; this one comes first and only fills in the environment.
"""

import os

from mypy.plugin import Plugin

os.environ.setdefault("DATABASE_URL", "postgresql://127.0.0.1/none")
os.environ.setdefault("MUMPUNI_SECRET_KEY", "for-the-type-checker")
os.environ.setdefault("MUMPUNI_FIELD_KEY", "for-the-type-checker")


def plugin(version: str) -> type[Plugin]:
    """Return a plug-in that does nothing; mypy asks for one."""
    return Plugin
