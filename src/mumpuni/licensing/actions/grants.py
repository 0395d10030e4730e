"""What a granted application does to the licence, kind by kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from mumpuni.kernel import numbering, workflow
from mumpuni.kernel.policy import Policy
from mumpuni.kernel.time import last_day_of_term
from mumpuni.kernel.workflow import Attempt, Changes
from mumpuni.licensing.models import (
    ApplicationScheme,
    Licence,
    LicenceApplication,
    LicenceScope,
    LicenceTerm,
    ProposedChange,
)
from mumpuni.reference.models import Region

Kind, Action, Field = LicenceApplication.Kind, ApplicationScheme.Action, ProposedChange.Field

# what a change of data may change of the licence; all else is the body's own
LICENSED_FACTS = (Field.FOUNDER_NAME, Field.SECTOR_CODE)
LICENCE_MONTHS = Policy(
    name="licensing.licence_months",
    label=_("Masa berlaku lisensi LSP"),
    unit=_("bulan"),
    default=60,
    source="KEP.1215/BNSP/V/2025; Laporan Kinerja BNSP 2024 (relisensi)",
    verified=True,
)


def grant_all(applications: Sequence[LicenceApplication], attempt: Attempt) -> None:
    """Let each granted application have the effect of its kind."""
    for kind, grant in GRANTS.items():
        if own := [one for one in applications if one.kind == kind]:
            grant(own, attempt)


def license_all(applications: Sequence[LicenceApplication], attempt: Attempt) -> None:
    """Give each applicant the next licence number, a first term and the scope it applied for."""
    ordinals = numbering.take("licence", len(applications))
    for application, ordinal in zip(applications, ordinals, strict=True):
        _license(application, ordinal, attempt)


def _license(application: LicenceApplication, ordinal: int, attempt: Attempt) -> None:
    body = application.organisation
    code = f"{ordinal:04d}"
    licence = Licence(
        organisation=body,
        application=application,
        number=f"BNSP-LSP-{code}-ID",
        ordinal=ordinal,
        simulated=body.simulated,
        **{name: getattr(application, name) for name in LicenceApplication.EDITABLE},
    )
    workflow.begin(licence, attempt.actor, at=attempt.at)
    _begin_term(licence, application, attempt.on)
    _widen(licence, application, attempt.on)
    workflow.amend(body, {"code": code}, attempt.actor, at=attempt.at)


def renew_all(applications: Sequence[LicenceApplication], attempt: Attempt) -> None:
    """Give each licence a new term after its last one, and go on with the schemes that stay."""
    for application in applications:
        _renew(application, attempt)


def _renew(application: LicenceApplication, attempt: Attempt) -> None:
    licence = _held(application)
    first = max(attempt.on, licence.last_day + timedelta(days=1))

    def change(locked: Licence) -> Changes:
        term = _begin_term(locked, application, first)
        dropped = _narrow(locked, application, first)
        return {"term": ["", str(term)]} | ({"scope": [dropped, ""]} if dropped else {})

    workflow.amend_parts(licence, "grant", change, attempt.actor, at=attempt.at)


def rescope_all(applications: Sequence[LicenceApplication], attempt: Attempt) -> None:
    """Add schemes to each scope and drop others, from the day of the decision on."""
    for application in applications:
        _rescope(application, attempt)


def _rescope(application: LicenceApplication, attempt: Attempt) -> None:
    def change(locked: Licence) -> Changes:
        dropped = _narrow(locked, application, attempt.on)
        return {"scope": [dropped, _widen(locked, application, attempt.on)]}

    workflow.amend_parts(_held(application), "grant", change, attempt.actor, at=attempt.at)


def apply_changes(applications: Sequence[LicenceApplication], attempt: Attempt) -> None:
    """Put on record what each application proposed."""
    for application in applications:
        _apply(application, attempt)


def _apply(application: LicenceApplication, attempt: Attempt) -> None:
    values: dict[str, Any] = {one.field: one.value for one in application.proposals.all()}
    of_licence: dict[str, Any] = {
        str(name): values.pop(name) for name in LICENSED_FACTS if name in values
    }
    workflow.amend(_held(application), of_licence, attempt.actor, at=attempt.at)
    if Field.REGION in values:
        values[Field.REGION] = Region.objects.get(pk=values[Field.REGION])
    workflow.amend(application.organisation, values, attempt.actor, at=attempt.at)


GRANTS: dict[str, Callable[[Sequence[LicenceApplication], Attempt], None]] = {
    Kind.NEW: license_all,
    Kind.RENEWAL: renew_all,
    Kind.SCOPE: rescope_all,
    Kind.CHANGE: apply_changes,
}


def _held(application: LicenceApplication) -> Licence:
    licence = application.held_licence
    assert licence is not None, "L-23 has seen to it"
    return licence


def _begin_term(licence: Licence, application: LicenceApplication, first: date) -> LicenceTerm:
    """L-52: the law alone sets the length of a term; no freeze lengthens it."""
    return LicenceTerm.objects.create(
        licence=licence,
        application=application,
        decree_number=application.decree_number,
        valid_from=first,
        valid_until=last_day_of_term(first, LICENCE_MONTHS.on(first)),
    )


def _widen(licence: Licence, application: LicenceApplication, first: date) -> str:
    added = [row for row in application.schemes.all() if row.action == Action.ADD]
    LicenceScope.objects.bulk_create(
        LicenceScope(
            licence=licence,
            scheme_version_id=row.scheme_version_id,
            valid_from=first,
            application=application,
        )
        for row in added
    )
    return "; ".join(map(str, added))


def _narrow(licence: Licence, application: LicenceApplication, first: date) -> str:
    """L-53: a dropped scheme ends the day before; what was certified until then stays so."""
    dropped = [row for row in application.schemes.all() if row.action == Action.DROP]
    leaving = licence.scope.filter(
        valid_until=None, scheme_version__in=[row.scheme_version_id for row in dropped]
    )
    leaving.filter(valid_from__gte=first).delete()
    leaving.update(valid_until=first - timedelta(days=1), ended_by=application)
    return "; ".join(map(str, dropped))
