"""A hardware security module in software: SoftHSM, with a fresh token."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pkcs11

from mumpuni.credentials.keys.pkcs11 import TokenStore
from tests import debian

MODULE = "/usr/lib/softhsm/libsofthsm2.so"
TOKEN, PIN = "mumpuni", "246810"


def token(folder: Path) -> TokenStore:
    """Return a store in a token of its own; the module reads where it is from the environment."""
    tool = debian.program("softhsm2-util", package="softhsm2")
    (folder / "tokens").mkdir()
    configuration = folder / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(configuration)
    subprocess.run(
        [tool, "--init-token", "--free", "--label", TOKEN, "--pin", PIN, "--so-pin", PIN],
        check=True,
        capture_output=True,
    )
    pkcs11.unload(MODULE)
    return TokenStore(MODULE, TOKEN, PIN)
