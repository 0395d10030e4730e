"""The description of the API for programs."""

from __future__ import annotations

from http import HTTPStatus

from django.core.serializers.json import DjangoJSONEncoder

from mumpuni.config.api import api

# Python 3.12 has an older name for it; the page is the same on both
PHRASES = {HTTPStatus(422).phrase: "Unprocessable Content"}


def document() -> str:
    """Return the OpenAPI document as indented JSON."""
    schema = api.get_openapi_schema()
    for operations in schema["paths"].values():
        for operation in operations.values():
            for response in operation["responses"].values():
                phrase = response["description"]
                response["description"] = PHRASES.get(phrase, phrase)
    return DjangoJSONEncoder(indent=2, ensure_ascii=False).encode(schema) + "\n"
