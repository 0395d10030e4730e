"""What `mumpuni docs` writes to `docs/generated`: read from the code, so that it never lies."""

from mumpuni.config.documentation.pages import FOLDER, stale, write

__all__ = ["FOLDER", "stale", "write"]
