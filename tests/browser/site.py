"""The site as browsers meet it: collected, compressed static files and a real HTTP server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from django.test.testcases import LiveServerThread

HOST = "127.0.0.1"


@contextmanager
def serving(static_root: Path) -> Iterator[str]:
    """Collect the static files, serve until the end of the block and yield the address."""
    with override_settings(STATIC_ROOT=static_root):
        call_command("collectstatic", interactive=False, verbosity=0)
        # WhiteNoise serves the files, as in life
        thread = LiveServerThread(HOST, static_handler=lambda _handler: get_wsgi_application())
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        try:
            yield f"http://{HOST}:{thread.port}"
        finally:
            thread.terminate()
