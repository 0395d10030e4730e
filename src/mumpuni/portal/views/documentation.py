"""The API, readable: made from its own description, in our look, nothing from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mumpuni.access.rules import TOKEN_LIFE
from mumpuni.portal.lookups import LOOKUPS
from mumpuni.web.page import PublicRequest, public_page


@dataclass(frozen=True)
class Parameter:
    """What an address or question may carry."""

    name: str
    place: str
    kind: str
    required: bool


@dataclass(frozen=True)
class Operation:
    """One thing a program can ask for."""

    method: str
    path: str
    purpose: SafeString
    detail: SafeString
    open_to_all: bool
    parameters: list[Parameter]
    body: list[Parameter]
    answers: list[str]

    @property
    def parts(self) -> list[str]:
        """The parts of the path: between them the address may break."""
        return self.path.strip("/").split("/")


@public_page
def api(request: PublicRequest) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "title": _("API Mumpuni"),
        "groups": [(apps.get_app_config(name), found) for name, found in _groups().items()],
        "base": settings.PUBLIC_URL,
        "lookups": LOOKUPS.on(today),
        "token_life": TOKEN_LIFE.on(today),
        "description": reverse("api:openapi-json"),
    }
    return render(request, "portal/api.html", context)


@cache
def _groups() -> dict[str, list[Operation]]:
    """Return the operations by the package they belong to; the code does not change while we run."""
    described: dict[str, Any] = import_string(settings.API).get_openapi_schema()
    schemas = described["components"]["schemas"]
    groups: dict[str, list[Operation]] = {}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            group = (operation.get("tags") or [""])[0]
            groups.setdefault(group, []).append(_operation(path, method, operation, schemas))
    return dict(sorted(groups.items(), key=lambda group: group[0] != "portal"))


def _operation(
    path: str, method: str, operation: dict[str, Any], schemas: dict[str, Any]
) -> Operation:
    purpose, _dot, detail = operation.get("description", "").strip().partition("\n")
    return Operation(
        method=method.upper(),
        path=path,
        purpose=_written(purpose or operation["summary"]),
        detail=_written(" ".join(detail.split())),
        open_to_all="security" not in operation,
        parameters=[
            Parameter(
                one["name"], one["in"], _kind(one["schema"]), required=one.get("required", False)
            )
            for one in operation.get("parameters", [])
        ],
        body=_body(operation, schemas),
        answers=[str(status) for status in operation.get("responses", {})],
    )


def _written(text: str) -> SafeString:
    """Set what stands between backticks as code."""
    pieces = text.split("`")
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<code>{}</code>", piece) if place % 2 else piece,)
            for place, piece in enumerate(pieces)
        ),
    )


def _body(operation: dict[str, Any], schemas: dict[str, Any]) -> list[Parameter]:
    content = operation.get("requestBody", {}).get("content", {})
    found: list[Parameter] = []
    for form in content.values():
        schema = form["schema"]
        named = schemas.get(str(schema.get("$ref", "")).rpartition("/")[2], schema)
        required = named.get("required", [])
        found += [
            Parameter(name, "body", _kind(kind), required=name in required)
            for name, kind in named.get("properties", {}).items()
        ]
    return found


def _kind(schema: dict[str, Any]) -> str:
    """Return the type of a value in one word or two."""
    if reference := schema.get("$ref"):
        return str(reference).rpartition("/")[2]
    if choices := schema.get("anyOf"):
        return " | ".join(dict.fromkeys(_kind(choice) for choice in choices))
    kind = str(schema.get("format") or schema.get("type", ""))
    return f"{kind}[]: {_kind(schema['items'])}" if kind == "array" else kind
