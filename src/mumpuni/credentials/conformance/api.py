"""The VC-API: requests in, answers out, for the formats of the test suites."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from mumpuni.credentials.conformance.issuing import Issuer
from mumpuni.credentials.conformance.lists import PURPOSES, Lists, check_list
from mumpuni.credentials.conformance.verifying import (
    Asked,
    verify_credential,
    verify_presentation,
)
from mumpuni.credentials.errors import NotVerified, Unsignable
from mumpuni.credentials.linked_data import NotLinkedData
from mumpuni.credentials.parsing import parse_object
from mumpuni.credentials.proofs import JCS, RDFC

FORMATS = ("rdfc", "jcs", "jwt", "status")
VERIFIED = {"verified": True, "errors": []}


@dataclass(frozen=True)
class Answer:
    status: HTTPStatus
    content: dict[str, Any]


class Api:
    """The addresses below one base URL, one folder for each format."""

    def __init__(self, url: str) -> None:
        self.issuer = Issuer.with_fresh_keys()
        self.lists = Lists(f"{url}/status/lists", self.issuer)

    def answer(self, method: str, path: str, body: bytes) -> Answer:
        try:
            return self._routed(method, path.strip("/").split("/"), body)
        except (NotVerified, NotLinkedData, Unsignable) as error:
            reasons = {"verified": False, "errors": [error.code], "detail": str(error)}
            return Answer(HTTPStatus.BAD_REQUEST, reasons)

    def _routed(self, method: str, path: list[str], body: bytes) -> Answer:
        at = datetime.now(UTC)
        match method, path:
            case "POST", [form, "credentials", "issue"] if form in FORMATS:
                issued = self._issue(form, _object(parse_object(body), "credential"), at)
                return Answer(HTTPStatus.CREATED, {"verifiableCredential": issued})
            case "POST", [form, "credentials", "verify"] if form in FORMATS:
                self._verify(form, parse_object(body).get("verifiableCredential"), at)
                return Answer(HTTPStatus.OK, VERIFIED)
            case "POST", [form, "presentations", "verify"] if form in FORMATS:
                _verify_presentation(parse_object(body), at)
                return Answer(HTTPStatus.OK, VERIFIED)
            case "POST", ["status", "credentials", "status"]:
                self._mark(parse_object(body))
                return Answer(HTTPStatus.OK, {})
            case "GET", ["status", "lists", purpose] if purpose in PURPOSES:
                return Answer(HTTPStatus.OK, self.lists.credential(purpose, at))
        return Answer(HTTPStatus.NOT_FOUND, {"errors": ["not-found"]})

    def _issue(self, form: str, credential: dict[str, Any], at: datetime) -> dict[str, Any]:
        match form:
            case "jwt":
                return self.issuer.enveloped(credential)
            case "status":
                check_list(credential)
                return self.issuer.with_proof(self.lists.with_status(credential), RDFC, at)
        return self.issuer.with_proof(credential, JCS if form == "jcs" else RDFC, at)

    def _verify(self, form: str, given: Any, at: datetime) -> None:
        credential = verify_credential(given, at)
        check_list(credential)
        if form == "status":
            self.lists.check(credential)

    def _mark(self, request: dict[str, Any]) -> None:
        status = _object(request, "credentialStatus")
        self.lists.mark(str(request.get("credentialId")), str(status.get("statusPurpose")))


def _verify_presentation(request: dict[str, Any], at: datetime) -> None:
    options = _object(request, "options") if "options" in request else {}
    asked = Asked(options.get("domain"), options.get("challenge"))
    verify_presentation(request.get("verifiablePresentation"), asked, at)


def _object(request: dict[str, Any], name: str) -> dict[str, Any]:
    value = request.get(name)
    if not isinstance(value, dict):
        raise NotVerified("request-malformed", name)
    return value
