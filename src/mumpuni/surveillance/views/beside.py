"""What surveillance shows on the pages of licences and of applications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mumpuni.surveillance import queries

if TYPE_CHECKING:
    from mumpuni.access.person import Person
    from mumpuni.licensing.models import Licence, LicenceApplication

type Beside = tuple[str, dict[str, Any]] | None


def of_licence(licence: Licence, person: Person) -> Beside:
    """The way to how the body fares, and its risk for whoever watches; one query."""
    risk = queries.risks(person).filter(pk=licence.pk).first()
    return "surveillance/beside_licence.html", {"licence": licence, "risk": risk}


def of_application(application: LicenceApplication, _person: Person) -> Beside:
    """The way to the dossier that was kept when a renewal was submitted; no query."""
    if application.kind != application.Kind.RENEWAL or application.submitted_on is None:
        return None
    return "surveillance/beside_application.html", {"application": application}
