"""A program at work: it has a token, speaks JSON over HTTP, and nothing else."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from mumpuni.access.models import AccessToken, Organisation, User, new_secret, secret_digest
from mumpuni.access.roles import Permission

API = "/api/v1"


def token(of: User, acting_for: Organisation | None = None) -> str:
    """Make a token that may do all its user may, for a day; return its secret."""
    secret = new_secret()
    AccessToken.objects.create(
        name="Program uji",
        digest=secret_digest(secret),
        user=of,
        organisation=acting_for,
        scopes=list(Permission),
        expires_at=timezone.now() + timedelta(days=1),
    )
    return secret


class Program:
    """Asks for what it needs and fails where the answer is no, unless a refusal is expected."""

    def __init__(self, of: User, acting_for: Organisation | None = None) -> None:
        self.user_id = of.pk
        authorization = f"Bearer {token(of, acting_for)}"
        self.client = Client(headers={"authorization": authorization})

    def get(self, path: str, **asked: Any) -> Any:
        """Read a record or a list."""
        return self._done(self.client.get(API + path, asked))

    def post(self, path: str, **given: Any) -> Any:
        """Begin something."""
        return self._done(self._send("POST", path, given))

    def patch(self, path: str, **given: Any) -> Any:
        """Fill something in."""
        return self._done(self._send("PATCH", path, given))

    def put(self, path: str, given: Any) -> Any:
        """Set a part of a record."""
        return self._done(self._send("PUT", path, given))

    def send(self, path: str, given: Any) -> Any:
        """Post what is a list."""
        return self._done(self._send("POST", path, given))

    def upload(self, path: str, content: bytes, **given: str) -> Any:
        """Add a document."""
        file = SimpleUploadedFile("dokumen.pdf", content, "application/pdf")
        return self._done(self.client.post(API + path, {"file": file, **given}))

    def take(self, path: str, step: str, note: str = "") -> Any:
        """Take a step of a record."""
        return self.post(f"{path}/steps/{step}", note=note)

    def download(self, path: str) -> bytes:
        """Return a document."""
        answer = self.client.get(API + path)
        assert answer.status_code == 200
        return bytes(answer.getvalue())

    def refused(self, method: str, path: str, given: Any) -> str:
        """Return the rule by which a request is refused."""
        answer = self._send(method, path, given)
        assert answer.headers["content-type"] == "application/problem+json", answer.content
        told = answer.json()
        assert told["detail"]
        return str(told["type"]).removeprefix("/rules/")

    def _send(self, method: str, path: str, given: Any) -> Any:
        body = json.dumps(given, default=str)
        return self.client.generic(method, API + path, body, content_type="application/json")

    def _done(self, answer: Any) -> Any:
        assert answer.status_code < 300, (answer.status_code, answer.content.decode())
        return answer.json() if answer.content else None
