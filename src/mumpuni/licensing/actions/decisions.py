"""Putting a granted application on paper: its decree, and the certificate of the licence anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Prefetch, prefetch_related_objects

from mumpuni.casework.actions import decree_numbers, drafted, issue_documents
from mumpuni.casework.models import IssuedDocument
from mumpuni.kernel.workflow import Attempt
from mumpuni.licensing.documents import certificate_facts, decree_facts
from mumpuni.licensing.models import Licence, LicenceApplication, LicenceScope

Kind = IssuedDocument.Kind


def number_decrees(applications: Sequence[LicenceApplication], attempt: Attempt) -> None:
    """L-51: give each decree that has none the next number of the year."""
    unnumbered = [one for one in applications if not one.decree_number.strip()]
    numbers = decree_numbers(attempt.on, len(unnumbered))
    for application, number in zip(unnumbered, numbers, strict=True):
        application.decree_number = number


def issue_decisions(applications: Sequence[LicenceApplication], attempt: Attempt) -> None:
    """Issue what was decided on each application, with a fixed number of statements."""
    prefetch_related_objects(applications, "schemes__scheme_version__scheme")
    scope = LicenceScope.objects.select_related("scheme_version__scheme")
    licences = {
        licence.organisation_id: licence
        for licence in Licence.objects.filter(
            organisation__in=[application.organisation_id for application in applications]
        )
        .select_related("organisation")
        .prefetch_related(
            "terms", Prefetch("scope", scope.order_by("scheme_version__title", "valid_from"))
        )
    }
    issue_documents(
        [
            document
            for application in applications
            for document in _issued(application, licences[application.organisation_id], attempt.on)
        ]
    )


def _issued(
    application: LicenceApplication, licence: Licence, on: date
) -> Iterator[IssuedDocument]:
    body = licence.organisation
    term = next(
        (term for term in licence.terms.all() if term.application_id == application.pk), None
    )
    first = term.valid_from if term else on
    scope = [row for row in licence.scope.all() if row.holds_on(first)]
    yield drafted(
        application,
        kind=Kind.DECREE,
        number=application.decree_number,
        title=f"{application.get_kind_display()} {body.name}",
        facts=decree_facts(application, licence, term, scope),
        organisation=body,
        on=on,
        effective_on=first,
        public=True,
    )
    yield drafted(
        licence,
        kind=Kind.LICENCE,
        number=licence.number,
        title=f"Lisensi {body.name}",
        facts=certificate_facts(application, licence, scope),
        organisation=body,
        on=on,
        effective_on=first,
        public=True,
    )
