"""Run commands of ours as child processes that live and stop together."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SECONDS_TO_ANSWER = 60
SECONDS_TO_STOP = 30
PAUSE = 0.2


class ChildEnded(Exception):
    """A child process ended by itself, or never answered."""


@dataclass(frozen=True)
class Child:
    """One running command and the file its output goes to."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def failure(self) -> ChildEnded:
        tail = "\n  ".join(self.log.read_text(errors="replace").splitlines()[-15:])
        return ChildEnded(f"{self.name} ended by itself. The end of {self.log}:\n  {tail}")


@contextmanager
def running(commands: Mapping[str, Sequence[str]], logs: Path) -> Iterator[list[Child]]:
    """Start each command; at the end ask all of them to stop and wait for it.

    They lead process groups of their own, so that Ctrl-C reaches this process alone, which then
    stops them in order.
    """
    logs.mkdir(parents=True, exist_ok=True)
    started: list[Child] = []
    try:
        for name, arguments in commands.items():
            log = logs / f"{name}.log"
            with log.open("wb") as output:
                process = subprocess.Popen(  # noqa: S603 our own commands
                    [sys.executable, "-m", "mumpuni.config.cli", name, *arguments],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    env=os.environ,
                )
            started.append(Child(name, process, log))
        yield started
    finally:
        _stop(started)


def wait_for_port(children: Sequence[Child], port: int) -> None:
    """Return when somebody listens on the port.

    Raises:
        ChildEnded: a child ended before, or nobody listens in time.
    """
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < deadline:
        _require_alive(children)
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(PAUSE)
        else:
            return
    raise ChildEnded(f"The server does not answer within {SECONDS_TO_ANSWER} seconds.")


def wait_until_one_ends(children: Sequence[Child]) -> None:
    """Wait for as long as all of them run.

    Raises:
        ChildEnded: one of them ended.
    """
    while True:
        _require_alive(children)
        time.sleep(PAUSE)


def _require_alive(children: Sequence[Child]) -> None:
    for child in children:
        if child.process.poll() is not None:
            raise child.failure()


def _stop(children: Sequence[Child]) -> None:
    for child in children:
        child.process.terminate()
    for child in children:
        try:
            child.process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
