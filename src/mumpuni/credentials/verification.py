"""Check a credential from anybody: every check is told as passed, failed, or impossible to make.

Nothing here asks a network or a database: keys come through `resolve`, and whether the issuer is
recognised, what the status lists say and what the log holds is for the packages above to add.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from mumpuni.credentials import jwt, linked_data, structure
from mumpuni.credentials.errors import NotVerified, Unsignable
from mumpuni.credentials.linked_data import NotLinkedData
from mumpuni.credentials.parsing import parse_object
from mumpuni.credentials.proofs import JCS, RDFC, sha256_of_json
from mumpuni.credentials.signing import PublicKey, from_multibase

type Resolve = Callable[[str], PublicKey | None]
"""Finds the key of a verification method: None where it cannot be had, `NotVerified` where it is
known not to be trusted."""

MOST_PROOFS = 8
SIGNATURE_BYTES = 64
UNKNOWABLE = {
    "context-unknown",
    "text-unsafe",
    "too-large",
    "too-symmetric",
}
"""What a document may have without being wrong: we only cannot say what it means."""


class Outcome(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "could-not-check"


@dataclass(frozen=True)
class Check:
    """One question put to a credential; `code` says why it did not pass."""

    name: str
    outcome: Outcome
    code: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Verification:
    """What was asked of a credential and what came out, and the credential if it could be read."""

    checks: tuple[Check, ...]
    credential: dict[str, Any] | None = None
    methods: tuple[str, ...] = ()
    """The verification methods whose signatures hold."""

    @property
    def outcome(self) -> Outcome:
        """The worst of all checks: nothing is well as long as one thing is not known."""
        outcomes = {check.outcome for check in self.checks}
        for worst in (Outcome.FAILED, Outcome.UNKNOWN):
            if worst in outcomes:
                return worst
        return Outcome.PASSED

    def require(self) -> dict[str, Any]:
        """Return the credential, or raise `NotVerified` for the first check that did not pass."""
        for check in self.checks:
            if check.outcome != Outcome.PASSED:
                raise NotVerified(check.code, check.detail)
        assert self.credential is not None
        return self.credential


def verify(content: bytes, resolve: Resolve, *, at: datetime) -> Verification:
    """Check a credential file or a pasted JWT, as of an instant."""
    content = content.strip()
    try:
        if content.startswith(b"ey"):
            return _verify_token(content, resolve, at)
        return verify_document(parse_object(content), resolve, at=at)
    except NotVerified as error:
        return Verification((_failed("format", error),))


def verify_document(document: dict[str, Any], resolve: Resolve, *, at: datetime) -> Verification:
    """Check a credential with embedded proofs."""
    secured = _Secured.of(document, resolve, at)
    checks = [
        Check("format", Outcome.PASSED),
        *_content_checks(secured.credential, at),
        _attempt("linked-data", lambda: secured.dataset_hash),
    ]
    if not 0 < len(secured.proofs) <= MOST_PROOFS:
        code = "proofs-many" if secured.proofs else "proofs-none"
        return Verification((*checks, Check("proof", Outcome.FAILED, code)), document)
    methods: list[str] = []
    for proof in secured.proofs:
        check = _proof_check(secured, proof)
        checks.append(check)
        if check.outcome == Outcome.PASSED:
            methods.append(proof["verificationMethod"])
    checks.append(_issuer_check(secured.credential, methods))
    return Verification(tuple(checks), document, tuple(methods))


@dataclass(frozen=True)
class _Secured:
    """A credential apart from its proofs, and what checking them needs."""

    credential: dict[str, Any]
    proofs: list[Any]
    resolve: Resolve
    at: datetime

    @classmethod
    def of(cls, document: dict[str, Any], resolve: Resolve, at: datetime) -> _Secured:
        proofs = _listed(document["proof"]) if "proof" in document else []
        credential = {name: value for name, value in document.items() if name != "proof"}
        return cls(credential, proofs, resolve, at)

    @cached_property
    def dataset_hash(self) -> bytes:
        return linked_data.dataset_hash(self.credential)


def _verify_token(content: bytes, resolve: Resolve, at: datetime) -> Verification:
    token = jwt.parse(content.decode("ascii", errors="replace"))
    method = token.verification_method
    check = _attempt("proof vc+jwt", lambda: token.check(_key(method, resolve)))
    methods = (method,) if check.outcome == Outcome.PASSED else ()
    checks = (
        Check("format", Outcome.PASSED),
        *_content_checks(token.payload, at),
        _attempt("linked-data", lambda: linked_data.dataset(token.payload)),
        check,
        _issuer_check(token.payload, methods),
    )
    return Verification(checks, token.payload, methods)


def _content_checks(credential: dict[str, Any], at: datetime) -> Iterator[Check]:
    faults = structure.faults(credential)
    yield Check(
        "structure",
        Outcome.FAILED if faults else Outcome.PASSED,
        faults[0] if faults else "",
        ", ".join(faults),
    )
    yield _attempt("period", lambda: _check_period(credential, at))


def _check_period(credential: dict[str, Any], at: datetime) -> None:
    begin = structure.moment(credential, structure.BEGINNINGS)
    end = structure.moment(credential, structure.ENDS)
    if begin and at < begin:
        raise NotVerified("not-yet-valid", begin.isoformat())
    if end and at > end:
        raise NotVerified("expired", end.isoformat())


def _issuer_check(credential: dict[str, Any], methods: list[str] | tuple[str, ...]) -> Check:
    """The key must be under the issuer's own identifier: else anybody could sign for anybody."""
    issuer = structure.issuer_id(credential)
    if not methods:
        return Check("issuer", Outcome.UNKNOWN, "proofs-none-hold")
    if foreign := [method for method in methods if method.partition("#")[0] != issuer]:
        return Check("issuer", Outcome.FAILED, "key-of-another", foreign[0])
    return Check("issuer", Outcome.PASSED)


def _proof_check(secured: _Secured, proof: Any) -> Check:
    suite = str(proof.get("cryptosuite")) if isinstance(proof, dict) else ""
    name = f"proof {suite}".strip()

    def check() -> None:
        _check_proof_form(proof, secured.at)
        signature = from_multibase(proof["proofValue"])
        if len(signature) != SIGNATURE_BYTES:
            raise NotVerified("signature-wrong")
        key = _key(proof["verificationMethod"], secured.resolve)
        if key.kind != "ed25519":
            raise NotVerified("key-kind-wrong")
        key.check(signature, _HASHES[suite](secured, proof))

    if isinstance(proof, dict) and suite not in _HASHES:
        return Check(name, Outcome.UNKNOWN, "cryptosuite-unknown", suite)
    return _attempt(name, check)


def _check_proof_form(proof: Any, at: datetime) -> None:
    """Refuse a proof that misses something, was made for another purpose, or has run out."""
    if not isinstance(proof, dict) or proof.get("type") != "DataIntegrityProof":
        raise NotVerified("proof-malformed")
    if not all(isinstance(proof.get(name), str) for name in ("verificationMethod", "proofValue")):
        raise NotVerified("proof-malformed")
    if proof.get("proofPurpose") != "assertionMethod":
        raise NotVerified("proof-purpose-wrong", str(proof.get("proofPurpose")))
    moments = {name: structure.moment(proof, (name, name)) for name in ("created", "expires")}
    if wrong := [name for name, moment in moments.items() if name in proof and not moment]:
        raise NotVerified("proof-malformed", wrong[0])
    if moments["expires"] and at > moments["expires"]:
        raise NotVerified("proof-expired")


def _earlier(secured: _Secured, proof: dict[str, Any]) -> dict[str, Any]:
    """Return the proofs that this one was set upon: a chain signs them with the document."""
    if "previousProof" not in proof:
        return {}
    named = _listed(proof["previousProof"])
    found = [one for one in secured.proofs if isinstance(one, dict) and one.get("id") in named]
    if len(found) != len(named):
        raise NotVerified("previous-proof-missing")
    return {"proof": found}


def _rdfc_hashes(secured: _Secured, proof: dict[str, Any]) -> bytes:
    configuration = {**_without_value(proof), "@context": secured.credential.get("@context")}
    earlier = _earlier(secured, proof)
    return linked_data.dataset_hash(configuration) + (
        linked_data.dataset_hash(secured.credential | earlier) if earlier else secured.dataset_hash
    )


def _jcs_hashes(secured: _Secured, proof: dict[str, Any]) -> bytes:
    """A proof may carry a context: the document's then begins with it, and is signed as that."""
    document = secured.credential | _earlier(secured, proof)
    if "@context" in proof:
        own, whole = _listed(proof["@context"]), _listed(document.get("@context"))
        if whole[: len(own)] != own:
            raise NotVerified("proof-context-wrong")
        document["@context"] = proof["@context"]
    return sha256_of_json(_without_value(proof)) + sha256_of_json(document)


_HASHES: dict[str, Callable[[_Secured, dict[str, Any]], bytes]] = {
    RDFC: _rdfc_hashes,
    JCS: _jcs_hashes,
}


def _without_value(proof: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in proof.items() if name != "proofValue"}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _key(verification_method: str, resolve: Resolve) -> PublicKey:
    key = resolve(verification_method)
    if key is None:
        raise _CannotTell("key-not-found", verification_method)
    return key


class _CannotTell(NotVerified):
    """A check that could not be made."""


def _attempt(name: str, check: Callable[[], object]) -> Check:
    """Make a check that raises when it does not pass."""
    try:
        check()
    except _CannotTell as error:
        return Check(name, Outcome.UNKNOWN, error.code, error.detail)
    except NotVerified as error:
        return _failed(name, error)
    except NotLinkedData as error:
        outcome = Outcome.UNKNOWN if error.code in UNKNOWABLE else Outcome.FAILED
        return Check(name, outcome, error.code, error.detail)
    except Unsignable as error:
        return Check(name, Outcome.UNKNOWN, "not-canonicalisable", error.where)
    return Check(name, Outcome.PASSED)


def _failed(name: str, error: NotVerified) -> Check:
    return Check(name, Outcome.FAILED, error.code, error.detail)
