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
ROUTER = "router"  # `@router.delete(…)` declares an endpoint


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
        if layer(path) in OUTER_LAYERS
        for line, name in shortcuts(ast.parse(text(path)))
    ]

    assert found == [], "read through queries, write with the kernel's verbs"


def layer(path: Path) -> str:
    """Return `views` for a package's `views.py` and for what lies in its `views/`, and so on."""
    _package, *inside = path.relative_to(PACKAGES).with_suffix("").parts
    return inside[0] if inside else ""


def shortcuts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield where a module reaches for a manager or writes by itself; `.none()` reads nothing."""
    nodes = list(ast.walk(tree))
    empty = [
        node.value for node in nodes if isinstance(node, ast.Attribute) and node.attr == "none"
    ]
    for node in nodes:
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and node not in empty:
            yield node.lineno, node.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            declares = isinstance(node.func.value, ast.Name) and node.func.value.id == ROUTER
            if node.func.attr in WRITES and not declares:
                yield node.lineno, node.func.attr


def test_endpoints_have_real_annotations_not_postponed_ones() -> None:
    postponing = [
        shown(path)
        for path in source_files("py")
        if layer(path) == "api" and "from __future__ import annotations" in text(path)
    ]

    assert postponing == [], "ninja's @paginate cannot read them: its lists answer 500"
