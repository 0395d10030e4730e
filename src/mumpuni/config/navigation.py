"""The links of the header, in order: what exists, and who may use it."""

from __future__ import annotations

from mumpuni.web.navigation import Entry

NAVIGATION: list[Entry] = []
