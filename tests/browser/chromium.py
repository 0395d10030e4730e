"""Where the browser is: tests never skip for want of one."""

from __future__ import annotations

import os
import shutil
from functools import cache

from tests import debian

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class NoBrowserError(Exception):
    """There is no Chromium and none could be installed."""


@cache
def find() -> str:
    """Return the path of a Chromium: the one named, one on the PATH, or one installed now.

    Raises:
        NoBrowserError: with what to do about it.
    """
    if named := os.environ.get("MUMPUNI_CHROMIUM"):
        return named
    return _on_path() or _installed()


def _on_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _installed() -> str:
    debian.install("chromium")
    if path := _on_path():
        return path
    raise NoBrowserError(
        "The browser tests need Chromium. Install it (Debian, Ubuntu: apt-get install chromium)"
        " or set MUMPUNI_CHROMIUM to its path."
    )
