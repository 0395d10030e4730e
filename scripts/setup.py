#!/usr/bin/env python3
"""Install everything the project needs into the project's own folder.

Runs on any Python from 3.9, with the standard library alone: it looks for uv (or installs it into
.tools/), and uv finds or fetches the Python the project runs on. What is up to date is left alone.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
TOOLS = ROOT / ".tools" / "uv"
PACKAGES = ROOT / "node_modules"
ROOM_WANTED = 2_000_000_000
# (version, may uv fetch it from the network?), best first
PYTHONS = [("3.13", "never"), ("3.12", "never"), ("3.14", "never"), ("3.13", "automatic")]
# behind a proxy of one's own organisation, the system knows its certificate
TRUST_THE_SYSTEM = {"UV_SYSTEM_CERTS": "true", "NODE_USE_SYSTEM_CA": "1"}
NO_NETWORK = "If the lines above speak of the network: connect this machine once and start again."


def main() -> None:
    os.chdir(ROOT)
    for name, value in TRUST_THE_SYSTEM.items():
        os.environ.setdefault(name, value)
    if not PYTHON.exists() and shutil.disk_usage(ROOT).free < ROOM_WANTED:
        fail("The disk is nearly full: installing needs 2 GB. Make room and start again.")
    install_python_packages()
    install_browser_assets()
    compile_translations()
    collect_static_files()


def install_python_packages() -> None:
    requirements = ROOT / "requirements" / "dev.txt"
    done = Stamp(VENV / ".installed", [requirements, ROOT / "pyproject.toml"])
    if done.valid() and runs(PYTHON):
        return
    uv = find_uv()
    make_environment(uv)
    print("Installing the Python packages …", flush=True)
    install = [uv, "pip", "install", "--quiet", "--python", str(PYTHON)]
    if not succeeds([*install, "--require-hashes", "-r", str(requirements)]):
        fail(f"The Python packages could not be installed. {NO_NETWORK}")
    if not succeeds([*install, "--no-deps", "--editable", "."]):
        fail(f"The project itself could not be installed. {NO_NETWORK}")
    done.write()


def find_uv() -> str:
    for candidate in (shutil.which("uv"), TOOLS / "bin" / "uv"):
        if candidate and runs(candidate):
            return str(candidate)
    print("Installing uv into .tools/ …", flush=True)
    shutil.rmtree(TOOLS, ignore_errors=True)
    if not succeeds([sys.executable, "-m", "venv", str(TOOLS)]):
        fail(
            f"{sys.executable} cannot make a virtual environment. Install its venv module (on Debian"
            " and Ubuntu: apt-get install python3-venv), or install uv: https://docs.astral.sh/uv/"
        )
    pip = [str(TOOLS / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    if not succeeds([*pip, "--require-hashes", "-r", str(ROOT / "requirements" / "uv.txt")]):
        shutil.rmtree(TOOLS, ignore_errors=True)
        fail(f"uv could not be installed. {NO_NETWORK}")
    return str(TOOLS / "bin" / "uv")


def make_environment(uv: str) -> None:
    if runs(PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 12))"):
        return
    print("Creating the environment .venv …", flush=True)
    places = [os.environ.get("PATH", os.defpath), *pythons_of_pyenv()]
    refusals = []
    for version, downloads in PYTHONS:
        result = subprocess.run(
            [uv, "venv", "--clear", "--python", version, str(VENV)],
            check=False,
            capture_output=True,
            text=True,
            env={
                **os.environ,
                "PATH": os.pathsep.join(places),
                "UV_PYTHON_DOWNLOADS": downloads,
            },
        )
        if result.returncode == 0:
            return
        refusals.append(result.stderr.strip())
    print(refusals[-1], file=sys.stderr)
    fail(f"No Python 3.12 or newer is here, and none could be fetched. Install one. {NO_NETWORK}")


def pythons_of_pyenv() -> list[str]:
    """Return the folders of pyenv's Pythons; none where they may not be read."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    try:
        return [str(place) for place in pyenv.glob("versions/*/bin")]
    except PermissionError:
        return []


def install_browser_assets() -> None:
    done = Stamp(PACKAGES / ".installed", [ROOT / "package-lock.json"])
    if done.valid():
        return
    # the environment brings a Node of its own for systems without one
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), str(VENV / "bin")])
    npm = shutil.which("npm", path=path)
    if not npm:
        fail("npm is missing though .venv should hold it: remove .venv and start again.")
    print("Installing the browser's assets …", flush=True)
    quietly = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    command = [npm, "ci", "--ignore-scripts", *quietly]
    if not succeeds(command, env={**os.environ, "PATH": path}):
        fail(f"The browser's assets could not be installed. {NO_NETWORK}")
    done.write()


def compile_translations() -> None:
    code = "from mumpuni.config import translations; translations.compile_all()"
    if not succeeds([str(PYTHON), "-c", code]):
        fail("The translations could not be compiled.")


def collect_static_files() -> None:
    sources = [path for path in ROOT.glob("src/mumpuni/*/static/**/*") if path.is_file()]
    var = Path(os.environ.get("MUMPUNI_VAR") or ROOT / "var")
    done = Stamp(var / "static" / ".collected", [ROOT / "package-lock.json", *sorted(sources)])
    if done.valid():
        return
    command = [str(VENV / "bin" / "mumpuni"), "collectstatic", "--noinput", "--clear", "-v", "0"]
    if not succeeds(command):
        fail("Styles and scripts could not be gathered.")
    done.write()


class Stamp:
    """Remembers from which files something was made."""

    def __init__(self, path: Path, sources: list[Path]) -> None:
        self.path = path
        digest = hashlib.sha256(str(ROOT).encode())
        for source in sources:
            digest.update(source.read_bytes())
        self.wanted = digest.hexdigest()

    def valid(self) -> bool:
        return self.path.exists() and self.path.read_text() == self.wanted

    def write(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.wanted)


def runs(program: str | Path, *arguments: str) -> bool:
    try:
        result = subprocess.run(
            [str(program), *(arguments or ["--version"])], check=False, capture_output=True
        )
    except OSError:
        return False
    return result.returncode == 0


def succeeds(command: list[str], env: dict[str, str] | None = None) -> bool:
    return subprocess.run(command, check=False, env=env).returncode == 0


def fail(sentence: str) -> NoReturn:
    sys.exit(f"setup: {sentence}")


if __name__ == "__main__":
    main()
