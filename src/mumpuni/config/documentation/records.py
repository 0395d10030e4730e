"""Every kind of record with a life, and what the numbers of its rules are."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.apps import apps

from mumpuni.kernel.models import Record

NUMBER = re.compile(r"\b[A-Z]-\d\d\b")


def kinds() -> Iterator[type[Record]]:
    """Yield the records that have a workflow, package by package; those of tests are left out."""
    for model in apps.get_models():
        of_tests = ".tests." in model.__module__
        if issubclass(model, Record) and hasattr(model, "workflow") and not of_tests:
            yield model


def numbers(rules: Iterable[Callable[..., object]]) -> list[str]:
    """Return the numbers that rules name in their text; a rule without one stands by its name."""
    found: set[str] = set()
    for rule in rules:
        function: Any = inspect.unwrap(getattr(rule, "func", rule))
        named = NUMBER.findall(inspect.getsource(function))
        found.update(named or [function.__name__])
    return sorted(found)
