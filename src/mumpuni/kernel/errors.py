"""Refusals: what the kernel and the rules say instead of yes, each with a code."""

from __future__ import annotations

from collections.abc import Mapping


class Refused(Exception):
    """A step, edit or record was refused; the message helps, the code names the rule."""

    status = 409

    def __init__(
        self, message: str, *, code: str, fields: Mapping[str, list[str]] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.fields = dict(fields or {})


class NotPermitted(Refused):
    """The actor may see the record but not do this."""

    status = 403

    def __init__(self, message: str, *, code: str = "not-permitted") -> None:
        super().__init__(message, code=code)


class WrongState(Refused):
    """The record is not where the step begins."""

    def __init__(self, message: str, *, code: str = "wrong-state") -> None:
        super().__init__(message, code=code)


class Invalid(Refused):
    """What was entered breaks a field or a constraint; `fields` says which."""

    status = 422

    def __init__(
        self,
        message: str,
        *,
        code: str = "invalid",
        fields: Mapping[str, list[str]] | None = None,
    ) -> None:
        super().__init__(message, code=code, fields=fields)
