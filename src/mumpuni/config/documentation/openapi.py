"""The description of the API for programs."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from ninja.openapi.schema import OpenAPISchema

from mumpuni.config.api import api


def document() -> str:
    """Return the OpenAPI document as indented JSON."""
    schema: OpenAPISchema = api.get_openapi_schema()
    return DjangoJSONEncoder(indent=2, ensure_ascii=False).encode(schema) + "\n"
