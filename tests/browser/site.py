"""The site as browsers meet it: collected, compressed static files and a real HTTP server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.test import override_settings
from django.test.testcases import LiveServerThread

HOST = "127.0.0.1"


class Unaided(WSGIHandler):
    """Serves no static files of its own: WhiteNoise does, as in life."""

    def __init__(self, _handler: object) -> None:
        super().__init__()


@contextmanager
def serving(static_root: Path) -> Iterator[str]:
    """Collect the static files, serve until the end of the block and yield the address."""
    with override_settings(STATIC_ROOT=static_root):
        call_command("collectstatic", interactive=False, verbosity=0)
        thread = LiveServerThread(HOST, static_handler=Unaided)
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        try:
            yield f"http://{HOST}:{thread.port}"
        finally:
            thread.terminate()
