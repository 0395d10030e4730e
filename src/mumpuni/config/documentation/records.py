"""Every kind of record with a life, and what the numbers of its rules are."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from types import FunctionType
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
        found |= _named_by(function) or {function.__name__}
    return sorted(found)


def _named_by(function: FunctionType) -> set[str]:
    """Return the numbers in a function's text, else those of the functions it hands over to."""
    named = set(NUMBER.findall(inspect.getsource(function)))
    handed_to = (function.__globals__.get(name) for name in function.__code__.co_names)
    ours = (other for other in handed_to if inspect.isfunction(other) and _is_rule(other))
    return named or {number for other in ours for number in _named_by(other)}


def _is_rule(function: FunctionType) -> bool:
    return "rules" in function.__module__.split(".")
