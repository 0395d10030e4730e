"""The port of the server: which one is wanted, and whether it is free."""

import os
import socket
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence

DEFAULT = 8000
HIGHEST = 65_535


class PortTaken(Exception):
    """Another program listens on the port; the text says what to do."""


def add_argument(parser: ArgumentParser) -> None:
    """Give a command its `--port`; PORT in the environment is the default."""
    parser.add_argument(
        "--port",
        type=_port,
        default=os.environ.get("PORT", str(DEFAULT)),
        help=f"port on 127.0.0.1 (default: PORT, else {DEFAULT})",
    )


def wanted(arguments: Sequence[str]) -> int:
    """Read the port alone out of a command's arguments."""
    parser = ArgumentParser(prog="mumpuni", add_help=False)
    add_argument(parser)
    return int(parser.parse_known_args(arguments)[0].port)


def require_free(port: int) -> None:
    """Say now, not after minutes of work, that the port is taken.

    Raises:
        PortTaken: something listens on it.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise PortTaken(
                f"Port {port} cannot be used ({error.strerror}); "
                f"choose another, for example PORT={port + 1} make demo."
            ) from error


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= HIGHEST:
        raise ArgumentTypeError(f"{text!r} is no port: a number from 1 to {HIGHEST} is")
    return int(text)
