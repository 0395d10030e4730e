"""The description of the API (OpenAPI), with the problems that any endpoint may answer with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from ninja import NinjaAPI
from ninja.openapi import schema as ninja_schema
from ninja.openapi.schema import OpenAPISchema
from ninja.schema import NinjaGenerateJsonSchema
from pydantic.json_schema import CoreModeRef, DefsRef

from mumpuni.api.problems import CONTENT_TYPE, Problem

READING = "get"
PROBLEM = {"$ref": f"#/components/schemas/{Problem.__name__}"}
PDF: dict[str, Any] = {
    "responses": {
        200: {
            "description": HTTPStatus.OK.phrase,
            "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}
"""What an endpoint that answers with a document says of itself, as `openapi_extra`."""


class _FullyNamed(NinjaGenerateJsonSchema):
    """Names a class within another after both: many a record has a `State` of its own."""

    def get_defs_ref(self, core_mode_ref: CoreModeRef) -> DefsRef:
        """Return the name under which a type is described."""
        reference, mode = core_mode_ref
        named = re.sub(r"\b([A-Z]\w*)\.([A-Z])", r"\1\2", reference)
        return super().get_defs_ref((type(reference)(named), mode))


# ninja has no place to say so, and lets the last of two types that share a name describe both
ninja_schema.NinjaGenerateJsonSchema = _FullyNamed  # type: ignore[attr-defined]


class DescribedAPI(NinjaAPI):
    """An API whose endpoints name what they answer when all goes well; the rest is told here."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """Return the description."""
        described = super().get_openapi_schema(**kwargs)
        described["components"]["schemas"][Problem.__name__] = Problem.json_schema()
        for operations in described["paths"].values():
            for method, operation in operations.items():
                answers = operation["responses"]
                for status in _problems(method, operation):
                    answers[status] = {
                        "description": HTTPStatus(status).phrase,
                        "content": {CONTENT_TYPE: {"schema": PROBLEM}},
                    }
                operation["responses"] = dict(sorted(answers.items()))
        return described


def _problems(method: str, operation: dict[str, Any]) -> Iterator[int]:
    declared = operation["responses"]
    yield from (status for status in declared if status >= HTTPStatus.BAD_REQUEST)
    if "requestBody" in operation:
        yield from (HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if "security" in operation:
        yield HTTPStatus.UNAUTHORIZED
        if method != READING:
            yield from (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)
    if any(one["in"] == "path" for one in operation["parameters"]):
        yield HTTPStatus.NOT_FOUND
    if operation["parameters"] or "requestBody" in operation:
        yield HTTPStatus.UNPROCESSABLE_ENTITY
