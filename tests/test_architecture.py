"""What no single package can see: who is let in, and which layer does what.

Imports between packages and layers are held by import-linter.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from mumpuni.web.page import PageRequest, PublicRequest, page, public_page
from tests.tree import PACKAGES, shown, source_files, text

MACHINES = {"healthz", "readyz", "metrics"}
LIBRARIES = ("allauth.", "ninja.", "django.views.i18n")

OUTER_LAYERS = {"views", "api", "forms"}
MANAGERS = {"objects", "_base_manager", "_default_manager"}
WRITES = {"save", "delete", "bulk_create", "bulk_update"}


@page
def a_page(request: PageRequest) -> HttpResponse:
    return HttpResponse()


@public_page
def a_public_page(request: PublicRequest) -> HttpResponse:
    return HttpResponse()


# what a decorator returns has the same code, whatever it decorates
GUARDS: set[Any] = {a_page.__code__, a_public_page.__code__}


def test_every_address_is_a_page_an_endpoint_or_an_account_page() -> None:
    unguarded = [
        f"{route} → {view.__module__}.{view.__qualname__}"
        for route, name, view in addresses(get_resolver().url_patterns)
        if name not in MACHINES
        and not view.__module__.startswith(LIBRARIES)
        and not is_guarded(view)
    ]

    assert unguarded == [], "decorate them with @page or @public_page"


def addresses(
    patterns: list[URLPattern | URLResolver], before: str = ""
) -> Iterator[tuple[str, str | None, Any]]:
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, route)
        else:
            view: Any = one.callback
            yield route, one.name, view.func if isinstance(view, partial) else view


def is_guarded(view: Any) -> bool:
    while view is not None:
        if getattr(view, "__code__", None) in GUARDS:
            return True
        view = getattr(view, "__wrapped__", None)
    return False


def test_views_endpoints_and_forms_ask_queries_and_take_steps() -> None:
    found = [
        f"{shown(path)}:{line}: .{name}"
        for path in source_files("py")
        if is_outer(path)
        for line, name in shortcuts(ast.parse(text(path)))
    ]

    assert found == [], "read through queries, write with the kernel's verbs"


def is_outer(path: Path) -> bool:
    """Tell whether the path is a package's `views.py` or lies in its `views/`, and likewise."""
    _package, *inside = path.relative_to(PACKAGES).with_suffix("").parts
    return bool(inside) and inside[0] in OUTER_LAYERS


def shortcuts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield where a module reaches for a manager or writes by itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            yield node.lineno, node.attr
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in WRITES:
            yield node.lineno, getattr(node.func, "attr", "")
