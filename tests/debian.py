"""Programs of the system that tests ask for an independent opinion: never skipped for want of one."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

LOCK = Path(tempfile.gettempdir()) / "mumpuni-tests-apt.lock"


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
    """Install packages where this is root's machine; elsewhere do nothing.

    Test processes take turns: a second apt-get does not wait for the first, it fails.
    """
    apt_get = shutil.which("apt-get")
    if os.geteuid() != 0 or not apt_get:
        return
    with LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for command in (["update", "-qq"], ["install", "-y", "-qq", *packages]):
            subprocess.run([apt_get, *command], check=False, capture_output=True)
