"""How far an application is from all that its submission asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mumpuni.kernel.errors import Refused
from mumpuni.kernel.workflow import Attempt, Text
from mumpuni.licensing.models import (
    ApplicationDocument,
    LicenceApplication,
    required_documents,
)
from mumpuni.licensing.rules.applications import (
    Rule,
    data_differ,
    documents_present,
    missing_documents,
    profile_complete,
    rejected_documents,
    rejected_replaced,
    type_agrees,
)
from mumpuni.licensing.rules.schemes import schemes_chosen, schemes_verified, scope_changes
from mumpuni.licensing.rules.standing import licence_permits, only_reduced_while_frozen

Kind = LicenceApplication.Kind
COMPLETE = 100


@dataclass(frozen=True)
class Requirement:
    """What an application must have before it is submitted, and the page where it is filled in."""

    label: Text
    rules: tuple[Rule, ...]
    page: Callable[[LicenceApplication], str]
    kinds: frozenset[LicenceApplication.Kind] = frozenset(Kind)


@dataclass(frozen=True)
class Finding:
    """Whether a requirement is met; `refusal` says what is missing."""

    requirement: Requirement
    refusal: Refused | None
    url: str


@dataclass(frozen=True)
class Readiness:
    """What a submission asks for: each requirement, and the documents still to be brought.

    `score` is the share, in percent, of what is met; each required document counts for itself.
    """

    findings: tuple[Finding, ...]
    documents: tuple[ApplicationDocument.Kind, ...]
    score: int


def _page_of(part: str) -> Callable[[LicenceApplication], str]:
    return lambda application: reverse(f"licensing:application-{part}", args=[application.pk])


def _profile(application: LicenceApplication) -> str:
    return application.organisation.get_absolute_url()


def _licence(application: LicenceApplication) -> str:
    licence = application.held_licence
    return licence.get_absolute_url() if licence else reverse("licensing:apply")


DOCUMENTS = Requirement(
    _("Dokumen persyaratan"),
    (documents_present, rejected_replaced),
    _page_of("documents"),
)
REQUIREMENTS = (
    Requirement(
        _("Kedudukan lisensi"),
        (licence_permits, only_reduced_while_frozen),
        _licence,
        frozenset(Kind) - {Kind.NEW},
    ),
    Requirement(_("Alamat dan wilayah kantor"), (profile_complete,), _profile),
    Requirement(
        _("Jenis LSP, pembentuk, dan asesi"),
        (type_agrees,),
        _page_of("body"),
        frozenset({Kind.NEW}),
    ),
    DOCUMENTS,
    Requirement(
        _("Skema yang dimohonkan"),
        (scope_changes, schemes_chosen, schemes_verified),
        _page_of("schemes"),
        frozenset(Kind) - {Kind.CHANGE},
    ),
    Requirement(
        _("Data yang berubah"),
        (data_differ,),
        _page_of("data"),
        frozenset({Kind.CHANGE}),
    ),
)


def readiness(application: LicenceApplication, attempt: Attempt) -> Readiness:
    """Return every requirement of a submission with what is still missing."""
    findings = tuple(
        Finding(one, _refusal(one.rules, application, attempt), one.page(application))
        for one in REQUIREMENTS
        if application.kind in one.kinds
    )
    missing = tuple(missing_documents(application) + rejected_documents(application))
    others = [one.refusal is None for one in findings if one.requirement is not DOCUMENTS]
    asked = len(required_documents(application)) + len(others)
    lacking = len(missing) + others.count(False)
    return Readiness(findings, missing, max(0, COMPLETE * (asked - lacking) // asked))


def _refusal(
    rules: Iterable[Rule], application: LicenceApplication, attempt: Attempt
) -> Refused | None:
    try:
        for rule in rules:
            rule(application, attempt)
    except Refused as refused:
        return refused
    return None
