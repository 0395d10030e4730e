"""Bearer tokens only: the session cookie opens no endpoint, so none needs a CSRF exemption."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from mumpuni.access.person import Person
from mumpuni.access.queries import person_of_token


class ApiRequest(HttpRequest):
    """A request by a program with a token; `auth` is whom it acts as."""

    auth: Person


class TokenAuth(HttpBearer):
    """Turns `Authorization: Bearer …` into a person with the token's scopes."""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        return person_of_token(token, timezone.now(), timezone.localdate())
