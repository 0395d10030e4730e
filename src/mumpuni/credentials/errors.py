"""What is refused before it is signed, and what does not prove what it claims."""

from __future__ import annotations

from mumpuni.kernel.errors import Invalid


class Unsignable(Invalid):
    """A document or value that verifiers elsewhere would read differently; `where` points into it."""

    def __init__(self, message: str, *, where: str = "") -> None:
        super().__init__(message, code="unsignable", fields={where: [message]} if where else None)
        self.where = where


class NotVerified(Exception):
    """A signature, key or document does not hold; `code` says why, for programs."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail
