"""Where the browser is: tests never skip for want of one."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"])


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
    if os.geteuid() == 0 and shutil.which("apt-get"):
        for command in INSTALL:
            subprocess.run(command, check=False, capture_output=True)
        if path := _on_path():
            return path
    raise NoBrowserError(
        "The browser tests need Chromium. Install it (Debian, Ubuntu: apt-get install chromium)"
        " or set MUMPUNI_CHROMIUM to its path."
    )
