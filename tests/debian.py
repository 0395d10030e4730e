"""Programs of the system that tests ask for an independent opinion: never skipped for want of one."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache


class Missing(Exception):
    """A program is not here and could not be installed."""


@cache
def program(name: str, *, package: str) -> str:
    """Return the path of a program: the one on the PATH, or one installed now from its package.

    Raises:
        Missing: with what to do about it.
    """
    if not shutil.which(name):
        install(package)
    if path := shutil.which(name):
        return path
    raise Missing(f"The tests need {name}. Install it (Debian, Ubuntu: apt-get install {package}).")


@cache
def install(*packages: str) -> None:
    """Install packages where this is root's machine; elsewhere do nothing."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (["update", "-qq"], ["install", "-y", "-qq", *packages]):
            subprocess.run(["apt-get", *command], check=False, capture_output=True)
