"""What a demonstration tells whoever starts it: what to open, and as whom."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import override

from mumpuni.access.models import Membership
from mumpuni.access.roles import AUTHORITY_ROLES
from mumpuni.assessors.models import Assessor
from mumpuni.certificates.models import Certificate
from mumpuni.simulation.demo.cast import PASSWORD, SECOND_FACTOR
from mumpuni.simulation.demo.freezes import WITH_CERTIFICATES
from mumpuni.simulation.demo.world import APPLICANT, BODY, HOLDER


@override("en")
def welcome(base_url: str) -> str:
    """Return the text, in English as all that a terminal is told, with addresses below `base_url`."""
    return "\n".join(
        [
            "",
            f"Mumpuni runs at {base_url}/ with simulated records.",
            "",
            "Certificates to verify:",
            *_lines(_certificates(base_url)),
            "",
            "Accounts, one per role:",
            *_lines(_accounts()),
            "",
            f"Password of all: {PASSWORD}",
            f"Accounts of BNSP ask for a code as well: add {SECOND_FACTOR}",
            "to an authenticator app, or run `.venv/bin/mumpuni demo-code`.",
        ]
    )


def _lines(pairs: Iterator[tuple[str, str]]) -> list[str]:
    return [f"  {label:<34} {value}" for label, value in pairs]


def _certificates(base_url: str) -> Iterator[tuple[str, str]]:
    of_body = Certificate.objects.filter(organisation__name=BODY).order_by("number", "-pk")
    for state in Certificate.State:
        certificate = of_body.filter(state=state).first()
        if certificate is not None:
            yield str(state.label), _address(base_url, certificate)
    before = Certificate.objects.filter(organisation__name=WITH_CERTIFICATES).first()
    if before is not None:
        yield "Issued before the body was frozen", _address(base_url, before)


def _address(base_url: str, certificate: Certificate) -> str:
    return base_url + reverse("portal:verification", args=[certificate.public_id])


def _accounts() -> Iterator[tuple[str, str]]:
    held = Membership.objects.select_related("user", "organisation").order_by("role", "pk")
    for membership in held:
        if membership.role in AUTHORITY_ROLES:
            yield str(membership.get_role_display()), membership.user.email
    for membership in held.filter(organisation__name=BODY):
        yield str(membership.get_role_display()), membership.user.email
    applicant = held.filter(organisation__name=APPLICANT).first()
    if applicant is not None:
        yield "Administrator of an applicant", applicant.user.email
    assessor = Assessor.objects.filter(proposed_by__name=BODY).order_by("pk").first()
    if assessor is not None and assessor.individual.user is not None:
        yield "Assessor", assessor.individual.user.email
    yield "Holder of a certificate", HOLDER
