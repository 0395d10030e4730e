"""Endpoints for verifiers and those who answer them: remarks, comparisons, unusual volumes."""

from datetime import datetime
from typing import Annotated, Self

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema

from mumpuni.api.auth import ApiRequest
from mumpuni.kernel import workflow
from mumpuni.schemes import actions, queries
from mumpuni.schemes.api.schemes import Code, SchemeOut
from mumpuni.schemes.models import SchemeVersion, VerificationRemark
from mumpuni.schemes.models.remarks import LONGEST_REMARK
from mumpuni.schemes.queries import Comparison

router = Router()

Remark = Annotated[str, Field(min_length=1, max_length=LONGEST_REMARK)]


class RemarkOut(Schema):
    """A remark of the verifier; `code` is that of a unit, empty where it is on the whole scheme."""

    id: int
    code: str
    text: str
    written_at: datetime
    answer: str
    answered_at: datetime | None

    @staticmethod
    def resolve_code(remark: VerificationRemark) -> str:
        return remark.unit.code if remark.unit else ""


class RemarkIn(Schema):
    """A remark on the unit of a code, or on the whole scheme without one."""

    code: Code = ""
    text: Remark


class RemarkAnswerIn(Schema):
    """What was done about a remark."""

    answer: Remark


class VolumeReasonIn(Schema):
    """Why a scheme is verified that is one of unusually many."""

    reason: Remark


class EarlierOut(Schema):
    """The version before, and the codes of units that differ from it."""

    id: int
    version: int
    added: list[str]
    dropped: list[str]
    changed: list[str]
    kept_count: int


class StandardBesideOut(Schema):
    """A standard, and the codes of its units that the scheme uses or leaves out."""

    standard: str
    used: list[str]
    missing: list[str]


class NewerUnitOut(Schema):
    """A unit that a newer standard has again, and the elements that differ."""

    code: str
    standard: str
    newer_standard: str
    same: bool
    added_elements: list[str]
    dropped_elements: list[str]


class LikeSchemeOut(Schema):
    """A scheme of another body; `likeness` in hundredths: codes in both among those in either."""

    id: int
    title: str
    organisation: str
    likeness: int
    shared: list[str]
    here: list[str]
    there: list[str]


class ComparisonOut(Schema):
    """A scheme beside its earlier version, its standards and the schemes most like it."""

    earlier: EarlierOut | None
    standards: list[StandardBesideOut]
    newer: list[NewerUnitOut]
    alike: list[LikeSchemeOut]

    @classmethod
    def of(cls, compared: Comparison) -> Self:
        """Return what a comparison tells, units by their codes."""
        earlier = compared.earlier
        return cls(
            earlier=None
            if earlier is None
            else EarlierOut(
                id=earlier.version.pk,
                version=earlier.version.version,
                added=[row.unit.code for row in earlier.added],
                dropped=[row.unit.code for row in earlier.dropped],
                changed=[now.unit.code for _was, now in earlier.changed],
                kept_count=earlier.kept_count,
            ),
            standards=[
                StandardBesideOut(
                    standard=beside.standard.key,
                    used=[unit.code for unit in beside.used],
                    missing=[unit.code for unit in beside.missing],
                )
                for beside in compared.standards
            ],
            newer=[
                NewerUnitOut(
                    code=one.unit.code,
                    standard=one.unit.standard_id,
                    newer_standard=one.newer.standard_id,
                    same=one.same,
                    added_elements=one.added,
                    dropped_elements=one.dropped,
                )
                for one in compared.newer
            ],
            alike=[
                LikeSchemeOut(
                    id=like.version.pk,
                    title=like.version.title,
                    organisation=like.version.scheme.organisation.name,
                    likeness=like.likeness,
                    shared=like.shared,
                    here=like.here,
                    there=like.there,
                )
                for like in compared.alike
            ],
        )


def _version(request: ApiRequest, pk: int) -> SchemeVersion:
    version = queries.version_in_full(request.auth, pk)
    if version is None:
        raise Http404
    return version


def _remarks(request: ApiRequest, pk: int) -> list[VerificationRemark]:
    return list(_version(request, pk).remarks.all())


@router.get("/schemes/{int:pk}/comparison", response=ComparisonOut)
def comparison(request: ApiRequest, pk: int) -> ComparisonOut:
    """Compare a scheme with its earlier version, its standards and the schemes most like it."""
    return ComparisonOut.of(queries.comparison_of(_version(request, pk)))


@router.get("/schemes/{int:pk}/remarks", response=list[RemarkOut])
def remarks(request: ApiRequest, pk: int) -> list[VerificationRemark]:
    """List the verifier's remarks with their answers."""
    return _remarks(request, pk)


@router.post("/schemes/{int:pk}/remarks", response=list[RemarkOut])
def write_remark(request: ApiRequest, pk: int, body: RemarkIn) -> list[VerificationRemark]:
    """Remark on a scheme or on one of its units."""
    version = _version(request, pk)
    actions.write_remark(version, body.code, body.text, request.auth, at=timezone.now())
    return _remarks(request, pk)


@router.delete("/schemes/{int:pk}/remarks/{int:remark}", response=list[RemarkOut])
def withdraw_remark(request: ApiRequest, pk: int, remark: int) -> list[VerificationRemark]:
    """Take a remark back that nobody has answered."""
    version = _version(request, pk)
    found = get_object_or_404(version.remarks, pk=remark)
    actions.withdraw_remark(version, found, request.auth, at=timezone.now())
    return _remarks(request, pk)


@router.put("/schemes/{int:pk}/remarks/{int:remark}/answer", response=list[RemarkOut])
def answer_remark(
    request: ApiRequest, pk: int, remark: int, body: RemarkAnswerIn
) -> list[VerificationRemark]:
    """Answer a remark."""
    version = _version(request, pk)
    found = get_object_or_404(version.remarks, pk=remark)
    actions.answer_remark(version, found, body.answer, request.auth, at=timezone.now())
    return _remarks(request, pk)


@router.put("/schemes/{int:pk}/volume-reason", response=SchemeOut)
def explain_volume(request: ApiRequest, pk: int, body: VolumeReasonIn) -> SchemeVersion:
    """Say why a scheme is verified that is one of unusually many (S-12)."""
    version = _version(request, pk)
    values = {"volume_reason": body.reason}
    workflow.amend(version, values, request.auth, at=timezone.now())
    return version
